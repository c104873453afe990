"""The record types of `__consumer_offsets` for offsets and classic groups. `group_records` reads and writes them."""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.schema import Message, array, binary, int32, int64, string, uuid


class LegacyOffsetCommitKey(Message, api_key=0, versions=(0, 0)):
    """Coordinator record type 0, key, version 0, not flexible."""

    group: str = string(default="", until=0)
    topic: str = string(default="", until=0)
    partition: int = int32(default=0, until=0)


class LegacyOffsetCommitValue(Message, api_key=0, versions=(0, 0)):
    """Coordinator record type 0, value, version 0, not flexible."""

    offset: int = int64(default=0, until=0)
    metadata: str = string(default="", until=0)
    commit_timestamp: int = int64(default=0, until=0)


class OffsetCommitKey(Message, api_key=1, versions=(0, 0)):
    """Coordinator record type 1, key, version 0, not flexible."""

    group: str = string(default="", until=0)
    topic: str = string(default="", until=0)
    partition: int = int32(default=0, until=0)


class OffsetCommitValue(Message, api_key=1, versions=(0, 4), flexible=4):
    """Coordinator record type 1, value, versions 0 to 4, flexible from 4."""

    offset: int = int64(default=0)
    leader_epoch: int = int32(default=-1, since=3, ignorable=True)
    metadata: str = string(default="")
    commit_timestamp: int = int64(default=0)
    expire_timestamp: int = int64(default=-1, since=1, until=1, ignorable=True)
    topic_id: UUID = uuid(default=ZERO_UUID, since=4, tag=0, ignorable=True)


class GroupMetadataKey(Message, api_key=2, versions=(0, 0)):
    """Coordinator record type 2, key, version 0, not flexible."""

    group: str = string(default="", until=0)


class MemberMetadata(Message):
    """Nested in `GroupMetadataValue` as `members`."""

    member_id: str = string(default="")
    group_instance_id: str | None = string(default=None, since=3, nullable=3, ignorable=True)
    client_id: str = string(default="")
    client_host: str = string(default="")
    rebalance_timeout: int = int32(default=-1, since=1, ignorable=True)
    session_timeout: int = int32(default=0)
    subscription: bytes = binary(default=b"")
    assignment: bytes = binary(default=b"")


class GroupMetadataValue(Message, api_key=2, versions=(0, 4), flexible=4):
    """Coordinator record type 2, value, versions 0 to 4, flexible from 4."""

    protocol_type: str = string(default="")
    generation: int = int32(default=0)
    protocol: str | None = string(default="", nullable=0)
    leader: str | None = string(default="", nullable=0)
    current_state_timestamp: int = int64(default=-1, since=2, ignorable=True)
    members: list[MemberMetadata] = array(MemberMetadata, default=list)
