"""Record batches of magic 2: their header, their checks, and the few bytes that a broker patches in place.

Counterpart: `org.apache.kafka.common.record.DefaultRecordBatch` (KIP-98). A batch is 61 bytes of header and then its records, compressed
as one. Brokers pass batches on as they are: base offset and leader epoch lie outside the CRC and are patched where the bytes stand.
`record` looks inside. Sans-IO and stateless; any thread may call.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from struct import Struct, error
from typing import Final, NamedTuple

from desktop_broker.protocol.checksum import crc32c
from desktop_broker.protocol.errors import CorruptBatchError, UnsupportedMagicError
from desktop_broker.protocol.schema import Buffer

HEADER: Final = Struct(">qiiBIHiqqqhii")
HEADER_SIZE: Final = HEADER.size
LENGTH_OVERHEAD: Final = 12
"""Bytes before those that the batch length counts: base offset and the length itself."""
MIN_LENGTH: Final = HEADER_SIZE - LENGTH_OVERHEAD
MAGIC: Final = 2

MAGIC_POSITION: Final = 16
CRC_POSITION: Final = 17
ATTRIBUTES_POSITION: Final = 21
"""The CRC covers the batch from here on."""

COMPRESSION_MASK: Final = 0x07
TIMESTAMP_TYPE_MASK: Final = 0x08
TRANSACTIONAL_MASK: Final = 0x10
CONTROL_MASK: Final = 0x20
DELETE_HORIZON_MASK: Final = 0x40

NO_PRODUCER_ID: Final = -1
NO_PRODUCER_EPOCH: Final = -1
NO_SEQUENCE: Final = -1
NO_LEADER_EPOCH: Final = -1
NO_TIMESTAMP: Final = -1

_OFFSET = Struct(">q")
_TIMESTAMP = Struct(">q")
_OFFSET_AND_LENGTH = Struct(">qi")
_EPOCH = Struct(">i")
_CRC = Struct(">I")
_EPOCH_POSITION = 12
_MAX_TIMESTAMP_POSITION = 35
_ATTRIBUTES = Struct(">H")
_SEQUENCES = 1 << 31


class TimestampType(IntEnum):
    """Who sets the time of a record (`message.timestamp.type`)."""

    CREATE_TIME = 0
    LOG_APPEND_TIME = 1


class RecordBatchHeader(NamedTuple):
    """The 61 bytes before the records, in their order. Times in ms since 1970."""

    base_offset: int
    length: int
    partition_leader_epoch: int
    magic: int
    crc: int
    attributes: int
    last_offset_delta: int
    base_timestamp: int
    max_timestamp: int
    producer_id: int
    producer_epoch: int
    base_sequence: int
    record_count: int

    @property
    def size(self) -> int:
        """Bytes of the whole batch."""
        return self.length + LENGTH_OVERHEAD

    @property
    def last_offset(self) -> int:
        """The offset of the last record (also when compaction removed it)."""
        return self.base_offset + self.last_offset_delta

    @property
    def next_offset(self) -> int:
        """The offset after the batch."""
        return self.base_offset + self.last_offset_delta + 1

    @property
    def last_sequence(self) -> int:
        """The sequence number of the last record; wraps to 0 after 2**31 - 1."""
        if self.base_sequence == NO_SEQUENCE:
            return NO_SEQUENCE
        return (self.base_sequence + self.last_offset_delta) % _SEQUENCES

    @property
    def compression(self) -> int:
        """The codec's number, one of `compression.Compression` unless the batch is damaged."""
        return self.attributes & COMPRESSION_MASK

    @property
    def timestamp_type(self) -> TimestampType:
        """Whether the producer or the broker set the time."""
        return TimestampType.LOG_APPEND_TIME if self.attributes & TIMESTAMP_TYPE_MASK else TimestampType.CREATE_TIME

    @property
    def is_transactional(self) -> bool:
        """Whether it belongs to a transaction."""
        return bool(self.attributes & TRANSACTIONAL_MASK)

    @property
    def is_control(self) -> bool:
        """Whether it holds a marker of Kafka's own instead of records."""
        return bool(self.attributes & CONTROL_MASK)

    @property
    def has_delete_horizon(self) -> bool:
        """Whether the base timestamp says when tombstones may go (KIP-534)."""
        return bool(self.attributes & DELETE_HORIZON_MASK)

    @property
    def has_producer(self) -> bool:
        """Whether an idempotent or transactional producer wrote it."""
        return self.producer_id >= 0


def parse_header(buffer: Buffer, position: int = 0) -> RecordBatchHeader:
    """Read and check the header of the batch that starts here. The CRC is not checked, nor that the whole batch is there.

    Raises:
        CorruptBatchError: too few bytes for a header, or a length that no batch has.
        UnsupportedMagicError: a message set of the formats before Kafka 0.11.
    """
    try:
        header = RecordBatchHeader._make(HEADER.unpack_from(buffer, position))
    except error:
        _refuse_old_magic(buffer, position)
        raise CorruptBatchError(
            f"{len(buffer) - position} bytes are left where a record batch needs at least {HEADER_SIZE}"
        ) from None
    if header.magic != MAGIC:
        _refuse_old_magic(buffer, position)
    if header.length < MIN_LENGTH:
        raise CorruptBatchError(f"a record batch claims a length of {header.length}, less than its header")
    return header


def _refuse_old_magic(buffer: Buffer, position: int) -> None:
    """Old message sets are shorter than a batch header but have the magic at the same place."""
    if len(buffer) - position > MAGIC_POSITION and buffer[position + MAGIC_POSITION] != MAGIC:
        magic = buffer[position + MAGIC_POSITION]
        raise UnsupportedMagicError(
            f"message format {magic} is not supported: only record batches (format {MAGIC}, Kafka 0.11 and later) are"
        )


def iter_batches(buffer: Buffer, *, allow_partial: bool = False) -> Iterator[tuple[RecordBatchHeader, memoryview]]:
    """Walk over batches that stand one after another; each with its header and its bytes (a slice, not a copy).

    Args:
        buffer: nothing but batches.
        allow_partial: end quietly at a batch that is cut off, as fetch responses may.

    Raises:
        CorruptBatchError: a batch is cut off, or has an impossible length.
        UnsupportedMagicError: an old message set.
    """
    view = memoryview(buffer)
    position, end = 0, len(view)
    while position < end:
        if allow_partial and end - position < HEADER_SIZE:
            _refuse_old_magic(view, position)
            return
        header = parse_header(view, position)
        batch_end = position + header.size
        if batch_end > end:
            if allow_partial:
                return
            raise CorruptBatchError(f"a record batch of {header.size} bytes where {end - position} are left")
        yield header, view[position:batch_end]
        position = batch_end


def compute_crc(buffer: Buffer, position: int, size: int) -> int:
    """The CRC-32C of the batch of `size` bytes at `position`."""
    return crc32c(memoryview(buffer)[position + ATTRIBUTES_POSITION : position + size])


def check_crc(buffer: Buffer, header: RecordBatchHeader, position: int = 0) -> bool:
    """Whether the CRC in the header fits the bytes."""
    return compute_crc(buffer, position, header.size) == header.crc


def patch(buffer: bytearray | memoryview, position: int, base_offset: int, leader_epoch: int) -> None:
    """Give the batch at `position` its place in the log: both fields lie outside the CRC."""
    _OFFSET.pack_into(buffer, position, base_offset)
    _EPOCH.pack_into(buffer, position + _EPOCH_POSITION, leader_epoch)


def patch_max_timestamp(buffer: bytearray | memoryview, position: int, timestamp: int) -> None:
    """Set the largest time (ms) of the batch at `position`, and the CRC anew."""
    _, length = _OFFSET_AND_LENGTH.unpack_from(buffer, position)
    _TIMESTAMP.pack_into(buffer, position + _MAX_TIMESTAMP_POSITION, timestamp)
    _CRC.pack_into(buffer, position + CRC_POSITION, compute_crc(buffer, position, length + LENGTH_OVERHEAD))


def patch_log_append_time(buffer: bytearray | memoryview, position: int, timestamp: int) -> None:
    """Stamp the batch at `position` with the broker's time (ms): max timestamp, attribute bit, and the CRC anew."""
    (attributes,) = _ATTRIBUTES.unpack_from(buffer, position + ATTRIBUTES_POSITION)
    _ATTRIBUTES.pack_into(buffer, position + ATTRIBUTES_POSITION, attributes | TIMESTAMP_TYPE_MASK)
    patch_max_timestamp(buffer, position, timestamp)
