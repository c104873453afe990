"""DescribeGroups (API key 15): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, binary, boolean, int16, int32, string


class DescribeGroupsRequest(Message, api_key=15, versions=(0, 6), flexible=5):
    """API key 15, request, versions 0 to 6, flexible from 5."""

    groups: list[str] = array("string", default=list)
    include_authorized_operations: bool = boolean(default=False, since=3)


class DescribedGroupMember(Message):
    """Nested in `DescribedGroup` as `members`."""

    member_id: str = string(default="")
    group_instance_id: str | None = string(default=None, since=4, nullable=4, ignorable=True)
    client_id: str = string(default="")
    client_host: str = string(default="")
    member_metadata: bytes = binary(default=b"")
    member_assignment: bytes = binary(default=b"")


class DescribedGroup(Message):
    """Nested in `DescribeGroupsResponse` as `groups`."""

    error_code: int = int16(default=0)
    error_message: str | None = string(default=None, since=6, nullable=6)
    group_id: str = string(default="")
    group_state: str = string(default="")
    protocol_type: str = string(default="")
    protocol_data: str = string(default="")
    members: list[DescribedGroupMember] = array(DescribedGroupMember, default=list)
    authorized_operations: int = int32(default=-0x80000000, since=3)


class DescribeGroupsResponse(Message, api_key=15, versions=(0, 6), flexible=5):
    """API key 15, response, versions 0 to 6, flexible from 5."""

    throttle_time_ms: int = int32(default=0, since=1, ignorable=True)
    groups: list[DescribedGroup] = array(DescribedGroup, default=list)
