"""What the hand-written readers and writers of Produce and Fetch share: topic names, compact strings, and their errors.

The declared classes in `messages` say the same in general; tests hold the two against each other, byte for byte.
"""

from __future__ import annotations

from typing import Final, NamedTuple, NoReturn
from uuid import UUID

from desktop_broker.protocol.errors import BadLengthError, BadTextError, NullError
from desktop_broker.protocol.primitives import SMALL_UVARINTS, read_uvarint, uvarint

_NAME_CACHE_LIMIT: Final = 4096
_names: dict[bytes, str] = {}


class Leader(NamedTuple):
    """Who leads a partition now, told beside NOT_LEADER_OR_FOLLOWER (KIP-951)."""

    leader_id: int
    leader_epoch: int


class Node(NamedTuple):
    """Where a broker named in a `Leader` is reached."""

    node_id: int
    host: str
    port: int
    rack: str | None


TopicKey = str | UUID
"""A topic's name, or its id in the versions that speak of ids (Produce 13, Fetch 13)."""


def name_of(raw: bytes) -> str:
    """A topic's name. The same few come with every request, so the decoded text is kept."""
    found = _names.get(raw)
    if found is None:
        try:
            found = str(raw, "utf-8")
        except UnicodeDecodeError:
            raise BadTextError("a topic name is not UTF-8") from None
        if len(_names) >= _NAME_CACHE_LIMIT:
            _names.clear()
        _names[raw] = found
    return found


def read_name(buffer: memoryview, position: int, size: int, flexible: bool) -> tuple[str, int]:
    """A topic's name, compact or legacy, and the position after it."""
    if flexible:
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_uvarint(buffer, position - 1)
        length -= 1
    else:
        length = int.from_bytes(buffer[position : position + 2], "big", signed=True)
        position += 2
    if length < 0:
        raise NullError("a topic name is null")
    end = position + length
    if end > size:
        refuse_length("a topic name", length, size - position)
    return name_of(bytes(buffer[position:end])), end


def skip_tags(buffer: memoryview, position: int, size: int) -> int:
    """The position after a section of tagged fields of which none is known."""
    count = buffer[position]
    position += 1
    if count == 0:
        return position
    if count > 127:
        count, position = read_uvarint(buffer, position - 1)
    for _ in range(count):
        _, position = read_uvarint(buffer, position)
        length, position = read_uvarint(buffer, position)
        if length > size - position:
            refuse_length("a tagged field", length, size - position)
        position += length
    return position


def refuse_length(what: str, length: int, left: int) -> NoReturn:
    """Name a length that cannot be."""
    raise BadLengthError(f"{what} has length {length}, but {max(left, 0)} bytes are left")


def compact_text(text: str | None) -> bytes:
    """A compact string, nullable."""
    if text is None:
        return b"\x00"
    raw = text.encode()
    length = len(raw) + 1
    return (SMALL_UVARINTS[length] if length < 128 else uvarint(length)) + raw


def compact_count(count: int) -> bytes:
    """The count of a compact array, or the length of compact bytes."""
    return SMALL_UVARINTS[count + 1] if count < 127 else uvarint(count + 1)


def tagged(fields: list[tuple[int, bytes]]) -> bytes:
    """A section of tagged fields, given in the order of their numbers."""
    if not fields:
        return b"\x00"
    return uvarint(len(fields)) + b"".join(uvarint(tag) + uvarint(len(body)) + body for tag, body in fields)


def node_endpoints_body(nodes: tuple[Node, ...]) -> bytes:
    """The tagged field `NodeEndpoints`, alike in Produce and Fetch."""
    parts = [compact_count(len(nodes))]
    for node in nodes:
        parts += (
            node.node_id.to_bytes(4, "big", signed=True),
            compact_text(node.host),
            node.port.to_bytes(4, "big", signed=True),
            compact_text(node.rack),
            b"\x00",
        )
    return b"".join(parts)
