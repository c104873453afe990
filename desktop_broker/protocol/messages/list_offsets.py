"""ListOffsets (API key 2): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int8, int16, int32, int64, string


class ListOffsetsPartition(Message):
    """Nested in `ListOffsetsTopic` as `partitions`."""

    partition_index: int = int32(default=0)
    current_leader_epoch: int = int32(default=-1, since=4, ignorable=True)
    timestamp: int = int64(default=0)


class ListOffsetsTopic(Message):
    """Nested in `ListOffsetsRequest` as `topics`."""

    name: str = string(default="")
    partitions: list[ListOffsetsPartition] = array(ListOffsetsPartition, default=list)


class ListOffsetsRequest(Message, api_key=2, versions=(1, 11), flexible=6):
    """API key 2, request, versions 1 to 11, flexible from 6."""

    replica_id: int = int32(default=0)
    isolation_level: int = int8(default=0, since=2)
    topics: list[ListOffsetsTopic] = array(ListOffsetsTopic, default=list)
    timeout_ms: int = int32(default=0, since=10, ignorable=True)


class ListOffsetsPartitionResponse(Message):
    """Nested in `ListOffsetsTopicResponse` as `partitions`."""

    partition_index: int = int32(default=0)
    error_code: int = int16(default=0)
    timestamp: int = int64(default=-1, since=1)
    offset: int = int64(default=-1, since=1)
    leader_epoch: int = int32(default=-1, since=4)


class ListOffsetsTopicResponse(Message):
    """Nested in `ListOffsetsResponse` as `topics`."""

    name: str = string(default="")
    partitions: list[ListOffsetsPartitionResponse] = array(ListOffsetsPartitionResponse, default=list)


class ListOffsetsResponse(Message, api_key=2, versions=(1, 11), flexible=6):
    """API key 2, response, versions 1 to 11, flexible from 6."""

    throttle_time_ms: int = int32(default=0, since=2, ignorable=True)
    topics: list[ListOffsetsTopicResponse] = array(ListOffsetsTopicResponse, default=list)
