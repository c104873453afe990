"""IncrementalAlterConfigs (API key 44): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, boolean, int8, int16, int32, string


class AlterableConfig(Message):
    """Nested in `AlterConfigsResource` as `configs`."""

    name: str = string(default="")
    config_operation: int = int8(default=0)
    value: str | None = string(default="", nullable=0)


class AlterConfigsResource(Message):
    """Nested in `IncrementalAlterConfigsRequest` as `resources`."""

    resource_type: int = int8(default=0)
    resource_name: str = string(default="")
    configs: list[AlterableConfig] = array(AlterableConfig, default=list)


class IncrementalAlterConfigsRequest(Message, api_key=44, versions=(0, 1), flexible=1):
    """API key 44, request, versions 0 to 1, flexible from 1."""

    resources: list[AlterConfigsResource] = array(AlterConfigsResource, default=list)
    validate_only: bool = boolean(default=False)


class AlterConfigsResourceResponse(Message):
    """Nested in `IncrementalAlterConfigsResponse` as `responses`."""

    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)
    resource_type: int = int8(default=0)
    resource_name: str = string(default="")


class IncrementalAlterConfigsResponse(Message, api_key=44, versions=(0, 1), flexible=1):
    """API key 44, response, versions 0 to 1, flexible from 1."""

    throttle_time_ms: int = int32(default=0)
    responses: list[AlterConfigsResourceResponse] = array(AlterConfigsResourceResponse, default=list)
