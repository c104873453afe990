"""Stories of two and three members, told through the coordinator's own calls, each waiting on a thread of its own."""

from __future__ import annotations

import threading

from desktop_broker.common.errors import ErrorCode, KafkaError
from tests.coordinator.harness import Harness


def test_one_member_forms_a_group(harness: Harness) -> None:
    (joined,) = harness.form_group(1)
    assert joined.generation_id == 1
    assert joined.protocol_name == "range"
    assert joined.leader == joined.member_id
    assert [one.member_id for one in joined.members] == [joined.member_id]
    assert harness.state() == "Stable"
    assert harness.heartbeat(joined.member_id, 1) == ErrorCode.NONE


def test_three_members_join_one_after_the_other(harness: Harness) -> None:
    joined = harness.form_group(3)
    assert [one.generation_id for one in joined] == [3, 3, 3]
    assert {one.leader for one in joined} == {joined[0].member_id}
    assert [one.member_id for one in joined[0].members] == [one.member_id for one in joined]
    assert joined[1].members == [] == joined[2].members
    assert len(harness.happened("group-rebalanced")) == 3


def test_a_member_that_leaves_starts_a_rebalance(harness: Harness) -> None:
    first, second = harness.form_group(2)
    assert harness.leave(second.member_id) == [ErrorCode.NONE]
    assert harness.heartbeat(first.member_id, 2) == ErrorCode.REBALANCE_IN_PROGRESS
    again = harness.join(first.member_id).result()
    assert again.generation_id == 3
    harness.sync_all([again])
    assert harness.members() == [first.member_id]


def test_the_group_is_empty_when_the_last_one_leaves(harness: Harness) -> None:
    (only,) = harness.form_group(1)
    assert harness.leave(only.member_id) == [ErrorCode.NONE]
    assert harness.state() == "Empty"
    assert harness.happened("group-emptied") == [{"generation": 2}]
    assert harness.heartbeat(only.member_id, 2) == ErrorCode.UNKNOWN_MEMBER_ID


def test_a_silent_member_is_taken_out(harness: Harness) -> None:
    first, second = harness.form_group(2)
    harness.advance(6)
    assert harness.heartbeat(first.member_id, 2) == ErrorCode.NONE
    harness.advance(6)
    assert harness.heartbeat(first.member_id, 2) == ErrorCode.REBALANCE_IN_PROGRESS
    (event,) = harness.happened("member-timed-out")
    assert (event["member"], event["phase"], event["after_ms"]) == (second.member_id, "session", 10_000)
    again = harness.join(first.member_id).result()
    assert (again.generation_id, len(again.members)) == (3, 1)


def test_the_leader_leaves_and_the_next_one_leads(harness: Harness) -> None:
    first, second, third = harness.form_group(3)
    harness.leave(first.member_id)
    waiting = harness.join(third.member_id).parked()
    led = harness.join(second.member_id).result()
    followed = waiting.result()
    assert led.leader == followed.leader == second.member_id
    assert [one.member_id for one in led.members] == [second.member_id, third.member_id]
    assert followed.members == []


def test_a_member_that_does_not_rejoin_is_left_behind_when_the_time_is_up(harness: Harness) -> None:
    first, second = harness.form_group(2)
    waiting = harness.join(first.member_id).parked()  # the leader asks for a rebalance
    for _ in range(7):  # the other one sends heartbeats, but never rejoins
        assert harness.heartbeat(second.member_id, 2) == ErrorCode.REBALANCE_IN_PROGRESS
        harness.advance(9)
    joined = waiting.result()
    assert [one.member_id for one in joined.members] == [first.member_id]
    assert harness.heartbeat(second.member_id, 2) == ErrorCode.UNKNOWN_MEMBER_ID
    assert [event["phase"] for event in harness.happened("member-timed-out")] == ["rebalance"]


def test_waiting_for_a_rebalance_keeps_the_session_alive(harness: Harness) -> None:
    first, second = harness.form_group(2)
    waiting = harness.join(first.member_id).parked()
    for _ in range(3):  # longer than a session
        harness.advance(8)
        assert harness.heartbeat(second.member_id, 2) == ErrorCode.REBALANCE_IN_PROGRESS
    joined = harness.join(second.member_id).result()
    assert (joined.generation_id, waiting.result().generation_id) == (3, 3)
    harness.advance(9)  # and its session starts anew with the answer
    assert harness.heartbeat(first.member_id, 3) == ErrorCode.NONE


def test_a_member_that_never_syncs_is_taken_out(harness: Harness) -> None:
    first, second = harness.form_group(2)
    waiting = harness.join(first.member_id).parked()
    harness.join(second.member_id).result()
    led = waiting.result()
    assert harness.sync(led, {led.member_id: b"mine"}).result().error_code == ErrorCode.NONE
    for _ in range(7):
        harness.heartbeat(first.member_id, 3)
        harness.heartbeat(second.member_id, 3)
        harness.advance(9)
    assert harness.members() == [first.member_id]
    assert [event["phase"] for event in harness.happened("member-timed-out")] == ["sync"]
    assert harness.heartbeat(first.member_id, 3) == ErrorCode.REBALANCE_IN_PROGRESS


def test_followers_wait_for_the_leaders_assignment(harness: Harness) -> None:
    first, second = harness.form_group(2)
    waiting = harness.join(first.member_id).parked()
    followed = harness.join(second.member_id).result()
    led = waiting.result()
    follower = harness.sync(followed).parked()
    assert harness.state() == "CompletingRebalance"
    led_sync = harness.sync(led, {led.member_id: b"a", followed.member_id: b"b"})
    assert (led_sync.result().assignment, follower.result().assignment) == (b"a", b"b")
    assert harness.state() == "Stable"


def test_a_join_during_the_sync_phase_sends_everyone_back(harness: Harness) -> None:
    first, second = harness.form_group(2)
    waiting = harness.join(first.member_id).parked()
    followed = harness.join(second.member_id).result()
    waiting.result()
    follower = harness.sync(followed).parked()
    third = harness.new_member_id()
    joining = harness.join(third).parked()
    assert follower.result().error_code == ErrorCode.REBALANCE_IN_PROGRESS
    rejoining = harness.join(first.member_id).parked()
    assert harness.join(second.member_id).result().generation_id == 4
    assert (joining.result().generation_id, rejoining.result().generation_id) == (4, 4)


def test_a_cooperative_leader_asks_for_a_second_rebalance(harness: Harness) -> None:
    """Incremental cooperative rebalancing (KIP-429): what was revoked in one rebalance is given out in the next."""
    protocols = {"cooperative-sticky": b"owns 0 1"}
    first, second = harness.form_group(2, protocols=protocols)
    waiting = harness.join(first.member_id, protocols={"cooperative-sticky": b"owns 0"}).parked()
    assert harness.heartbeat(second.member_id, 2) == ErrorCode.REBALANCE_IN_PROGRESS
    followed = harness.join(second.member_id, protocols={"cooperative-sticky": b"owns nothing"}).result()
    led = waiting.result()
    assert {one.member_id: one.metadata for one in led.members} == {
        first.member_id: b"owns 0",
        second.member_id: b"owns nothing",
    }
    harness.sync_all([led, followed])
    assert led.generation_id == 3


def test_an_assignment_that_cannot_be_written_sends_everyone_back(harness: Harness) -> None:
    (joined,) = harness.form_group(1)
    again = harness.join(joined.member_id).result()
    harness.log.failures.append(KafkaError(ErrorCode.NOT_ENOUGH_REPLICAS))
    assert harness.sync(again).result().error_code == ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert harness.state() == "PreparingRebalance"
    harness.advance(10)  # it does not come back, and its session ends
    assert harness.state() == "Empty"
    assert harness.happened("group-emptied") == [{"generation": 3}]
    assert len(harness.log.partitions[0]) == 2  # the first assignment, and the empty group


def test_the_last_member_times_out_while_the_log_hangs(harness: Harness) -> None:
    """The timers' thread must not wait for the append: other groups' sessions depend on it."""
    harness.form_group(1)
    (other,) = harness.form_group(1, group="others", session_timeout_ms=20_000)
    while harness.log.started.acquire(blocking=False):
        pass
    release = harness.log.hold = threading.Event()
    harness.clock.advance(10)
    assert harness.log.started.acquire(timeout=20)  # the background thread hangs in the append now
    ringing = threading.Event()
    harness.timers.after(0, ringing.set)
    assert ringing.wait(20)
    assert harness.heartbeat(other.member_id, 1, group="others") == ErrorCode.NONE
    release.set()
    harness.settle()
    assert harness.state() == "Empty"


def test_a_slow_append_does_not_hold_up_heartbeats(harness: Harness) -> None:
    first, second = harness.form_group(2)
    release = harness.log.hold = threading.Event()
    while harness.log.started.acquire(blocking=False):
        pass
    committing = threading.Thread(
        target=lambda: harness.commit({("t", 0): 5}, member_id=first.member_id, generation=2), name="committer"
    )
    committing.start()
    assert harness.log.started.acquire(timeout=20)
    assert harness.heartbeat(second.member_id, 2) == ErrorCode.NONE
    assert harness.offsets() == {}  # not committed yet
    release.set()
    committing.join(20)
    assert harness.offsets() == {("t", 0): 5}


def test_closing_answers_everyone_who_waits(harness: Harness) -> None:
    first, second = harness.form_group(2)
    waiting = harness.join(first.member_id).parked()
    harness.coordinator.close()
    assert waiting.result().error_code == ErrorCode.NOT_COORDINATOR
    assert harness.heartbeat(second.member_id, 2) == ErrorCode.NOT_COORDINATOR


def test_a_cancelled_call_gives_up(harness: Harness) -> None:
    first, _ = harness.form_group(2)
    waiting = harness.join(first.member_id).parked()
    waiting.is_cancelled = True
    harness.coordinator.wake()
    assert waiting.result().error_code == ErrorCode.COORDINATOR_NOT_AVAILABLE


def test_a_client_that_asks_again_frees_the_call_it_abandoned(harness: Harness) -> None:
    first, second = harness.form_group(2)
    abandoned = harness.join(first.member_id).parked()
    waiting = harness.join(first.member_id).parked()
    assert abandoned.result().error_code == ErrorCode.COORDINATOR_NOT_AVAILABLE
    harness.join(second.member_id).result()
    assert waiting.result().generation_id == 3


def test_statistics_are_a_snapshot(harness: Harness) -> None:
    (joined,) = harness.form_group(1)
    harness.commit({("t", 0): 5, ("t", 1): 6}, member_id=joined.member_id, generation=1)
    (group,) = harness.coordinator.statistics()
    assert (group.group_id, group.state, group.generation, group.protocol, group.offsets) == (
        "readers", "Stable", 1, "range", 2,
    )  # fmt: skip
    assert group.leader == group.members[0].member_id == joined.member_id
    assert (group.members[0].client_id, group.members[0].client_host) == ("app0", "/127.0.0.1")
