"""Groups and offsets as records of `__consumer_offsets`, in the versions that Kafka 4.3 writes, and back.

Counterpart: Kafka's `GroupCoordinatorRecordHelpers`.
"""

from __future__ import annotations

from typing import Final

from desktop_broker.common.types import TopicPartition
from desktop_broker.coordinator.classic_group import ClassicGroup
from desktop_broker.coordinator.log import Record
from desktop_broker.coordinator.offsets import CommittedOffset
from desktop_broker.protocol.records.group_records import decode_group_record, encode_group_key, encode_group_value
from desktop_broker.protocol.records.group_types import (
    GroupMetadataKey,
    GroupMetadataValue,
    LegacyOffsetCommitKey,
    MemberMetadata,
    OffsetCommitKey,
    OffsetCommitValue,
)
from desktop_broker.protocol.schema import Message

_TYPES: Final = frozenset(one.API_KEY for one in (LegacyOffsetCommitKey, OffsetCommitKey, GroupMetadataKey))
_TYPE_SIZE: Final = 2
_GROUP_VERSION: Final = 3
_OFFSET_VERSION: Final = 4
_EXPIRING_OFFSET_VERSION: Final = 1


def offset_record(group_id: str, topic: str, partition: int, committed: CommittedOffset) -> Record:
    """A committed offset. Version 4, which carries the topic's id; version 1 when it has an expiry time of its own."""
    version = _OFFSET_VERSION if committed.expire_timestamp_ms < 0 else _EXPIRING_OFFSET_VERSION
    value = OffsetCommitValue(
        offset=committed.offset,
        leader_epoch=committed.leader_epoch,
        metadata=committed.metadata,
        commit_timestamp=committed.commit_timestamp_ms,
        expire_timestamp=committed.expire_timestamp_ms,
        topic_id=committed.topic_id,
    )
    return _offset_key(group_id, topic, partition), encode_group_value(value, version)


def offset_tombstone(group_id: str, tp: TopicPartition) -> Record:
    """Takes a committed offset away."""
    return _offset_key(group_id, tp.topic, tp.partition), None


def group_record(group: ClassicGroup, assignments: dict[str, bytes]) -> Record:
    """A group with its members; each gets its assignment from `assignments` (by member id), or none."""
    value = GroupMetadataValue(
        protocol_type=group.protocol_type or "",
        generation=group.generation,
        protocol=group.protocol,
        leader=group.leader,
        current_state_timestamp=group.state_timestamp_ms,
        members=[
            MemberMetadata(
                member_id=member.member_id,
                group_instance_id=member.instance_id,
                client_id=member.client.id,
                client_host=member.client.host,
                rebalance_timeout=member.rebalance_timeout_ms,
                session_timeout=member.session_timeout_ms,
                subscription=member.metadata(group.protocol),
                assignment=assignments.get(member.member_id, b""),
            )
            for member in group.members.values()
        ],
    )
    return encode_group_key(GroupMetadataKey(group=group.group_id)), encode_group_value(value, _GROUP_VERSION)


def group_tombstone(group_id: str) -> Record:
    """Takes a group away."""
    return encode_group_key(GroupMetadataKey(group=group_id)), None


def read(record: Record) -> tuple[Message, Message | None] | None:
    """What a record says; None for a type of record that is not ours (a newer broker's, or another protocol's).

    Raises:
        ProtocolError: it is of a known type and cannot be read.
    """
    key, value = record
    if len(key) >= _TYPE_SIZE and int.from_bytes(key[:_TYPE_SIZE]) not in _TYPES:
        return None
    return decode_group_record(key, value)


def _offset_key(group_id: str, topic: str, partition: int) -> bytes:
    return encode_group_key(OffsetCommitKey(group=group_id, topic=topic, partition=partition))
