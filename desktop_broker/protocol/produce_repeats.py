"""Recognizes produce requests that say again what was said before: a client's next batch for the same partition.

Of such a request only the correlation id and the records differ; all that stands around them is compared as bytes, at once, and
need not be read field by field. Counterpart: `produce_fast`, which reads everything else.
"""

from __future__ import annotations

from struct import Struct
from typing import Final, NamedTuple

from desktop_broker.protocol.frames import RequestHeader
from desktop_broker.protocol.primitives import read_uvarint, uvarint
from desktop_broker.protocol.produce_fast import ProducePartition, ProduceRequestView, ProduceTopic

_CORRELATION: Final = Struct(">i")
_AFTER_CORRELATION: Final = 8
_NO_TAGS: Final = b"\x00\x00\x00"  # of the partition, the topic and the request
_FIRST_FLEXIBLE: Final = 9
_LIMIT: Final = 256


class _Known(NamedTuple):
    start: bytes  # API key and version
    header: RequestHeader
    view: ProduceRequestView


class ProduceRepeats:
    """What one connection has said. Owned by that connection's thread."""

    __slots__ = ("_end", "_known")

    def __init__(self) -> None:
        self._end = 0  # where the records' length stood in the last request; the same for all partitions of a topic
        self._known: dict[bytes, _Known] = {}

    def match(self, frame: memoryview) -> tuple[RequestHeader, ProduceRequestView] | None:
        """The request, if it repeats one that was remembered; None when it has to be read."""
        end = self._end
        if len(frame) <= end + len(_NO_TAGS):
            return None
        known = self._known.get(bytes(frame[_AFTER_CORRELATION:end]))
        if known is None or bytes(frame[:4]) != known.start:
            return None
        position = end + 1
        length = frame[end]
        if length > 127:
            length, position = read_uvarint(frame, end)
        after = position + length - 1
        if length == 0 or len(frame) != after + len(_NO_TAGS) or bytes(frame[after:]) != _NO_TAGS:
            return None
        (correlation_id,) = _CORRELATION.unpack_from(frame, 4)
        key, version, _, client_id = known.header
        transactional_id, acks, timeout_ms, topics = known.view
        topic, partitions = topics[0]
        wanted = [ProduceTopic(topic, [ProducePartition(partitions[0].partition, frame[position:after])])]
        return (
            RequestHeader(key, version, correlation_id, client_id),
            ProduceRequestView(transactional_id, acks, timeout_ms, wanted),
        )

    def remember(self, frame: memoryview, header: RequestHeader, view: ProduceRequestView) -> None:
        """Keep what stands around the records of a request for one partition, to recognize its like."""
        if header.api_version < _FIRST_FLEXIBLE or len(view.topics) != 1 or len(view.topics[0].partitions) != 1:
            return
        index, records = view.topics[0].partitions[0]
        if records is None:
            return
        after = len(frame) - len(_NO_TAGS)
        length = uvarint(len(records) + 1)
        end = after - len(records) - len(length)
        if bytes(frame[after:]) != _NO_TAGS or bytes(frame[end : end + len(length)]) != length:
            return
        if len(self._known) >= _LIMIT:
            self._known.clear()
        self._end = end
        bare = ProduceTopic(view.topics[0].topic, [ProducePartition(index, None)])  # without the frame, which is reused
        self._known[bytes(frame[_AFTER_CORRELATION:end])] = _Known(
            bytes(frame[:4]), header, view._replace(topics=[bare])
        )
