"""OffsetFetch (API key 9): its request and response."""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.schema import Message, array, boolean, int16, int32, int64, string, uuid


class OffsetFetchRequestTopic(Message):
    """Nested in `OffsetFetchRequest` as `topics`."""

    name: str = string(default="", until=7)
    partition_indexes: list[int] = array("int32", default=list, until=7)


class OffsetFetchRequestTopics(Message):
    """Nested in `OffsetFetchRequestGroup` as `topics`."""

    name: str = string(default="", since=8, until=9, ignorable=True)
    topic_id: UUID = uuid(default=ZERO_UUID, since=10, ignorable=True)
    partition_indexes: list[int] = array("int32", default=list, since=8)


class OffsetFetchRequestGroup(Message):
    """Nested in `OffsetFetchRequest` as `groups`."""

    group_id: str = string(default="", since=8)
    member_id: str | None = string(default=None, since=9, nullable=9, ignorable=True)
    member_epoch: int = int32(default=-1, since=9, ignorable=True)
    topics: list[OffsetFetchRequestTopics] | None = array(OffsetFetchRequestTopics, default=list, since=8, nullable=8)


class OffsetFetchRequest(Message, api_key=9, versions=(1, 10), flexible=6):
    """API key 9, request, versions 1 to 10, flexible from 6."""

    group_id: str = string(default="", until=7)
    topics: list[OffsetFetchRequestTopic] | None = array(OffsetFetchRequestTopic, default=list, until=7, nullable=2)
    groups: list[OffsetFetchRequestGroup] = array(OffsetFetchRequestGroup, default=list, since=8)
    require_stable: bool = boolean(default=False, since=7)


class OffsetFetchResponsePartition(Message):
    """Nested in `OffsetFetchResponseTopic` as `partitions`."""

    partition_index: int = int32(default=0, until=7)
    committed_offset: int = int64(default=0, until=7)
    committed_leader_epoch: int = int32(default=-1, since=5, until=7, ignorable=True)
    metadata: str | None = string(default="", until=7, nullable=0)
    error_code: int = int16(default=0, until=7)


class OffsetFetchResponseTopic(Message):
    """Nested in `OffsetFetchResponse` as `topics`."""

    name: str = string(default="", until=7)
    partitions: list[OffsetFetchResponsePartition] = array(OffsetFetchResponsePartition, default=list, until=7)


class OffsetFetchResponsePartitions(Message):
    """Nested in `OffsetFetchResponseTopics` as `partitions`."""

    partition_index: int = int32(default=0, since=8)
    committed_offset: int = int64(default=0, since=8)
    committed_leader_epoch: int = int32(default=-1, since=8, ignorable=True)
    metadata: str | None = string(default="", since=8, nullable=8)
    error_code: int = int16(default=0, since=8)


class OffsetFetchResponseTopics(Message):
    """Nested in `OffsetFetchResponseGroup` as `topics`."""

    name: str = string(default="", since=8, until=9, ignorable=True)
    topic_id: UUID = uuid(default=ZERO_UUID, since=10, ignorable=True)
    partitions: list[OffsetFetchResponsePartitions] = array(OffsetFetchResponsePartitions, default=list, since=8)


class OffsetFetchResponseGroup(Message):
    """Nested in `OffsetFetchResponse` as `groups`."""

    group_id: str = string(default="", since=8)
    topics: list[OffsetFetchResponseTopics] = array(OffsetFetchResponseTopics, default=list, since=8)
    error_code: int = int16(default=0, since=8)


class OffsetFetchResponse(Message, api_key=9, versions=(1, 10), flexible=6):
    """API key 9, response, versions 1 to 10, flexible from 6."""

    throttle_time_ms: int = int32(default=0, since=3, ignorable=True)
    topics: list[OffsetFetchResponseTopic] = array(OffsetFetchResponseTopic, default=list, until=7)
    error_code: int = int16(default=0, since=2, until=7, ignorable=True)
    groups: list[OffsetFetchResponseGroup] = array(OffsetFetchResponseGroup, default=list, since=8)
