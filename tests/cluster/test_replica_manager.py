"""ISR, high watermark, waits, links and failing disks, on a running cluster."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_broker.cluster.partition import Isolation
from desktop_broker.cluster.statistics import partition_statistics
from desktop_broker.common.clock import ManualClock
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventKind
from desktop_broker.protocol.batch import Record, build_batch
from tests.cluster.harness import TestBroker, TestCluster, read_values, tp


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[TestCluster]:
    with TestCluster(tmp_path) as running:
        yield running


def in_thread(work: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    results: list[object] = []
    thread = threading.Thread(target=lambda: results.append(work()))
    thread.start()
    return thread, results


def test_a_follower_that_lags_too_long_leaves_the_isr_and_the_write_is_acknowledged(tmp_path: Path) -> None:
    clock = ManualClock()
    with TestCluster(tmp_path, clock=clock) as cluster:
        cluster.create_on("t", [1, 2, 3])
        cluster.produce("a")
        for other in (1, 2):
            cluster.cluster.links.link(3, other).cut = True
        producer, outcome = in_thread(lambda: cluster.produce("b", timeout_s=1000))
        cluster.until(lambda: cluster.leader().log.log_end_offset == 2)
        for _ in range(20):
            if 3 not in cluster.state().isr:
                break
            clock.advance(5)
            with cluster.changed:
                cluster.changed.wait(0.05)
        producer.join(20)
        assert outcome == [(1, ErrorCode.NONE)]
        assert cluster.state().isr == (1, 2)
        shrunk = [event for event in cluster.events.after(0) if event.kind is EventKind.ISR_SHRUNK]
        assert [(event.details["left"], event.details["reason"]) for event in shrunk] == [([3], "lagging")]
        for other in (1, 2):
            cluster.cluster.links.link(3, other).cut = False

        def back() -> bool:
            clock.advance(0.5)
            return cluster.in_sync()

        cluster.until(back)
        assert cluster.values(3, committed=False) == ["a", "b"]


def test_acks_all_times_out_while_a_follower_in_sync_is_cut_off(cluster: TestCluster) -> None:
    cluster.create_on("t", [1, 2, 3])
    cluster.cluster.links.link(1, 3).cut = True
    assert cluster.produce("a", timeout_s=0.05) == (0, ErrorCode.REQUEST_TIMED_OUT)
    assert cluster.leader().high_watermark == 0
    cluster.cluster.links.link(1, 3).cut = False
    cluster.until(lambda: cluster.leader().high_watermark == 1)


def test_a_wait_for_acks_ends_when_the_leader_stops(cluster: TestCluster) -> None:
    cluster.create_on("t", [1, 2, 3])
    cluster.cluster.links.link(1, 3).cut = True
    producer, outcome = in_thread(lambda: cluster.produce("a"))
    cluster.until(lambda: cluster.leader().log.log_end_offset == 1)
    cluster.stop(1)
    producer.join(20)
    assert outcome == [(0, ErrorCode.NOT_LEADER_OR_FOLLOWER)]
    cluster.cluster.links.link(1, 3).cut = False


def test_under_min_isr_after_the_append(cluster: TestCluster) -> None:
    cluster.create_on("t", [1, 2], min_insync_replicas="2")
    cluster.cluster.links.link(1, 2).cut = True
    producer, outcome = in_thread(lambda: cluster.produce("a"))
    cluster.until(lambda: cluster.leader().log.log_end_offset == 1)
    cluster.kill(2)
    producer.join(20)
    assert outcome == [(0, ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND)]
    assert cluster.leader().high_watermark == 0  # KIP-966: it stands still below min ISR
    cluster.cluster.links.link(1, 2).cut = False
    cluster.start(2)
    cluster.until(lambda: cluster.leader().high_watermark == 1)


def test_slow_and_throttled_links_still_replicate(cluster: TestCluster) -> None:
    cluster.create_on("t", [1, 2, 3])
    cluster.cluster.links.link(1, 2).delay_ms = 20
    cluster.cluster.links.link(1, 3).bytes_per_second = 20_000
    for number in range(5):
        assert cluster.produce(str(number) * 200) == (number, ErrorCode.NONE)
    assert not cluster.cluster.links.link(1, 2).healthy
    assert cluster.values(2, committed=False) == cluster.values(3, committed=False) == [str(n) * 200 for n in range(5)]
    with pytest.raises(ValueError, match="at least 1 byte"):
        cluster.cluster.links.link(1, 2).bytes_per_second = 0


def test_pipelined_appends_are_replicated_together(cluster: TestCluster) -> None:
    cluster.create_on("t", [1, 2, 3])
    cluster.create_on("u", [1, 2, 3])
    manager = cluster.brokers[1].replicas
    now = cluster.clock.now_ms()
    appended = [
        manager.append(
            cluster.leader(name), bytearray(build_batch([Record(0, now, None, f"{name}{n}".encode())])), acks=-1
        )
        for n in range(5)
        for name in ("t", "u")
    ]
    codes = manager.replicate_and_wait(appended, cluster.clock.monotonic() + 10)
    assert codes == [ErrorCode.NONE] * 10
    assert cluster.values(2, "t", committed=False) == [f"t{n}" for n in range(5)]
    pair = manager.append(cluster.leader(), build_batch([Record(0, now, None, b"read-only")]), acks=-1)
    assert manager.replicate_and_wait([(pair.partition, pair.last_offset)], cluster.clock.monotonic() + 10) == [0]
    assert cluster.values(3, "t", committed=False)[-1] == "read-only"


def test_a_topic_that_compresses_itself_has_the_same_bytes_everywhere(cluster: TestCluster) -> None:
    cluster.create_on("t", [1, 2, 3], compression_type="gzip")
    cluster.produce("x" * 1000)
    data = []
    for broker in (1, 2, 3):
        with cluster.replica(broker).log.read(0, 1 << 20, end=1) as piece:
            data.append(piece.read())
    assert data[0] == data[1] == data[2]
    assert len(data[0]) < 1000


def test_the_leader_is_found_or_the_reason_given(cluster: TestCluster) -> None:
    cluster.create_on("t", [1, 2])
    manager = cluster.brokers[1].replicas
    epoch = cluster.state().leader_epoch
    assert manager.leader_partition("t", 0, epoch).is_leader
    assert manager.partition_by_id(cluster.cluster.image.topics["t"].id, 0) is manager.partition("t", 0)
    for broker, topic, index, asked, code in (
        (1, "no", 0, -1, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
        (1, "t", 7, -1, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
        (2, "t", 0, -1, ErrorCode.NOT_LEADER_OR_FOLLOWER),
        (3, "t", 0, -1, ErrorCode.NOT_LEADER_OR_FOLLOWER),
        (1, "t", 0, epoch + 1, ErrorCode.UNKNOWN_LEADER_EPOCH),
    ):
        with pytest.raises(KafkaError) as refused:
            cluster.brokers[broker].replicas.leader_partition(topic, index, asked)
        assert refused.value.code is code
    cluster.stop(2)
    cluster.start(2)
    cluster.stop(1)
    with pytest.raises(KafkaError) as refused:
        cluster.brokers[2].replicas.leader_partition("t", 0, epoch)
    assert refused.value.code is ErrorCode.FENCED_LEADER_EPOCH


def test_reading_from_followers(cluster: TestCluster) -> None:
    cluster.create_on("t", [1, 2, 3])
    cluster.produce("a", "b")
    follower = cluster.brokers[2].replicas.readable_partition("t", 0)
    with follower.read(0, 1000, from_follower=True) as piece:
        assert piece.length
    with pytest.raises(KafkaError) as refused:
        follower.read(0, 1000)
    assert refused.value.code is ErrorCode.NOT_LEADER_OR_FOLLOWER
    with pytest.raises(KafkaError) as refused:
        follower.read(3, 1000, from_follower=True)
    assert refused.value.code is ErrorCode.OFFSET_NOT_AVAILABLE
    assert cluster.brokers[1].replicas.follower_log_end("t", 0, 2) == 2
    assert cluster.brokers[2].replicas.follower_log_end("t", 0, 1) is None


def test_a_long_poll_ends_with_data_a_deadline_or_cancelled(cluster: TestCluster) -> None:
    cluster.create_on("t", [1, 2, 3])
    manager = cluster.brokers[1].replicas
    leader = cluster.leader()
    clock = cluster.clock
    manager.wait_for_data([(leader, 0)], 1, clock.monotonic() + 0.01)
    poll, _ = in_thread(lambda: manager.wait_for_data([(leader, 0, Isolation.COMMITTED)], 100, clock.monotonic() + 60))
    cluster.produce("a" * 200)
    poll.join(20)
    assert not poll.is_alive()
    cancelled = threading.Event()
    poll, _ = in_thread(lambda: manager.wait_for_data([(leader, 1)], 1, clock.monotonic() + 60, cancelled.is_set))
    cancelled.set()
    while poll.is_alive():
        manager.wake_waiters()
        poll.join(0.01)
    poll, _ = in_thread(lambda: manager.wait_for_data([(leader, 1)], 1, clock.monotonic() + 60))
    cluster.stop(1)
    poll.join(20)
    assert not poll.is_alive()


def test_deleting_records_reaches_the_followers(cluster: TestCluster) -> None:
    cluster.create_on("t", [1, 2, 3])
    for number in range(5):
        cluster.produce(str(number))
    manager = cluster.brokers[1].replicas
    assert manager.delete_records(cluster.leader(), 2) == 2
    assert [cluster.replica(broker).log.log_start_offset for broker in (1, 2, 3)] == [2, 2, 2]
    with pytest.raises(KafkaError) as refused:
        manager.delete_records(cluster.leader(), 6)
    assert refused.value.code is ErrorCode.OFFSET_OUT_OF_RANGE
    assert manager.delete_records(cluster.leader(), -1) == 5
    cluster.kill(3)
    cluster.produce("5")
    cluster.produce("6")
    manager.delete_records(cluster.leader(), 6)
    cluster.start(3)
    cluster.until(cluster.in_sync)
    assert cluster.values(3) == ["6"]


def test_a_follower_left_behind_the_log_start_starts_over(cluster: TestCluster) -> None:
    cluster.create_on("t", [1, 2, 3])
    cluster.produce("a")
    cluster.kill(3)
    for number in range(4):
        cluster.produce(str(number))
    cluster.brokers[1].replicas.delete_records(cluster.leader(), 4)
    cluster.start(3)
    cluster.until(cluster.in_sync)
    assert cluster.values(3, committed=False) == ["3"]
    assert cluster.replica(3).log.log_start_offset == 4


def break_disk(broker: TestBroker, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    for name in ("write", "append", "writev", "pwrite"):
        if hasattr(broker.files, name):
            monkeypatch.setattr(broker.files, name, refuse)


def test_a_full_disk_of_the_leader_moves_the_leader(cluster: TestCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster.create_on("t", [1, 2, 3])
    cluster.produce("a")
    broken = cluster.leader()
    with monkeypatch.context() as patch:
        break_disk(cluster.brokers[1], patch)
        with pytest.raises(KafkaError) as refused:
            cluster.produce("b")
        assert refused.value.code is ErrorCode.KAFKA_STORAGE_ERROR
        assert broken.offline
        assert cluster.state().leader == 2
        assert cluster.state().isr == (2, 3)
        assert cluster.state().offline_replicas == (1,)
        assert cluster.produce("c") == (1, ErrorCode.NONE)
        states = {each.broker: each.state for each in partition_statistics(cluster.cluster)[0].replicas}
        assert states == {1: "offline", 2: "leader", 3: "in-sync"}
    cluster.stop(1)
    cluster.start(1)
    cluster.until(cluster.in_sync)
    assert cluster.values(1, committed=False) == ["a", "c"]


def test_a_full_disk_of_a_follower_takes_it_out_of_the_isr(
    cluster: TestCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.create_on("t", [1, 2, 3])
    cluster.produce("a")
    with monkeypatch.context() as patch:
        break_disk(cluster.brokers[3], patch)
        assert cluster.produce("b") == (1, ErrorCode.NONE)
        assert cluster.state().isr == (1, 2)
        assert cluster.state().offline_replicas == (3,)
    cluster.stop(3)
    cluster.start(3)
    cluster.until(cluster.in_sync)
    assert cluster.values(3, committed=False) == ["a", "b"]


def test_statistics_describe_every_replica(cluster: TestCluster) -> None:
    cluster.create_on("t", [1, 2, 3])
    cluster.produce("a", "b")
    cluster.kill(3)
    cluster.produce("c")
    (found,) = partition_statistics(cluster.cluster)
    assert (found.topic, found.partition, found.leader) == ("t", 0, 1)
    assert (found.log_start_offset, found.high_watermark, found.log_end_offset) == (0, 3, 3)
    states = [(each.broker, each.state, each.log_end_offset, each.lag) for each in found.replicas]
    assert states == [(1, "leader", 3, 0), (2, "in-sync", 3, 0), (3, "offline", None, None)]
    assert found.replicas[0].size_bytes


def test_high_watermarks_outlive_a_clean_stop(cluster: TestCluster) -> None:
    cluster.create_on("t", [1])
    cluster.produce("a")
    cluster.stop(1)
    broker = cluster.start(1)
    replica = broker.replicas.leader_partition("t", 0)
    assert replica.high_watermark == 1
    assert read_values(replica, 1) == ["a"]
    assert broker.replicas.high_watermark(tp()) == 1
