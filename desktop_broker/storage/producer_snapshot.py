"""`.snapshot` files: a partition's producers as they stood at one offset, so that a start need not replay the whole log.

Counterpart: Kafka's `ProducerSnapshot.json`, version 1: int16 version, uint32 CRC-32C of what follows, int32 count, entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from struct import Struct
from struct import error as struct_error
from typing import NamedTuple

from desktop_broker.protocol.checksum import crc32c

_HEADER = Struct(">hIi")
_CRC_END = 6
_COUNT = Struct(">i")
_ENTRY = Struct(">qhiqiqiq")
_VERSION = 1


class SnapshotEntry(NamedTuple):
    """One producer. -1 stands for none in `last_sequence`, `last_offset`, `coordinator_epoch` and `transaction_start`."""

    producer_id: int
    epoch: int
    last_sequence: int
    last_offset: int
    offset_delta: int
    timestamp: int
    coordinator_epoch: int
    transaction_start: int


class DamagedSnapshotError(Exception):
    """The file is no producer snapshot of version 1, or its checksum does not match."""


def encode_snapshot(entries: Iterable[SnapshotEntry]) -> bytes:
    """The content of a snapshot file."""
    packed = [_ENTRY.pack(*entry) for entry in entries]
    body = _COUNT.pack(len(packed)) + b"".join(packed)
    return _HEADER.pack(_VERSION, crc32c(body), len(packed)) + body[_COUNT.size :]


def decode_snapshot(content: bytes) -> Sequence[SnapshotEntry]:
    """Read a snapshot file.

    Raises:
        DamagedSnapshotError: it cannot be trusted.
    """
    try:
        version, crc, count = _HEADER.unpack_from(content)
    except struct_error:
        raise DamagedSnapshotError("it ends inside its header") from None
    if version != _VERSION:
        raise DamagedSnapshotError(f"its version is {version}, not {_VERSION}")
    if crc32c(content[_CRC_END:]) != crc or len(content) != _HEADER.size + count * _ENTRY.size:
        raise DamagedSnapshotError("its checksum does not match")
    return [SnapshotEntry._make(fields) for fields in _ENTRY.iter_unpack(content[_HEADER.size :])]
