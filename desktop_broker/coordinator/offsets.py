"""Committed offsets of the groups of one shard. Counterpart: the store inside Kafka's `OffsetMetadataManager`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from desktop_broker.common.types import ZERO_UUID, TopicPartition
from desktop_broker.protocol.records.group_types import OffsetCommitValue


@dataclass(frozen=True, slots=True, kw_only=True)
class CommittedOffset:
    """How far a group has come in one partition.

    Attributes:
        offset: of the next record to read.
        leader_epoch: of the last record read; -1 when the client did not say.
        metadata: a note of the client's.
        commit_timestamp_ms: when it was committed.
        expire_timestamp_ms: when it ends, for a commit that named a retention time (OffsetCommit 2 to 4); else -1.
        topic_id: of the topic it was committed for; zero when unknown.
    """

    offset: int
    leader_epoch: int = -1
    metadata: str = ""
    commit_timestamp_ms: int = -1
    expire_timestamp_ms: int = -1
    topic_id: UUID = ZERO_UUID

    @classmethod
    def from_record(cls, value: OffsetCommitValue) -> CommittedOffset:
        """As it was written."""
        return cls(
            offset=value.offset,
            leader_epoch=value.leader_epoch,
            metadata=value.metadata,
            commit_timestamp_ms=value.commit_timestamp,
            expire_timestamp_ms=value.expire_timestamp,
            topic_id=value.topic_id,
        )

    def is_expired(self, now_ms: int, retention_ms: int, empty_since_ms: int | None) -> bool:
        """Whether it has outlived its time (`OffsetExpirationConditionImpl`, KIP-211).

        Args:
            empty_since_ms: what the retention counts from; None for the time of the commit.
        """
        if self.expire_timestamp_ms >= 0:
            return now_ms >= self.expire_timestamp_ms
        base = self.commit_timestamp_ms if empty_since_ms is None else empty_since_ms
        return now_ms - base >= retention_ms


class OffsetStore:
    """By group, topic and partition. Owned by one shard and guarded by its lock."""

    def __init__(self) -> None:
        self._groups: dict[str, dict[str, dict[int, CommittedOffset]]] = {}

    def get(self, group_id: str, topic: str, partition: int) -> CommittedOffset | None:
        """What the group committed, if it did."""
        return self._groups.get(group_id, {}).get(topic, {}).get(partition)

    def put(self, group_id: str, topic: str, partition: int, committed: CommittedOffset) -> None:
        """Remember a commit, in place of an earlier one."""
        self._groups.setdefault(group_id, {}).setdefault(topic, {})[partition] = committed

    def remove(self, group_id: str, topic: str, partition: int) -> None:
        """Forget one; nothing happens when there is none."""
        topics = self._groups.get(group_id)
        if topics is None or topic not in topics:
            return
        topics[topic].pop(partition, None)
        if not topics[topic]:
            del topics[topic]
            if not topics:
                del self._groups[group_id]

    def topics(self, group_id: str) -> dict[str, dict[int, CommittedOffset]]:
        """All of a group by topic and partition; for reading only."""
        return self._groups.get(group_id, {})

    def of_group(self, group_id: str) -> Iterator[tuple[TopicPartition, CommittedOffset]]:
        """All of a group."""
        for topic, partitions in self._groups.get(group_id, {}).items():
            for partition, committed in partitions.items():
                yield TopicPartition(topic, partition), committed

    def of_topics(self, names: Iterable[str]) -> Iterator[tuple[str, TopicPartition]]:
        """The group and partition of every offset that stands for one of these topics."""
        wanted = frozenset(names)
        for group_id, topics in self._groups.items():
            for topic in wanted & topics.keys():
                for partition in topics[topic]:
                    yield group_id, TopicPartition(topic, partition)

    def count(self, group_id: str) -> int:
        """How many partitions a group has an offset for."""
        return sum(len(partitions) for partitions in self._groups.get(group_id, {}).values())

    def group_ids(self) -> list[str]:
        """The groups that have any."""
        return list(self._groups)
