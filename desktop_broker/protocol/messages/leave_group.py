"""LeaveGroup (API key 13): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int16, int32, string


class MemberIdentity(Message):
    """Nested in `LeaveGroupRequest` as `members`."""

    member_id: str = string(default="", since=3)
    group_instance_id: str | None = string(default=None, since=3, nullable=3)
    reason: str | None = string(default=None, since=5, nullable=5, ignorable=True)


class LeaveGroupRequest(Message, api_key=13, versions=(0, 5), flexible=4):
    """API key 13, request, versions 0 to 5, flexible from 4."""

    group_id: str = string(default="")
    member_id: str = string(default="", until=2)
    members: list[MemberIdentity] = array(MemberIdentity, default=list, since=3)


class MemberResponse(Message):
    """Nested in `LeaveGroupResponse` as `members`."""

    member_id: str = string(default="", since=3)
    group_instance_id: str | None = string(default="", since=3, nullable=3)
    error_code: int = int16(default=0, since=3)


class LeaveGroupResponse(Message, api_key=13, versions=(0, 5), flexible=4):
    """API key 13, response, versions 0 to 5, flexible from 4."""

    throttle_time_ms: int = int32(default=0, since=1, ignorable=True)
    error_code: int = int16(default=0)
    members: list[MemberResponse] = array(MemberResponse, default=list, since=3)
