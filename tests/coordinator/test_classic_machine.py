"""The first rebalance of a group, which may wait for members (`group.initial.rebalance.delay.ms`)."""

from __future__ import annotations

from collections.abc import Callable

from desktop_broker.coordinator.config import GroupConfig
from tests.coordinator.harness import Harness

MakeHarness = Callable[..., Harness]


def test_without_a_delay_the_first_member_gets_on_at_once(harness: Harness) -> None:
    assert harness.join(version=3).result().generation_id == 1


def test_members_that_come_during_the_delay_share_the_first_generation(make_harness: MakeHarness) -> None:
    harness = make_harness(GroupConfig(initial_rebalance_delay_ms=3_000))
    joins = [harness.join(version=3).parked() for _ in range(3)]
    harness.advance(3)  # members came: wait once more
    assert harness.state() == "PreparingRebalance"
    harness.advance(3)
    assert [join.result().generation_id for join in joins] == [1, 1, 1]


def test_each_new_member_prolongs_the_delay_up_to_the_rebalance_time_out(make_harness: MakeHarness) -> None:
    harness = make_harness(GroupConfig(initial_rebalance_delay_ms=3_000))
    joins = [harness.join(version=3, rebalance_timeout_ms=7_000).parked()]
    for _ in range(2):
        harness.advance(2)
        joins.append(harness.join(version=3, rebalance_timeout_ms=7_000).parked())
        harness.advance(1)  # the delay is over, and starts anew for the one that came
        joins[0].parked()
    harness.advance(1)  # 7 s after the first one came
    assert [join.result().generation_id for join in joins] == [1, 1, 1]


def test_a_member_that_leaves_during_the_delay(make_harness: MakeHarness) -> None:
    harness = make_harness(GroupConfig(initial_rebalance_delay_ms=3_000))
    member_id = harness.new_member_id()
    waiting = harness.join(member_id).parked()
    assert harness.leave(member_id) == [0]
    assert waiting.result().error_code == 25  # UNKNOWN_MEMBER_ID
    harness.advance(3)
    assert harness.state() == "Empty"


def test_a_new_member_whose_connection_died_is_given_up_after_five_minutes(make_harness: MakeHarness) -> None:
    harness = make_harness(GroupConfig(initial_rebalance_delay_ms=600_000))
    waiting = harness.join(version=3, rebalance_timeout_ms=1_200_000).parked()
    harness.advance(299)
    waiting.parked()
    harness.advance(1)
    assert waiting.result().error_code == 25  # UNKNOWN_MEMBER_ID
    assert [event["phase"] for event in harness.happened("member-timed-out")] == ["session"]
