"""AlterConfigs (API key 33): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, boolean, int8, int16, int32, string


class AlterableConfig(Message):
    """Nested in `AlterConfigsResource` as `configs`."""

    name: str = string(default="")
    value: str | None = string(default="", nullable=0)


class AlterConfigsResource(Message):
    """Nested in `AlterConfigsRequest` as `resources`."""

    resource_type: int = int8(default=0)
    resource_name: str = string(default="")
    configs: list[AlterableConfig] = array(AlterableConfig, default=list)


class AlterConfigsRequest(Message, api_key=33, versions=(0, 2), flexible=2):
    """API key 33, request, versions 0 to 2, flexible from 2."""

    resources: list[AlterConfigsResource] = array(AlterConfigsResource, default=list)
    validate_only: bool = boolean(default=False)


class AlterConfigsResourceResponse(Message):
    """Nested in `AlterConfigsResponse` as `responses`."""

    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)
    resource_type: int = int8(default=0)
    resource_name: str = string(default="")


class AlterConfigsResponse(Message, api_key=33, versions=(0, 2), flexible=2):
    """API key 33, response, versions 0 to 2, flexible from 2."""

    throttle_time_ms: int = int32(default=0)
    responses: list[AlterConfigsResourceResponse] = array(AlterConfigsResourceResponse, default=list)
