"""The records inside a batch: reading them out, and building batches of one's own.

Counterpart: `org.apache.kafka.common.record.DefaultRecord` and `MemoryRecordsBuilder`. A broker does this only where the protocol demands it
(compaction, its internal topics); produced batches stay opaque, see `batch_header`, whose names can be imported from here too.
Sans-IO and stateless; any thread may call.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from desktop_broker.protocol.batch_header import (
    ATTRIBUTES_POSITION,
    CONTROL_MASK,
    CRC_POSITION,
    DELETE_HORIZON_MASK,
    HEADER,
    HEADER_SIZE,
    LENGTH_OVERHEAD,
    MAGIC,
    NO_LEADER_EPOCH,
    NO_PRODUCER_EPOCH,
    NO_PRODUCER_ID,
    NO_SEQUENCE,
    NO_TIMESTAMP,
    TIMESTAMP_TYPE_MASK,
    TRANSACTIONAL_MASK,
    RecordBatchHeader,
    TimestampType,
    check_crc,
    compute_crc,
    iter_batches,
    parse_header,
    patch,
    patch_log_append_time,
)
from desktop_broker.protocol.checksum import crc32c
from desktop_broker.protocol.compression import Compression, compress, decompress
from desktop_broker.protocol.errors import CorruptBatchError
from desktop_broker.protocol.primitives import read_varint, varint
from desktop_broker.protocol.schema import Buffer

__all__ = (
    "ATTRIBUTES_POSITION",
    "CONTROL_MASK",
    "CRC_POSITION",
    "DELETE_HORIZON_MASK",
    "HEADER",
    "HEADER_SIZE",
    "LENGTH_OVERHEAD",
    "MAGIC",
    "MAX_INFLATED_SIZE",
    "NO_LEADER_EPOCH",
    "NO_PRODUCER_EPOCH",
    "NO_PRODUCER_ID",
    "NO_SEQUENCE",
    "NO_TIMESTAMP",
    "TIMESTAMP_TYPE_MASK",
    "TRANSACTIONAL_MASK",
    "Compression",
    "Record",
    "RecordBatchHeader",
    "TimestampType",
    "build_batch",
    "check_crc",
    "compute_crc",
    "decode_records",
    "iter_batches",
    "parse_header",
    "patch",
    "patch_log_append_time",
)

MAX_INFLATED_SIZE: Final = 100 * 1024 * 1024
"""How far one batch may grow when its records are decompressed, unless the caller says otherwise."""

_SMALLEST_RECORD = 7  # length, attributes, two deltas, two lengths and the header count, of one byte each


class Record(NamedTuple):
    """One record. A tuple, because there are millions of them.

    Attributes:
        offset: in the partition (in a batch still to be produced: from 0 on).
        timestamp: ms since 1970, or -1.
        key, value: the bytes, or None.
        headers: pairs of name and bytes (or None); names may repeat.
    """

    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...] = ()


def decode_records(batch: Buffer, *, max_inflated_size: int = MAX_INFLATED_SIZE) -> list[Record]:
    """All records of the one batch at the start of the buffer, decompressed. The CRC is not checked: see `check_crc`.

    Args:
        batch: the whole batch, header and all.
        max_inflated_size: bytes that decompression may make at most.

    Raises:
        CorruptBatchError: the records contradict the header or each other.
        InflatedTooLargeError: the limit is passed.
    """
    header = parse_header(batch)
    if header.size > len(batch):
        raise CorruptBatchError(f"a record batch of {header.size} bytes where {len(batch)} are left")
    payload = memoryview(batch)[HEADER_SIZE : header.size]
    data = bytes(decompress(header.compression, payload, max_inflated_size))
    if not 0 <= header.record_count * _SMALLEST_RECORD <= len(data):
        raise CorruptBatchError(f"{header.record_count} records cannot stand in {len(data)} bytes")
    appended = header.max_timestamp if header.timestamp_type is TimestampType.LOG_APPEND_TIME else None
    try:
        return _read_records(data, header, appended)
    except IndexError:
        raise CorruptBatchError("the records of a batch end early") from None
    except UnicodeDecodeError:
        raise CorruptBatchError("the name of a record header is not UTF-8") from None


def _read_records(data: bytes, header: RecordBatchHeader, appended: int | None) -> list[Record]:
    """The tight loop. One-byte varints, by far the most, are read in line."""
    base_offset, base_timestamp, size = header.base_offset, header.base_timestamp, len(data)
    records: list[Record] = []
    add = records.append
    position = 0
    for _ in range(header.record_count):
        byte = data[position]
        position += 1
        length = (byte >> 1) ^ -(byte & 1)
        if byte > 127:
            length, position = read_varint(data, position - 1)
        end = position + length
        if length < 0 or end > size:
            raise CorruptBatchError(f"a record of {length} bytes where {size - position} are left")
        time_delta, position = read_varint(data, position + 1)  # past the attributes, of which none are defined
        byte = data[position]
        position += 1
        offset_delta = (byte >> 1) ^ -(byte & 1)
        if byte > 127:
            offset_delta, position = read_varint(data, position - 1)
        byte = data[position]
        position += 1
        length = (byte >> 1) ^ -(byte & 1)
        if byte > 127:
            length, position = read_varint(data, position - 1)
        key = None
        if length >= 0:
            key = data[position : position + length]
            position += length
        byte = data[position]
        position += 1
        length = (byte >> 1) ^ -(byte & 1)
        if byte > 127:
            length, position = read_varint(data, position - 1)
        value = None
        if length >= 0:
            value = data[position : position + length]
            position += length
        if data[position] == 0:
            position += 1
            headers: tuple[tuple[str, bytes | None], ...] = ()
        else:
            headers, position = _read_headers(data, position)
        if position != end:
            raise CorruptBatchError(f"a record ends {position - end:+} bytes from where its length says")
        timestamp = base_timestamp + time_delta if appended is None else appended
        add(Record(base_offset + offset_delta, timestamp, key, value, headers))
    if position != size:
        raise CorruptBatchError(f"{size - position} bytes follow the last record of a batch")
    return records


def _read_headers(data: bytes, position: int) -> tuple[tuple[tuple[str, bytes | None], ...], int]:
    count, position = read_varint(data, position)
    if not 0 <= count <= len(data) - position:
        raise CorruptBatchError(f"a record claims {count} headers")
    headers: list[tuple[str, bytes | None]] = []
    for _ in range(count):
        length, position = read_varint(data, position)
        if not 0 <= length <= len(data) - position:
            raise CorruptBatchError(f"the name of a record header claims {length} bytes")
        name = str(data[position : position + length], "utf-8")
        length, position = read_varint(data, position + length)
        value = None
        if length >= 0:
            value = data[position : position + length]
            position += length
        headers.append((name, value))
        if position > len(data):
            raise CorruptBatchError(f"a record header claims {length} bytes")
    return tuple(headers), position


def build_batch(
    records: Sequence[Record],
    *,
    base_offset: int = 0,
    compression: int = Compression.NONE,
    producer_id: int = NO_PRODUCER_ID,
    producer_epoch: int = NO_PRODUCER_EPOCH,
    base_sequence: int = NO_SEQUENCE,
    timestamp_type: TimestampType = TimestampType.CREATE_TIME,
    is_transactional: bool = False,
    is_control: bool = False,
    partition_leader_epoch: int = NO_LEADER_EPOCH,
    last_offset_delta: int | None = None,
    delete_horizon: int | None = None,
) -> bytes:
    """One batch of these records, CRC and all.

    Args:
        records: in order of offset; `Record.offset` is absolute, so the first is normally `base_offset`. May be empty when
            `last_offset_delta` is given (the cleaner keeps such a batch for its producer's sequence).
        base_offset: the offset of the first record.
        compression: one of `Compression`.
        producer_id, producer_epoch, base_sequence: of an idempotent producer.
        timestamp_type: LOG_APPEND_TIME makes the largest timestamp that of all records.
        is_transactional, is_control: attributes.
        partition_leader_epoch: of the leader that appends it.
        last_offset_delta: where compaction took the last records away.
        delete_horizon: ms; stands in the base timestamp (KIP-534).

    Raises:
        CorruptBatchError: an offset lies before `base_offset`.
    """
    timestamps = [record.timestamp for record in records]
    base_timestamp = delete_horizon if delete_horizon is not None else timestamps[0] if timestamps else NO_TIMESTAMP
    body = b"".join([_encode_record(record, base_offset, base_timestamp) for record in records])
    attributes = compression | timestamp_type << 3
    attributes |= is_transactional * TRANSACTIONAL_MASK | is_control * CONTROL_MASK
    if delete_horizon is not None:
        attributes |= DELETE_HORIZON_MASK
    if last_offset_delta is None:
        last_offset_delta = records[-1].offset - base_offset if records else 0
    payload = compress(compression, body) if records else b""
    header = bytearray(HEADER_SIZE)
    HEADER.pack_into(
        header, 0, base_offset, HEADER_SIZE - LENGTH_OVERHEAD + len(payload), partition_leader_epoch, MAGIC, 0, attributes,
        last_offset_delta, base_timestamp, max(timestamps, default=NO_TIMESTAMP),
        producer_id, producer_epoch, base_sequence, len(records),
    )  # fmt: skip
    header += payload
    crc = crc32c(memoryview(header)[ATTRIBUTES_POSITION:])
    header[CRC_POSITION:ATTRIBUTES_POSITION] = crc.to_bytes(4, "big")
    return bytes(header)


def _encode_record(record: Record, base_offset: int, base_timestamp: int) -> bytes:
    if record.offset < base_offset:
        raise CorruptBatchError(f"offset {record.offset} lies before the base offset {base_offset}")
    pieces = [b"\x00", varint(record.timestamp - base_timestamp), varint(record.offset - base_offset)]
    for field in (record.key, record.value):
        if field is None:
            pieces.append(b"\x01")
        else:
            pieces += varint(len(field)), field
    pieces.append(varint(len(record.headers)))
    for name, value in record.headers:
        encoded = name.encode()
        pieces += varint(len(encoded)), encoded
        if value is None:
            pieces.append(b"\x01")
        else:
            pieces += varint(len(value)), value
    body = b"".join(pieces)
    return varint(len(body)) + body
