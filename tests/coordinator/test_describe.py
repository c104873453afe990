"""DescribeGroups and ListGroups."""

from __future__ import annotations

import pytest

from desktop_broker.common.errors import ErrorCode
from desktop_broker.protocol.messages.list_groups import ListGroupsRequest
from tests.coordinator.harness import GROUP, Harness


def test_a_stable_group_is_described_in_full(harness: Harness) -> None:
    (joined,) = harness.form_group(1)
    (group,) = harness.coordinator.describe_groups([GROUP])
    assert (group.error_code, group.group_state, group.protocol_type, group.protocol_data) == (
        0, "Stable", "consumer", "range",
    )  # fmt: skip
    (member,) = group.members
    assert (member.member_id, member.client_id, member.client_host) == (joined.member_id, "app0", "/127.0.0.1")
    assert (member.member_metadata, member.member_assignment) == (b"meta", joined.member_id.encode())


def test_members_are_described_without_metadata_during_a_rebalance(harness: Harness) -> None:
    first, second = harness.form_group(2)
    waiting = harness.join(first.member_id).parked()
    (group,) = harness.coordinator.describe_groups([GROUP])
    assert (group.group_state, group.protocol_data) == ("PreparingRebalance", "")
    assert [one.member_metadata for one in group.members] == [b"", b""]
    harness.leave(second.member_id)
    waiting.result()


def test_a_group_that_does_not_exist(harness: Harness) -> None:
    (group,) = harness.coordinator.describe_groups(["nobody"])
    assert (group.error_code, group.group_state) == (ErrorCode.GROUP_ID_NOT_FOUND, "Dead")
    assert group.error_message == "Group nobody not found."


@pytest.mark.parametrize(
    ("states", "types", "names"),
    [
        ([], [], ["readers", "simple"]),
        (["stable"], [], ["readers"]),
        (["Empty", "Dead"], [], ["simple"]),
        ([], ["Classic"], ["readers", "simple"]),
        ([], ["consumer"], []),
        (["EMPTY"], ["classic"], ["simple"]),
    ],
)
def test_listing(harness: Harness, states: list[str], types: list[str], names: list[str]) -> None:
    harness.form_group(1)
    harness.commit({("t", 0): 1}, group="simple")
    response = harness.coordinator.list_groups(ListGroupsRequest(states_filter=states, types_filter=types))
    assert sorted(group.group_id for group in response.groups) == names
    assert {group.group_type for group in response.groups} <= {"classic"}
    for group in response.groups:
        assert group.protocol_type == {"readers": "consumer", "simple": ""}[group.group_id]
