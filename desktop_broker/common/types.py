"""Small values that every layer speaks of."""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass
from typing import NamedTuple

ZERO_UUID = uuid.UUID(int=0)
_RESERVED_UUIDS = frozenset({ZERO_UUID, uuid.UUID(int=1)})


class TopicPartition(NamedTuple):
    """One partition of one topic. A tuple, because it is hashed on every request."""

    topic: str
    partition: int

    def __str__(self) -> str:
        return f"{self.topic}-{self.partition}"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a broker can be reached."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_endpoint(text: str, default_port: int | None = None) -> Endpoint:
    """Read `host:port` or `[v6]:port`.

    Raises:
        ValueError: with a sentence for people, when it is neither.
    """
    host, colon, port = text.strip().rpartition(":")
    if not colon and default_port is not None:
        return Endpoint(text.strip(), default_port)
    if not host or not port.isascii() or not port.isdigit() or not 0 <= int(port) <= 65535:
        raise ValueError(f"'{text}' is not an address: write HOST:PORT, such as 127.0.0.1:9092.")
    return Endpoint(host.removeprefix("[").removesuffix("]"), int(port))


def new_uuid() -> uuid.UUID:
    """A random id that Kafka accepts: none of its reserved ones, and no leading dash when written (`Uuid.randomUuid`)."""
    while True:
        candidate = uuid.uuid4()
        if candidate not in _RESERVED_UUIDS and not uuid_to_text(candidate).startswith("-"):
            return candidate


def uuid_to_text(value: uuid.UUID) -> str:
    """Kafka writes ids as 22 characters of URL-safe Base64 (`Uuid.toString`)."""
    return base64.urlsafe_b64encode(value.bytes).rstrip(b"=").decode()


def uuid_from_text(text: str) -> uuid.UUID:
    """The counterpart of `uuid_to_text`.

    Raises:
        ValueError: when the text is not such an id.
    """
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if len(raw) != 16:
        raise ValueError(f"'{text}' is not an id of 16 bytes in Base64.")
    return uuid.UUID(bytes=raw)
