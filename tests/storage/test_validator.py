"""What a leader refuses, and with which of Kafka's errors (rules 22 to 25)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.common.config import TopicConfig
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.protocol.batch import Compression, Record, build_batch, check_crc, decode_records, parse_header
from desktop_broker.storage.errors import RecordErrors
from desktop_broker.storage.validator import AppendOrigin, validate
from tests.storage.helpers import batch

NOW = 1_700_000_000_000
CONFIG = TopicConfig()


def refusal(
    data: bytes | bytearray, config: TopicConfig = CONFIG, origin: AppendOrigin = AppendOrigin.CLIENT
) -> KafkaError:
    with pytest.raises(KafkaError) as refused:
        validate(memoryview(bytearray(data)), config, origin, NOW)
    return refused.value


def with_crc(data: bytearray) -> bytearray:
    from desktop_broker.protocol.batch import compute_crc

    data[17:21] = compute_crc(data, 0, len(data)).to_bytes(4, "big")
    return data


def test_a_sound_batch_passes_as_it_is() -> None:
    data = batch(b"a", b"b")
    view, (header,) = validate(memoryview(data), CONFIG, AppendOrigin.CLIENT, NOW)
    assert view.obj is data
    assert header == parse_header(data)


def test_no_batch_and_two_batches_are_refused() -> None:
    assert refusal(b"").code is ErrorCode.INVALID_RECORD
    assert refusal(batch() + batch()).code is ErrorCode.INVALID_RECORD


@given(position=st.integers(0, 200), bit=st.integers(0, 7))
def test_no_damage_passes_the_checksum(position: int, bit: int) -> None:
    data = batch(b"value" * 30)
    position = 8 + position % (len(data) - 8)
    data[position] ^= 1 << bit
    if 12 <= position < 16:  # the leader epoch, which the leader sets
        validate(memoryview(data), CONFIG, AppendOrigin.CLIENT, NOW)
    else:
        codes = (ErrorCode.CORRUPT_MESSAGE, ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT, ErrorCode.INVALID_RECORD)
        assert refusal(data).code in (*codes, ErrorCode.MESSAGE_TOO_LARGE)


@given(junk=st.binary(max_size=200))
def test_junk_is_refused_in_words(junk: bytes) -> None:
    assert refusal(junk).message


def test_a_batch_that_is_cut_off_is_refused() -> None:
    assert refusal(batch(b"value")[:-1]).code is ErrorCode.CORRUPT_MESSAGE


def test_old_formats_are_refused() -> None:
    data = batch(b"value")
    data[16] = 1
    assert refusal(data).code is ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT


def test_the_count_must_agree_with_the_offsets() -> None:
    data = batch(b"a", b"b")
    data[57:61] = (3).to_bytes(4, "big")
    assert refusal(with_crc(data)).code is ErrorCode.INVALID_RECORD


def test_clients_may_not_write_control_batches_but_coordinators_may() -> None:
    data = build_batch([Record(0, NOW, b"\0\0\0\1", b"\0\0\0\0\0\1")], is_control=True, producer_id=1, producer_epoch=0)
    assert refusal(data).code is ErrorCode.INVALID_RECORD
    validate(memoryview(bytearray(data)), CONFIG, AppendOrigin.COORDINATOR, NOW)


def test_an_idempotent_batch_needs_a_sequence() -> None:
    assert refusal(batch(b"a", producer=1, sequence=-1)).code is ErrorCode.INVALID_RECORD
    assert refusal(batch(b"a", is_transactional=True)).code is ErrorCode.INVALID_RECORD


def test_sizes_are_limited() -> None:
    data = batch(b"x" * 1000)
    assert refusal(data, replace(CONFIG, max_message_bytes=len(data) - 1)).code is ErrorCode.MESSAGE_TOO_LARGE
    validate(memoryview(data), replace(CONFIG, max_message_bytes=len(data)), AppendOrigin.CLIENT, NOW)
    assert refusal(data, replace(CONFIG, segment_bytes=len(data) - 1)).code is ErrorCode.RECORD_LIST_TOO_LARGE


def test_a_compacted_topic_names_the_records_without_a_key() -> None:
    records = [Record(0, NOW, b"k", b"v"), Record(1, NOW, None, b"v"), Record(2, NOW, None, None)]
    error = refusal(build_batch(records, compression=Compression.ZSTD), TopicConfig(cleanup_policy=("compact",)))
    assert isinstance(error, RecordErrors)
    assert error.code is ErrorCode.INVALID_RECORD
    assert [record.batch_index for record in error.record_errors] == [1, 2]
    assert all(record.message for record in error.record_errors)


def test_timestamps_may_not_lie_too_far_ahead_or_behind() -> None:
    config = replace(CONFIG, message_timestamp_after_max_ms=1000, message_timestamp_before_max_ms=5000)
    times = [NOW, NOW + 1001, NOW - 5001, NOW + 1000, NOW - 5000, -1]
    data = build_batch([Record(n, time, b"k", b"v") for n, time in enumerate(times)])
    error = refusal(data, config)
    assert isinstance(error, RecordErrors)
    assert error.code is ErrorCode.INVALID_TIMESTAMP
    assert [record.batch_index for record in error.record_errors] == [1, 2]
    stamped = replace(config, message_timestamp_type="LogAppendTime")
    validate(memoryview(bytearray(data)), stamped, AppendOrigin.CLIENT, NOW)


def test_the_default_lets_an_hour_ahead_pass() -> None:
    validate(memoryview(batch(timestamp=NOW + 3_600_000)), CONFIG, AppendOrigin.CLIENT, NOW)
    assert refusal(batch(timestamp=NOW + 3_600_001)).code is ErrorCode.INVALID_TIMESTAMP


@pytest.mark.parametrize("compression", list(Compression))
@pytest.mark.parametrize("times", [(-1,), (-1, -1), (-1, 5)])
def test_the_largest_time_of_records_without_a_time_is_not_1970(
    compression: Compression, times: tuple[int, ...]
) -> None:
    records = [Record(offset, time, None, b"value") for offset, time in enumerate(times)]
    data = bytearray(build_batch(records, compression=compression))
    data[35:43] = bytes(8)  # as librdkafka leaves it
    view, (header,) = validate(memoryview(with_crc(data)), CONFIG, AppendOrigin.CLIENT, NOW)
    assert header.max_timestamp == max(times)
    assert header == parse_header(view)
    assert check_crc(view, header)
    assert [record.timestamp for record in decode_records(view)] == list(times)


def test_a_producer_may_not_claim_append_time() -> None:
    data = batch()
    data[22] |= 8
    assert refusal(with_crc(data)).code is ErrorCode.INVALID_TIMESTAMP


@pytest.mark.parametrize("target", ["uncompressed", "gzip", "snappy", "lz4", "zstd"])
@pytest.mark.parametrize("source", list(Compression))
def test_the_topic_may_compress_by_itself(source: Compression, target: str) -> None:
    data = batch(b"a" * 500, b"b", producer=8, epoch=2, sequence=4, compression=source)
    view, (header,) = validate(memoryview(data), replace(CONFIG, compression_type=target), AppendOrigin.CLIENT, NOW)
    wanted = Compression.NONE if target == "uncompressed" else Compression[target.upper()]
    assert header.compression == wanted
    assert (header.producer_id, header.producer_epoch, header.base_sequence, header.record_count) == (8, 2, 4, 2)
    assert check_crc(view, header)
    assert decode_records(view) == decode_records(data)
    assert (view.obj is data) == (source == wanted)
