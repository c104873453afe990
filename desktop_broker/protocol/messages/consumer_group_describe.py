"""ConsumerGroupDescribe (API key 69): its request and response."""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.schema import Message, array, boolean, int8, int16, int32, string, struct, uuid


class ConsumerGroupDescribeRequest(Message, api_key=69, versions=(0, 1), flexible=0):
    """API key 69, request, versions 0 to 1, flexible."""

    group_ids: list[str] = array("string", default=list)
    include_authorized_operations: bool = boolean(default=False)


class TopicPartitions(Message):
    """Nested in `ConsumerGroupDescribeResponse`."""

    topic_id: UUID = uuid(default=ZERO_UUID)
    topic_name: str = string(default="")
    partitions: list[int] = array("int32", default=list)


class Assignment(Message):
    """Nested in `Member` as `assignment`."""

    topic_partitions: list[TopicPartitions] = array(TopicPartitions, default=list)


class Member(Message):
    """Nested in `DescribedGroup` as `members`."""

    member_id: str = string(default="")
    instance_id: str | None = string(default=None, nullable=0)
    rack_id: str | None = string(default=None, nullable=0)
    member_epoch: int = int32(default=0)
    client_id: str = string(default="")
    client_host: str = string(default="")
    subscribed_topic_names: list[str] = array("string", default=list)
    subscribed_topic_regex: str | None = string(default=None, nullable=0)
    assignment: Assignment = struct(Assignment, default=Assignment)
    target_assignment: Assignment = struct(Assignment, default=Assignment)
    member_type: int = int8(default=-1, since=1, ignorable=True)


class DescribedGroup(Message):
    """Nested in `ConsumerGroupDescribeResponse` as `groups`."""

    error_code: int = int16(default=0)
    error_message: str | None = string(default=None, nullable=0)
    group_id: str = string(default="")
    group_state: str = string(default="")
    group_epoch: int = int32(default=0)
    assignment_epoch: int = int32(default=0)
    assignor_name: str = string(default="")
    members: list[Member] = array(Member, default=list)
    authorized_operations: int = int32(default=-0x80000000)


class ConsumerGroupDescribeResponse(Message, api_key=69, versions=(0, 1), flexible=0):
    """API key 69, response, versions 0 to 1, flexible."""

    throttle_time_ms: int = int32(default=0)
    groups: list[DescribedGroup] = array(DescribedGroup, default=list)
