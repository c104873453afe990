"""OffsetForLeaderEpoch (API key 23): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int16, int32, int64, string


class OffsetForLeaderPartition(Message):
    """Nested in `OffsetForLeaderTopic` as `partitions`."""

    partition: int = int32(default=0)
    current_leader_epoch: int = int32(default=-1, since=2, ignorable=True)
    leader_epoch: int = int32(default=0)


class OffsetForLeaderTopic(Message):
    """Nested in `OffsetForLeaderEpochRequest` as `topics`."""

    topic: str = string(default="")
    partitions: list[OffsetForLeaderPartition] = array(OffsetForLeaderPartition, default=list)


class OffsetForLeaderEpochRequest(Message, api_key=23, versions=(2, 4), flexible=4):
    """API key 23, request, versions 2 to 4, flexible from 4."""

    replica_id: int = int32(default=-2, since=3, ignorable=True)
    topics: list[OffsetForLeaderTopic] = array(OffsetForLeaderTopic, default=list)


class EpochEndOffset(Message):
    """Nested in `OffsetForLeaderTopicResult` as `partitions`."""

    error_code: int = int16(default=0)
    partition: int = int32(default=0)
    leader_epoch: int = int32(default=-1, since=1, ignorable=True)
    end_offset: int = int64(default=-1)


class OffsetForLeaderTopicResult(Message):
    """Nested in `OffsetForLeaderEpochResponse` as `topics`."""

    topic: str = string(default="")
    partitions: list[EpochEndOffset] = array(EpochEndOffset, default=list)


class OffsetForLeaderEpochResponse(Message, api_key=23, versions=(2, 4), flexible=4):
    """API key 23, response, versions 2 to 4, flexible from 4."""

    throttle_time_ms: int = int32(default=0, since=2, ignorable=True)
    topics: list[OffsetForLeaderTopicResult] = array(OffsetForLeaderTopicResult, default=list)
