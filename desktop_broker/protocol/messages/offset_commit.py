"""OffsetCommit (API key 8): its request and response."""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.schema import Message, array, int16, int32, int64, string, uuid


class OffsetCommitRequestPartition(Message):
    """Nested in `OffsetCommitRequestTopic` as `partitions`."""

    partition_index: int = int32(default=0)
    committed_offset: int = int64(default=0)
    committed_leader_epoch: int = int32(default=-1, since=6, ignorable=True)
    committed_metadata: str | None = string(default="", nullable=0)


class OffsetCommitRequestTopic(Message):
    """Nested in `OffsetCommitRequest` as `topics`."""

    name: str = string(default="", until=9, ignorable=True)
    topic_id: UUID = uuid(default=ZERO_UUID, since=10, ignorable=True)
    partitions: list[OffsetCommitRequestPartition] = array(OffsetCommitRequestPartition, default=list)


class OffsetCommitRequest(Message, api_key=8, versions=(2, 10), flexible=8):
    """API key 8, request, versions 2 to 10, flexible from 8."""

    group_id: str = string(default="")
    generation_id_or_member_epoch: int = int32(default=-1, since=1, ignorable=True)
    member_id: str = string(default="", since=1, ignorable=True)
    group_instance_id: str | None = string(default=None, since=7, nullable=7)
    retention_time_ms: int = int64(default=-1, since=2, until=4, ignorable=True)
    topics: list[OffsetCommitRequestTopic] = array(OffsetCommitRequestTopic, default=list)


class OffsetCommitResponsePartition(Message):
    """Nested in `OffsetCommitResponseTopic` as `partitions`."""

    partition_index: int = int32(default=0)
    error_code: int = int16(default=0)


class OffsetCommitResponseTopic(Message):
    """Nested in `OffsetCommitResponse` as `topics`."""

    name: str = string(default="", until=9, ignorable=True)
    topic_id: UUID = uuid(default=ZERO_UUID, since=10, ignorable=True)
    partitions: list[OffsetCommitResponsePartition] = array(OffsetCommitResponsePartition, default=list)


class OffsetCommitResponse(Message, api_key=8, versions=(2, 10), flexible=8):
    """API key 8, response, versions 2 to 10, flexible from 8."""

    throttle_time_ms: int = int32(default=0, since=3, ignorable=True)
    topics: list[OffsetCommitResponseTopic] = array(OffsetCommitResponseTopic, default=list)
