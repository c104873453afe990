"""Heartbeat (API key 12): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, int16, int32, string


class HeartbeatRequest(Message, api_key=12, versions=(0, 4), flexible=4):
    """API key 12, request, versions 0 to 4, flexible from 4."""

    group_id: str = string(default="")
    generation_id: int = int32(default=0)
    member_id: str = string(default="")
    group_instance_id: str | None = string(default=None, since=3, nullable=3)


class HeartbeatResponse(Message, api_key=12, versions=(0, 4), flexible=4):
    """API key 12, response, versions 0 to 4, flexible from 4."""

    throttle_time_ms: int = int32(default=0, since=1, ignorable=True)
    error_code: int = int16(default=0)
