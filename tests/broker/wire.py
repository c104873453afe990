"""A client that says exactly what a test wants, over a plain socket."""

from __future__ import annotations

import socket
import struct
from typing import Any

from desktop_broker.common.types import parse_endpoint
from desktop_broker.protocol.apis import APIS
from desktop_broker.protocol.batch import Record, build_batch
from desktop_broker.protocol.codec import decode_from
from desktop_broker.protocol.frames import encode_request, parse_response_header
from desktop_broker.protocol.messages.produce import PartitionProduceData, ProduceRequest, TopicProduceData
from desktop_broker.protocol.schema import Message

SECONDS = 20


class Wire:
    """One connection; answers are checked to come in the order of the requests."""

    def __init__(self, address: str, client_id: str = "test") -> None:
        endpoint = parse_endpoint(address)
        self.socket = socket.create_connection((endpoint.host, endpoint.port), timeout=SECONDS)
        self._stream = self.socket.makefile("rb")
        self._client_id = client_id
        self._next = 1

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()
        self.socket.close()

    def ask(self, request: Message, version: int | None = None) -> Any:
        """Send and wait for the answer, in the highest version unless said otherwise."""
        version = APIS[request.API_KEY].max_version if version is None else version
        return self.answer(request, version, self.send(request, version))

    def send(self, request: Message, version: int) -> int:
        """Send only; returns the correlation id."""
        correlation_id, self._next = self._next, self._next + 1
        self.socket.sendall(encode_request(request, version, correlation_id, self._client_id))
        return correlation_id

    def answer(self, request: Message, version: int, correlation_id: int) -> Any:
        """The next answer, which must be to that request."""
        frame = self.frame()
        assert frame is not None, "the connection was closed"
        found, position = parse_response_header(frame, request.API_KEY, version)
        assert found == correlation_id
        response, end = decode_from(APIS[request.API_KEY].response, frame, version, position)
        assert end == len(frame)
        return response

    def frame(self) -> bytes | None:
        """The next frame as it is; None when the connection ends."""
        try:
            head = self._stream.read(4)
            return self._stream.read(struct.unpack(">i", head)[0]) if len(head) == 4 else None
        except ConnectionError:
            return None

    def is_closed(self) -> bool:
        """Whether the broker ends the connection without another word."""
        return self.frame() is None


def batch(*values: bytes, key: bytes | None = None, **options: Any) -> bytes:
    """A record batch of these values, stamped with a fixed recent time unless `timestamp` is given."""
    timestamp = options.pop("timestamp", 1_795_000_000_000)
    records = [Record(offset, timestamp, key, value) for offset, value in enumerate(values)]
    return build_batch(records, **options)


def produce(topic: str, records: bytes | None, *, acks: int = -1, partition: int = 0) -> ProduceRequest:
    """A produce request for one partition, by name."""
    data = [PartitionProduceData(index=partition, records=records)]
    return ProduceRequest(acks=acks, timeout_ms=10_000, topic_data=[TopicProduceData(name=topic, partition_data=data)])
