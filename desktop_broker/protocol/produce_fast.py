"""Produce, read and written by hand: a one-record request costs a few microseconds and its batches are never copied.

Counterpart: `messages.produce`, which declares the same (tests compare byte for byte), and Kafka's `ProduceRequest`. The records of each
partition are a writable slice of the connection's buffer: checked, patched and written to disk from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from struct import Struct, error
from typing import Final, NamedTuple

from desktop_broker.protocol.errors import NullError, TruncatedError, UnsupportedVersionError
from desktop_broker.protocol.frames import response_start
from desktop_broker.protocol.hot_path import (
    Leader,
    Node,
    TopicKey,
    compact_count,
    compact_text,
    node_endpoints_body,
    read_name,
    refuse_length,
    skip_tags,
    tagged,
)
from desktop_broker.protocol.primitives import read_uvarint, uuid_of

MIN_VERSION: Final = 3
MAX_VERSION: Final = 13
_PRODUCE_KEY: Final = 0
_FIRST_FLEXIBLE: Final = 9
_FIRST_WITH_IDS: Final = 13
_FIRST_WITH_LOG_START: Final = 5
_FIRST_WITH_RECORD_ERRORS: Final = 8
_FIRST_WITH_LEADERS: Final = 10

_ACKS_TIMEOUT = Struct(">hi")
_ACKS_TIMEOUT_TOPICS = Struct(">hii")
_INT16 = Struct(">h")
_INT32 = Struct(">i")
_INDEX_LENGTH = Struct(">ii")
_RESULT_V3 = Struct(">ihqq")
_RESULT_V5 = Struct(">ihqqq")
_COUNTS = Struct(">ii")


class ProducePartition(NamedTuple):
    """What a request wants appended to one partition. `records` is a slice of the frame, or None."""

    partition: int
    records: memoryview | None


class ProduceTopic(NamedTuple):
    """A topic, by name up to version 12 and by id from 13 on."""

    topic: TopicKey
    partitions: list[ProducePartition]


class ProduceRequestView(NamedTuple):
    """A produce request over the frame it came in; valid as long as the frame is."""

    transactional_id: str | None
    acks: int
    timeout_ms: int
    topics: list[ProduceTopic]


class RecordError(NamedTuple):
    """Why one record of a batch was refused (KIP-467)."""

    batch_index: int
    message: str | None


class ProduceResult(NamedTuple):
    """What became of one partition's batches. Defaults are what an error answers."""

    partition: int
    error_code: int = 0
    base_offset: int = -1
    log_append_time_ms: int = -1
    log_start_offset: int = -1
    record_errors: Sequence[RecordError] = ()
    error_message: str | None = None
    current_leader: Leader | None = None


def read_produce_request(frame: memoryview, version: int, position: int = 0) -> ProduceRequestView:
    """Read the body of a produce request.

    Args:
        frame: the frame; writable if the batches are to be patched.
        version: 3 to 13.
        position: where the body begins.

    Raises:
        ProtocolError: it is no such request.
    """
    if not MIN_VERSION <= version <= MAX_VERSION:
        raise UnsupportedVersionError(f"Produce has versions {MIN_VERSION} to {MAX_VERSION}, not {version}")
    try:
        if version >= _FIRST_FLEXIBLE:
            return _read_flexible(frame, version, position)
        return _read_legacy(frame, position)
    except (IndexError, error):
        raise TruncatedError(f"a produce request of version {version} ends early") from None


def _read_flexible(frame: memoryview, version: int, position: int) -> ProduceRequestView:
    size = len(frame)
    transactional_id = None
    if frame[position]:
        transactional_id, position = read_name(frame, position, size, True)
    else:
        position += 1
    acks, timeout_ms = _ACKS_TIMEOUT.unpack_from(frame, position)
    topic_count, position = _read_count(frame, position + 6)
    topics: list[ProduceTopic] = []
    for _ in range(topic_count):
        topic: TopicKey
        if version >= _FIRST_WITH_IDS:
            if position + 16 > size:
                raise IndexError
            topic = uuid_of(bytes(frame[position : position + 16]))
            position += 16
        else:
            topic, position = read_name(frame, position, size, True)
        partition_count, position = _read_count(frame, position)
        partitions: list[ProducePartition] = []
        for _ in range(partition_count):
            (index,) = _INT32.unpack_from(frame, position)
            length = frame[position + 4]
            position += 5
            if length > 127:
                length, position = read_uvarint(frame, position - 1)
            records = None
            if length:
                end = position + length - 1
                if end > size:
                    refuse_length("records", length - 1, size - position)
                records = frame[position:end]
                position = end
            position = skip_tags(frame, position, size) if frame[position] else position + 1
            partitions.append(ProducePartition(index, records))
        position = skip_tags(frame, position, size) if frame[position] else position + 1
        topics.append(ProduceTopic(topic, partitions))
    skip_tags(frame, position, size)
    return ProduceRequestView(transactional_id, acks, timeout_ms, topics)


def _read_count(frame: memoryview, position: int) -> tuple[int, int]:
    count = frame[position]
    position += 1
    if count > 127:
        count, position = read_uvarint(frame, position - 1)
    if count == 0:
        raise NullError("a list of topics or partitions is null")
    if count - 1 > len(frame) - position:
        refuse_length("a list", count - 1, len(frame) - position)
    return count - 1, position


def _read_legacy(frame: memoryview, position: int) -> ProduceRequestView:
    size = len(frame)
    transactional_id = None
    (length,) = _INT16.unpack_from(frame, position)
    if length >= 0:
        transactional_id, position = read_name(frame, position, size, False)
    else:
        position += 2
    acks, timeout_ms, topic_count = _ACKS_TIMEOUT_TOPICS.unpack_from(frame, position)
    position += 10
    _check_count(topic_count, size - position)
    topics: list[ProduceTopic] = []
    for _ in range(topic_count):
        topic, position = read_name(frame, position, size, False)
        (partition_count,) = _INT32.unpack_from(frame, position)
        position += 4
        _check_count(partition_count, size - position)
        partitions: list[ProducePartition] = []
        for _ in range(partition_count):
            index, length = _INDEX_LENGTH.unpack_from(frame, position)
            position += 8
            records = None
            if length >= 0:
                end = position + length
                if end > size:
                    refuse_length("records", length, size - position)
                records = frame[position:end]
                position = end
            partitions.append(ProducePartition(index, records))
        topics.append(ProduceTopic(topic, partitions))
    return ProduceRequestView(transactional_id, acks, timeout_ms, topics)


def _check_count(count: int, left: int) -> None:
    if count < 0:
        raise NullError("a list of topics or partitions is null")
    if count > left:
        refuse_length("a list", count, left)


def encode_produce_response(
    correlation_id: int,
    version: int,
    topics: Sequence[tuple[TopicKey, Sequence[ProduceResult]]],
    *,
    throttle_time_ms: int = 0,
    nodes: Sequence[Node] = (),
) -> bytes:
    """The whole response frame, its size first.

    Args:
        correlation_id: of the request.
        version: 3 to 13.
        topics: each topic as the request named it, with the results of its partitions.
        throttle_time_ms: how long the client is muted.
        nodes: the brokers named as current leaders; sent from version 10 on.
    """
    if len(topics) == 1 and version >= _FIRST_FLEXIBLE and not throttle_time_ms:
        topic, results = topics[0]
        if len(results) == 1 and not any(results[0][5:]):
            return _encode_one(correlation_id, topic, results[0])
    pieces: list[bytes] = [b""]
    if version >= _FIRST_FLEXIBLE:
        _write_flexible(pieces, version, topics)
        pieces.append(_INT32.pack(throttle_time_ms))
        known = nodes and version >= _FIRST_WITH_LEADERS
        pieces.append(tagged([(0, node_endpoints_body(tuple(nodes)))]) if known else b"\x00")
    else:
        _write_legacy(pieces, version, topics)
        pieces.append(_INT32.pack(throttle_time_ms))
    pieces[0] = response_start(_PRODUCE_KEY, version, correlation_id, sum(map(len, pieces)))
    return b"".join(pieces)


def _encode_one(correlation_id: int, topic: TopicKey, result: ProduceResult) -> bytes:
    """One partition and nothing but numbers to say of it: nearly every response there is, as one `pack`."""
    found = _ones.get(topic)
    if found is None:
        name = compact_text(topic) if isinstance(topic, str) else topic.bytes
        # Size, correlation id, tags; one topic, its name, one partition; its numbers; no errors, text and tags; throttle time; tags.
        layout = Struct(f">iibb{len(name)}sbihqqqbbbbib")
        if len(_ones) >= _ONES_LIMIT:
            _ones.clear()
        found = _ones[topic] = layout.pack, name, layout.size - 4
    pack, name, size = found
    index, error_code, base_offset, log_append_time_ms, log_start_offset = result[:5]
    return pack(
        size, correlation_id, 0, 2, name, 2, index, error_code, base_offset, log_append_time_ms, log_start_offset,
        1, 0, 0, 0, 0, 0,
    )  # fmt: skip


_ONES_LIMIT: Final = 4096
_ones: dict[TopicKey, tuple[Callable[..., bytes], bytes, int]] = {}


def _write_flexible(
    pieces: list[bytes], version: int, topics: Sequence[tuple[TopicKey, Sequence[ProduceResult]]]
) -> None:
    pieces.append(compact_count(len(topics)))
    for topic, results in topics:
        pieces.append(compact_text(topic) if isinstance(topic, str) else topic.bytes)
        pieces.append(compact_count(len(results)))
        for result in results:
            pieces.append(_RESULT_V5.pack(*result[:5]))
            pieces.append(compact_count(len(result.record_errors)))
            for batch_index, message in result.record_errors:
                pieces.append(_INT32.pack(batch_index) + compact_text(message) + b"\x00")
            pieces.append(compact_text(result.error_message))
            if result.current_leader is not None and version >= _FIRST_WITH_LEADERS:
                pieces.append(tagged([(0, _COUNTS.pack(*result.current_leader) + b"\x00")]))
            else:
                pieces.append(b"\x00")
        pieces.append(b"\x00")


def _write_legacy(
    pieces: list[bytes], version: int, topics: Sequence[tuple[TopicKey, Sequence[ProduceResult]]]
) -> None:
    pieces.append(_INT32.pack(len(topics)))
    for topic, results in topics:
        pieces.append(_legacy_text(str(topic)))
        pieces.append(_INT32.pack(len(results)))
        for result in results:
            if version < _FIRST_WITH_LOG_START:
                pieces.append(_RESULT_V3.pack(*result[:4]))
                continue
            pieces.append(_RESULT_V5.pack(*result[:5]))
            if version >= _FIRST_WITH_RECORD_ERRORS:
                pieces.append(_INT32.pack(len(result.record_errors)))
                pieces.extend(_INT32.pack(index) + _legacy_text(message) for index, message in result.record_errors)
                pieces.append(_legacy_text(result.error_message))


def _legacy_text(text: str | None) -> bytes:
    if text is None:
        return b"\xff\xff"
    raw = text.encode()
    return _INT16.pack(len(raw)) + raw
