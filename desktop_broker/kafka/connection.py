"""A connection to any Kafka cluster, embedded or not: every question and command of the window and the command line.

All calls block and belong on a worker thread; they are safe from several at once. Each raises `ClusterError` with words for
people. Reading and publishing messages are `reader.py` and `publisher.py`. Counterpart: any Kafka broker.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from desktop_broker.common.types import TopicPartition
from desktop_broker.kafka import configs, groups, offsets, topics, wire_requests
from desktop_broker.kafka.admin import Admin
from desktop_broker.kafka.model import (
    ClusterInfo,
    ConfigEntry,
    GroupInfo,
    GroupOffset,
    NewTopicPlan,
    ReplicaSize,
    TopicInfo,
)


class ClusterConnection:
    """One cluster.

    Args:
        bootstrap: `host:port,host:port`.
        properties: further settings by librdkafka's names, such as `security.protocol`.

    Nothing is sent before the first question. `close` ends every wait with ConnectionClosedError.
    """

    def __init__(self, bootstrap: str, *, properties: Mapping[str, str] | None = None) -> None:
        self.admin = Admin(bootstrap, properties or {})

    @property
    def bootstrap(self) -> str:
        """The addresses it was made with."""
        return self.admin.bootstrap

    @property
    def properties(self) -> Mapping[str, str]:
        """The further settings it was made with."""
        return self.admin.properties

    def check(self) -> None:
        """Fail quickly and in words when not one bootstrap server accepts a connection."""
        if not self.properties.get("security.protocol", "").lower().startswith("sasl"):
            wire_requests.first_reachable(self.bootstrap, self.properties).close()

    def cluster(self) -> ClusterInfo:
        """Id, controller, brokers."""
        return topics.describe_cluster(self.admin)

    def topics(self, include_internal: bool = False) -> list[TopicInfo]:
        """Every topic with its partitions, by name."""
        return topics.list_topics(self.admin, include_internal)

    def topic(self, name: str) -> TopicInfo:
        """One topic with its id."""
        return topics.describe_topic(self.admin, name)

    def partition_count(self, topic: str) -> int:
        """How many partitions a topic has; never creates it."""
        return topics.partition_count(self.admin, topic)

    def create_topic(
        self,
        name: str,
        partitions: int = -1,
        replication: int = -1,
        configs: Mapping[str, str] | None = None,
        validate_only: bool = False,
        *,
        assignments: Sequence[Sequence[int]] | None = None,
    ) -> None:
        """Create a topic (-1: the broker's default), or only check whether it could be."""
        placement = tuple(tuple(ids) for ids in assignments) if assignments else None
        plan = NewTopicPlan(
            name=name,
            partitions=partitions,
            replication=replication,
            configs=dict(configs or {}),
            assignments=placement,
        )
        topics.create_topic(self.admin, plan, validate_only)

    def delete_topics(self, names: Iterable[str]) -> None:
        """Delete topics with everything in them."""
        topics.delete_topics(self.admin, list(names))

    def create_partitions(self, topic: str, total: int, validate_only: bool = False) -> None:
        """Grow a topic to so many partitions."""
        topics.create_partitions(self.admin, topic, total, validate_only)

    def topic_configs(self, name: str) -> list[ConfigEntry]:
        """Every config of a topic with the value in force and its source."""
        return configs.topic_configs(self.admin, name)

    def broker_configs(self, broker: int) -> list[ConfigEntry]:
        """Every config of a broker with the value in force and its source."""
        return configs.broker_configs(self.admin, broker)

    def set_topic_config(self, topic: str, name: str, value: str | None, validate_only: bool = False) -> None:
        """Set one config of a topic; None goes back to the broker's default."""
        configs.set_topic_configs(self.admin, topic, {name: value}, validate_only)

    def set_topic_configs(self, topic: str, values: Mapping[str, str | None], validate_only: bool = False) -> None:
        """Set several configs at once; None resets one."""
        configs.set_topic_configs(self.admin, topic, values, validate_only)

    def offsets(self, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, tuple[int, int]]:
        """Earliest and latest offset of each; a partition without a leader is left out."""
        return offsets.earliest_and_latest(self.admin, partitions)

    def offsets_for_time(
        self, partitions: Iterable[TopicPartition], timestamp_ms: int
    ) -> dict[TopicPartition, int | None]:
        """The first offset at or after the moment; None where there is none."""
        return offsets.for_time(self.admin, partitions, timestamp_ms)

    def newest_timestamps(self, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, int | None]:
        """The highest timestamp in each, ms."""
        return offsets.newest_timestamps(self.admin, partitions)

    def delete_records(self, before: Mapping[TopicPartition, int]) -> dict[TopicPartition, int]:
        """Delete what lies below these offsets (-1: everything); answers the new log start offsets."""
        return offsets.delete_records(self.admin, before)

    def groups(self) -> list[GroupInfo]:
        """Every group with its members."""
        return groups.list_groups(self.admin)

    def group(self, group: str) -> GroupInfo:
        """One group with its members."""
        return groups.describe_group(self.admin, group)

    def committed(self, group: str) -> dict[TopicPartition, tuple[int, str]]:
        """What a group has committed: offset and metadata text."""
        return groups.committed(self.admin, group)

    def group_offsets(self, group: str) -> list[GroupOffset]:
        """Where a group stands in each partition that it committed in or is assigned."""
        return groups.group_offsets(self.admin, group)

    def set_group_offsets(self, group: str, positions: Mapping[TopicPartition, int]) -> None:
        """Move a group without members to these offsets."""
        groups.set_offsets(self.admin, group, positions)

    def delete_group(self, group: str) -> None:
        """Delete a group without members."""
        groups.delete_group(self.admin, group)

    def delete_group_offsets(self, group: str, partitions: Collection[TopicPartition]) -> None:
        """Forget single committed offsets of a group."""
        self.admin.check_open()
        wire_requests.delete_group_offsets(self.bootstrap, self.properties, group, partitions)

    def log_dirs(self) -> list[ReplicaSize]:
        """Every replica's size on every broker that answers."""
        return wire_requests.log_dirs(self.cluster().brokers, self.properties)

    def close(self) -> None:
        """End every wait and let the client go. Idempotent."""
        self.admin.close()
