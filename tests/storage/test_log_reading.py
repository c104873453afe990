"""Reads: bounds, sizes, slices that outlive their segment, records by time, and damage that is never served."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_broker.common.config import TopicConfig
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventKind
from desktop_broker.protocol.batch import Compression, iter_batches
from desktop_broker.storage.errors import DamagedBatchError, StorageError
from desktop_broker.storage.log import Log
from tests.storage.helpers import TP, Broker, SmallDisk, batch, read_batches, read_values

SIZE = len(batch(b"x" * 100))


def ten_batches(tmp_path: Path, config: TopicConfig | None = None) -> tuple[Broker, Log]:
    broker = Broker(tmp_path, config or TopicConfig(segment_bytes=4 * SIZE))
    log = broker.log()
    for _ in range(10):
        log.append_as_leader(batch(b"x" * 100), 0)
    return broker, log


def offsets(log: Log, offset: int, max_bytes: int, end: int, *, minimum_one: bool = True) -> list[int]:
    with log.read(offset, max_bytes, end=end, minimum_one=minimum_one) as piece:
        return [header.base_offset for header, _ in iter_batches(piece.read())]


@pytest.mark.parametrize("restarted", [False, True])
def test_a_read_gives_whole_batches_of_one_segment(restarted: bool, tmp_path: Path) -> None:
    broker, log = ten_batches(tmp_path)
    if restarted:  # then nothing is known from memory
        log = broker.restart(clean=True)
    assert offsets(log, 0, 1 << 20, 10) == [0, 1, 2, 3]
    assert offsets(log, 2, 2 * SIZE, 10) == [2, 3]
    assert offsets(log, 8, 2 * SIZE - 1, 10) == [8]
    assert offsets(log, 5, 1, 10) == [5]
    assert offsets(log, 5, 1, 10, minimum_one=False) == []
    assert offsets(log, 4, 1 << 20, 6) == [4, 5]
    assert offsets(log, 6, 1 << 20, 6) == []
    assert offsets(log, 10, 1 << 20, 10) == []


def test_a_batch_that_reaches_the_bound_is_not_given(tmp_path: Path) -> None:
    log = Broker(tmp_path).log()
    log.append_as_leader(batch(b"a"), 0)
    log.append_as_leader(batch(b"b", b"c", b"d"), 0)
    assert offsets(log, 0, 1 << 20, 3) == [0]
    assert offsets(log, 2, 1 << 20, 3) == []
    assert offsets(log, 3, 1 << 20, 4) == [1]


def test_offsets_outside_of_the_log_are_refused(tmp_path: Path) -> None:
    _, log = ten_batches(tmp_path)
    log.delete_records(3)
    for offset in (-1, 2, 11):
        with pytest.raises(KafkaError) as refused:
            log.read(offset, 100, end=10)
        assert refused.value.code is ErrorCode.OFFSET_OUT_OF_RANGE


def test_the_newest_batches_are_found_without_reading_the_disk(tmp_path: Path) -> None:
    disk = SmallDisk()
    log = Broker(tmp_path, files=disk).log()
    for _ in range(3000):
        log.append_as_leader(batch(b"x"), 0)
    disk.fail_reads = True
    for offset in (2999, 2900, 2600):
        with log.read(offset, 500, end=3000) as piece:
            assert piece.length >= len(batch(b"x"))
    disk.fail_reads = False
    assert offsets(log, 1234, 1, 3000) == [1234]


def test_a_slice_can_be_sent_after_its_segment_was_deleted(tmp_path: Path) -> None:
    broker, log = ten_batches(tmp_path)
    piece = log.read(0, 1 << 20, end=10)
    log.delete_records(9)
    broker.clock.advance(61)
    broker.scheduler.run()
    assert not (tmp_path / str(TP) / f"{0:020d}.log").exists()
    assert os.pread(piece.fileno(), piece.length, piece.position) == piece.read()
    assert [header.base_offset for header, _ in iter_batches(piece.read())] == [0, 1, 2, 3]
    piece.release()
    piece.release()
    assert piece.file is None


def test_a_slice_of_a_file_that_shrank_says_so(tmp_path: Path) -> None:
    _, log = ten_batches(tmp_path)
    with log.read(8, 1 << 20, end=10) as piece:
        log.truncate_to(9)
        with pytest.raises(StorageError, match="shorter"):
            piece.read()


def test_what_is_no_batch_is_reported_once_and_not_served(tmp_path: Path) -> None:
    broker, log = ten_batches(tmp_path, TopicConfig(index_interval_bytes=1 << 20))
    log = broker.restart(clean=True)
    path = tmp_path / str(TP) / f"{0:020d}.log"
    content = bytearray(path.read_bytes())
    content[5 * SIZE + 16] = 0  # the sixth batch's magic
    path.write_bytes(content)
    assert offsets(log, 0, 5 * SIZE, 5) == [0, 1, 2, 3, 4]
    for _ in range(2):
        with pytest.raises(DamagedBatchError) as damage:
            log.read(7, 100, end=10)
        assert (damage.value.path, damage.value.position) == (str(path), 5 * SIZE)
    (event,) = broker.events_of(EventKind.LOG_DAMAGED)
    assert (event.details["file"], event.details["position"]) == (str(path), 5 * SIZE)
    assert not log.is_offline


def test_an_unreadable_file_takes_the_log_offline(tmp_path: Path) -> None:
    disk = SmallDisk()
    broker = Broker(tmp_path, files=disk)
    broker.log().append_as_leader(batch(b"x"), 0)
    log = broker.restart(clean=True)
    disk.fail_reads = True
    with pytest.raises(StorageError, match="Input/output error"):
        log.read(0, 100, end=1)
    assert log.is_offline
    disk.fail_reads = False
    log.reopen()
    assert read_values(log) == [(0, b"x")]


@pytest.mark.parametrize("restarted", [False, True])
def test_records_are_found_by_time(restarted: bool, tmp_path: Path) -> None:
    broker = Broker(tmp_path, TopicConfig(segment_bytes=1024, index_interval_bytes=100))
    log = broker.log()
    base = broker.now_ms
    times = [0, 100, 50, 300, 200, 400]
    for time in times:
        log.append_as_leader(batch(b"x" * 100, b"y", b"z", timestamp=base + time, compression=Compression.LZ4), 2)
    if restarted:
        log = broker.restart(clean=True)
    stamped = [(3 * index + n, base + time + n) for index, time in enumerate(times) for n in range(3)]
    for wanted in range(-10, 410):
        found = log.offset_for_timestamp(base + wanted)
        expected = next((pair for pair in stamped if pair[1] >= base + wanted), None)
        assert (found and found[:2]) == expected
    newest = log.max_timestamp()
    assert newest is not None
    assert newest == (17, base + 402, 2)
    log.delete_records(10)
    assert (found := log.offset_for_timestamp(base)) is not None
    assert found.offset == 10


def test_an_empty_log_has_no_times(tmp_path: Path) -> None:
    log = Broker(tmp_path).log()
    assert log.offset_for_timestamp(0) is None
    assert log.max_timestamp() is None
    assert log.last_timestamp_ms is None
    assert read_batches(log) == []
