"""ConsumerGroupHeartbeat (API key 68): its request and response."""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.schema import Message, array, int16, int32, string, struct, uuid


class ConsumerGroupHeartbeatRequestTopicPartitions(Message):
    """Nested in `ConsumerGroupHeartbeatRequest` as `topic_partitions`."""

    topic_id: UUID = uuid(default=ZERO_UUID)
    partitions: list[int] = array("int32", default=list)


class ConsumerGroupHeartbeatRequest(Message, api_key=68, versions=(0, 1), flexible=0):
    """API key 68, request, versions 0 to 1, flexible."""

    group_id: str = string(default="")
    member_id: str = string(default="")
    member_epoch: int = int32(default=0)
    instance_id: str | None = string(default=None, nullable=0)
    rack_id: str | None = string(default=None, nullable=0)
    rebalance_timeout_ms: int = int32(default=-1)
    subscribed_topic_names: list[str] | None = array("string", default=None, nullable=0)
    subscribed_topic_regex: str | None = string(default=None, since=1, nullable=1)
    server_assignor: str | None = string(default=None, nullable=0)
    topic_partitions: list[ConsumerGroupHeartbeatRequestTopicPartitions] | None = array(
        ConsumerGroupHeartbeatRequestTopicPartitions, default=None, nullable=0
    )


class ConsumerGroupHeartbeatResponseTopicPartitions(Message):
    """Nested in `Assignment` as `topic_partitions`."""

    topic_id: UUID = uuid(default=ZERO_UUID)
    partitions: list[int] = array("int32", default=list)


class Assignment(Message):
    """Nested in `ConsumerGroupHeartbeatResponse` as `assignment`."""

    topic_partitions: list[ConsumerGroupHeartbeatResponseTopicPartitions] = array(
        ConsumerGroupHeartbeatResponseTopicPartitions, default=list
    )


class ConsumerGroupHeartbeatResponse(Message, api_key=68, versions=(0, 1), flexible=0):
    """API key 68, response, versions 0 to 1, flexible."""

    throttle_time_ms: int = int32(default=0)
    error_code: int = int16(default=0)
    error_message: str | None = string(default=None, nullable=0)
    member_id: str | None = string(default=None, nullable=0)
    member_epoch: int = int32(default=0)
    heartbeat_interval_ms: int = int32(default=0)
    assignment: Assignment | None = struct(Assignment, default=None, nullable=0)
