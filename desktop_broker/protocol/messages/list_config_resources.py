"""ListConfigResources (API key 74): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int8, int16, int32, string


class ListConfigResourcesRequest(Message, api_key=74, versions=(0, 1), flexible=0):
    """API key 74, request, versions 0 to 1, flexible."""

    resource_types: list[int] = array("int8", default=list, since=1)


class ConfigResource(Message):
    """Nested in `ListConfigResourcesResponse` as `config_resources`."""

    resource_name: str = string(default="")
    resource_type: int = int8(default=16, since=1, ignorable=True)


class ListConfigResourcesResponse(Message, api_key=74, versions=(0, 1), flexible=0):
    """API key 74, response, versions 0 to 1, flexible."""

    throttle_time_ms: int = int32(default=0)
    error_code: int = int16(default=0)
    config_resources: list[ConfigResource] = array(ConfigResource, default=list)
