"""Groups and offsets as records of `__consumer_offsets`, in the versions that Kafka 4.3 writes, and back.

Counterpart: Kafka's `GroupCoordinatorRecordHelpers` and `GroupCoordinatorRecordSerde`. A key or value is an int16, which is the type
of record in keys and the version in values, and then the message.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from desktop_broker.common.types import TopicPartition
from desktop_broker.coordinator.classic_group import ClassicGroup
from desktop_broker.coordinator.log import Record
from desktop_broker.coordinator.offsets import CommittedOffset
from desktop_broker.protocol.codec import decode, encode
from desktop_broker.protocol.errors import TruncatedError, UnsupportedVersionError
from desktop_broker.protocol.records.group_types import (
    GroupMetadataKey,
    GroupMetadataValue,
    MemberMetadata,
    OffsetCommitKey,
    OffsetCommitValue,
)

_OFFSET_COMMIT_KEYS: Final = (0, 1)
_OFFSET_COMMIT_KEY: Final = b"\x00\x01"
_GROUP_KEY_TYPE: Final = 2
_GROUP_KEY: Final = b"\x00\x02"
_GROUP_VALUE_VERSION: Final = 3

Replayed: TypeAlias = (
    tuple[OffsetCommitKey, OffsetCommitValue | None] | tuple[GroupMetadataKey, GroupMetadataValue | None] | None
)


def offset_record(group_id: str, topic: str, partition: int, committed: CommittedOffset) -> Record:
    """A committed offset. Version 4, which carries the topic's id; version 1 when it has an expiry time of its own."""
    version = 4 if committed.expire_timestamp_ms < 0 else 1
    value = OffsetCommitValue(
        offset=committed.offset,
        leader_epoch=committed.leader_epoch,
        metadata=committed.metadata,
        commit_timestamp=committed.commit_timestamp_ms,
        expire_timestamp=committed.expire_timestamp_ms,
        topic_id=committed.topic_id,
    )
    return _offset_key(group_id, topic, partition), version.to_bytes(2) + encode(value, version)


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
    return _group_key(group.group_id), _GROUP_VALUE_VERSION.to_bytes(2) + encode(value, _GROUP_VALUE_VERSION)


def group_tombstone(group_id: str) -> Record:
    """Takes a group away."""
    return _group_key(group_id), None


def read(record: Record) -> Replayed:
    """What a record says; None for a type of record that is not ours (a newer broker's, or another protocol's).

    Raises:
        ProtocolError: it is of a known type and cannot be read.
    """
    key, value = record
    if len(key) < 2 or (value is not None and len(value) < 2):
        raise TruncatedError("a record of __consumer_offsets is shorter than its version")
    kind = int.from_bytes(key[:2])
    if kind in _OFFSET_COMMIT_KEYS:  # both have one layout
        return decode(OffsetCommitKey, key[2:], 0), None if value is None else _read_offset(value)
    if kind == _GROUP_KEY_TYPE:
        return decode(GroupMetadataKey, key[2:], 0), None if value is None else _read_group(value)
    return None


def _read_offset(value: bytes) -> OffsetCommitValue:
    version = int.from_bytes(value[:2])
    if version > OffsetCommitValue.VERSIONS[1]:
        raise UnsupportedVersionError(f"a committed offset has version {version}, which is newer than this program")
    return decode(OffsetCommitValue, value[2:], version)


def _read_group(value: bytes) -> GroupMetadataValue:
    version = int.from_bytes(value[:2])
    if version > GroupMetadataValue.VERSIONS[1]:
        raise UnsupportedVersionError(f"a group has version {version}, which is newer than this program")
    return decode(GroupMetadataValue, value[2:], version)


def _offset_key(group_id: str, topic: str, partition: int) -> bytes:
    return _OFFSET_COMMIT_KEY + encode(OffsetCommitKey(group=group_id, topic=topic, partition=partition), 0)


def _group_key(group_id: str) -> bytes:
    return _GROUP_KEY + encode(GroupMetadataKey(group=group_id), 0)
