"""FindCoordinator (API key 10): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int8, int16, int32, string


class FindCoordinatorRequest(Message, api_key=10, versions=(0, 6), flexible=3):
    """API key 10, request, versions 0 to 6, flexible from 3."""

    key: str = string(default="", until=3)
    key_type: int = int8(default=0, since=1)
    coordinator_keys: list[str] = array("string", default=list, since=4)


class Coordinator(Message):
    """Nested in `FindCoordinatorResponse` as `coordinators`."""

    key: str = string(default="", since=4)
    node_id: int = int32(default=0, since=4)
    host: str = string(default="", since=4)
    port: int = int32(default=0, since=4)
    error_code: int = int16(default=0, since=4)
    error_message: str | None = string(default="", since=4, nullable=4, ignorable=True)


class FindCoordinatorResponse(Message, api_key=10, versions=(0, 6), flexible=3):
    """API key 10, response, versions 0 to 6, flexible from 3."""

    throttle_time_ms: int = int32(default=0, since=1, ignorable=True)
    error_code: int = int16(default=0, until=3)
    error_message: str | None = string(default="", since=1, until=3, nullable=1, ignorable=True)
    node_id: int = int32(default=0, until=3)
    host: str = string(default="", until=3)
    port: int = int32(default=0, until=3)
    coordinators: list[Coordinator] = array(Coordinator, default=list, since=4)
