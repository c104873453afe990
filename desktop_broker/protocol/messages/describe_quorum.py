"""DescribeQuorum (API key 55): its request and response."""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.schema import Message, array, int16, int32, int64, string, uint16, uuid


class DescribeQuorumRequestPartitionData(Message):
    """Nested in `DescribeQuorumRequestTopicData` as `partitions`."""

    partition_index: int = int32(default=0)


class DescribeQuorumRequestTopicData(Message):
    """Nested in `DescribeQuorumRequest` as `topics`."""

    topic_name: str = string(default="")
    partitions: list[DescribeQuorumRequestPartitionData] = array(DescribeQuorumRequestPartitionData, default=list)


class DescribeQuorumRequest(Message, api_key=55, versions=(0, 2), flexible=0):
    """API key 55, request, versions 0 to 2, flexible."""

    topics: list[DescribeQuorumRequestTopicData] = array(DescribeQuorumRequestTopicData, default=list)


class ReplicaState(Message):
    """Nested in `DescribeQuorumResponsePartitionData` as `current_voters`."""

    replica_id: int = int32(default=0)
    replica_directory_id: UUID = uuid(default=ZERO_UUID, since=2)
    log_end_offset: int = int64(default=0)
    last_fetch_timestamp: int = int64(default=-1, since=1, ignorable=True)
    last_caught_up_timestamp: int = int64(default=-1, since=1, ignorable=True)


class DescribeQuorumResponsePartitionData(Message):
    """Nested in `DescribeQuorumResponseTopicData` as `partitions`."""

    partition_index: int = int32(default=0)
    error_code: int = int16(default=0)
    error_message: str | None = string(default="", since=2, nullable=2, ignorable=True)
    leader_id: int = int32(default=0)
    leader_epoch: int = int32(default=0)
    high_watermark: int = int64(default=0)
    current_voters: list[ReplicaState] = array(ReplicaState, default=list)
    observers: list[ReplicaState] = array(ReplicaState, default=list)


class DescribeQuorumResponseTopicData(Message):
    """Nested in `DescribeQuorumResponse` as `topics`."""

    topic_name: str = string(default="")
    partitions: list[DescribeQuorumResponsePartitionData] = array(DescribeQuorumResponsePartitionData, default=list)


class Listener(Message):
    """Nested in `Node` as `listeners`."""

    name: str = string(default="", since=2)
    host: str = string(default="", since=2)
    port: int = uint16(default=0, since=2)


class Node(Message):
    """Nested in `DescribeQuorumResponse` as `nodes`."""

    node_id: int = int32(default=0, since=2)
    listeners: list[Listener] = array(Listener, default=list, since=2)


class DescribeQuorumResponse(Message, api_key=55, versions=(0, 2), flexible=0):
    """API key 55, response, versions 0 to 2, flexible."""

    error_code: int = int16(default=0)
    error_message: str | None = string(default="", since=2, nullable=2, ignorable=True)
    topics: list[DescribeQuorumResponseTopicData] = array(DescribeQuorumResponseTopicData, default=list)
    nodes: list[Node] = array(Node, default=list, since=2)
