"""Which batches a leader takes, and what it changes in them before they are written.

Counterpart: Kafka's `LogValidator`; rules 22 to 25 of the protocol notes. The records inside stay opaque: header and checksum must agree,
and only where a topic demands it (compaction, timestamp limits, a compression of its own) are records decoded.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from desktop_broker.common.config import TopicConfig
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.protocol.batch import Record, build_batch, decode_records
from desktop_broker.protocol.batch_header import (
    COMPRESSION_MASK,
    CONTROL_MASK,
    TIMESTAMP_TYPE_MASK,
    RecordBatchHeader,
    check_crc,
    parse_header,
    patch_log_append_time,
    patch_max_timestamp,
)
from desktop_broker.protocol.compression import Compression
from desktop_broker.protocol.errors import ProtocolError
from desktop_broker.storage.errors import RecordError, RecordErrors

_NO_LIMIT_MS = 2**63 - 1
_CODECS = {"uncompressed": Compression.NONE} | {codec.name.lower(): codec for codec in Compression if codec}

Batches = tuple[memoryview, Sequence[RecordBatchHeader]]


class AppendOrigin(Enum):
    """Who appends: a client through Produce, a coordinator, the controller to the metadata log, or a follower."""

    CLIENT = "client"
    COORDINATOR = "coordinator"
    RAFT_LEADER = "raft-leader"
    REPLICATION = "replication"


def validate(view: memoryview, config: TopicConfig, origin: AppendOrigin, now_ms: int) -> Batches:
    """Check the batches in a writable buffer and make them what the topic wants.

    Returns:
        The buffer to write (the one given, unless the topic's compression made it new) and the batches' headers.

    Raises:
        KafkaError: the first thing that is wrong, by Kafka's code for it.
    """
    headers = parse_batches(view)
    if origin is AppendOrigin.CLIENT:
        if len(headers) != 1:
            raise KafkaError(
                ErrorCode.INVALID_RECORD, f"A produce request takes one record batch per partition, not {len(headers)}."
            )
        _check_client_batch(headers[0])
    position = 0
    for header in headers:
        if header.size > config.max_message_bytes and origin is not AppendOrigin.RAFT_LEADER:
            raise _too_large(header.size, config)
        _check_crc(view, header, position)
        position += header.size
    if len(view) > config.segment_bytes:
        raise KafkaError(
            ErrorCode.RECORD_LIST_TOO_LARGE,
            f"{len(view)} bytes do not fit into one segment (segment.bytes is {config.segment_bytes}).",
        )
    stamped = config.message_timestamp_type == "LogAppendTime"
    if origin is not AppendOrigin.CLIENT:
        return (view, _stamp(view, headers, now_ms)) if stamped else (view, headers)
    header = headers[0]
    _check_records(view, header, config, now_ms)
    if header.base_timestamp < 0 and not stamped:
        headers = (_settle_max_timestamp(view, header),)
    codec = _CODECS.get(config.compression_type)
    if codec is not None and codec != header.attributes & COMPRESSION_MASK:
        view = memoryview(bytearray(_recompress(view, header, codec)))
        if len(view) > config.max_message_bytes:
            raise _too_large(len(view), config)
        headers = (parse_header(view),)
    return (view, _stamp(view, headers, now_ms)) if stamped else (view, headers)


def _stamp(view: memoryview, headers: Sequence[RecordBatchHeader], now_ms: int) -> Sequence[RecordBatchHeader]:
    position = 0
    for header in headers:
        patch_log_append_time(view, position, now_ms)
        position += header.size
    return parse_batches(view)


def _settle_max_timestamp(view: memoryview, header: RecordBatchHeader) -> RecordBatchHeader:
    """The largest time is that of the records. librdkafka says 0 for records without a time, and retention would take 1970 as meant."""
    newest = max((record.timestamp for record in _records(view)), default=-1)
    if newest == header.max_timestamp:
        return header
    patch_max_timestamp(view, 0, newest)
    return parse_header(view)


def parse_batches(view: memoryview) -> Sequence[RecordBatchHeader]:
    """The headers of batches that fill a buffer.

    Raises:
        KafkaError: INVALID_RECORD when there are none, CORRUPT_MESSAGE when they do not fill it,
            UNSUPPORTED_FOR_MESSAGE_FORMAT for formats before Kafka 0.11.
    """
    size = len(view)
    try:
        header = parse_header(view)
        if header.size == size:
            return (header,)
        headers, position = [header], header.size
        while position < size:
            header = parse_header(view, position)
            headers.append(header)
            position += header.size
    except ProtocolError as error:
        if not size:
            raise KafkaError(ErrorCode.INVALID_RECORD, "There is no record batch to append.") from None
        raise KafkaError(error.code, f"{error}.") from None
    if position != size:
        raise KafkaError(
            ErrorCode.CORRUPT_MESSAGE, f"A record batch claims {position - size} bytes more than were sent."
        )
    return headers


def _check_client_batch(header: RecordBatchHeader) -> None:
    if header.last_offset_delta < 0 or header.record_count != header.last_offset_delta + 1:
        raise KafkaError(
            ErrorCode.INVALID_RECORD,
            f"The batch claims {header.record_count} records, but its offsets are for {header.last_offset_delta + 1}.",
        )
    if header.attributes & CONTROL_MASK:
        raise KafkaError(ErrorCode.INVALID_RECORD, "Clients may not write control batches.")
    if header.producer_id >= 0 and header.base_sequence < 0:
        raise KafkaError(
            ErrorCode.INVALID_RECORD, f"The batch of producer {header.producer_id} has no sequence number."
        )
    if header.is_transactional and header.producer_id < 0:
        raise KafkaError(ErrorCode.INVALID_RECORD, "A transactional batch needs a producer id.")


def _check_crc(view: memoryview, header: RecordBatchHeader, position: int) -> None:
    if not check_crc(view, header, position):
        raise KafkaError(
            ErrorCode.CORRUPT_MESSAGE, "The checksum (CRC-32C) of the record batch does not match its bytes."
        )


def _check_records(view: memoryview, header: RecordBatchHeader, config: TopicConfig, now_ms: int) -> None:
    """What only some topics ask for. Timestamp limits look at the batch's largest time first; records are read when that is too late,
    or when the topic limits the past."""
    stamped = config.message_timestamp_type == "LogAppendTime"
    if not stamped:
        if header.attributes & TIMESTAMP_TYPE_MASK:
            raise KafkaError(
                ErrorCode.INVALID_TIMESTAMP, "Producers may not send batches of timestamp type LogAppendTime."
            )
        if (
            header.max_timestamp - now_ms > config.message_timestamp_after_max_ms
            or config.message_timestamp_before_max_ms < _NO_LIMIT_MS
        ):
            _check_timestamps(_records(view), config, now_ms)
    if "compact" in config.cleanup_policy:
        _check_keys(_records(view))


def _records(view: memoryview) -> list[Record]:
    try:
        return decode_records(view)
    except ProtocolError as error:
        raise KafkaError(error.code, f"{error}.") from None


def _check_keys(records: list[Record]) -> None:
    errors = [
        RecordError(index, "Compacted topics take no records without a key.")
        for index, record in enumerate(records)
        if record.key is None
    ]
    if errors:
        raise RecordErrors(
            ErrorCode.INVALID_RECORD, "One or more records have been rejected: a compacted topic needs keys.", errors
        )


def _check_timestamps(records: list[Record], config: TopicConfig, now_ms: int) -> None:
    oldest, newest = now_ms - config.message_timestamp_before_max_ms, now_ms + config.message_timestamp_after_max_ms
    errors = [
        RecordError(index, f"Timestamp {record.timestamp} lies outside of {max(oldest, 0)} to {newest}.")
        for index, record in enumerate(records)
        if record.timestamp != -1 and not oldest <= record.timestamp <= newest
    ]
    if errors:
        raise RecordErrors(
            ErrorCode.INVALID_TIMESTAMP,
            "One or more records have been rejected: their timestamps lie too far from the broker's time "
            "(message.timestamp.before.max.ms, message.timestamp.after.max.ms).",
            errors,
        )


def _recompress(view: memoryview, header: RecordBatchHeader, codec: int) -> bytes:
    return build_batch(
        _records(view),
        base_offset=header.base_offset,
        compression=codec,
        producer_id=header.producer_id,
        producer_epoch=header.producer_epoch,
        base_sequence=header.base_sequence,
        is_transactional=header.is_transactional,
        timestamp_type=header.timestamp_type,
    )


def _too_large(size: int, config: TopicConfig) -> KafkaError:
    return KafkaError(
        ErrorCode.MESSAGE_TOO_LARGE,
        f"The record batch takes {size} bytes; the topic allows {config.max_message_bytes} (max.message.bytes).",
    )
