"""Record batches against the builders and readers of kafka-python and aiokafka, their patches, and damaged ones."""

from __future__ import annotations

import contextlib

import pytest
from aiokafka.record.default_records import DefaultRecordBatch as AioBatch
from aiokafka.record.default_records import DefaultRecordBatchBuilder as AioBuilder
from hypothesis import given, settings
from hypothesis import strategies as st
from kafka.record.default_records import DefaultRecordBatch as KafkaPythonBatch
from kafka.record.default_records import DefaultRecordBatchBuilder as KafkaPythonBuilder

from desktop_broker.protocol.batch import (
    HEADER_SIZE,
    Compression,
    Record,
    TimestampType,
    build_batch,
    check_crc,
    decode_records,
    iter_batches,
    parse_header,
    patch,
    patch_log_append_time,
)
from desktop_broker.protocol.errors import (
    CorruptBatchError,
    InflatedTooLargeError,
    ProtocolError,
    UnsupportedMagicError,
)

_BYTES = st.none() | st.binary(max_size=200)
_HEADERS = st.lists(st.tuples(st.text(max_size=8), _BYTES), max_size=3).map(tuple)
_PLAIN = st.tuples(st.integers(0, 2**42), _BYTES, _BYTES, _HEADERS)


@st.composite
def record_lists(draw: st.DrawFn) -> list[Record]:
    rows = draw(st.lists(_PLAIN, min_size=1, max_size=6))
    return [Record(offset, *row) for offset, row in enumerate(rows)]


def their_records(batch: object) -> list[Record]:
    return [Record(r.offset, r.timestamp, r.key, r.value, tuple(r.headers)) for r in batch]


@given(record_lists(), st.sampled_from(Compression), st.booleans())
def test_there_and_back(records: list[Record], codec: Compression, transactional: bool) -> None:
    batch = build_batch(
        records, compression=codec, producer_id=7, producer_epoch=1, base_sequence=5, is_transactional=transactional
    )
    header = parse_header(batch)
    assert (header.size, header.record_count, header.last_offset_delta) == (len(batch), len(records), len(records) - 1)
    assert (header.compression, header.is_transactional, header.is_control) == (codec, transactional, False)
    assert (header.producer_id, header.producer_epoch, header.base_sequence) == (7, 1, 5)
    assert header.max_timestamp == max(record.timestamp for record in records)
    assert check_crc(batch, header)
    assert decode_records(batch) == records


@given(record_lists(), st.sampled_from(Compression))
def test_aiokafka_reads_what_is_built(records: list[Record], codec: Compression) -> None:
    theirs = AioBatch(bytearray(build_batch(records, compression=codec)))
    assert theirs.validate_crc()
    assert their_records(theirs) == records


@given(record_lists(), st.sampled_from([Compression.NONE, Compression.GZIP]))
def test_kafka_python_reads_what_is_built(records: list[Record], codec: Compression) -> None:
    """Only what it needs no further package for; aiokafka stands for the other codecs."""
    theirs = KafkaPythonBatch(build_batch(records, compression=codec))
    assert theirs.validate_crc()
    assert their_records(theirs) == records


@given(record_lists(), st.sampled_from(Compression), st.booleans())
def test_what_aiokafka_builds_is_read(records: list[Record], codec: Compression, transactional: bool) -> None:
    builder = AioBuilder(
        magic=2, compression_type=int(codec), is_transactional=transactional,
        producer_id=3, producer_epoch=2, base_sequence=1, batch_size=1 << 20,
    )  # fmt: skip
    for record in records:
        builder.append(record.offset, record.timestamp, record.key, record.value, list(record.headers))
    batch = bytes(builder.build())
    header = parse_header(batch)
    assert check_crc(batch, header)
    assert (header.producer_id, header.is_transactional) == (3, transactional)
    assert decode_records(batch) == records


@given(record_lists())
def test_uncompressed_batches_are_the_bytes_of_both_builders(records: list[Record]) -> None:
    ours = build_batch(records, producer_id=3, producer_epoch=2, base_sequence=1)
    for builder_class in (AioBuilder, KafkaPythonBuilder):
        builder = builder_class(2, 0, False, 3, 2, 1, 1 << 20)
        for record in records:
            builder.append(record.offset, record.timestamp, record.key, record.value, list(record.headers))
        theirs = bytearray(builder.build())
        # A producer may leave the leader epoch as it likes: the broker sets it, and the CRC does not cover it.
        patch(theirs, 0, 0, -1)
        assert bytes(theirs) == ours


def test_patches_keep_the_batch_sound() -> None:
    records = [Record(0, 1000, b"k", b"v"), Record(1, 1005, None, None, (("h", None),))]
    buffer = bytearray(b"before" + build_batch(records))
    patch(buffer, 6, 500, 9)
    header = parse_header(buffer, 6)
    assert (header.base_offset, header.last_offset, header.next_offset) == (500, 501, 502)
    assert header.partition_leader_epoch == 9
    assert check_crc(buffer, header, 6)
    patch_log_append_time(buffer, 6, 777_000)
    header = parse_header(buffer, 6)
    assert header.timestamp_type is TimestampType.LOG_APPEND_TIME
    assert (header.base_timestamp, header.max_timestamp) == (1000, 777_000)
    assert check_crc(buffer, header, 6)
    assert [record.timestamp for record in decode_records(buffer[6:])] == [777_000, 777_000]
    assert KafkaPythonBatch(bytes(buffer[6:])).validate_crc()


def test_sequences_wrap_at_int32() -> None:
    batch = build_batch([Record(0, 0, None, b""), Record(1, 0, None, b"")], producer_id=1, base_sequence=2**31 - 1)
    assert parse_header(batch).last_sequence == 0
    assert parse_header(build_batch([Record(0, 0, None, b"")])).last_sequence == -1


def test_an_empty_batch_keeps_its_place() -> None:
    batch = build_batch([], base_offset=10, last_offset_delta=4, producer_id=1, base_sequence=0)
    assert (len(batch), parse_header(batch).next_offset, decode_records(batch)) == (HEADER_SIZE, 15, [])


def test_a_delete_horizon_stands_in_the_base_timestamp() -> None:
    batch = build_batch([Record(3, 50, b"k", None)], base_offset=1, delete_horizon=9000, last_offset_delta=5)
    header = parse_header(batch)
    assert (header.has_delete_horizon, header.base_timestamp, header.max_timestamp) == (True, 9000, 50)
    assert decode_records(batch) == [Record(3, 50, b"k", None)]


def test_walking_over_batches() -> None:
    batches = [build_batch([Record(n, 0, None, b"x" * n)], base_offset=n) for n in range(3)]
    whole = b"".join(batches)
    walked = list(iter_batches(whole))
    assert [header.base_offset for header, _ in walked] == [0, 1, 2]
    assert [bytes(view) for _, view in walked] == batches
    for cut in range(1, len(batches[2])):
        assert len(list(iter_batches(whole[:-cut], allow_partial=True))) == 2
        with pytest.raises(CorruptBatchError):
            list(iter_batches(whole[:-cut]))


@pytest.mark.parametrize("magic", [0, 1])
@pytest.mark.parametrize("size", [30, 100])
def test_old_message_sets_are_named(magic: int, size: int) -> None:
    old = bytes(16) + bytes([magic]) + bytes(size - 17)
    for partial in (False, True):
        with pytest.raises(UnsupportedMagicError, match=f"message format {magic}"):
            list(iter_batches(old, allow_partial=partial))


@pytest.mark.parametrize("codec", [codec for codec in Compression if codec])
def test_a_batch_that_grows_too_large_is_refused(codec: Compression) -> None:
    batch = build_batch([Record(0, 0, None, bytes(300_000))], compression=codec)
    assert len(decode_records(batch, max_inflated_size=310_000)) == 1
    with pytest.raises(InflatedTooLargeError):
        decode_records(batch, max_inflated_size=300_000)


@pytest.mark.parametrize("codec", Compression)
def test_damaged_batches_only_raise_protocol_errors(codec: Compression) -> None:
    @settings(max_examples=80)
    @given(record_lists(), st.data())
    def damaged(records: list[Record], data: st.DataObject) -> None:
        batch = bytearray(build_batch(records, compression=codec))
        for _ in range(data.draw(st.integers(1, 4))):
            batch[data.draw(st.integers(0, len(batch) - 1))] = data.draw(st.integers(0, 255))
        cut = data.draw(st.integers(0, len(batch)))
        for candidate in (bytes(batch), bytes(batch[:cut])):
            with contextlib.suppress(ProtocolError):
                decode_records(candidate, max_inflated_size=1 << 20)
            with contextlib.suppress(ProtocolError):
                list(iter_batches(candidate))

    damaged()


def test_a_record_before_the_base_offset_is_refused() -> None:
    with pytest.raises(CorruptBatchError, match="offset 4 lies before"):
        build_batch([Record(4, 0, None, None)], base_offset=5)
