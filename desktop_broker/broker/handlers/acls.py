"""DescribeAcls: there is no authorizer, and Kafka says so with SECURITY_DISABLED (`AclApis`)."""

from __future__ import annotations

from desktop_broker.broker.context import RequestContext
from desktop_broker.common.errors import ErrorCode
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.describe_acls import DescribeAclsRequest, DescribeAclsResponse


def describe(context: RequestContext, request: DescribeAclsRequest) -> DescribeAclsResponse:
    """Say that nobody is denied anything here."""
    return DescribeAclsResponse(
        error_code=ErrorCode.SECURITY_DISABLED, error_message="No Authorizer is configured on the broker"
    )


HANDLERS = {ApiKey.DESCRIBE_ACLS: describe}
