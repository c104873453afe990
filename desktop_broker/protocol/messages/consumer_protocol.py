"""What classic consumers put into JoinGroup and SyncGroup: opaque to brokers, read by tools (`ConsumerProtocol`)."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, binary, int32, string


class ConsumerProtocolSubscriptionTopicPartition(Message):
    """Nested in `ConsumerProtocolSubscription` as `owned_partitions`."""

    topic: str = string(default="", since=1)
    partitions: list[int] = array("int32", default=list, since=1)


class ConsumerProtocolSubscription(Message, versions=(0, 3)):
    """Versions 0 to 3, none of them flexible."""

    topics: list[str] = array("string", default=list)
    user_data: bytes | None = binary(default=None, nullable=0)
    owned_partitions: list[ConsumerProtocolSubscriptionTopicPartition] = array(
        ConsumerProtocolSubscriptionTopicPartition, default=list, since=1, ignorable=True
    )
    generation_id: int = int32(default=-1, since=2, ignorable=True)
    rack_id: str | None = string(default=None, since=3, nullable=3, ignorable=True)


class ConsumerProtocolAssignmentTopicPartition(Message):
    """Nested in `ConsumerProtocolAssignment` as `assigned_partitions`."""

    topic: str = string(default="")
    partitions: list[int] = array("int32", default=list)


class ConsumerProtocolAssignment(Message, versions=(0, 3)):
    """Versions 0 to 3, none of them flexible."""

    assigned_partitions: list[ConsumerProtocolAssignmentTopicPartition] = array(
        ConsumerProtocolAssignmentTopicPartition, default=list
    )
    user_data: bytes | None = binary(default=None, nullable=0)
