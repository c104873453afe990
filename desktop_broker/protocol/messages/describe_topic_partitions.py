"""DescribeTopicPartitions (API key 75): its request and response."""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.schema import Message, array, boolean, int16, int32, string, struct, uuid


class TopicRequest(Message):
    """Nested in `DescribeTopicPartitionsRequest` as `topics`."""

    name: str = string(default="")


class DescribeTopicPartitionsRequestCursor(Message):
    """Nested in `DescribeTopicPartitionsRequest` as `cursor`."""

    topic_name: str = string(default="")
    partition_index: int = int32(default=0)


class DescribeTopicPartitionsRequest(Message, api_key=75, versions=(0, 0), flexible=0):
    """API key 75, request, version 0, flexible."""

    topics: list[TopicRequest] = array(TopicRequest, default=list)
    response_partition_limit: int = int32(default=2000)
    cursor: DescribeTopicPartitionsRequestCursor | None = struct(
        DescribeTopicPartitionsRequestCursor, default=None, nullable=0
    )


class DescribeTopicPartitionsResponsePartition(Message):
    """Nested in `DescribeTopicPartitionsResponseTopic` as `partitions`."""

    error_code: int = int16(default=0)
    partition_index: int = int32(default=0)
    leader_id: int = int32(default=0)
    leader_epoch: int = int32(default=-1, ignorable=True)
    replica_nodes: list[int] = array("int32", default=list)
    isr_nodes: list[int] = array("int32", default=list)
    eligible_leader_replicas: list[int] | None = array("int32", default=None, nullable=0)
    last_known_elr: list[int] | None = array("int32", default=None, nullable=0)
    offline_replicas: list[int] = array("int32", default=list, ignorable=True)


class DescribeTopicPartitionsResponseTopic(Message):
    """Nested in `DescribeTopicPartitionsResponse` as `topics`."""

    error_code: int = int16(default=0)
    name: str | None = string(default="", nullable=0)
    topic_id: UUID = uuid(default=ZERO_UUID, ignorable=True)
    is_internal: bool = boolean(default=False, ignorable=True)
    partitions: list[DescribeTopicPartitionsResponsePartition] = array(
        DescribeTopicPartitionsResponsePartition, default=list
    )
    topic_authorized_operations: int = int32(default=-0x80000000)


class DescribeTopicPartitionsResponseCursor(Message):
    """Nested in `DescribeTopicPartitionsResponse` as `next_cursor`."""

    topic_name: str = string(default="")
    partition_index: int = int32(default=0)


class DescribeTopicPartitionsResponse(Message, api_key=75, versions=(0, 0), flexible=0):
    """API key 75, response, version 0, flexible."""

    throttle_time_ms: int = int32(default=0, ignorable=True)
    topics: list[DescribeTopicPartitionsResponseTopic] = array(DescribeTopicPartitionsResponseTopic, default=list)
    next_cursor: DescribeTopicPartitionsResponseCursor | None = struct(
        DescribeTopicPartitionsResponseCursor, default=None, nullable=0
    )
