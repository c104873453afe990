"""TxnOffsetCommit (API key 28): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int16, int32, int64, string


class TxnOffsetCommitRequestPartition(Message):
    """Nested in `TxnOffsetCommitRequestTopic` as `partitions`."""

    partition_index: int = int32(default=0)
    committed_offset: int = int64(default=0)
    committed_leader_epoch: int = int32(default=-1, since=2, ignorable=True)
    committed_metadata: str | None = string(default="", nullable=0)


class TxnOffsetCommitRequestTopic(Message):
    """Nested in `TxnOffsetCommitRequest` as `topics`."""

    name: str = string(default="")
    partitions: list[TxnOffsetCommitRequestPartition] = array(TxnOffsetCommitRequestPartition, default=list)


class TxnOffsetCommitRequest(Message, api_key=28, versions=(0, 5), flexible=3):
    """API key 28, request, versions 0 to 5, flexible from 3."""

    transactional_id: str = string(default="")
    group_id: str = string(default="")
    producer_id: int = int64(default=0)
    producer_epoch: int = int16(default=0)
    generation_id: int = int32(default=-1, since=3)
    member_id: str = string(default="", since=3)
    group_instance_id: str | None = string(default=None, since=3, nullable=3)
    topics: list[TxnOffsetCommitRequestTopic] = array(TxnOffsetCommitRequestTopic, default=list)


class TxnOffsetCommitResponsePartition(Message):
    """Nested in `TxnOffsetCommitResponseTopic` as `partitions`."""

    partition_index: int = int32(default=0)
    error_code: int = int16(default=0)


class TxnOffsetCommitResponseTopic(Message):
    """Nested in `TxnOffsetCommitResponse` as `topics`."""

    name: str = string(default="")
    partitions: list[TxnOffsetCommitResponsePartition] = array(TxnOffsetCommitResponsePartition, default=list)


class TxnOffsetCommitResponse(Message, api_key=28, versions=(0, 5), flexible=3):
    """API key 28, response, versions 0 to 5, flexible from 3."""

    throttle_time_ms: int = int32(default=0)
    topics: list[TxnOffsetCommitResponseTopic] = array(TxnOffsetCommitResponseTopic, default=list)
