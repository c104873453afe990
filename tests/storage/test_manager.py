"""One broker's folder: opened, found, checkpointed, closed, deleted from, and refused when it is not its own."""

from __future__ import annotations

import os
import threading
import uuid
from pathlib import Path

import pytest

from desktop_broker.common.config import TopicConfig
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventKind
from desktop_broker.common.types import TopicPartition
from desktop_broker.storage.errors import StorageError
from tests.storage.helpers import TOPIC_ID, TP, Broker, SmallDisk, batch, read_values


def test_a_log_has_kafkas_files(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    broker.log().append_as_leader(batch(b"a"), 0)
    broker.manager.shutdown(True)
    zero, one = f"{0:020d}", f"{1:020d}"
    assert {path.name for path in (tmp_path / "orders-0").iterdir()} == {
        f"{zero}.log",
        f"{zero}.index",
        f"{zero}.timeindex",
        f"{one}.snapshot",
        "leader-epoch-checkpoint",
        "partition.metadata",
    }
    assert {path.name for path in tmp_path.iterdir()} == {
        "orders-0",
        "meta.properties",
        "recovery-point-offset-checkpoint",
        "log-start-offset-checkpoint",
        ".kafka_cleanshutdown",
    }


def test_logs_are_found_again_with_their_ids_and_the_folder_keeps_its_own(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    names = [TopicPartition("with-dash.and_dot", 12), TP, TopicPartition("__consumer_offsets", 3)]
    for tp in names:
        broker.log(tp).append_as_leader(batch(str(tp).encode()), 0)
    directory_id = broker.report.directory_id
    for clean in (True, False):
        broker.manager.shutdown(clean)
        broker.start()
        assert broker.report.clean == clean
        assert broker.report.directory_id == directory_id
        assert sorted(log.topic_partition for log in broker.manager.all()) == sorted(names)
        for tp in names:
            log = broker.manager.get(tp)
            assert log is not None
            assert log.topic_id == TOPIC_ID
            assert read_values(log) == [(0, str(tp).encode())]
    (event,) = broker.events_of(EventKind.LOG_RECOVERED)
    assert event.details["logs"] == 3


def test_the_clean_mark_counts_once(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    broker.manager.shutdown(True)
    broker.start()
    broker.start()
    assert not broker.report.clean


def test_a_log_of_an_earlier_topic_of_that_name_is_not_taken(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    broker.log()
    with pytest.raises(KafkaError) as refused:
        broker.manager.get_or_create(TP, uuid.UUID(int=77), TopicConfig())
    assert refused.value.code is ErrorCode.INCONSISTENT_TOPIC_ID


def test_a_log_without_an_id_takes_the_one_it_is_given(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    broker.log().append_as_leader(batch(b"a"), 0)
    broker.manager.shutdown(True)
    (tmp_path / str(TP) / "partition.metadata").unlink()
    broker.start()
    assert broker.log().topic_id == TOPIC_ID
    assert broker.restart(clean=True).topic_id == TOPIC_ID


def test_a_changed_config_is_acted_on(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    log = broker.log()
    assert broker.manager.get_or_create(TP, TOPIC_ID, TopicConfig(segment_bytes=1024)) is log
    for _ in range(3):
        log.append_as_leader(batch(b"x" * 600), 0)
    assert len(log.describe_segments()) == 3


def test_a_deleted_log_is_gone_at_once_and_its_files_later(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    log = broker.log()
    log.append_as_leader(batch(b"old"), 0)
    broker.manager.delete(TP)
    broker.manager.delete(TP)
    assert broker.manager.get(TP) is None
    with pytest.raises(StorageError):
        log.append_as_leader(batch(b"late"), 0)
    again = broker.log()
    assert again.log_end_offset == 0
    assert len(list(tmp_path.glob("orders-0.*-delete"))) == 1
    broker.clock.advance(61)
    broker.scheduler.run()
    assert not list(tmp_path.glob("*-delete"))
    assert (tmp_path / "orders-0").is_dir()


def test_what_was_being_deleted_at_a_crash_is_removed_at_the_next_start(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    broker.log(TopicPartition("x" * 249, 0)).append_as_leader(batch(b"a"), 0)
    broker.manager.delete(TopicPartition("x" * 249, 0))
    broker.manager.shutdown(False)
    broker.start()
    assert broker.manager.all() == []
    broker.scheduler.run()
    assert not list(tmp_path.glob("*-delete"))


def test_high_watermarks_and_start_offsets_are_kept(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    assert broker.manager.load_high_watermarks() == {}
    broker.manager.save_high_watermarks({TP: 5})
    log = broker.log()
    log.append_as_leader(batch(b"a", b"b"), 0)
    log.delete_records(1)
    broker.manager.checkpoint()
    log = broker.restart(clean=False)
    assert broker.manager.load_high_watermarks() == {TP: 5}
    assert (log.log_start_offset, log.log_end_offset) == (1, 2)


def test_a_damaged_checkpoint_costs_only_a_longer_recovery(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    broker.log().append_as_leader(batch(b"a"), 0)
    broker.manager.shutdown(True)
    (tmp_path / "recovery-point-offset-checkpoint").write_text("garbage")
    broker.start()
    assert read_values(broker.log()) == [(0, b"a")]
    (event,) = broker.events_of(EventKind.LOG_DAMAGED)
    assert "recovery-point" in str(event.details["file"])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("node.id=1", "node.id=2", "broker 2"),
        ("cluster.id=4L6g", "cluster.id=none", "cluster none"),
        ("version=1", "version=0", "version 0"),
    ],
)
def test_a_folder_of_somebody_else_is_refused(old: str, new: str, said: str, tmp_path: Path) -> None:
    Broker(tmp_path)
    path = tmp_path / "meta.properties"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(StorageError, match=said):
        Broker(tmp_path)


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be used"):
        Broker(tmp_path / "file" / "data")


def test_a_full_disk_refuses_new_logs_and_leaves_the_others_alone(tmp_path: Path) -> None:
    disk = SmallDisk()
    broker = Broker(tmp_path, files=disk)
    log = broker.log()
    log.append_as_leader(batch(b"a"), 0)
    disk.free = 0
    with pytest.raises(StorageError, match="No space left"):
        broker.log(TP._replace(partition=1))
    with pytest.raises(StorageError, match="No space left"):
        broker.manager.checkpoint()
    assert read_values(log) == [(0, b"a")]
    disk.free = None
    assert broker.log(TP._replace(partition=1)).log_end_offset == 0


def test_many_logs_keep_few_files_open(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    logs = [broker.log(TP._replace(partition=number)) for number in range(400)]
    for log in logs:
        log.append_as_leader(batch(b"a"), 0)
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").is_dir() else None
    assert broker.manager.open_files <= 1024
    broker.manager.shutdown(True)
    assert broker.manager.open_files == 0
    if before is not None:
        assert len(os.listdir("/proc/self/fd")) <= before - 400
    seen: list[tuple[int, int]] = []
    broker.manager.load(lambda done, total: seen.append((done, total)))
    assert seen == [(100, 400), (200, 400), (300, 400), (400, 400)]


def test_appends_reads_flushes_and_retention_go_on_side_by_side(tmp_path: Path) -> None:
    config = TopicConfig(segment_bytes=8_000, retention_bytes=30_000, retention_ms=-1, flush_messages=50)
    broker = Broker(tmp_path, config)
    log = broker.log()
    count, writers = 400, 3
    done = threading.Event()
    failures: list[BaseException] = []

    def write(number: int) -> None:
        for sequence in range(count):
            log.append_as_leader(batch(b"%d" % sequence, producer=number, sequence=sequence), 0)

    def read() -> None:
        while not done.is_set():
            start = log.log_start_offset
            try:
                values = read_values(log, start)
            except KafkaError as error:
                assert error.code is ErrorCode.OFFSET_OUT_OF_RANGE  # noqa: PT017 - retention overtook this reader
                continue
            assert [offset for offset, _ in values] == list(range(start, start + len(values)))

    def keep_house() -> None:
        while not done.is_set():
            log.maintain(broker.now_ms, log.log_end_offset)
            broker.scheduler.run()

    def watch(target: object, *arguments: object) -> None:
        try:
            target(*arguments)  # type: ignore[operator]
        except BaseException as error:  # noqa: BLE001 - shown by the assertion below
            failures.append(error)
            done.set()

    others = [threading.Thread(target=watch, args=(target,)) for target in (read, keep_house)]
    producers = [threading.Thread(target=watch, args=(write, number)) for number in range(writers)]
    for thread in (*others, *producers):
        thread.start()
    for thread in producers:
        thread.join()
    done.set()
    for thread in others:
        thread.join()
    assert not failures
    assert log.log_end_offset == writers * count
    assert log.log_start_offset > 0
    assert {producer_id: producer.last_sequence for producer_id, producer in log.producers.items()} == dict.fromkeys(
        range(writers), count - 1
    )
    log = broker.restart(clean=False)
    assert log.log_end_offset == writers * count
