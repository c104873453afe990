"""Votes, subscriptions, ids, and who leads."""

from __future__ import annotations

import re

import pytest

from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.coordinator.classic_group import ClassicGroup, GroupState
from desktop_broker.coordinator.effects import Client, Reply
from desktop_broker.coordinator.member import ClassicMember
from desktop_broker.protocol.codec import encode
from desktop_broker.protocol.messages.consumer_protocol import ConsumerProtocolSubscription


def make_group(*offers: str, protocol_type: str = "consumer") -> ClassicGroup:
    """One member for each offer, such as "range sticky"; member ids m0, m1, ..."""
    group = ClassicGroup("g", 0)
    group.protocol_type = protocol_type
    for number, offer in enumerate(offers):
        group.add(make_member(f"m{number}", offer), None)
        group.state = GroupState.STABLE
    return group


def make_member(member_id: str, offer: str, metadata: bytes = b"") -> ClassicMember:
    return ClassicMember(
        member_id,
        instance_id=None,
        client=Client("app", "/127.0.0.1"),
        rebalance_timeout_ms=1_000 * len(offer),
        session_timeout_ms=1_000,
        protocols=tuple((name, metadata) for name in offer.split()),
    )


@pytest.mark.parametrize(
    ("offers", "chosen"),
    [
        (["range"], "range"),
        (["range sticky", "sticky range", "sticky range"], "sticky"),
        (["range sticky", "sticky range"], "range"),  # a draw: the oldest member decides
        (["range sticky", "sticky"], "sticky"),
        (["a b c", "c b", "b c", "c b a"], "b"),
    ],
)
def test_votes(offers: list[str], chosen: str) -> None:
    assert make_group(*offers).select_protocol() == chosen


@pytest.mark.parametrize(
    ("protocol_type", "names", "fits"),
    [("consumer", {"range"}, True), ("consumer", {"sticky"}, False), ("connect", {"range"}, False)],
)
def test_who_fits_in(protocol_type: str, names: set[str], fits: bool) -> None:
    assert make_group("range sticky", "range").supports(protocol_type, names) is fits


def test_an_empty_group_takes_any_protocol_but_none() -> None:
    group = ClassicGroup("g", 0)
    assert group.supports("anything", {"x"})
    assert not group.supports("", {"x"})
    assert not group.supports("anything", set())


def test_the_oldest_member_that_is_left_leads() -> None:
    group = make_group("a", "a", "a")
    group.remove("m0")
    assert group.leader == "m1"
    group.remove("m2")
    group.remove("m1")
    assert group.leader is None


def test_a_leader_that_has_not_joined_is_replaced() -> None:
    group = make_group("a", "a", "a")
    assert not group.elect_joined_leader()
    member = group.members["m1"]
    group.update(member, protocols=member.protocols, rebalance_timeout_ms=1, session_timeout_ms=1, reply=Reply())
    assert group.elect_joined_leader()
    assert group.leader == "m1"
    assert not group.all_have_joined()


def test_the_longest_rebalance_time_out_counts() -> None:
    assert make_group("a", "a b", "a").rebalance_timeout_s() == 3
    assert make_group().rebalance_timeout_s() == 0


def test_the_next_deadline_is_the_nearest() -> None:
    group = make_group("a", "a")
    assert group.next_deadline() is None
    group.members["m0"].deadline, group.pending["p"], group.sync_deadline = 5.0, 4.0, 6.0
    assert group.next_deadline() == 4.0
    group.join_deadline = 3.0
    assert group.next_deadline() == 3.0


def test_member_ids_are_new_each_time() -> None:
    group = make_group()
    assert re.fullmatch(r"app-[0-9a-f-]{36}", group.new_member_id("app", None))
    assert group.new_member_id("app", "i").startswith("i-")
    assert group.new_member_id("app", None) != group.new_member_id("app", None)


def test_strangers_and_the_fenced() -> None:
    group = make_group("a")
    group.static_members["i"] = "m0"
    assert group.check_member("m0", "i").member_id == "m0"
    for member_id, instance_id, code in (
        ("x", None, ErrorCode.UNKNOWN_MEMBER_ID),
        ("x", "i", ErrorCode.FENCED_INSTANCE_ID),
        ("m0", "j", ErrorCode.UNKNOWN_MEMBER_ID),
    ):
        with pytest.raises(KafkaError) as raised:
            group.check_member(member_id, instance_id)
        assert raised.value.code is code


@pytest.mark.parametrize("version", [0, 1, 2, 3])
def test_subscriptions_of_every_version_are_read(version: int) -> None:
    group = make_group(protocol_type="consumer")
    group.protocol = "range"
    for number in range(2):
        subscription = ConsumerProtocolSubscription(topics=[f"t{number}", "both"], user_data=b"x")
        group.add(make_member(f"m{number}", "range", version.to_bytes(2) + encode(subscription, version)), None)
    group.refresh_subscriptions()
    assert group.subscribed == {"t0", "t1", "both"}
    assert group.is_subscribed_to("t0")
    assert not group.is_subscribed_to("t2")


def test_what_cannot_be_read_may_be_anything() -> None:
    consumers, workers = make_group("range"), make_group("range", protocol_type="connect")
    for group in (consumers, workers):
        group.refresh_subscriptions()
    assert consumers.is_subscribed_to("anything")
    assert not workers.is_subscribed_to("anything")
