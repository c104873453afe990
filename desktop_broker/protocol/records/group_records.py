"""Records of `__consumer_offsets`: committed offsets and the state of groups, classic and of KIP-848.

Counterpart: `org.apache.kafka.coordinator.group.GroupCoordinatorRecordSerde` and `GroupCoordinatorRecordHelpers`. The classes are in
`group_types` and `consumer_group_types`.
"""

from __future__ import annotations

from typing import Final

from desktop_broker.protocol.records import consumer_group_types as consumer
from desktop_broker.protocol.records.group_types import (
    GroupMetadataKey,
    GroupMetadataValue,
    LegacyOffsetCommitKey,
    LegacyOffsetCommitValue,
    OffsetCommitKey,
    OffsetCommitValue,
)
from desktop_broker.protocol.records.typed_records import TypedRecords
from desktop_broker.protocol.schema import Buffer, Message

_RECORDS: Final = TypedRecords(
    (
        (LegacyOffsetCommitKey, LegacyOffsetCommitValue),
        (OffsetCommitKey, OffsetCommitValue),
        (GroupMetadataKey, GroupMetadataValue),
        (consumer.ConsumerGroupMetadataKey, consumer.ConsumerGroupMetadataValue),
        (consumer.ConsumerGroupPartitionMetadataKey, consumer.ConsumerGroupPartitionMetadataValue),
        (consumer.ConsumerGroupMemberMetadataKey, consumer.ConsumerGroupMemberMetadataValue),
        (consumer.ConsumerGroupTargetAssignmentMetadataKey, consumer.ConsumerGroupTargetAssignmentMetadataValue),
        (consumer.ConsumerGroupTargetAssignmentMemberKey, consumer.ConsumerGroupTargetAssignmentMemberValue),
        (consumer.ConsumerGroupCurrentMemberAssignmentKey, consumer.ConsumerGroupCurrentMemberAssignmentValue),
        (consumer.ConsumerGroupRegularExpressionKey, consumer.ConsumerGroupRegularExpressionValue),
    ),
    # What Kafka writes by itself; its tools and older brokers read these too.
    {OffsetCommitValue: 3, GroupMetadataValue: 3},
)


def encode_group_key(key: Message) -> bytes:
    """The key of a record, such as an `OffsetCommitKey`."""
    return _RECORDS.encode_key(key)


def encode_group_value(value: Message, version: int | None = None) -> bytes:
    """The value of a record, such as an `OffsetCommitValue`.

    Args:
        value: the message.
        version: by default 1 for an offset that carries an expiry time, as in Kafka, else 3 for classic records, else the highest.

    Raises:
        EncodeError: a value does not fit, or the version has no such field.
    """
    if version is None and isinstance(value, OffsetCommitValue) and value.expire_timestamp != -1:
        version = 1  # the only version with that field
    return _RECORDS.encode_value(value, version)


def decode_group_record(key: Buffer, value: Buffer | None) -> tuple[Message, Message | None]:
    """Both halves of a record; the value is None for a tombstone.

    Raises:
        ProtocolError: the record type or the version is not known, or the bytes are no such message.
    """
    return _RECORDS.decode(key, value)
