"""Who leads a partition (rule 39), as pure functions from images to records.

Counterpart: `org.apache.kafka.controller.PartitionChangeBuilder` and `ReplicationControlManager`. The preferred replica if asked for, else one
of the ISR in the order of the replicas, else an unclean one where the topic allows it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from desktop_broker.cluster.image import LOST_DIRECTORY, NO_LEADER, MetadataImage, PartitionImage, TopicImage
from desktop_broker.protocol.records.metadata_types import PartitionChangeRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class PartitionChange:
    """What becomes of one partition, and the record that says so. `leader` is `before.leader` when it stays in office."""

    topic: TopicImage
    before: PartitionImage
    isr: tuple[int, ...]
    leader: int
    unclean: bool
    record: PartitionChangeRecord


def usable_replicas(partition: PartitionImage, active: Collection[int]) -> tuple[int, ...]:
    """Replicas on running brokers whose files are well, in order of preference."""
    return tuple(
        broker
        for broker, directory in zip(partition.replicas, partition.directories, strict=True)
        if broker in active and directory != LOST_DIRECTORY
    )


def choose_leader(usable: tuple[int, ...], isr: Collection[int], *, unclean: bool) -> tuple[int, bool]:
    """The leader, and whether it is an unclean choice; `NO_LEADER` when there is none."""
    for broker in usable:
        if broker in isr:
            return broker, False
    if unclean and usable:
        return usable[0], True
    return NO_LEADER, False


def change(
    topic: TopicImage,
    partition: PartitionImage,
    *,
    isr: tuple[int, ...],
    leader: int,
    unclean: bool = False,
    new_epoch: bool = False,
    directories: tuple[UUID, ...] | None = None,
) -> PartitionChange | None:
    """The record that brings a partition there; None when nothing changes.

    Args:
        new_epoch: begin a leader epoch although the leader stays (its broker has restarted).
    """
    led = leader != partition.leader or new_epoch
    if not led and isr == partition.isr and directories in (None, partition.directories):
        return None
    record = PartitionChangeRecord(
        partition_id=partition.index,
        topic_id=topic.id,
        isr=None if isr == partition.isr else list(isr),
        leader=leader if led else -2,
        leader_recovery_state=1 if unclean else 0 if partition.recovering and isr != partition.isr else -1,
        directories=None if directories is None or directories == partition.directories else list(directories),
    )
    return PartitionChange(topic=topic, before=partition, isr=isr, leader=leader, unclean=unclean, record=record)


def without_brokers(
    image: MetadataImage, gone: Collection[int], active: Collection[int], allows_unclean: Callable[[str], bool]
) -> Iterator[PartitionChange]:
    """Changes after brokers went: out of every ISR (the last member stays, without leading), and new leaders.

    Args:
        active: the brokers that run, without those that went.
    """
    for topic, partition in all_partitions(image):
        if partition.leader in gone or any(broker in gone for broker in partition.isr):
            found = _leave(topic, partition, gone, active, allows_unclean)
            if found is not None:
                yield found


def _leave(
    topic: TopicImage,
    partition: PartitionImage,
    gone: Collection[int],
    active: Collection[int],
    allows_unclean: Callable[[str], bool],
) -> PartitionChange | None:
    isr = tuple(broker for broker in partition.isr if broker not in gone)
    leader, unclean = partition.leader, False
    isr = isr or _last_of(partition)
    if leader in gone or leader == NO_LEADER:
        leader, unclean = choose_leader(usable_replicas(partition, active), isr, unclean=allows_unclean(topic.name))
        if unclean:
            isr = (leader,)
    return change(topic, partition, isr=isr, leader=leader, unclean=unclean)


def _last_of(partition: PartitionImage) -> tuple[int, ...]:
    """The one that stays in an ISR whose members all went: everything committed is there."""
    return (partition.leader,) if partition.leader in partition.isr else partition.isr[-1:]


def with_brokers(
    image: MetadataImage,
    came: dict[int, UUID],
    gone: Collection[int],
    active: Collection[int],
    allows_unclean: Callable[[str], bool],
) -> Iterator[PartitionChange]:
    """Changes after brokers (re)started: leaders for what had none, new leader epochs for what they led, their files well again.

    Args:
        came: the data folder's id of each.
        gone: brokers that turned out to be down.
        active: the brokers that run, with those that came.
    """
    for topic, partition in all_partitions(image):
        directories = tuple(
            came[broker] if broker in came and directory != came[broker] else directory
            for broker, directory in zip(partition.replicas, partition.directories, strict=True)
        )
        isr = tuple(broker for broker in partition.isr if broker not in gone) or _last_of(partition)
        leader, unclean, restarted = partition.leader, False, partition.leader in came
        if restarted or leader == NO_LEADER or leader in gone:
            usable = tuple(
                broker
                for broker, directory in zip(partition.replicas, directories, strict=True)
                if broker in active and directory != LOST_DIRECTORY
            )
            leader, unclean = choose_leader(usable, isr, unclean=allows_unclean(topic.name))
            if unclean:
                isr = (leader,)
        found = change(
            topic,
            partition,
            isr=isr,
            leader=leader,
            unclean=unclean,
            new_epoch=restarted and leader != NO_LEADER,
            directories=directories,
        )
        if found is not None:
            yield found


def all_partitions(image: MetadataImage) -> Iterator[tuple[TopicImage, PartitionImage]]:
    """Every partition with its topic."""
    for topic in image.topics.values():
        for partition in topic.partitions:
            yield topic, partition


def imbalanced(image: MetadataImage, active: Collection[int], percentage: float) -> Iterator[PartitionChange]:
    """Preferred leaders to restore: of brokers that lead too few of the partitions that prefer them (rule 39)."""
    preferred: dict[int, int] = {}
    away: dict[int, list[tuple[TopicImage, PartitionImage]]] = {}
    for topic, partition in all_partitions(image):
        first = partition.replicas[0]
        preferred[first] = preferred.get(first, 0) + 1
        if partition.leader != first:
            away.setdefault(first, []).append((topic, partition))
    for broker, partitions in away.items():
        if len(partitions) * 100 <= percentage * preferred[broker]:
            continue
        for topic, partition in partitions:
            if broker in partition.isr and broker in usable_replicas(partition, active):
                found = change(topic, partition, isr=partition.isr, leader=broker)
                if found is not None:
                    yield found
