"""CreateAcls (API key 30): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int8, int16, int32, string


class AclCreation(Message):
    """Nested in `CreateAclsRequest` as `creations`."""

    resource_type: int = int8(default=0)
    resource_name: str = string(default="")
    resource_pattern_type: int = int8(default=3, since=1)
    principal: str = string(default="")
    host: str = string(default="")
    operation: int = int8(default=0)
    permission_type: int = int8(default=0)


class CreateAclsRequest(Message, api_key=30, versions=(1, 3), flexible=2):
    """API key 30, request, versions 1 to 3, flexible from 2."""

    creations: list[AclCreation] = array(AclCreation, default=list)


class AclCreationResult(Message):
    """Nested in `CreateAclsResponse` as `results`."""

    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)


class CreateAclsResponse(Message, api_key=30, versions=(1, 3), flexible=2):
    """API key 30, response, versions 1 to 3, flexible from 2."""

    throttle_time_ms: int = int32(default=0)
    results: list[AclCreationResult] = array(AclCreationResult, default=list)
