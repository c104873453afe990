"""ListGroups (API key 16): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int16, int32, string


class ListGroupsRequest(Message, api_key=16, versions=(0, 5), flexible=3):
    """API key 16, request, versions 0 to 5, flexible from 3."""

    states_filter: list[str] = array("string", default=list, since=4)
    types_filter: list[str] = array("string", default=list, since=5)


class ListedGroup(Message):
    """Nested in `ListGroupsResponse` as `groups`."""

    group_id: str = string(default="")
    protocol_type: str = string(default="")
    group_state: str = string(default="", since=4, ignorable=True)
    group_type: str = string(default="", since=5, ignorable=True)


class ListGroupsResponse(Message, api_key=16, versions=(0, 5), flexible=3):
    """API key 16, response, versions 0 to 5, flexible from 3."""

    throttle_time_ms: int = int32(default=0, since=1, ignorable=True)
    error_code: int = int16(default=0)
    groups: list[ListedGroup] = array(ListedGroup, default=list)
