"""From metadata to roles: which replicas a broker has, which of them lead, which follow, and which go.

Counterpart: `ReplicaManager.applyDelta`. Owned by one replica manager and run by whoever publishes metadata, one at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from desktop_broker.cluster.image import MetadataImage, ResourceType, TopicImage, changed_configs, changed_topics
from desktop_broker.cluster.names import CLUSTER_METADATA
from desktop_broker.cluster.partition import Partition
from desktop_broker.common.config import ConfigValue, TopicConfig
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.types import TopicPartition
from desktop_broker.storage.log import Log

if TYPE_CHECKING:
    from desktop_broker.cluster.replica_manager import ReplicaManager


class RoleChanges:
    """`lock` guards `partitions`, which it shares with the replica manager; nothing else is kept but the high watermarks read at start."""

    def __init__(
        self,
        manager: ReplicaManager,
        lock: threading.Lock,
        partitions: dict[TopicPartition, Partition],
        broker_values: Callable[[], Mapping[str, ConfigValue]],
    ) -> None:
        self._manager = manager
        self._broker_id = manager.broker_id
        self._lock = lock
        self._partitions = partitions
        self._broker_values = broker_values
        self._high_watermarks = manager.logs.load_high_watermarks()
        self._swept = False

    def apply(self, before: MetadataImage, after: MetadataImage) -> None:
        """Do what changed between two images."""
        if after.offset >= 0 and not self._swept:
            self._swept = True
            self._sweep(after)
        for name, old, new in changed_topics(before, after):
            if old is not None and (new is None or new.id != old.id):
                for index in range(len(old.partitions)):
                    self._drop(TopicPartition(name, index))
                old = None
            if new is not None:
                self._apply_topic(after, old, new)
        self._apply_configs(before, after)

    def _apply_topic(self, image: MetadataImage, old: TopicImage | None, new: TopicImage) -> None:
        config: TopicConfig | None = None
        for partition in new.partitions:
            if (
                old is not None
                and partition.index < len(old.partitions)
                and old.partitions[partition.index] is partition
            ):
                continue
            tp = TopicPartition(new.name, partition.index)
            if self._broker_id not in partition.replicas:
                self._drop(tp)
                continue
            config = config or image.topic_config(new.name, self._broker_values())
            replica = self._replica(tp, new, config)
            if replica is None or replica.offline:
                continue
            try:
                if partition.leader != self._broker_id:
                    replica.become_follower(partition)
                    self._manager.mark(replica)
                elif replica.become_leader(partition):
                    self._manager.mark_followers(replica)
            except KafkaError as error:
                self._manager.replica_failed(replica, error)

    def _replica(self, tp: TopicPartition, topic: TopicImage, config: TopicConfig) -> Partition | None:
        replica = self._partitions.get(tp)
        if replica is not None and replica.topic_id == topic.id:
            return replica
        try:
            log = self._log(tp, topic, config)
        except KafkaError as error:
            self._manager.replica_missing(tp, error)
            return None
        replica = Partition(
            tp, topic.id, log, self._manager.incarnation, self._high_watermarks.pop(tp, log.log_start_offset)
        )
        with self._lock:
            self._partitions[tp] = replica
        return replica

    def _log(self, tp: TopicPartition, topic: TopicImage, config: TopicConfig) -> Log:
        try:
            return self._manager.logs.get_or_create(tp, topic.id, config)
        except KafkaError as error:
            if error.code is not ErrorCode.INCONSISTENT_TOPIC_ID:
                raise
            # An earlier topic of that name, deleted while this broker was down.
            self._manager.logs.delete(tp)
            return self._manager.logs.get_or_create(tp, topic.id, config)

    def _drop(self, tp: TopicPartition) -> None:
        with self._lock:
            replica = self._partitions.pop(tp, None)
        if replica is None:
            return
        replica.resign()
        try:
            self._manager.logs.delete(tp)
        except KafkaError:
            return  # the log has reported it, and the next start sweeps what is left

    def _sweep(self, image: MetadataImage) -> None:
        """Delete logs of topics that went while this broker was down."""
        for log in self._manager.logs.all():
            topic, index = log.topic_partition
            found = image.partition(topic, index)
            if topic != CLUSTER_METADATA and (found is None or self._broker_id not in found.replicas):
                try:
                    self._manager.logs.delete(log.topic_partition)
                except KafkaError:
                    continue

    def _apply_configs(self, before: MetadataImage, after: MetadataImage) -> None:
        topics: set[str] = set()
        for kind, name in changed_configs(before, after):
            if kind is ResourceType.TOPIC:
                topics.add(name)
            elif name in ("", str(self._broker_id)):
                topics.update(tp.topic for tp in list(self._partitions))
        for name in topics:
            topic = after.topics.get(name)
            if topic is None:
                continue
            config = after.topic_config(name, self._broker_values())
            for index in range(len(topic.partitions)):
                replica = self._partitions.get(TopicPartition(name, index))
                if replica is not None:
                    replica.log.update_config(config)
                    replica.config_changed()
