"""The few reads and writes that compiled codecs share: variable-length integers and ids.

Fixed-size fields never come here: a compiled codec reads a run of them with one `struct.Struct`.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.errors import BadLengthError

SMALL_UVARINTS: Final = tuple(bytes((value,)) for value in range(128))
"""The one-byte encodings; a compiled encoder indexes this instead of calling."""

_UUID_CACHE_LIMIT: Final = 4096
_uuids: dict[bytes, UUID] = {bytes(16): ZERO_UUID}


def uvarint(value: int) -> bytes:
    """Encode an unsigned integer of at most 32 bits in 1 to 5 bytes, low seven bits first."""
    if value < 0x80:
        return SMALL_UVARINTS[value]
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def read_uvarint(buffer: memoryview | bytes | bytearray, position: int) -> tuple[int, int]:
    """Decode an unsigned integer of at most 32 bits.

    Returns:
        The value and the position after it.

    Raises:
        IndexError: the bytes end first (compiled decoders turn it into `TruncatedError`).
        BadLengthError: it takes more than 5 bytes or 32 bits.
    """
    value = 0
    for shift in (0, 7, 14, 21, 28):
        byte = buffer[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            if value > 0xFFFFFFFF:
                break
            return value, position
    raise BadLengthError("an unsigned varint is longer than 32 bits")


def varint(value: int) -> bytes:
    """Encode a signed integer, zigzag, as records do. Also for 64 bits (`varlong`)."""
    zigzag = value << 1 if value >= 0 else (-value << 1) - 1
    if zigzag < 0x80:
        return SMALL_UVARINTS[zigzag]
    out = bytearray()
    while zigzag > 0x7F:
        out.append(zigzag & 0x7F | 0x80)
        zigzag >>= 7
    out.append(zigzag)
    return bytes(out)


def read_varint(buffer: memoryview | bytes | bytearray, position: int) -> tuple[int, int]:
    """Decode a signed zigzag integer of at most 64 bits.

    Returns:
        The value and the position after it.

    Raises:
        IndexError: the bytes end first.
        BadLengthError: it takes more than 10 bytes.
    """
    byte = buffer[position]
    position += 1
    if byte < 0x80:
        return (byte >> 1) ^ -(byte & 1), position
    zigzag = byte & 0x7F
    shift = 7
    while True:
        byte = buffer[position]
        position += 1
        zigzag |= (byte & 0x7F) << shift
        if byte < 0x80:
            return (zigzag >> 1) ^ -(zigzag & 1), position
        shift += 7
        if shift > 63:
            raise BadLengthError("a varint is longer than 64 bits")


def uuid_of(raw: bytes) -> UUID:
    """The id for 16 bytes. Few topic ids cross the wire again and again, and a `UUID` is slow to make: they are kept."""
    found = _uuids.get(raw)
    if found is None:
        if len(_uuids) >= _UUID_CACHE_LIMIT:
            _uuids.clear()
        found = _uuids[raw] = UUID(bytes=raw)
    return found
