"""How groups and offsets end: by request, with their topic, with time."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

from desktop_broker.common.clock import ManualClock
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.coordinator.config import GroupConfig
from desktop_broker.protocol.codec import encode
from desktop_broker.protocol.messages.consumer_protocol import ConsumerProtocolSubscription
from tests.coordinator.harness import GROUP, Harness, MemoryLog, Waiting

MakeHarness = Callable[..., Harness]
WEEK_S = 7 * 24 * 3600
SUBSCRIBED_TO_A = {"range": b"\x00\x00" + encode(ConsumerProtocolSubscription(topics=["a"]), 0)}


def delete(harness: Harness, *groups: str) -> list[int]:
    return [one.error_code for one in harness.coordinator.delete_groups(groups)]


def test_an_empty_group_is_deleted_with_its_offsets(harness: Harness) -> None:
    (joined,) = harness.form_group(1)
    harness.commit({("a", 0): 1}, member_id=joined.member_id, generation=1)
    assert delete(harness, GROUP, "nobody") == [ErrorCode.NON_EMPTY_GROUP, ErrorCode.GROUP_ID_NOT_FOUND]
    harness.leave(joined.member_id)
    assert delete(harness, GROUP) == [ErrorCode.NONE]
    assert harness.offsets() == {}
    assert harness.state() == "Dead"
    assert [value for _, value in harness.log.partitions[0][-2:]] == [None, None]
    assert harness.happened("group-deleted") == [{"reason": "request"}]


def test_a_deletion_that_cannot_be_written_deletes_nothing(harness: Harness) -> None:
    harness.commit({("a", 0): 1})
    harness.log.failures.append(KafkaError(ErrorCode.REQUEST_TIMED_OUT))
    assert delete(harness, GROUP) == [ErrorCode.COORDINATOR_NOT_AVAILABLE]
    assert harness.offsets() == {("a", 0): 1}


def test_a_member_that_comes_during_the_deletion_keeps_the_group(harness: Harness) -> None:
    harness.commit({("a", 0): 1})
    release = harness.log.hold = threading.Event()
    deleting = Waiting(lambda _: delete(harness, GROUP))
    for _ in range(2):  # the commit's append, then the deletion's
        assert harness.log.started.acquire(timeout=20)
    joined = harness.join(version=3).result()
    release.set()
    assert deleting.result() == [ErrorCode.NONE]
    harness.sync_all([joined])
    assert harness.offsets() == {}
    assert harness.members() == [joined.member_id]


def test_simple_groups_expire_with_their_commits(harness: Harness) -> None:
    harness.commit({("a", 0): 1})
    harness.advance(WEEK_S / 2)
    harness.commit({("a", 1): 1})
    harness.advance(WEEK_S / 2)
    assert harness.offsets() == {("a", 1): 1}
    harness.advance(WEEK_S / 2)
    assert harness.state() == "Dead"
    assert harness.happened("group-deleted") == [{"reason": "expired"}]


def test_offsets_of_a_group_stay_seven_days_after_its_last_member(harness: Harness) -> None:
    (joined,) = harness.form_group(1, session_timeout_ms=1_800_000)
    harness.commit({("a", 0): 1}, member_id=joined.member_id, generation=1)
    harness.leave(joined.member_id)
    harness.advance(WEEK_S - 1)
    harness.coordinator.expire()
    assert harness.offsets() == {("a", 0): 1}
    harness.advance(1)
    harness.coordinator.expire()
    assert harness.state() == "Dead"


def test_members_keep_what_they_read_and_lose_what_they_left(make_harness: MakeHarness) -> None:
    harness = make_harness(GroupConfig(offsets_retention_minutes=1))
    (joined,) = harness.form_group(1, protocols=SUBSCRIBED_TO_A, session_timeout_ms=1_800_000)
    harness.commit({("a", 0): 1, ("left", 0): 2}, member_id=joined.member_id, generation=1)
    harness.advance(60)
    harness.coordinator.expire()
    assert harness.offsets() == {("a", 0): 1}
    assert harness.state() == "Stable"


def test_members_of_another_protocol_keep_everything(make_harness: MakeHarness) -> None:
    harness = make_harness(GroupConfig(offsets_retention_minutes=1))
    (joined,) = harness.form_group(1, protocol_type="connect", session_timeout_ms=1_800_000)
    harness.commit({("a", 0): 1}, member_id=joined.member_id, generation=1)
    harness.advance(120)
    harness.coordinator.expire()
    assert harness.offsets() == {("a", 0): 1}


def test_an_id_given_to_nobody_leaves_no_group_behind(harness: Harness) -> None:
    harness.new_member_id()
    harness.coordinator.expire()
    assert harness.state() == "Empty"  # it may still come back
    harness.advance(10)
    harness.coordinator.expire()
    assert harness.state() == "Dead"
    assert harness.log.partitions[0] == []  # nothing was written, nothing need be


def test_offsets_go_with_their_topic(harness: Harness) -> None:
    harness.commit({("a", 0): 1, ("b", 0): 2})
    harness.commit({("a", 1): 1}, group="others")
    harness.coordinator.topics_deleted(["a", "c"])
    harness.settle()
    assert harness.offsets() == {("b", 0): 2}
    assert harness.offsets("others") == {}


def test_a_topic_deleted_while_its_offsets_are_loading(make_harness: MakeHarness) -> None:
    log = MemoryLog()
    make_harness(log=log).commit({("a", 0): 1, ("b", 0): 2})
    release = log.hold_reading = threading.Event()
    harness = make_harness(log=log, load=False)
    harness.coordinator.load(0, 1)
    harness.coordinator.topics_deleted(["a"])
    release.set()
    harness.settle()
    harness.settle()
    assert harness.offsets() == {("b", 0): 2}


def test_a_topic_deleted_while_nobody_coordinated(make_harness: MakeHarness) -> None:
    log = MemoryLog()
    make_harness(log=log).commit({("gone", 0): 1, ("b", 0): 2})
    harness = make_harness(log=log, topic_id={"b": uuid.uuid4()}.get)
    assert harness.offsets() == {("b", 0): 2}


def test_time_counts_over_a_move(make_harness: MakeHarness) -> None:
    clock, log = ManualClock(), MemoryLog()
    before = make_harness(clock=clock, log=log)
    (joined,) = before.form_group(1)
    before.commit({("a", 0): 1}, member_id=joined.member_id, generation=1)
    before.leave(joined.member_id)
    before.coordinator.close()
    clock.advance(WEEK_S)
    after = make_harness(clock=clock, log=log)
    assert after.offsets() == {("a", 0): 1}
    after.coordinator.expire()
    assert after.offsets() == {}
