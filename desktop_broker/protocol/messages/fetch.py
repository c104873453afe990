"""Fetch (API key 1): its request and response."""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.schema import (
    Buffer,
    Message,
    array,
    int8,
    int16,
    int32,
    int64,
    records,
    string,
    struct,
    uuid,
)


class ReplicaState(Message):
    """Nested in `FetchRequest` as `replica_state`."""

    replica_id: int = int32(default=-1, since=15)
    replica_epoch: int = int64(default=-1, since=15)


class FetchPartition(Message):
    """Nested in `FetchTopic` as `partitions`."""

    partition: int = int32(default=0)
    current_leader_epoch: int = int32(default=-1, since=9, ignorable=True)
    fetch_offset: int = int64(default=0)
    last_fetched_epoch: int = int32(default=-1, since=12)
    log_start_offset: int = int64(default=-1, since=5, ignorable=True)
    partition_max_bytes: int = int32(default=0)
    replica_directory_id: UUID = uuid(default=ZERO_UUID, since=17, tag=0, ignorable=True)
    high_watermark: int = int64(default=0x7FFFFFFFFFFFFFFF, since=18, tag=1, ignorable=True)


class FetchTopic(Message):
    """Nested in `FetchRequest` as `topics`."""

    topic: str = string(default="", until=12, ignorable=True)
    topic_id: UUID = uuid(default=ZERO_UUID, since=13, ignorable=True)
    partitions: list[FetchPartition] = array(FetchPartition, default=list)


class ForgottenTopic(Message):
    """Nested in `FetchRequest` as `forgotten_topics_data`."""

    topic: str = string(default="", since=7, until=12, ignorable=True)
    topic_id: UUID = uuid(default=ZERO_UUID, since=13, ignorable=True)
    partitions: list[int] = array("int32", default=list, since=7)


class FetchRequest(Message, api_key=1, versions=(4, 18), flexible=12):
    """API key 1, request, versions 4 to 18, flexible from 12."""

    cluster_id: str | None = string(default=None, since=12, nullable=12, tag=0, ignorable=True)
    replica_id: int = int32(default=-1, until=14)
    replica_state: ReplicaState = struct(ReplicaState, default=ReplicaState, since=15, tag=1)
    max_wait_ms: int = int32(default=0)
    min_bytes: int = int32(default=0)
    max_bytes: int = int32(default=0x7FFFFFFF, since=3, ignorable=True)
    isolation_level: int = int8(default=0, since=4, ignorable=True)
    session_id: int = int32(default=0, since=7, ignorable=True)
    session_epoch: int = int32(default=-1, since=7, ignorable=True)
    topics: list[FetchTopic] = array(FetchTopic, default=list)
    forgotten_topics_data: list[ForgottenTopic] = array(ForgottenTopic, default=list, since=7)
    rack_id: str = string(default="", since=11, ignorable=True)


class EpochEndOffset(Message):
    """Nested in `PartitionData` as `diverging_epoch`."""

    epoch: int = int32(default=-1, since=12)
    end_offset: int = int64(default=-1, since=12)


class LeaderIdAndEpoch(Message):
    """Nested in `PartitionData` as `current_leader`."""

    leader_id: int = int32(default=-1, since=12)
    leader_epoch: int = int32(default=-1, since=12)


class SnapshotId(Message):
    """Nested in `PartitionData` as `snapshot_id`."""

    end_offset: int = int64(default=-1)
    epoch: int = int32(default=-1)


class AbortedTransaction(Message):
    """Nested in `PartitionData` as `aborted_transactions`."""

    producer_id: int = int64(default=0, since=4)
    first_offset: int = int64(default=0, since=4)


class PartitionData(Message):
    """Nested in `FetchableTopicResponse` as `partitions`."""

    partition_index: int = int32(default=0)
    error_code: int = int16(default=0)
    high_watermark: int = int64(default=0)
    last_stable_offset: int = int64(default=-1, since=4, ignorable=True)
    log_start_offset: int = int64(default=-1, since=5, ignorable=True)
    diverging_epoch: EpochEndOffset = struct(EpochEndOffset, default=EpochEndOffset, since=12, tag=0)
    current_leader: LeaderIdAndEpoch = struct(LeaderIdAndEpoch, default=LeaderIdAndEpoch, since=12, tag=1)
    snapshot_id: SnapshotId = struct(SnapshotId, default=SnapshotId, since=12, tag=2)
    aborted_transactions: list[AbortedTransaction] | None = array(
        AbortedTransaction, default=list, since=4, nullable=4, ignorable=True
    )
    preferred_read_replica: int = int32(default=-1, since=11)
    records: Buffer | None = records(default=None, nullable=0)


class FetchableTopicResponse(Message):
    """Nested in `FetchResponse` as `responses`."""

    topic: str = string(default="", until=12, ignorable=True)
    topic_id: UUID = uuid(default=ZERO_UUID, since=13, ignorable=True)
    partitions: list[PartitionData] = array(PartitionData, default=list)


class NodeEndpoint(Message):
    """Nested in `FetchResponse` as `node_endpoints`."""

    node_id: int = int32(default=0, since=16)
    host: str = string(default="", since=16)
    port: int = int32(default=0, since=16)
    rack: str | None = string(default=None, since=16, nullable=16)


class FetchResponse(Message, api_key=1, versions=(4, 18), flexible=12):
    """API key 1, response, versions 4 to 18, flexible from 12."""

    throttle_time_ms: int = int32(default=0, since=1, ignorable=True)
    error_code: int = int16(default=0, since=7, ignorable=True)
    session_id: int = int32(default=0, since=7)
    responses: list[FetchableTopicResponse] = array(FetchableTopicResponse, default=list)
    node_endpoints: list[NodeEndpoint] = array(NodeEndpoint, default=list, since=16, tag=0)
