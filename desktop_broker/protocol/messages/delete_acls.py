"""DeleteAcls (API key 31): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int8, int16, int32, string


class DeleteAclsFilter(Message):
    """Nested in `DeleteAclsRequest` as `filters`."""

    resource_type_filter: int = int8(default=0)
    resource_name_filter: str | None = string(default="", nullable=0)
    pattern_type_filter: int = int8(default=3, since=1)
    principal_filter: str | None = string(default="", nullable=0)
    host_filter: str | None = string(default="", nullable=0)
    operation: int = int8(default=0)
    permission_type: int = int8(default=0)


class DeleteAclsRequest(Message, api_key=31, versions=(1, 3), flexible=2):
    """API key 31, request, versions 1 to 3, flexible from 2."""

    filters: list[DeleteAclsFilter] = array(DeleteAclsFilter, default=list)


class DeleteAclsMatchingAcl(Message):
    """Nested in `DeleteAclsFilterResult` as `matching_acls`."""

    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)
    resource_type: int = int8(default=0)
    resource_name: str = string(default="")
    pattern_type: int = int8(default=3, since=1)
    principal: str = string(default="")
    host: str = string(default="")
    operation: int = int8(default=0)
    permission_type: int = int8(default=0)


class DeleteAclsFilterResult(Message):
    """Nested in `DeleteAclsResponse` as `filter_results`."""

    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)
    matching_acls: list[DeleteAclsMatchingAcl] = array(DeleteAclsMatchingAcl, default=list)


class DeleteAclsResponse(Message, api_key=31, versions=(1, 3), flexible=2):
    """API key 31, response, versions 1 to 3, flexible from 2."""

    throttle_time_ms: int = int32(default=0)
    filter_results: list[DeleteAclsFilterResult] = array(DeleteAclsFilterResult, default=list)
