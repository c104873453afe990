"""JoinGroup (API key 11): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, binary, boolean, int16, int32, string


class JoinGroupRequestProtocol(Message):
    """Nested in `JoinGroupRequest` as `protocols`."""

    name: str = string(default="")
    metadata: bytes = binary(default=b"")


class JoinGroupRequest(Message, api_key=11, versions=(0, 9), flexible=6):
    """API key 11, request, versions 0 to 9, flexible from 6."""

    group_id: str = string(default="")
    session_timeout_ms: int = int32(default=0)
    rebalance_timeout_ms: int = int32(default=-1, since=1, ignorable=True)
    member_id: str = string(default="")
    group_instance_id: str | None = string(default=None, since=5, nullable=5)
    protocol_type: str = string(default="")
    protocols: list[JoinGroupRequestProtocol] = array(JoinGroupRequestProtocol, default=list)
    reason: str | None = string(default=None, since=8, nullable=8, ignorable=True)


class JoinGroupResponseMember(Message):
    """Nested in `JoinGroupResponse` as `members`."""

    member_id: str = string(default="")
    group_instance_id: str | None = string(default=None, since=5, nullable=5, ignorable=True)
    metadata: bytes = binary(default=b"")


class JoinGroupResponse(Message, api_key=11, versions=(0, 9), flexible=6):
    """API key 11, response, versions 0 to 9, flexible from 6."""

    throttle_time_ms: int = int32(default=0, since=2, ignorable=True)
    error_code: int = int16(default=0)
    generation_id: int = int32(default=-1)
    protocol_type: str | None = string(default=None, since=7, nullable=7, ignorable=True)
    protocol_name: str | None = string(default="", nullable=7)
    leader: str = string(default="")
    skip_assignment: bool = boolean(default=False, since=9)
    member_id: str = string(default="")
    members: list[JoinGroupResponseMember] = array(JoinGroupResponseMember, default=list)
