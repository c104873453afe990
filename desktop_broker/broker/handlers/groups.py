"""Members and groups: JoinGroup, SyncGroup, Heartbeat, LeaveGroup, DescribeGroups, ListGroups, DeleteGroups.

The group coordinator speaks the highest version of each; what older versions say differently is put right here.
"""

from __future__ import annotations

from typing import Final

from desktop_broker.broker.context import RequestContext
from desktop_broker.common.errors import ErrorCode
from desktop_broker.coordinator.effects import Client
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.delete_groups import DeleteGroupsRequest, DeleteGroupsResponse
from desktop_broker.protocol.messages.describe_groups import DescribeGroupsRequest, DescribeGroupsResponse
from desktop_broker.protocol.messages.heartbeat import HeartbeatRequest, HeartbeatResponse
from desktop_broker.protocol.messages.join_group import JoinGroupRequest, JoinGroupResponse
from desktop_broker.protocol.messages.leave_group import LeaveGroupRequest, LeaveGroupResponse, MemberIdentity
from desktop_broker.protocol.messages.list_groups import ListGroupsRequest, ListGroupsResponse
from desktop_broker.protocol.messages.sync_group import SyncGroupRequest, SyncGroupResponse

_NULL_PROTOCOL_NAME_SINCE: Final = 7
_PROTOCOL_IN_SYNC_SINCE: Final = 5
_MANY_LEAVE_SINCE: Final = 3
_GROUP_ID_NOT_FOUND_SINCE: Final = 6
_ALLOWED_OPERATIONS: Final = sum(1 << operation for operation in (3, 6, 8, 10, 11))
"""Read, delete, describe, describe and alter configs: all that can be done with a group (`AclEntry`); nothing is forbidden here."""


def join(context: RequestContext, request: JoinGroupRequest) -> JoinGroupResponse:
    """Take part in the next generation; blocks until the rebalance is through."""
    client = Client(context.client_id, context.client_host)
    response = context.services.groups.join(request, client, context.api_version, lambda: context.cancelled)
    if response.protocol_name is None and context.api_version < _NULL_PROTOCOL_NAME_SINCE:
        response.protocol_name = ""
    return response


def sync(context: RequestContext, request: SyncGroupRequest) -> SyncGroupResponse:
    """Get an assignment; blocks until the leader's is in the log."""
    if context.api_version >= _PROTOCOL_IN_SYNC_SINCE and None in (request.protocol_type, request.protocol_name):
        return SyncGroupResponse(error_code=ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
    return context.services.groups.sync(request, lambda: context.cancelled)


def heartbeat(context: RequestContext, request: HeartbeatRequest) -> HeartbeatResponse:
    """Stay a member."""
    return context.services.groups.heartbeat(request)


def leave(context: RequestContext, request: LeaveGroupRequest) -> LeaveGroupResponse:
    """Stop being a member. Versions below 3 name one member, and its error is the response's."""
    if context.api_version >= _MANY_LEAVE_SINCE:
        return context.services.groups.leave(request)
    one = MemberIdentity(member_id=request.member_id)
    response = context.services.groups.leave(LeaveGroupRequest(group_id=request.group_id, members=[one]))
    error_code = response.error_code or next((member.error_code for member in response.members), ErrorCode.NONE)
    return LeaveGroupResponse(error_code=error_code)


def describe(context: RequestContext, request: DescribeGroupsRequest) -> DescribeGroupsResponse:
    """Say who is in groups. Versions below 6 know a group that does not exist by its state, Dead, alone."""
    groups = context.services.groups.describe_groups(request.groups)
    for group in groups:
        if context.api_version < _GROUP_ID_NOT_FOUND_SINCE:
            group.error_message = None
            if group.error_code == ErrorCode.GROUP_ID_NOT_FOUND:
                group.error_code = ErrorCode.NONE
        if request.include_authorized_operations and group.error_code == ErrorCode.NONE:
            group.authorized_operations = _ALLOWED_OPERATIONS
    return DescribeGroupsResponse(groups=groups)


def list_all(context: RequestContext, request: ListGroupsRequest) -> ListGroupsResponse:
    """List the groups that this broker coordinates."""
    return context.services.groups.list_groups(request)


def delete(context: RequestContext, request: DeleteGroupsRequest) -> DeleteGroupsResponse:
    """Delete groups that have no members."""
    return DeleteGroupsResponse(results=context.services.groups.delete_groups(request.groups_names))


HANDLERS = {
    ApiKey.JOIN_GROUP: join,
    ApiKey.SYNC_GROUP: sync,
    ApiKey.HEARTBEAT: heartbeat,
    ApiKey.LEAVE_GROUP: leave,
    ApiKey.DESCRIBE_GROUPS: describe,
    ApiKey.LIST_GROUPS: list_all,
    ApiKey.DELETE_GROUPS: delete,
}
