"""Produce (API key 0): its request and response."""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.schema import Buffer, Message, array, int16, int32, int64, records, string, struct, uuid


class PartitionProduceData(Message):
    """Nested in `TopicProduceData` as `partition_data`."""

    index: int = int32(default=0)
    records: Buffer | None = records(default=None, nullable=0)


class TopicProduceData(Message):
    """Nested in `ProduceRequest` as `topic_data`."""

    name: str = string(default="", until=12, ignorable=True)
    topic_id: UUID = uuid(default=ZERO_UUID, since=13, ignorable=True)
    partition_data: list[PartitionProduceData] = array(PartitionProduceData, default=list)


class ProduceRequest(Message, api_key=0, versions=(3, 13), flexible=9):
    """API key 0, request, versions 3 to 13, flexible from 9."""

    transactional_id: str | None = string(default=None, since=3, nullable=3)
    acks: int = int16(default=0)
    timeout_ms: int = int32(default=0)
    topic_data: list[TopicProduceData] = array(TopicProduceData, default=list)


class BatchIndexAndErrorMessage(Message):
    """Nested in `PartitionProduceResponse` as `record_errors`."""

    batch_index: int = int32(default=0, since=8)
    batch_index_error_message: str | None = string(default=None, since=8, nullable=8)


class LeaderIdAndEpoch(Message):
    """Nested in `PartitionProduceResponse` as `current_leader`."""

    leader_id: int = int32(default=-1, since=10)
    leader_epoch: int = int32(default=-1, since=10)


class PartitionProduceResponse(Message):
    """Nested in `TopicProduceResponse` as `partition_responses`."""

    index: int = int32(default=0)
    error_code: int = int16(default=0)
    base_offset: int = int64(default=0)
    log_append_time_ms: int = int64(default=-1, since=2, ignorable=True)
    log_start_offset: int = int64(default=-1, since=5, ignorable=True)
    record_errors: list[BatchIndexAndErrorMessage] = array(
        BatchIndexAndErrorMessage, default=list, since=8, ignorable=True
    )
    error_message: str | None = string(default=None, since=8, nullable=8, ignorable=True)
    current_leader: LeaderIdAndEpoch = struct(LeaderIdAndEpoch, default=LeaderIdAndEpoch, since=10, tag=0)


class TopicProduceResponse(Message):
    """Nested in `ProduceResponse` as `responses`."""

    name: str = string(default="", until=12, ignorable=True)
    topic_id: UUID = uuid(default=ZERO_UUID, since=13, ignorable=True)
    partition_responses: list[PartitionProduceResponse] = array(PartitionProduceResponse, default=list)


class NodeEndpoint(Message):
    """Nested in `ProduceResponse` as `node_endpoints`."""

    node_id: int = int32(default=0, since=10)
    host: str = string(default="", since=10)
    port: int = int32(default=0, since=10)
    rack: str | None = string(default=None, since=10, nullable=10)


class ProduceResponse(Message, api_key=0, versions=(3, 13), flexible=9):
    """API key 0, response, versions 3 to 13, flexible from 9."""

    responses: list[TopicProduceResponse] = array(TopicProduceResponse, default=list)
    throttle_time_ms: int = int32(default=0, since=1, ignorable=True)
    node_endpoints: list[NodeEndpoint] = array(NodeEndpoint, default=list, since=10, tag=0)
