"""The record types of `__consumer_offsets` for consumer groups of KIP-848. `group_records` reads and writes them."""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.schema import Message, array, binary, int8, int32, int64, string, struct, uuid


class ConsumerGroupMetadataKey(Message, api_key=3, versions=(0, 0)):
    """Coordinator record type 3, key, version 0, not flexible."""

    group_id: str = string(default="", until=0)


class ConsumerGroupMetadataValue(Message, api_key=3, versions=(0, 0), flexible=0):
    """Coordinator record type 3, value, version 0, flexible."""

    epoch: int = int32(default=0)
    metadata_hash: int = int64(default=0, tag=0)


class ConsumerGroupPartitionMetadataKey(Message, api_key=4, versions=(0, 0)):
    """Coordinator record type 4, key, version 0, not flexible."""

    group_id: str = string(default="", until=0)


class PartitionMetadata(Message):
    """Nested in `TopicMetadata` as `partition_metadata`."""

    partition: int = int32(default=0)
    racks: list[str] = array("string", default=list)


class TopicMetadata(Message):
    """Nested in `ConsumerGroupPartitionMetadataValue` as `topics`."""

    topic_id: UUID = uuid(default=ZERO_UUID)
    topic_name: str = string(default="")
    num_partitions: int = int32(default=0)
    partition_metadata: list[PartitionMetadata] = array(PartitionMetadata, default=list)


class ConsumerGroupPartitionMetadataValue(Message, api_key=4, versions=(0, 0), flexible=0):
    """Coordinator record type 4, value, version 0, flexible."""

    topics: list[TopicMetadata] = array(TopicMetadata, default=list)


class ConsumerGroupMemberMetadataKey(Message, api_key=5, versions=(0, 0)):
    """Coordinator record type 5, key, version 0, not flexible."""

    group_id: str = string(default="", until=0)
    member_id: str = string(default="", until=0)


class ClassicProtocol(Message):
    """Nested in `ClassicMemberMetadata` as `supported_protocols`."""

    name: str = string(default="")
    metadata: bytes = binary(default=b"")


class ClassicMemberMetadata(Message):
    """Nested in `ConsumerGroupMemberMetadataValue` as `classic_member_metadata`."""

    session_timeout_ms: int = int32(default=0)
    supported_protocols: list[ClassicProtocol] = array(ClassicProtocol, default=list)


class ConsumerGroupMemberMetadataValue(Message, api_key=5, versions=(0, 0), flexible=0):
    """Coordinator record type 5, value, version 0, flexible."""

    instance_id: str | None = string(default="", nullable=0)
    rack_id: str | None = string(default="", nullable=0)
    client_id: str = string(default="")
    client_host: str = string(default="")
    subscribed_topic_names: list[str] = array("string", default=list)
    subscribed_topic_regex: str | None = string(default="", nullable=0)
    rebalance_timeout_ms: int = int32(default=-1)
    server_assignor: str | None = string(default="", nullable=0)
    classic_member_metadata: ClassicMemberMetadata | None = struct(
        ClassicMemberMetadata, default=ClassicMemberMetadata, nullable=0, tag=0
    )


class ConsumerGroupTargetAssignmentMetadataKey(Message, api_key=6, versions=(0, 0)):
    """Coordinator record type 6, key, version 0, not flexible."""

    group_id: str = string(default="", until=0)


class ConsumerGroupTargetAssignmentMetadataValue(Message, api_key=6, versions=(0, 0), flexible=0):
    """Coordinator record type 6, value, version 0, flexible."""

    assignment_epoch: int = int32(default=0)
    assignment_timestamp: int = int64(default=0, tag=0, ignorable=True)


class ConsumerGroupTargetAssignmentMemberKey(Message, api_key=7, versions=(0, 0)):
    """Coordinator record type 7, key, version 0, not flexible."""

    group_id: str = string(default="", until=0)
    member_id: str = string(default="", until=0)


class TopicPartition(Message):
    """Nested in `ConsumerGroupTargetAssignmentMemberValue` as `topic_partitions`."""

    topic_id: UUID = uuid(default=ZERO_UUID)
    partitions: list[int] = array("int32", default=list)


class ConsumerGroupTargetAssignmentMemberValue(Message, api_key=7, versions=(0, 0), flexible=0):
    """Coordinator record type 7, value, version 0, flexible."""

    topic_partitions: list[TopicPartition] = array(TopicPartition, default=list)


class ConsumerGroupCurrentMemberAssignmentKey(Message, api_key=8, versions=(0, 0)):
    """Coordinator record type 8, key, version 0, not flexible."""

    group_id: str = string(default="", until=0)
    member_id: str = string(default="", until=0)


class TopicPartitions(Message):
    """Nested in `ConsumerGroupCurrentMemberAssignmentValue` as `assigned_partitions`."""

    topic_id: UUID = uuid(default=ZERO_UUID)
    partitions: list[int] = array("int32", default=list)
    assignment_epochs: list[int] | None = array("int32", default=list, nullable=0, tag=0)


class ConsumerGroupCurrentMemberAssignmentValue(Message, api_key=8, versions=(0, 0), flexible=0):
    """Coordinator record type 8, value, version 0, flexible."""

    member_epoch: int = int32(default=0)
    previous_member_epoch: int = int32(default=0)
    state: int = int8(default=0)
    assigned_partitions: list[TopicPartitions] = array(TopicPartitions, default=list)
    partitions_pending_revocation: list[TopicPartitions] = array(TopicPartitions, default=list)


class ConsumerGroupRegularExpressionKey(Message, api_key=16, versions=(0, 0)):
    """Coordinator record type 16, key, version 0, not flexible."""

    group_id: str = string(default="", until=0)
    regular_expression: str = string(default="", until=0)


class ConsumerGroupRegularExpressionValue(Message, api_key=16, versions=(0, 0), flexible=0):
    """Coordinator record type 16, value, version 0, flexible."""

    topics: list[str] = array("string", default=list)
    version: int = int64(default=0)
    timestamp: int = int64(default=0)
