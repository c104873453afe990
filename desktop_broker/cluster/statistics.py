"""Partitions and replicas as they stand now, for statistics snapshots. Reads only; takes one lock at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_broker.cluster.image import PartitionImage
from desktop_broker.cluster.partition import Partition
from desktop_broker.common.errors import KafkaError
from desktop_broker.common.statistics import PartitionStatistics, ReplicaStatistics

if TYPE_CHECKING:
    from desktop_broker.cluster.cluster import Cluster


def partition_statistics(cluster: Cluster) -> tuple[PartitionStatistics, ...]:
    """Every partition of the cluster, by topic and number."""
    image = cluster.image
    return tuple(
        _describe(cluster, name, partition)
        for name in sorted(image.topics)
        for partition in image.topics[name].partitions
    )


def _describe(cluster: Cluster, topic: str, image: PartitionImage) -> PartitionStatistics:
    found = {broker: _replica(cluster, broker, topic, image.index) for broker in image.replicas}
    leader = found.get(image.leader)
    if leader is not None and not leader.is_leader:
        leader = None  # the metadata has moved on, the broker not yet
    end = None if leader is None else leader.log.log_end_offset
    return PartitionStatistics(
        topic=topic,
        partition=image.index,
        leader=image.leader if image.leader >= 0 else None,
        leader_epoch=image.leader_epoch,
        log_start_offset=None if leader is None else leader.log.log_start_offset,
        high_watermark=None if leader is None else leader.high_watermark,
        log_end_offset=end,
        last_timestamp_ms=None if leader is None else _last_timestamp(leader),
        replicas=tuple(_describe_replica(broker, replica, image, end) for broker, replica in found.items()),
    )


def _replica(cluster: Cluster, broker_id: int, topic: str, index: int) -> Partition | None:
    peer = cluster.links.peer(broker_id)
    replica = None if peer is None else peer.partition(topic, index)
    return None if replica is None or replica.offline else replica


def _describe_replica(
    broker: int, replica: Partition | None, image: PartitionImage, end: int | None
) -> ReplicaStatistics:
    if replica is None:
        return ReplicaStatistics(broker=broker, state="offline")
    own_end = replica.log.log_end_offset
    follower_state = "in-sync" if broker in image.isr else "catching-up"
    return ReplicaStatistics(
        broker=broker,
        state="leader" if broker == image.leader else follower_state,
        log_end_offset=own_end,
        lag=None if end is None else max(end - own_end, 0),
        size_bytes=replica.log.size_bytes,
    )


def _last_timestamp(leader: Partition) -> int | None:
    try:
        return leader.log.last_timestamp_ms
    except KafkaError:
        return None  # its files fail right now; the next snapshot shows it offline
