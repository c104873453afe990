"""Appends: offsets, refusals, producers, epochs, rolling, flushing, failing disks."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_broker.common.config import TopicConfig
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventKind
from desktop_broker.protocol.batch import check_crc, iter_batches, parse_header, patch
from desktop_broker.storage.errors import StorageError
from desktop_broker.storage.log import AppendOrigin
from tests.storage.helpers import TP, Broker, SmallDisk, batch, read_batches, read_values


def test_offsets_follow_one_another_and_the_batch_is_patched_in_place(tmp_path: Path) -> None:
    log = Broker(tmp_path).log()
    data = batch(b"a", b"b")
    first = log.append_as_leader(data, 5)
    second = log.append_as_leader(batch(b"c"), 5)
    assert (first.first_offset, first.last_offset, first.records, first.log_append_time_ms) == (0, 1, 2, -1)
    assert (second.first_offset, second.last_offset, second.size_bytes) == (2, 2, len(batch(b"c")))
    assert parse_header(data).partition_leader_epoch == 5
    assert read_values(log) == [(0, b"a"), (1, b"b"), (2, b"c")]
    assert log.leader_epochs.entries == ((5, 0),)
    assert log.last_timestamp_ms == 1_700_000_000_001


def test_log_append_time_stamps_the_batch(tmp_path: Path) -> None:
    broker = Broker(tmp_path, TopicConfig(message_timestamp_type="LogAppendTime"))
    log = broker.log()
    result = log.append_as_leader(batch(b"a", b"b", timestamp=5), 0)
    assert result.log_append_time_ms == broker.now_ms
    with log.read(0, 1000, end=2) as piece:
        ((header, content),) = iter_batches(piece.read())
    assert (header.max_timestamp, header.timestamp_type) == (broker.now_ms, 1)
    assert check_crc(content, header)


def test_several_batches_of_a_coordinator_are_one_write(tmp_path: Path) -> None:
    log = Broker(tmp_path).log()
    result = log.append_as_leader(batch(b"a") + batch(b"b", b"c"), 0, origin=AppendOrigin.COORDINATOR)
    assert (result.first_offset, result.last_offset) == (0, 2)
    assert [header.base_offset for header in read_batches(log)] == [0, 1]


def test_a_repeated_batch_of_the_last_five_is_answered_with_its_first_offset(tmp_path: Path) -> None:
    log = Broker(tmp_path).log()
    for number in range(6):
        log.append_as_leader(batch(b"a", producer=9, sequence=number), 0)
    again = log.append_as_leader(batch(b"a", producer=9, sequence=1), 0)
    assert (again.duplicate, again.first_offset, again.last_offset, again.size_bytes) == (True, 1, 1, 0)
    with pytest.raises(KafkaError) as refused:
        log.append_as_leader(batch(b"a", producer=9, sequence=0), 0)
    assert refused.value.code is ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    assert log.log_end_offset == 6


def test_a_guard_that_refuses_leaves_no_trace(tmp_path: Path) -> None:
    log = Broker(tmp_path).log()

    def refuse() -> None:
        raise KafkaError(ErrorCode.NOT_LEADER_OR_FOLLOWER)

    for append in (
        lambda: log.append_as_leader(batch(b"a", producer=1, sequence=0), 0, guard=refuse),
        lambda: log.append_as_follower(batch(b"a"), guard=refuse),
    ):
        with pytest.raises(KafkaError):
            append()
    assert (log.log_end_offset, log.size_bytes, len(log.producers)) == (0, 0, 0)


def test_a_follower_keeps_offsets_and_epochs_and_may_leave_gaps(tmp_path: Path) -> None:
    log = Broker(tmp_path).log()
    first, second = batch(b"a"), batch(b"b", b"c")
    patch(first, 0, 3, 1)
    patch(second, 0, 10, 4)
    result = log.append_as_follower(bytes(first + second))
    assert (result.first_offset, result.last_offset, log.log_end_offset) == (3, 11, 12)
    assert log.leader_epochs.entries == ((1, 3), (4, 10))
    assert read_values(log) == [(3, b"a"), (10, b"b"), (11, b"c")]
    for end, expected in ((4, [3]), (7, [3]), (10, [3]), (11, [3]), (12, [3, 10])):
        with log.read(3, 1 << 20, end=end) as piece:
            assert [header.base_offset for header, _ in iter_batches(piece.read())] == expected


def test_a_follower_refuses_overlaps_and_damage(tmp_path: Path) -> None:
    log = Broker(tmp_path).log()
    data = batch(b"a", b"b")
    log.append_as_follower(data)
    with pytest.raises(KafkaError, match="goes on at 2") as refused:
        log.append_as_follower(data)
    assert refused.value.code is ErrorCode.OFFSET_OUT_OF_RANGE
    patch(data, 0, 2, 0)
    data[-1] ^= 1
    with pytest.raises(KafkaError) as refused:
        log.append_as_follower(data)
    assert refused.value.code is ErrorCode.CORRUPT_MESSAGE


def test_segments_roll_by_size(tmp_path: Path) -> None:
    size = len(batch(b"x" * 100))
    log = Broker(tmp_path, TopicConfig(segment_bytes=3 * size)).log()
    for _ in range(7):
        log.append_as_leader(batch(b"x" * 100), 0)
    assert [segment.base_offset for segment in log.describe_segments()] == [0, 3, 6]
    assert [segment.active for segment in log.describe_segments()] == [False, False, True]


def test_segments_roll_by_the_time_of_their_records(tmp_path: Path) -> None:
    config = TopicConfig(segment_ms=1000)
    broker = Broker(tmp_path, config)
    log = broker.log()
    now = broker.now_ms
    for timestamp in (now, now + 1000, now + 1001, now + 500):
        log.append_as_leader(batch(b"x", timestamp=timestamp), 0)
    assert [segment.base_offset for segment in log.describe_segments()] == [0, 2]
    broker.clock.advance(3600)
    log.append_as_leader(batch(b"x", timestamp=now + 900), 0)  # the broker's clock does not count
    assert len(log.describe_segments()) == 2


def test_segments_without_times_roll_by_their_age(tmp_path: Path) -> None:
    broker = Broker(tmp_path, TopicConfig(segment_ms=1000))
    log = broker.log()
    log.append_as_leader(batch(b"x", timestamp=-1), 0)
    broker.clock.advance(1.5)
    log.append_as_leader(batch(b"x", timestamp=-1), 0)
    assert len(log.describe_segments()) == 2


def test_segments_roll_when_an_index_is_full_or_an_offset_too_far(tmp_path: Path) -> None:
    log = Broker(tmp_path, TopicConfig(index_interval_bytes=0, segment_index_bytes=40)).log()
    for _ in range(8):
        log.append_as_leader(batch(b"x"), 0)
    assert len(log.describe_segments()) > 1
    far = batch(b"x")
    patch(far, 0, 2**31 + 8, 0)
    log.append_as_follower(far)
    assert log.describe_segments()[-1].base_offset == 2**31 + 8
    assert read_values(log, 2**31) == [(2**31 + 8, b"x")]


def test_flush_messages_moves_the_recovery_point(tmp_path: Path) -> None:
    disk = SmallDisk()
    log = Broker(tmp_path, TopicConfig(flush_messages=3), disk).log()
    before = disk.syncs
    for expected in (0, 0, 3, 3, 3, 6):
        log.append_as_leader(batch(b"x"), 0)
        assert log.recovery_point == expected
    assert disk.syncs > before


def test_flush_ms_is_looked_after(tmp_path: Path) -> None:
    broker = Broker(tmp_path, TopicConfig(flush_ms=1000))
    log = broker.log()
    log.append_as_leader(batch(b"x"), 0)
    broker.manager.flush_overdue()
    assert log.recovery_point == 0
    broker.clock.advance(1)
    broker.manager.flush_overdue()
    assert log.recovery_point == 1
    broker.clock.advance(5)
    assert not log.flush_is_due(broker.now_ms)


def test_a_rolled_segment_is_flushed_in_the_background(tmp_path: Path) -> None:
    broker = Broker(tmp_path, TopicConfig(segment_bytes=1024))
    log = broker.log()
    log.append_as_leader(batch(b"x" * 600), 0)
    log.append_as_leader(batch(b"x" * 600), 0)
    assert log.recovery_point == 0
    broker.scheduler.run()
    assert log.recovery_point == 2


@pytest.mark.parametrize("free", [0, 1, 60, 130])
def test_a_full_disk_takes_the_log_offline_and_keeps_what_was_written(free: int, tmp_path: Path) -> None:
    disk = SmallDisk()
    broker = Broker(tmp_path, files=disk)
    log = broker.log()
    log.append_as_leader(batch(b"kept", producer=3, sequence=0), 0)
    size = (tmp_path / str(TP) / f"{0:020d}.log").stat().st_size
    disk.free = free
    with pytest.raises(StorageError, match="No space left") as refused:
        log.append_as_leader(batch(b"x" * 100, producer=3, sequence=1), 0)
    assert refused.value.code is ErrorCode.KAFKA_STORAGE_ERROR
    assert (tmp_path / str(TP) / f"{0:020d}.log").stat().st_size == size
    for touch in (
        lambda: log.append_as_leader(batch(b"y"), 0),
        lambda: log.append_as_follower(batch(b"y")),
        lambda: log.read(0, 10, end=1),
        lambda: log.truncate_to(0),
        lambda: log.offset_for_timestamp(0),
    ):
        with pytest.raises(StorageError, match="offline"):
            touch()
    assert len(broker.events_of(EventKind.LOG_OFFLINE)) == 1
    disk.free = None
    log.reopen()
    assert read_values(log) == [(0, b"kept")]
    assert log.append_as_leader(batch(b"x", producer=3, sequence=1), 0).first_offset == 1


def test_a_broker_that_failed_to_write_is_not_marked_as_cleanly_shut_down(tmp_path: Path) -> None:
    disk = SmallDisk()
    broker = Broker(tmp_path, files=disk)
    log = broker.log()
    disk.free = 0
    with pytest.raises(StorageError):
        log.append_as_leader(batch(b"x"), 0)
    disk.free = None
    broker.manager.shutdown(True)
    broker.start()
    assert not broker.report.clean


def test_truncation_forgets_producers_and_epochs_behind_it(tmp_path: Path) -> None:
    log = Broker(tmp_path).log()
    for number in range(4):
        log.append_as_leader(batch(b"a", b"b", producer=1, sequence=2 * number), number)
    log.truncate_to(5)  # inside of the third batch, which goes as a whole
    assert log.log_end_offset == 4
    assert log.leader_epochs.entries == ((0, 0), (1, 2))
    producer = log.producers.get(1)
    assert producer is not None
    assert producer.last_sequence == 3
    assert log.append_as_leader(batch(b"c", producer=1, sequence=4), 7).first_offset == 4
    log.truncate_to(100)
    assert log.log_end_offset == 5


def test_truncation_does_not_bring_deleted_records_back(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    log = broker.log()
    log.append_as_leader(batch(b"a", b"b"), 0)
    log.append_as_leader(batch(b"c", b"d", b"e"), 0)
    log.delete_records(3)
    log.truncate_to(1)
    assert (log.log_start_offset, log.log_end_offset) == (3, 3)
    assert log.append_as_leader(batch(b"f"), 1).first_offset == 3
    for clean in (True, False):
        log = broker.restart(clean=clean)
        assert read_values(log) == [(3, b"f")]


def test_records_deleted_stay_deleted(tmp_path: Path) -> None:
    broker = Broker(tmp_path, TopicConfig(segment_bytes=1024))
    log = broker.log()
    for epoch in range(6):
        log.append_as_leader(batch(b"x" * 600), epoch)
    log.delete_records(4)
    log.delete_records(2)
    assert log.log_start_offset == 4
    assert [segment.base_offset for segment in log.describe_segments()] == [4, 5]
    assert log.leader_epochs.entries == ((4, 4), (5, 5))
    with pytest.raises(KafkaError) as refused:
        log.delete_records(7)
    assert refused.value.code is ErrorCode.OFFSET_OUT_OF_RANGE
    with pytest.raises(KafkaError):
        log.read(3, 100, end=6)
    folder = tmp_path / str(TP)
    assert list(folder.glob("*.deleted"))
    broker.clock.advance(61)
    broker.scheduler.run()
    assert not list(folder.glob("*.deleted"))
    log.delete_records(6)
    assert read_values(log) == []
    assert broker.restart(clean=True).log_start_offset == 6


def test_a_closed_log_says_so(tmp_path: Path) -> None:
    log = Broker(tmp_path).log()
    log.close()
    with pytest.raises(StorageError, match="is closed"):
        log.append_as_leader(batch(b"a"), 0)
