"""What is refused and with which error; static members; limits."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.coordinator.config import GroupConfig
from desktop_broker.coordinator.effects import Client
from desktop_broker.protocol.messages.join_group import JoinGroupRequestProtocol
from desktop_broker.protocol.messages.leave_group import LeaveGroupRequest, MemberIdentity
from tests.coordinator.harness import GROUP, Harness, join_request

MakeHarness = Callable[..., Harness]


def test_member_id_is_required_since_version_4(harness: Harness) -> None:
    response = harness.join(client="app").result()
    assert response.error_code == ErrorCode.MEMBER_ID_REQUIRED
    assert response.member_id.startswith("app-")
    joined = harness.join(response.member_id).result()
    assert (joined.error_code, joined.member_id) == (ErrorCode.NONE, response.member_id)


def test_version_3_joins_at_once(harness: Harness) -> None:
    joined = harness.join(version=3).result()
    assert (joined.error_code, joined.generation_id) == (ErrorCode.NONE, 1)
    assert joined.leader == joined.member_id


def test_a_pending_member_that_never_comes_back_is_forgotten(harness: Harness) -> None:
    first, second = harness.form_group(2)
    lost = harness.new_member_id()
    waiting = harness.join(first.member_id).parked()
    harness.join(second.member_id).parked()  # everyone is there but the one that was given an id
    harness.advance(10)
    assert waiting.result().generation_id == 3
    assert harness.join(lost).result().error_code == ErrorCode.UNKNOWN_MEMBER_ID


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"group_id": ""}, ErrorCode.INVALID_GROUP_ID),
        ({"session_timeout_ms": 5_999}, ErrorCode.INVALID_SESSION_TIMEOUT),
        ({"session_timeout_ms": 1_800_001}, ErrorCode.INVALID_SESSION_TIMEOUT),
        ({"member_id": "stranger"}, ErrorCode.UNKNOWN_MEMBER_ID),
        ({"protocol_type": ""}, ErrorCode.INCONSISTENT_GROUP_PROTOCOL),
        ({"protocols": {}}, ErrorCode.INCONSISTENT_GROUP_PROTOCOL),
    ],
)
def test_joins_that_are_refused(harness: Harness, fields: dict[str, object], code: ErrorCode) -> None:
    assert harness.join(**fields).result().error_code == code


@pytest.mark.parametrize("fields", [{"protocol_type": "connect"}, {"protocols": {"sticky": b""}}])
def test_a_member_must_share_a_protocol_with_the_others(harness: Harness, fields: dict[str, object]) -> None:
    harness.form_group(1)
    assert harness.join(**fields).result().error_code == ErrorCode.INCONSISTENT_GROUP_PROTOCOL


def test_a_protocol_named_twice_counts_once(harness: Harness) -> None:
    request = join_request()
    request.protocols = [JoinGroupRequestProtocol(name="range", metadata=metadata) for metadata in (b"a", b"b")]
    joined = harness.coordinator.join(request, Client("app", "/::1"), 3)
    assert (joined.protocol_name, joined.members[0].metadata) == ("range", b"a")


def test_the_protocol_that_most_prefer_is_chosen(harness: Harness) -> None:
    (first,) = harness.form_group(1, protocols={"range": b"1", "sticky": b"2"})
    ids = [harness.new_member_id(protocols={"sticky": b"", "range": b""}) for _ in range(2)]
    joins = [harness.join(one, protocols={"sticky": b"2", "range": b"1"}).parked() for one in ids]
    led = harness.join(first.member_id, protocols={"range": b"1", "sticky": b"2"}).result()
    assert led.protocol_name == "sticky"
    assert [one.metadata for one in led.members] == [b"2"] * 3
    assert {join.result().protocol_name for join in joins} == {"sticky"}


def test_the_group_takes_no_more_than_its_size(make_harness: MakeHarness) -> None:
    harness = make_harness(GroupConfig(max_size=2))
    harness.form_group(2)
    assert harness.join(version=3).result().error_code == ErrorCode.GROUP_MAX_SIZE_REACHED
    assert len(harness.members()) == 2
    assert harness.state() == "Stable"


def test_heartbeats_that_are_refused(harness: Harness) -> None:
    (joined,) = harness.form_group(1)
    assert harness.heartbeat(joined.member_id, 7) == ErrorCode.ILLEGAL_GENERATION
    assert harness.heartbeat("stranger", 1) == ErrorCode.UNKNOWN_MEMBER_ID
    assert harness.heartbeat(joined.member_id, 1, group="nobody") == ErrorCode.UNKNOWN_MEMBER_ID
    assert harness.heartbeat(joined.member_id, 1, group="") == ErrorCode.INVALID_GROUP_ID
    assert harness.heartbeat(joined.member_id, 1, instance_id="x") == ErrorCode.UNKNOWN_MEMBER_ID


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"generation_id": 9}, ErrorCode.ILLEGAL_GENERATION),
        ({"member_id": "stranger"}, ErrorCode.UNKNOWN_MEMBER_ID),
        ({"group_id": "nobody"}, ErrorCode.UNKNOWN_MEMBER_ID),
        ({"group_id": ""}, ErrorCode.INVALID_GROUP_ID),
        ({"protocol_name": "sticky"}, ErrorCode.INCONSISTENT_GROUP_PROTOCOL),
        ({"protocol_type": "connect"}, ErrorCode.INCONSISTENT_GROUP_PROTOCOL),
        ({"protocol_type": None, "protocol_name": None}, ErrorCode.NONE),
    ],
)
def test_syncs(harness: Harness, fields: dict[str, object], code: ErrorCode) -> None:
    (joined,) = harness.form_group(1)
    assert harness.sync(joined, **fields).result().error_code == code


def test_a_sync_in_the_middle_of_a_rebalance(harness: Harness) -> None:
    first, second = harness.form_group(2)
    waiting = harness.join(first.member_id).parked()
    assert harness.sync(second).result().error_code == ErrorCode.REBALANCE_IN_PROGRESS
    harness.leave(second.member_id)
    waiting.result()


def test_a_follower_that_lost_its_answer_gets_it_again(harness: Harness) -> None:
    _, second = harness.form_group(2)
    again = harness.join(second.member_id).result()
    assert (again.error_code, again.generation_id, again.members) == (ErrorCode.NONE, 2, [])
    assert harness.sync(again).result().assignment == second.member_id.encode()
    assert harness.state() == "Stable"


def test_a_follower_with_other_topics_starts_a_rebalance(harness: Harness) -> None:
    first, second = harness.form_group(2)
    waiting = harness.join(second.member_id, protocols={"range": b"other"}).parked()
    assert harness.heartbeat(first.member_id, 2) == ErrorCode.REBALANCE_IN_PROGRESS
    led = harness.join(first.member_id).result()
    assert [one.metadata for one in led.members] == [b"meta", b"other"]
    waiting.result()


def test_many_leave_with_one_request(harness: Harness) -> None:
    first, second, third = harness.form_group(3)
    assert harness.leave(first.member_id, "stranger", third.member_id) == [0, ErrorCode.UNKNOWN_MEMBER_ID, 0]
    assert harness.members() == [second.member_id]
    assert harness.leave("stranger", group="nobody") == [ErrorCode.UNKNOWN_MEMBER_ID]


def test_a_pending_member_may_leave(harness: Harness) -> None:
    pending = harness.new_member_id()
    assert harness.leave(pending) == [ErrorCode.NONE]
    assert harness.join(pending).result().error_code == ErrorCode.UNKNOWN_MEMBER_ID


# Static members (KIP-345).


def static_group(harness: Harness, version: int = 9):  # type: ignore[no-untyped-def]  # two JoinGroupResponses
    """A dynamic leader and a static follower `i`, stable in generation 2."""
    (leader,) = harness.form_group(1)
    waiting = harness.join(group_instance_id="i", version=version).parked()
    led = harness.join(leader.member_id).result()
    followed = waiting.result()
    harness.sync_all([led, followed])
    return led, followed


def test_a_static_member_comes_back_without_a_rebalance(harness: Harness) -> None:
    _, static = static_group(harness)
    assert static.member_id.startswith("i-")
    back = harness.join(group_instance_id="i").result()
    assert (back.error_code, back.generation_id, back.skip_assignment) == (ErrorCode.NONE, 2, False)
    assert back.member_id != static.member_id
    assert harness.state() == "Stable"
    synced = harness.sync(back, group_instance_id="i").result()
    assert synced.assignment == static.member_id.encode()


def test_the_former_static_member_is_fenced(harness: Harness) -> None:
    _, static = static_group(harness)
    harness.join(group_instance_id="i").result()
    fenced = ErrorCode.FENCED_INSTANCE_ID
    assert harness.heartbeat(static.member_id, 2, instance_id="i") == fenced
    assert harness.sync(static, group_instance_id="i").result().error_code == fenced
    assert harness.join(static.member_id, group_instance_id="i").result().error_code == fenced
    commit = harness.commit({("t", 0): 1}, member_id=static.member_id, generation=2, group_instance_id="i")
    assert commit == fenced


def test_a_waiting_call_of_the_former_static_member_is_fenced(harness: Harness) -> None:
    led, static = static_group(harness)
    waiting = harness.join(static.member_id, group_instance_id="i", protocols={"range": b"new"}).parked()
    back = harness.join(group_instance_id="i", protocols={"range": b"new"}).parked()
    assert waiting.result().error_code == ErrorCode.FENCED_INSTANCE_ID
    assert harness.join(led.member_id).result().generation_id == 3
    assert back.result().generation_id == 3


@pytest.mark.parametrize(("version", "skips"), [(9, True), (8, False)])
def test_a_static_leader_comes_back(harness: Harness, version: int, skips: bool) -> None:
    leader = harness.join(group_instance_id="i", version=version).result()
    harness.sync_all([leader])
    back = harness.join(group_instance_id="i", version=version).result()
    assert (back.error_code, back.generation_id, back.skip_assignment) == (ErrorCode.NONE, 1, skips)
    if skips:
        assert back.leader == back.member_id
        assert [one.member_id for one in back.members] == [back.member_id]
    else:  # an old client must not find that it leads: it would assign anew
        assert (back.leader, back.members) == (leader.member_id, [])


def test_a_static_member_that_comes_back_with_another_protocol_starts_a_rebalance(harness: Harness) -> None:
    leader = harness.join(group_instance_id="i", protocols={"range": b"", "sticky": b""}).result()
    harness.sync_all([leader])
    back = harness.join(group_instance_id="i", protocols={"sticky": b"", "range": b""}).result()
    assert (back.generation_id, back.protocol_name) == (2, "sticky")


def test_a_static_member_that_comes_back_during_the_sync_phase_starts_over(harness: Harness) -> None:
    (leader,) = harness.form_group(1)
    waiting = harness.join(group_instance_id="i").parked()
    harness.join(leader.member_id).result()
    waiting.result()
    back = harness.join(group_instance_id="i").parked()
    assert harness.join(leader.member_id).result().generation_id == 3
    assert back.result().generation_id == 3


def test_the_return_of_a_static_member_is_undone_when_it_cannot_be_stored(harness: Harness) -> None:
    _, static = static_group(harness)
    harness.log.failures.append(KafkaError(ErrorCode.NOT_ENOUGH_REPLICAS))
    back = harness.join(group_instance_id="i").result()
    assert back.error_code == ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert harness.heartbeat(static.member_id, 2, instance_id="i") == ErrorCode.NONE


def test_a_rebalance_overtakes_the_return_of_a_static_member(harness: Harness) -> None:
    led, _ = static_group(harness)
    while harness.log.started.acquire(blocking=False):
        pass
    release = harness.log.hold = threading.Event()
    harness.log.failures.append(KafkaError(ErrorCode.NOT_ENOUGH_REPLICAS))
    back = harness.join(group_instance_id="i")
    assert harness.log.started.acquire(timeout=20)  # its return is on its way to the log, which will refuse it
    rejoined = harness.join(
        led.member_id
    ).result()  # the leader wants a rebalance; the static member has joined already
    assert rejoined.generation_id == 3
    release.set()
    joined = back.result()
    assert (joined.error_code, joined.generation_id) == (ErrorCode.NONE, 3)
    assert sorted(harness.members()) == sorted([led.member_id, joined.member_id])


def test_a_static_member_stays_through_a_rebalance_that_it_sleeps_through(harness: Harness) -> None:
    led, static = static_group(harness)
    waiting = harness.join(led.member_id, rebalance_timeout_ms=5_000).parked()
    harness.heartbeat(static.member_id, 2, instance_id="i")
    for _ in range(7):
        harness.advance(9)
        harness.heartbeat(static.member_id, 2, instance_id="i")
    assert [one.group_instance_id for one in waiting.result().members] == [None, "i"]


def test_an_operator_removes_a_static_member_by_its_instance_id(harness: Harness) -> None:
    led, _ = static_group(harness)
    identities = [MemberIdentity(group_instance_id="i"), MemberIdentity(group_instance_id="j")]
    response = harness.coordinator.leave(LeaveGroupRequest(group_id=GROUP, members=identities))
    assert [one.error_code for one in response.members] == [ErrorCode.NONE, ErrorCode.UNKNOWN_MEMBER_ID]
    assert harness.members() == [led.member_id]
