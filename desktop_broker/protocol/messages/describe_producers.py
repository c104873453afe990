"""DescribeProducers (API key 61): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int16, int32, int64, string


class TopicRequest(Message):
    """Nested in `DescribeProducersRequest` as `topics`."""

    name: str = string(default="")
    partition_indexes: list[int] = array("int32", default=list)


class DescribeProducersRequest(Message, api_key=61, versions=(0, 0), flexible=0):
    """API key 61, request, version 0, flexible."""

    topics: list[TopicRequest] = array(TopicRequest, default=list)


class ProducerState(Message):
    """Nested in `PartitionResponse` as `active_producers`."""

    producer_id: int = int64(default=0)
    producer_epoch: int = int32(default=0)
    last_sequence: int = int32(default=-1)
    last_timestamp: int = int64(default=-1)
    coordinator_epoch: int = int32(default=0)
    current_txn_start_offset: int = int64(default=-1)


class PartitionResponse(Message):
    """Nested in `TopicResponse` as `partitions`."""

    partition_index: int = int32(default=0)
    error_code: int = int16(default=0)
    error_message: str | None = string(default=None, nullable=0)
    active_producers: list[ProducerState] = array(ProducerState, default=list)


class TopicResponse(Message):
    """Nested in `DescribeProducersResponse` as `topics`."""

    name: str = string(default="")
    partitions: list[PartitionResponse] = array(PartitionResponse, default=list)


class DescribeProducersResponse(Message, api_key=61, versions=(0, 0), flexible=0):
    """API key 61, response, version 0, flexible."""

    throttle_time_ms: int = int32(default=0)
    topics: list[TopicResponse] = array(TopicResponse, default=list)
