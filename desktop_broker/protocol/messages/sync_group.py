"""SyncGroup (API key 14): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, binary, int16, int32, string


class SyncGroupRequestAssignment(Message):
    """Nested in `SyncGroupRequest` as `assignments`."""

    member_id: str = string(default="")
    assignment: bytes = binary(default=b"")


class SyncGroupRequest(Message, api_key=14, versions=(0, 5), flexible=4):
    """API key 14, request, versions 0 to 5, flexible from 4."""

    group_id: str = string(default="")
    generation_id: int = int32(default=0)
    member_id: str = string(default="")
    group_instance_id: str | None = string(default=None, since=3, nullable=3)
    protocol_type: str | None = string(default=None, since=5, nullable=5, ignorable=True)
    protocol_name: str | None = string(default=None, since=5, nullable=5, ignorable=True)
    assignments: list[SyncGroupRequestAssignment] = array(SyncGroupRequestAssignment, default=list)


class SyncGroupResponse(Message, api_key=14, versions=(0, 5), flexible=4):
    """API key 14, response, versions 0 to 5, flexible from 4."""

    throttle_time_ms: int = int32(default=0, since=1, ignorable=True)
    error_code: int = int16(default=0)
    protocol_type: str | None = string(default=None, since=5, nullable=5, ignorable=True)
    protocol_name: str | None = string(default=None, since=5, nullable=5, ignorable=True)
    assignment: bytes = binary(default=b"")
