"""DeleteGroups (API key 42): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int16, int32, string


class DeleteGroupsRequest(Message, api_key=42, versions=(0, 2), flexible=2):
    """API key 42, request, versions 0 to 2, flexible from 2."""

    groups_names: list[str] = array("string", default=list)


class DeletableGroupResult(Message):
    """Nested in `DeleteGroupsResponse` as `results`."""

    group_id: str = string(default="")
    error_code: int = int16(default=0)


class DeleteGroupsResponse(Message, api_key=42, versions=(0, 2), flexible=2):
    """API key 42, response, versions 0 to 2, flexible from 2."""

    throttle_time_ms: int = int32(default=0)
    results: list[DeletableGroupResult] = array(DeletableGroupResult, default=list)
