"""DescribeConfigs (API key 32): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, boolean, int8, int16, int32, string


class DescribeConfigsResource(Message):
    """Nested in `DescribeConfigsRequest` as `resources`."""

    resource_type: int = int8(default=0)
    resource_name: str = string(default="")
    configuration_keys: list[str] | None = array("string", default=list, nullable=0)


class DescribeConfigsRequest(Message, api_key=32, versions=(1, 4), flexible=4):
    """API key 32, request, versions 1 to 4, flexible from 4."""

    resources: list[DescribeConfigsResource] = array(DescribeConfigsResource, default=list)
    include_synonyms: bool = boolean(default=False, since=1)
    include_documentation: bool = boolean(default=False, since=3)


class DescribeConfigsSynonym(Message):
    """Nested in `DescribeConfigsResourceResult` as `synonyms`."""

    name: str = string(default="", since=1)
    value: str | None = string(default="", since=1, nullable=0)
    source: int = int8(default=0, since=1)


class DescribeConfigsResourceResult(Message):
    """Nested in `DescribeConfigsResult` as `configs`."""

    name: str = string(default="")
    value: str | None = string(default="", nullable=0)
    read_only: bool = boolean(default=False)
    config_source: int = int8(default=-1, since=1, ignorable=True)
    is_sensitive: bool = boolean(default=False)
    synonyms: list[DescribeConfigsSynonym] = array(DescribeConfigsSynonym, default=list, since=1, ignorable=True)
    config_type: int = int8(default=0, since=3, ignorable=True)
    documentation: str | None = string(default="", since=3, nullable=0, ignorable=True)


class DescribeConfigsResult(Message):
    """Nested in `DescribeConfigsResponse` as `results`."""

    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)
    resource_type: int = int8(default=0)
    resource_name: str = string(default="")
    configs: list[DescribeConfigsResourceResult] = array(DescribeConfigsResourceResult, default=list)


class DescribeConfigsResponse(Message, api_key=32, versions=(1, 4), flexible=4):
    """API key 32, response, versions 1 to 4, flexible from 4."""

    throttle_time_ms: int = int32(default=0)
    results: list[DescribeConfigsResult] = array(DescribeConfigsResult, default=list)
