"""The state of the cluster as one immutable value, made by applying the records of the metadata log one after another.

Counterpart: `org.apache.kafka.image.MetadataImage` and `MetadataDelta`; the records are KRaft's (`metadata_types`). Everybody reads an
image without a lock; the quorum swaps it whole when records are committed. `image_records` writes one back as records (a snapshot).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from uuid import UUID

from desktop_broker.cluster.names import is_internal
from desktop_broker.cluster.persistent import PersistentMap
from desktop_broker.common.config import TOPIC_KEYS, ConfigValue, TopicConfig
from desktop_broker.common.types import Endpoint

NO_LEADER = -1
LOST_DIRECTORY = UUID(int=1)
"""Where a replica is said to be when its files failed (`DirectoryId.LOST`)."""
UNASSIGNED_DIRECTORY = UUID(int=0)


class ResourceType(IntEnum):
    """What a config belongs to (`ConfigResource.Type`)."""

    TOPIC = 2
    BROKER = 4
    BROKER_LOGGER = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerImage:
    """A broker as it registered. `epoch` is the offset of its registration in the metadata log."""

    id: int
    endpoint: Endpoint
    rack: str | None
    incarnation: UUID
    directory: UUID
    epoch: int
    fenced: bool
    in_controlled_shutdown: bool = False

    @property
    def active(self) -> bool:
        """Whether it may lead and be in sync."""
        return not self.fenced and not self.in_controlled_shutdown


@dataclass(frozen=True, slots=True, kw_only=True)
class PartitionImage:
    """One partition: who holds it, who is in sync, who leads. `directories` stands beside `replicas`."""

    index: int
    replicas: tuple[int, ...]
    isr: tuple[int, ...]
    leader: int
    leader_epoch: int
    partition_epoch: int
    directories: tuple[UUID, ...]
    recovering: bool = False

    @property
    def offline_replicas(self) -> tuple[int, ...]:
        """Replicas whose files failed."""
        return tuple(
            broker
            for broker, directory in zip(self.replicas, self.directories, strict=True)
            if directory == LOST_DIRECTORY
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicImage:
    """One topic; `partitions[i]` is partition i."""

    name: str
    id: UUID
    partitions: tuple[PartitionImage, ...] = ()

    @property
    def internal(self) -> bool:
        """Whether the cluster keeps its own state in it."""
        return is_internal(self.name)


ConfigResource = tuple[ResourceType, str]
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataImage:
    """The whole cluster at one offset of the metadata log.

    Attributes:
        offset: of the last record applied, -1 before the first.
        epoch: of the controller that wrote it.
        controller_id: the broker with the controller's seat; -1 while no majority is up.
    """

    cluster_id: str = ""
    offset: int = -1
    epoch: int = 0
    controller_id: int = -1
    features: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    brokers: Mapping[int, BrokerImage] = field(default_factory=lambda: MappingProxyType({}))
    topics: PersistentMap[str, TopicImage] = field(default_factory=PersistentMap)
    topics_by_id: PersistentMap[UUID, TopicImage] = field(default_factory=PersistentMap)
    configs: PersistentMap[ConfigResource, Mapping[str, str]] = field(default_factory=PersistentMap)
    next_producer_id: int = 0

    def partition(self, topic: str, index: int) -> PartitionImage | None:
        """One partition, None when there is no such."""
        found = self.topics.get(topic)
        return found.partitions[index] if found is not None and 0 <= index < len(found.partitions) else None

    def topic_overrides(self, name: str) -> Mapping[str, str]:
        """The configs set on a topic, as texts."""
        return self.configs.get((ResourceType.TOPIC, name), _NOTHING)

    def broker_overrides(self, broker_id: int | None) -> Mapping[str, str]:
        """The dynamic configs of a broker; None: of all brokers (Kafka's resource with an empty name)."""
        return self.configs.get((ResourceType.BROKER, "" if broker_id is None else str(broker_id)), _NOTHING)

    def topic_config(self, name: str, broker_values: Mapping[str, ConfigValue]) -> TopicConfig:
        """What a topic's logs act on: its overrides over the broker's defaults."""
        overrides = {
            key: TOPIC_KEYS[key].parse(text) for key, text in self.topic_overrides(name).items() if key in TOPIC_KEYS
        }
        return TopicConfig.from_values(overrides, broker_values)

    def active_brokers(self) -> frozenset[int]:
        """Brokers that may lead and be in sync."""
        return frozenset(broker.id for broker in self.brokers.values() if broker.active)


EMPTY_IMAGE = MetadataImage()


def changed_topics(
    before: MetadataImage, after: MetadataImage
) -> Iterator[tuple[str, TopicImage | None, TopicImage | None]]:
    """Topics that differ, with both states; a topic made anew under the same name shows both, with different ids."""
    yield from before.topics.differences(after.topics)


def changed_configs(before: MetadataImage, after: MetadataImage) -> Iterator[ConfigResource]:
    """Resources whose configs differ."""
    for resource, _, _ in before.configs.differences(after.configs):
        yield resource
