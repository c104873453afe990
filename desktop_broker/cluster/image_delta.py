"""Applying metadata records to an image (Kafka's `MetadataDelta`): collects what changes, then makes the next image at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from desktop_broker.cluster.image import (
    UNASSIGNED_DIRECTORY,
    BrokerImage,
    ConfigResource,
    MetadataImage,
    PartitionImage,
    ResourceType,
    TopicImage,
)
from desktop_broker.common.types import ZERO_UUID, Endpoint
from desktop_broker.protocol.records import metadata_types as types
from desktop_broker.protocol.schema import Message

_NO_CHANGE = -2
METADATA_VERSION = 30
"""4.3-IV0, the latest production level of Apache Kafka 4.3 (`MetadataVersion.LATEST_PRODUCTION`)."""
FEATURES = {"metadata.version": METADATA_VERSION}
"""The features that a new cluster finalizes."""


class ImageDelta:
    """Changes on top of one image. Used by one thread and thrown away after `build`."""

    def __init__(self, base: MetadataImage) -> None:
        self._base = base
        self._topics: dict[UUID, TopicImage | None] = {}
        self._partitions: dict[UUID, list[PartitionImage]] = {}
        self._configs: dict[ConfigResource, dict[str, str]] = {}
        self._brokers: dict[int, BrokerImage] | None = None
        self._features: dict[str, int] | None = None
        self._next_producer_id = base.next_producer_id

    def apply(self, record: Message) -> None:
        """Take one record in. Types that this cluster never writes (ACLs, quotas, ...) change nothing."""
        handler = _HANDLERS.get(type(record))
        if handler is not None:
            handler(self, record)

    def build(self, offset: int, epoch: int, controller_id: int) -> MetadataImage:
        """The image after all records up to `offset`."""
        base = self._base
        topics, by_id = self._build_topics()
        configs = base.configs
        if self._configs:
            kept: Mapping[ConfigResource, Mapping[str, str]] = {
                resource: MappingProxyType(values) for resource, values in self._configs.items() if values
            }
            configs = configs.changed(kept, [resource for resource in self._configs if resource not in kept])
        return MetadataImage(
            cluster_id=base.cluster_id,
            offset=offset,
            epoch=epoch,
            controller_id=controller_id,
            features=base.features if self._features is None else MappingProxyType(self._features),
            brokers=base.brokers if self._brokers is None else MappingProxyType(self._brokers),
            topics=topics,
            topics_by_id=by_id,
            configs=configs,
            next_producer_id=self._next_producer_id,
        )

    def _build_topics(self) -> tuple[Any, Any]:
        base = self._base
        for topic_id, partitions in self._partitions.items():
            topic = self._topic(topic_id)
            if topic is not None:
                self._topics[topic_id] = replace(topic, partitions=tuple(partitions))
        if not self._topics:
            return base.topics, base.topics_by_id
        alive = {topic_id: topic for topic_id, topic in self._topics.items() if topic is not None}
        gone = [topic_id for topic_id, topic in self._topics.items() if topic is None]
        names = [base.topics_by_id[topic_id].name for topic_id in gone if topic_id in base.topics_by_id]
        by_name = {topic.name: topic for topic in alive.values()}
        return base.topics.changed(by_name, names), base.topics_by_id.changed(alive, gone)

    def _topic(self, topic_id: UUID) -> TopicImage | None:
        if topic_id in self._topics:
            return self._topics[topic_id]
        return self._base.topics_by_id.get(topic_id)

    def _own_partitions(self, topic_id: UUID) -> list[PartitionImage] | None:
        partitions = self._partitions.get(topic_id)
        if partitions is None:
            topic = self._topic(topic_id)
            if topic is None:
                return None
            partitions = self._partitions[topic_id] = list(topic.partitions)
        return partitions

    def _own_brokers(self) -> dict[int, BrokerImage]:
        if self._brokers is None:
            self._brokers = dict(self._base.brokers)
        return self._brokers

    # one method per record type

    def _topic_record(self, record: types.TopicRecord) -> None:
        self._topics[record.topic_id] = TopicImage(name=record.name, id=record.topic_id)

    def _remove_topic(self, record: types.RemoveTopicRecord) -> None:
        topic = self._topic(record.topic_id)
        self._partitions.pop(record.topic_id, None)
        self._topics[record.topic_id] = None
        if topic is not None:
            self._configs[ResourceType.TOPIC, topic.name] = {}

    def _partition_record(self, record: types.PartitionRecord) -> None:
        partitions = self._own_partitions(record.topic_id)
        if partitions is None:
            return
        image = PartitionImage(
            index=record.partition_id,
            replicas=tuple(record.replicas),
            isr=tuple(record.isr),
            leader=record.leader,
            leader_epoch=record.leader_epoch,
            partition_epoch=record.partition_epoch,
            directories=tuple(record.directories) or (UNASSIGNED_DIRECTORY,) * len(record.replicas),
            recovering=record.leader_recovery_state == 1,
        )
        if record.partition_id < len(partitions):
            partitions[record.partition_id] = image
        else:
            partitions.append(image)

    def _partition_change(self, record: types.PartitionChangeRecord) -> None:
        partitions = self._own_partitions(record.topic_id)
        if partitions is None:
            return
        old = partitions[record.partition_id]
        led = record.leader != _NO_CHANGE
        replicas = old.replicas if record.replicas is None else tuple(record.replicas)
        partitions[record.partition_id] = PartitionImage(
            index=old.index,
            replicas=replicas,
            isr=old.isr if record.isr is None else tuple(record.isr),
            leader=record.leader if led else old.leader,
            leader_epoch=old.leader_epoch + led,
            partition_epoch=old.partition_epoch + 1,
            directories=old.directories if record.directories is None else tuple(record.directories),
            recovering=old.recovering if record.leader_recovery_state < 0 else record.leader_recovery_state == 1,
        )

    def _config(self, record: types.ConfigRecord) -> None:
        resource = (ResourceType(record.resource_type), record.resource_name)
        values = self._configs.get(resource)
        if values is None:
            values = self._configs[resource] = dict(self._base.configs.get(resource, {}))
        if record.value is None:
            values.pop(record.name, None)
        else:
            values[record.name] = record.value

    def _register_broker(self, record: types.RegisterBrokerRecord) -> None:
        point = record.end_points[0]
        self._own_brokers()[record.broker_id] = BrokerImage(
            id=record.broker_id,
            endpoint=Endpoint(point.host, point.port),
            rack=record.rack,
            incarnation=record.incarnation_id,
            directory=record.log_dirs[0] if record.log_dirs else ZERO_UUID,
            epoch=record.broker_epoch,
            fenced=record.fenced,
            in_controlled_shutdown=record.in_controlled_shutdown,
        )

    def _change_broker(self, record: types.BrokerRegistrationChangeRecord) -> None:
        brokers = self._own_brokers()
        broker = brokers.get(record.broker_id)
        if broker is None or broker.epoch != record.broker_epoch:
            return
        brokers[broker.id] = replace(
            broker,
            fenced=broker.fenced if record.fenced == 0 else record.fenced > 0,
            in_controlled_shutdown=broker.in_controlled_shutdown or record.in_controlled_shutdown > 0,
        )

    def _unregister_broker(self, record: types.UnregisterBrokerRecord) -> None:
        self._own_brokers().pop(record.broker_id, None)

    def _feature(self, record: types.FeatureLevelRecord) -> None:
        if self._features is None:
            self._features = dict(self._base.features)
        if record.feature_level:
            self._features[record.name] = record.feature_level
        else:
            self._features.pop(record.name, None)

    def _producer_ids(self, record: types.ProducerIdsRecord) -> None:
        self._next_producer_id = record.next_producer_id


_HANDLERS: dict[type[Message], Callable[[ImageDelta, Any], None]] = {
    types.TopicRecord: ImageDelta._topic_record,
    types.RemoveTopicRecord: ImageDelta._remove_topic,
    types.PartitionRecord: ImageDelta._partition_record,
    types.PartitionChangeRecord: ImageDelta._partition_change,
    types.ConfigRecord: ImageDelta._config,
    types.RegisterBrokerRecord: ImageDelta._register_broker,
    types.BrokerRegistrationChangeRecord: ImageDelta._change_broker,
    types.UnregisterBrokerRecord: ImageDelta._unregister_broker,
    types.FeatureLevelRecord: ImageDelta._feature,
    types.ProducerIdsRecord: ImageDelta._producer_ids,
}


def apply_records(
    image: MetadataImage,
    records: Iterable[Message],
    offset: int,
    epoch: int | None = None,
    controller_id: int | None = None,
) -> MetadataImage:
    """The next image: `records` in order, the last of which stands at `offset`."""
    delta = ImageDelta(image)
    for record in records:
        delta.apply(record)
    return delta.build(
        offset, image.epoch if epoch is None else epoch, image.controller_id if controller_id is None else controller_id
    )


def partition_record(topic_id: UUID, partition: PartitionImage) -> types.PartitionRecord:
    """The record that makes this partition."""
    return types.PartitionRecord(
        partition_id=partition.index,
        topic_id=topic_id,
        replicas=list(partition.replicas),
        isr=list(partition.isr),
        leader=partition.leader,
        leader_epoch=partition.leader_epoch,
        partition_epoch=partition.partition_epoch,
        leader_recovery_state=int(partition.recovering),
        directories=list(partition.directories),
    )


def register_record(broker: BrokerImage) -> types.RegisterBrokerRecord:
    """The record that registers this broker."""
    return types.RegisterBrokerRecord(
        broker_id=broker.id,
        incarnation_id=broker.incarnation,
        broker_epoch=broker.epoch,
        end_points=[types.BrokerEndpoint(name="PLAINTEXT", host=broker.endpoint.host, port=broker.endpoint.port)],
        features=[
            types.BrokerFeature(
                name="metadata.version", min_supported_version=7, max_supported_version=METADATA_VERSION
            )
        ],
        rack=broker.rack,
        fenced=broker.fenced,
        in_controlled_shutdown=broker.in_controlled_shutdown,
        log_dirs=[broker.directory],
    )


def image_records(image: MetadataImage) -> list[Message]:
    """Records that make this image from an empty one (Kafka's `MetadataImage.write`); features first."""
    records: list[Message] = [
        types.FeatureLevelRecord(name=name, feature_level=level) for name, level in sorted(image.features.items())
    ]
    records += [register_record(broker) for broker in image.brokers.values()]
    for name in sorted(image.topics):
        topic = image.topics[name]
        records.append(types.TopicRecord(name=name, topic_id=topic.id))
        records += [partition_record(topic.id, partition) for partition in topic.partitions]
    for (kind, resource), values in sorted(image.configs.items()):
        records += [
            types.ConfigRecord(resource_type=kind, resource_name=resource, name=name, value=value)
            for name, value in values.items()
        ]
    if image.next_producer_id:
        records.append(types.ProducerIdsRecord(broker_id=-1, broker_epoch=-1, next_producer_id=image.next_producer_id))
    return records


def record_version(record: Message) -> int:
    """The version in which metadata.version 4.3-IV0 without ELR writes a record (`MetadataVersion.partitionRecordVersion` ...)."""
    return 1 if isinstance(record, types.PartitionRecord | types.PartitionChangeRecord) else type(record).VERSIONS[1]
