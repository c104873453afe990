"""Partitions that come and go: loading, unloading, moving, and what clients are told meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable

from desktop_broker.common.clock import ManualClock
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.coordinator.config import GroupConfig
from desktop_broker.protocol.messages.list_groups import ListGroupsRequest
from tests.coordinator.harness import GROUP, Harness, MemoryLog, Waiting

MakeHarness = Callable[..., Harness]


def test_other_brokers_are_asked_elsewhere(make_harness: MakeHarness) -> None:
    harness = make_harness(load=False)
    assert harness.join().result().error_code == ErrorCode.NOT_COORDINATOR
    assert harness.heartbeat("m", 1) == ErrorCode.NOT_COORDINATOR
    assert harness.coordinator.describe_groups([GROUP])[0].error_code == ErrorCode.NOT_COORDINATOR
    assert harness.coordinator.delete_groups([GROUP])[0].error_code == ErrorCode.NOT_COORDINATOR
    assert harness.coordinator.list_groups(ListGroupsRequest()).groups == []


def test_what_clients_are_told_while_groups_load(make_harness: MakeHarness) -> None:
    harness = make_harness(load=False)
    release = harness.log.hold_reading = threading.Event()
    harness.coordinator.load(0, 1)
    loading = ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
    assert harness.join().result().error_code == loading
    assert harness.commit({("t", 0): 1}) == loading
    assert harness.heartbeat("m", 1) == ErrorCode.NONE  # taken to be alive, as in Kafka
    assert harness.coordinator.list_groups(ListGroupsRequest()).error_code == loading
    assert harness.coordinator.describe_groups([GROUP])[0].error_code == loading
    release.set()
    harness.settle()
    assert harness.commit({("t", 0): 1}) == ErrorCode.NONE


def test_a_group_goes_on_at_its_new_coordinator(make_harness: MakeHarness) -> None:
    clock, log = ManualClock(), MemoryLog()
    old = make_harness(clock=clock, log=log)
    first, second = old.form_group(2)
    old.commit({("t", 0): 5}, member_id=first.member_id, generation=2)
    old.coordinator.unload(0)
    assert old.heartbeat(first.member_id, 2) == ErrorCode.NOT_COORDINATOR

    clock.advance(3600)  # nobody's session ran meanwhile
    new = make_harness(clock=clock, log=log)
    assert new.state() == "Stable"
    assert new.heartbeat(second.member_id, 2) == ErrorCode.NONE
    assert new.offsets() == {("t", 0): 5}
    new.advance(9)
    assert new.heartbeat(second.member_id, 2) == ErrorCode.NONE
    new.advance(2)  # a full session after loading, the first member is out
    assert new.heartbeat(second.member_id, 2) == ErrorCode.REBALANCE_IN_PROGRESS


def test_waiting_members_are_sent_on_when_the_partition_moves(harness: Harness) -> None:
    first, second = harness.form_group(2)
    joining = harness.join(first.member_id).parked()
    harness.coordinator.unload(0)
    assert joining.result().error_code == ErrorCode.NOT_COORDINATOR
    harness.load(epoch=2)
    assert harness.heartbeat(second.member_id, 2) == ErrorCode.NONE


def test_a_waiting_sync_is_sent_on_when_the_partition_moves(harness: Harness) -> None:
    first, second = harness.form_group(2)
    waiting = harness.join(first.member_id).parked()
    followed = harness.join(second.member_id).result()
    waiting.result()
    syncing = harness.sync(followed).parked()
    harness.coordinator.unload(0)
    assert syncing.result().error_code == ErrorCode.NOT_COORDINATOR


def test_a_commit_that_waits_its_turn_is_refused_when_the_partition_moves(harness: Harness) -> None:
    release = harness.log.hold = threading.Event()
    first = Waiting(lambda _: harness.commit({("t", 0): 1}))
    assert harness.log.started.acquire(timeout=20)
    harness.coordinator.unload(0)
    release.set()
    assert first.result() == ErrorCode.NONE  # it was on its way, and is in the log
    assert harness.commit({("t", 0): 2}) == ErrorCode.NOT_COORDINATOR
    harness.load(epoch=2)
    assert harness.offsets() == {("t", 0): 1}


def test_commits_in_the_queue_are_refused_when_the_partition_moves(harness: Harness) -> None:
    release = harness.log.hold = threading.Event()
    first = Waiting(lambda _: harness.commit({("t", 0): 1}))
    assert harness.log.started.acquire(timeout=20)
    shard = harness.coordinator._shards.find(GROUP)
    pushed, push = threading.Event(), shard._queue.push
    shard._queue.push = lambda write: (push(write), pushed.set())  # type: ignore[method-assign,assignment,func-returns-value]
    second = Waiting(lambda _: harness.commit({("t", 0): 2}))
    assert pushed.wait(20)
    harness.coordinator.unload(0)
    assert second.result() == ErrorCode.NOT_COORDINATOR  # although the first one's append still hangs
    release.set()
    assert first.result() == ErrorCode.NONE
    assert len(harness.log.partitions[0]) == 1


def test_old_news_of_leadership_is_ignored(harness: Harness) -> None:
    harness.commit({("t", 0): 1})
    harness.coordinator.load(0, 1)
    harness.coordinator.unload(0, epoch=0)
    assert harness.offsets() == {("t", 0): 1}
    harness.coordinator.unload(0, epoch=1)
    harness.coordinator.unload(0)  # nothing more to unload
    assert harness.commit({("t", 0): 1}) == ErrorCode.NOT_COORDINATOR


def test_leadership_taken_again_loads_again(harness: Harness) -> None:
    harness.commit({("t", 0): 1})
    harness.log.partitions[0].clear()  # another leader had another history
    harness.load(epoch=2)
    assert harness.offsets() == {}


def test_a_log_that_cannot_be_read(make_harness: MakeHarness) -> None:
    class Unreadable(MemoryLog):
        def read_all(self, partition):  # type: ignore[no-untyped-def]  # it only raises
            raise KafkaError(ErrorCode.KAFKA_STORAGE_ERROR, "the disk is gone")

    harness = make_harness(log=Unreadable())
    assert harness.commit({("t", 0): 1}) == ErrorCode.NOT_COORDINATOR
    assert [event["reason"] for event in harness.happened("log-damaged")] == ["the disk is gone"]


def test_a_group_that_became_too_large_is_rebalanced_when_loaded(make_harness: MakeHarness) -> None:
    log = MemoryLog()
    make_harness(log=log).form_group(3)
    harness = make_harness(GroupConfig(max_size=2), log=log)
    assert harness.state() == "PreparingRebalance"


def test_groups_are_spread_over_partitions(make_harness: MakeHarness) -> None:
    harness = make_harness(log=MemoryLog(8))
    for number in range(20):
        assert harness.commit({("t", 0): number}, group=f"group-{number}") == ErrorCode.NONE
    assert sum(len(partition) for partition in harness.log.partitions) == 20
    assert sum(1 for partition in harness.log.partitions if partition) > 3
    assert len(harness.coordinator.list_groups(ListGroupsRequest()).groups) == 20


def test_closing_twice_is_fine(harness: Harness) -> None:
    harness.coordinator.close()
    harness.coordinator.close()
    harness.coordinator.load(0, 9)
    assert harness.commit({("t", 0): 1}) == ErrorCode.NOT_COORDINATOR
