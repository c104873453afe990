"""How a group looks from outside: for DescribeGroups, ListGroups and statistics. Called under the shard's lock."""

from __future__ import annotations

from desktop_broker.common.errors import ErrorCode
from desktop_broker.coordinator.classic_group import ClassicGroup, GroupState
from desktop_broker.coordinator.shard import Shard
from desktop_broker.coordinator.statistics import GroupStatistics, MemberStatistics
from desktop_broker.protocol.messages.describe_groups import DescribedGroup, DescribedGroupMember
from desktop_broker.protocol.messages.list_groups import ListedGroup

GROUP_TYPE = "classic"


def described(group_id: str, group: ClassicGroup | None) -> DescribedGroup:
    """A group as DescribeGroups 6 answers it. What members offer is told once they have agreed on a protocol."""
    if group is None:
        return DescribedGroup(
            group_id=group_id,
            group_state=GroupState.DEAD,
            error_code=ErrorCode.GROUP_ID_NOT_FOUND,
            error_message=f"Group {group_id} not found.",
        )
    stable = group.state is GroupState.STABLE
    return DescribedGroup(
        group_id=group_id,
        group_state=group.state,
        protocol_type=group.protocol_type or "",
        protocol_data=(group.protocol or "") if stable else "",
        members=[
            DescribedGroupMember(
                member_id=member.member_id,
                group_instance_id=member.instance_id,
                client_id=member.client.id,
                client_host=member.client.host,
                member_metadata=member.metadata(group.protocol) if stable else b"",
                member_assignment=member.assignment,
            )
            for member in group.members.values()
        ],
    )


def is_listed(group: ClassicGroup, states: frozenset[str], types: frozenset[str]) -> bool:
    """Whether the filters (in lower case; empty ones let all pass) let a group through."""
    return (not states or group.state.lower() in states) and (not types or GROUP_TYPE in types)


def listed(group: ClassicGroup) -> ListedGroup:
    """A group as ListGroups answers it."""
    return ListedGroup(
        group_id=group.group_id,
        protocol_type=group.protocol_type or "",
        group_state=group.state,
        group_type=GROUP_TYPE,
    )


def snapshot(shard: Shard, group: ClassicGroup) -> GroupStatistics:
    """A group for observers."""
    return GroupStatistics(
        group_id=group.group_id,
        partition=shard.partition,
        state=group.state,
        generation=group.generation,
        protocol_type=group.protocol_type or "",
        protocol=group.protocol or "",
        leader=group.leader,
        members=tuple(
            MemberStatistics(
                member_id=member.member_id,
                instance_id=member.instance_id,
                client_id=member.client.id,
                client_host=member.client.host,
            )
            for member in group.members.values()
        ),
        offsets=shard.offsets.count(group.group_id),
    )
