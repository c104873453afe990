"""OffsetDelete (API key 47): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int16, int32, string


class OffsetDeleteRequestPartition(Message):
    """Nested in `OffsetDeleteRequestTopic` as `partitions`."""

    partition_index: int = int32(default=0)


class OffsetDeleteRequestTopic(Message):
    """Nested in `OffsetDeleteRequest` as `topics`."""

    name: str = string(default="")
    partitions: list[OffsetDeleteRequestPartition] = array(OffsetDeleteRequestPartition, default=list)


class OffsetDeleteRequest(Message, api_key=47, versions=(0, 0)):
    """API key 47, request, version 0, not flexible."""

    group_id: str = string(default="")
    topics: list[OffsetDeleteRequestTopic] = array(OffsetDeleteRequestTopic, default=list)


class OffsetDeleteResponsePartition(Message):
    """Nested in `OffsetDeleteResponseTopic` as `partitions`."""

    partition_index: int = int32(default=0)
    error_code: int = int16(default=0)


class OffsetDeleteResponseTopic(Message):
    """Nested in `OffsetDeleteResponse` as `topics`."""

    name: str = string(default="")
    partitions: list[OffsetDeleteResponsePartition] = array(OffsetDeleteResponsePartition, default=list)


class OffsetDeleteResponse(Message, api_key=47, versions=(0, 0)):
    """API key 47, response, version 0, not flexible."""

    error_code: int = int16(default=0)
    throttle_time_ms: int = int32(default=0, ignorable=True)
    topics: list[OffsetDeleteResponseTopic] = array(OffsetDeleteResponseTopic, default=list)
