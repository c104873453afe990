"""The record types of the metadata log, as Apache Kafka 4.3 declares them. `metadata_records` reads and writes them."""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.schema import (
    Message,
    array,
    binary,
    boolean,
    float64,
    int8,
    int16,
    int32,
    int64,
    string,
    uint16,
    uuid,
)


class BrokerEndpoint(Message):
    """Nested in `RegisterBrokerRecord` as `end_points`."""

    name: str = string(default="")
    host: str = string(default="")
    port: int = uint16(default=0)
    security_protocol: int = int16(default=0)


class BrokerFeature(Message):
    """Nested in `RegisterBrokerRecord` as `features`."""

    name: str = string(default="")
    min_supported_version: int = int16(default=0)
    max_supported_version: int = int16(default=0)


class RegisterBrokerRecord(Message, api_key=0, versions=(0, 4), flexible=0):
    """Metadata record type 0, versions 0 to 4, flexible."""

    broker_id: int = int32(default=0)
    is_migrating_zk_broker: bool = boolean(default=False, since=2)
    incarnation_id: UUID = uuid(default=ZERO_UUID)
    broker_epoch: int = int64(default=0)
    end_points: list[BrokerEndpoint] = array(BrokerEndpoint, default=list)
    features: list[BrokerFeature] = array(BrokerFeature, default=list)
    rack: str | None = string(default="", nullable=0)
    fenced: bool = boolean(default=True)
    in_controlled_shutdown: bool = boolean(default=False, since=1)
    log_dirs: list[UUID] = array("uuid", default=list, since=3, tag=0)
    cordoned_log_dirs: list[UUID] | None = array("uuid", default=None, since=4, nullable=4, tag=1)


class UnregisterBrokerRecord(Message, api_key=1, versions=(0, 0), flexible=0):
    """Metadata record type 1, version 0, flexible."""

    broker_id: int = int32(default=0)
    broker_epoch: int = int64(default=0)


class TopicRecord(Message, api_key=2, versions=(0, 0), flexible=0):
    """Metadata record type 2, version 0, flexible."""

    name: str = string(default="")
    topic_id: UUID = uuid(default=ZERO_UUID)


class PartitionRecord(Message, api_key=3, versions=(0, 2), flexible=0):
    """Metadata record type 3, versions 0 to 2, flexible."""

    partition_id: int = int32(default=-1)
    topic_id: UUID = uuid(default=ZERO_UUID)
    replicas: list[int] = array("int32", default=list)
    isr: list[int] = array("int32", default=list)
    removing_replicas: list[int] = array("int32", default=list)
    adding_replicas: list[int] = array("int32", default=list)
    leader: int = int32(default=-1)
    leader_recovery_state: int = int8(default=0, tag=0)
    leader_epoch: int = int32(default=-1)
    partition_epoch: int = int32(default=-1)
    directories: list[UUID] = array("uuid", default=list, since=1)
    eligible_leader_replicas: list[int] | None = array("int32", default=None, since=2, nullable=2, tag=1)
    last_known_elr: list[int] | None = array("int32", default=None, since=2, nullable=2, tag=2)


class ConfigRecord(Message, api_key=4, versions=(0, 0), flexible=0):
    """Metadata record type 4, version 0, flexible."""

    resource_type: int = int8(default=0)
    resource_name: str = string(default="")
    name: str = string(default="")
    value: str | None = string(default="", nullable=0)


class PartitionChangeRecord(Message, api_key=5, versions=(0, 2), flexible=0):
    """Metadata record type 5, versions 0 to 2, flexible."""

    partition_id: int = int32(default=-1)
    topic_id: UUID = uuid(default=ZERO_UUID)
    isr: list[int] | None = array("int32", default=None, nullable=0, tag=0)
    leader: int = int32(default=-2, tag=1)
    replicas: list[int] | None = array("int32", default=None, nullable=0, tag=2)
    removing_replicas: list[int] | None = array("int32", default=None, nullable=0, tag=3)
    adding_replicas: list[int] | None = array("int32", default=None, nullable=0, tag=4)
    leader_recovery_state: int = int8(default=-1, tag=5)
    directories: list[UUID] | None = array("uuid", default=None, since=1, nullable=1, tag=8)
    eligible_leader_replicas: list[int] | None = array("int32", default=None, since=2, nullable=2, tag=6)
    last_known_elr: list[int] | None = array("int32", default=None, since=2, nullable=2, tag=7)


class FenceBrokerRecord(Message, api_key=7, versions=(0, 0), flexible=0):
    """Metadata record type 7, version 0, flexible."""

    id: int = int32(default=0)
    epoch: int = int64(default=0)


class UnfenceBrokerRecord(Message, api_key=8, versions=(0, 0), flexible=0):
    """Metadata record type 8, version 0, flexible."""

    id: int = int32(default=0)
    epoch: int = int64(default=0)


class RemoveTopicRecord(Message, api_key=9, versions=(0, 0), flexible=0):
    """Metadata record type 9, version 0, flexible."""

    topic_id: UUID = uuid(default=ZERO_UUID)


class DelegationTokenRecord(Message, api_key=10, versions=(0, 0), flexible=0):
    """Metadata record type 10, version 0, flexible."""

    owner: str = string(default="")
    requester: str = string(default="")
    renewers: list[str] = array("string", default=list)
    issue_timestamp: int = int64(default=0)
    max_timestamp: int = int64(default=0)
    expiration_timestamp: int = int64(default=0)
    token_id: str = string(default="")


class UserScramCredentialRecord(Message, api_key=11, versions=(0, 0), flexible=0):
    """Metadata record type 11, version 0, flexible."""

    name: str = string(default="")
    mechanism: int = int8(default=0)
    salt: bytes = binary(default=b"")
    stored_key: bytes = binary(default=b"")
    server_key: bytes = binary(default=b"")
    iterations: int = int32(default=0)


class FeatureLevelRecord(Message, api_key=12, versions=(0, 0), flexible=0):
    """Metadata record type 12, version 0, flexible."""

    name: str = string(default="")
    feature_level: int = int16(default=0)


class EntityData(Message):
    """Nested in `ClientQuotaRecord` as `entity`."""

    entity_type: str = string(default="")
    entity_name: str | None = string(default="", nullable=0)


class ClientQuotaRecord(Message, api_key=14, versions=(0, 0), flexible=0):
    """Metadata record type 14, version 0, flexible."""

    entity: list[EntityData] = array(EntityData, default=list)
    key: str = string(default="")
    value: float = float64(default=0.0)
    remove: bool = boolean(default=False)


class ProducerIdsRecord(Message, api_key=15, versions=(0, 0), flexible=0):
    """Metadata record type 15, version 0, flexible."""

    broker_id: int = int32(default=0)
    broker_epoch: int = int64(default=-1)
    next_producer_id: int = int64(default=0)


class BrokerRegistrationChangeRecord(Message, api_key=17, versions=(0, 3), flexible=0):
    """Metadata record type 17, versions 0 to 3, flexible."""

    broker_id: int = int32(default=0)
    broker_epoch: int = int64(default=0)
    fenced: int = int8(default=0, tag=0)
    in_controlled_shutdown: int = int8(default=0, since=1, tag=1)
    log_dirs: list[UUID] = array("uuid", default=list, since=2, tag=2)
    cordoned_log_dirs: list[UUID] | None = array("uuid", default=None, since=3, nullable=3, tag=3)


class AccessControlEntryRecord(Message, api_key=18, versions=(0, 0), flexible=0):
    """Metadata record type 18, version 0, flexible."""

    id: UUID = uuid(default=ZERO_UUID)
    resource_type: int = int8(default=0)
    resource_name: str = string(default="")
    pattern_type: int = int8(default=0)
    principal: str = string(default="")
    host: str = string(default="")
    operation: int = int8(default=0)
    permission_type: int = int8(default=0)


class RemoveAccessControlEntryRecord(Message, api_key=19, versions=(0, 0), flexible=0):
    """Metadata record type 19, version 0, flexible."""

    id: UUID = uuid(default=ZERO_UUID)


class NoOpRecord(Message, api_key=20, versions=(0, 0), flexible=0):
    """Metadata record type 20, version 0, flexible."""


class ZkMigrationStateRecord(Message, api_key=21, versions=(0, 0), flexible=0):
    """Metadata record type 21, version 0, flexible."""

    zk_migration_state: int = int8(default=0)


class RemoveUserScramCredentialRecord(Message, api_key=22, versions=(0, 0), flexible=0):
    """Metadata record type 22, version 0, flexible."""

    name: str = string(default="")
    mechanism: int = int8(default=0)


class BeginTransactionRecord(Message, api_key=23, versions=(0, 0), flexible=0):
    """Metadata record type 23, version 0, flexible."""

    name: str | None = string(default=None, nullable=0, tag=0)


class EndTransactionRecord(Message, api_key=24, versions=(0, 0), flexible=0):
    """Metadata record type 24, version 0, flexible."""


class AbortTransactionRecord(Message, api_key=25, versions=(0, 0), flexible=0):
    """Metadata record type 25, version 0, flexible."""

    reason: str | None = string(default=None, nullable=0, tag=0)


class RemoveDelegationTokenRecord(Message, api_key=26, versions=(0, 0), flexible=0):
    """Metadata record type 26, version 0, flexible."""

    token_id: str = string(default="")


class ControllerEndpoint(Message):
    """Nested in `RegisterControllerRecord` as `end_points`."""

    name: str = string(default="")
    host: str = string(default="")
    port: int = uint16(default=0)
    security_protocol: int = int16(default=0)


class ControllerFeature(Message):
    """Nested in `RegisterControllerRecord` as `features`."""

    name: str = string(default="")
    min_supported_version: int = int16(default=0)
    max_supported_version: int = int16(default=0)


class RegisterControllerRecord(Message, api_key=27, versions=(0, 0), flexible=0):
    """Metadata record type 27, version 0, flexible."""

    controller_id: int = int32(default=0)
    incarnation_id: UUID = uuid(default=ZERO_UUID)
    zk_migration_ready: bool = boolean(default=False)
    end_points: list[ControllerEndpoint] = array(ControllerEndpoint, default=list)
    features: list[ControllerFeature] = array(ControllerFeature, default=list)


class ClearElrRecord(Message, api_key=28, versions=(0, 0), flexible=0):
    """Metadata record type 28, version 0, flexible."""

    topic_name: str = string(default="")
