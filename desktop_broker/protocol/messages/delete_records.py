"""DeleteRecords (API key 21): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int16, int32, int64, string


class DeleteRecordsPartition(Message):
    """Nested in `DeleteRecordsTopic` as `partitions`."""

    partition_index: int = int32(default=0)
    offset: int = int64(default=0)


class DeleteRecordsTopic(Message):
    """Nested in `DeleteRecordsRequest` as `topics`."""

    name: str = string(default="")
    partitions: list[DeleteRecordsPartition] = array(DeleteRecordsPartition, default=list)


class DeleteRecordsRequest(Message, api_key=21, versions=(0, 2), flexible=2):
    """API key 21, request, versions 0 to 2, flexible from 2."""

    topics: list[DeleteRecordsTopic] = array(DeleteRecordsTopic, default=list)
    timeout_ms: int = int32(default=0)


class DeleteRecordsPartitionResult(Message):
    """Nested in `DeleteRecordsTopicResult` as `partitions`."""

    partition_index: int = int32(default=0)
    low_watermark: int = int64(default=0)
    error_code: int = int16(default=0)


class DeleteRecordsTopicResult(Message):
    """Nested in `DeleteRecordsResponse` as `topics`."""

    name: str = string(default="")
    partitions: list[DeleteRecordsPartitionResult] = array(DeleteRecordsPartitionResult, default=list)


class DeleteRecordsResponse(Message, api_key=21, versions=(0, 2), flexible=2):
    """API key 21, response, versions 0 to 2, flexible from 2."""

    throttle_time_ms: int = int32(default=0)
    topics: list[DeleteRecordsTopicResult] = array(DeleteRecordsTopicResult, default=list)
