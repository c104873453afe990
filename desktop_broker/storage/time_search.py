"""Finding records by their time (ListOffsets).

Counterpart: `LogSegment.findOffsetByTimestamp` and `UnifiedLog.fetchOffsetByTimestamp`. Only the batch that must hold the record is decoded.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop_broker.protocol.batch import Record, decode_records
from desktop_broker.protocol.errors import ProtocolError
from desktop_broker.storage.errors import DamagedBatchError
from desktop_broker.storage.log_slice import TimestampOffset
from desktop_broker.storage.scan import Placed
from desktop_broker.storage.segment import Segment
from desktop_broker.storage.segments import Segments


def find_by_time(segments: Segments, timestamp_ms: int, start_offset: int) -> TimestampOffset | None:
    """The first record at or behind `start_offset` whose time is not before the one given. Raises OSError, StorageError."""
    for segment in segments.from_offset(start_offset):
        if segment.max_timestamp >= timestamp_ms:
            for placed in segment.batches_since(timestamp_ms, start_offset):
                if placed.header.max_timestamp >= timestamp_ms:
                    found = _pick(
                        segment,
                        placed,
                        lambda record: record.timestamp >= timestamp_ms and record.offset >= start_offset,
                    )
                    if found is not None:
                        return found
    return None


def find_newest(segments: Segments, start_offset: int) -> TimestampOffset | None:
    """The first record with the largest time of all (ListOffsets -3). Raises OSError, StorageError."""
    newest = max(segments.from_offset(start_offset), key=lambda segment: segment.max_timestamp)
    timestamp = newest.max_timestamp
    if timestamp < 0:
        return None
    for placed in newest.batches_from(newest.max_timestamp_offset):
        if placed.header.max_timestamp == timestamp:
            return _pick(newest, placed, lambda record: record.timestamp == timestamp)
    return None


def _pick(segment: Segment, placed: Placed, wanted: Callable[[Record], bool]) -> TimestampOffset | None:
    position, header = placed
    try:
        records = decode_records(segment.read_bytes(position, header.size))
    except ProtocolError as error:
        raise DamagedBatchError(segment.log.path, position, str(error)) from None
    for record in records:
        if wanted(record):
            return TimestampOffset(record.offset, record.timestamp, header.partition_leader_epoch)
    return None
