"""DescribeAcls (API key 29): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int8, int16, int32, string


class DescribeAclsRequest(Message, api_key=29, versions=(1, 3), flexible=2):
    """API key 29, request, versions 1 to 3, flexible from 2."""

    resource_type_filter: int = int8(default=0)
    resource_name_filter: str | None = string(default="", nullable=0)
    pattern_type_filter: int = int8(default=3, since=1)
    principal_filter: str | None = string(default="", nullable=0)
    host_filter: str | None = string(default="", nullable=0)
    operation: int = int8(default=0)
    permission_type: int = int8(default=0)


class AclDescription(Message):
    """Nested in `DescribeAclsResource` as `acls`."""

    principal: str = string(default="")
    host: str = string(default="")
    operation: int = int8(default=0)
    permission_type: int = int8(default=0)


class DescribeAclsResource(Message):
    """Nested in `DescribeAclsResponse` as `resources`."""

    resource_type: int = int8(default=0)
    resource_name: str = string(default="")
    pattern_type: int = int8(default=3, since=1)
    acls: list[AclDescription] = array(AclDescription, default=list)


class DescribeAclsResponse(Message, api_key=29, versions=(1, 3), flexible=2):
    """API key 29, response, versions 1 to 3, flexible from 2."""

    throttle_time_ms: int = int32(default=0)
    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)
    resources: list[DescribeAclsResource] = array(DescribeAclsResource, default=list)
