"""Puts a snapshot of the whole cluster together from what metadata, replicas and traffic meters say at one moment.

Counterpart: `common/statistics.py` declares the values. Reads only; takes the logs' locks one at a time and no other for long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from desktop_broker.cluster.cluster import Cluster
from desktop_broker.cluster.image import MetadataImage
from desktop_broker.cluster.replica_manager import ReplicaManager
from desktop_broker.cluster.statistics import partition_statistics
from desktop_broker.common.clock import Clock
from desktop_broker.common.statistics import BrokerStatistics, EngineStatistics, TopicStatistics, Traffic
from desktop_broker.common.types import Endpoint


class BrokerState(NamedTuple):
    """What only the broker itself knows. `replicas` is None while it is down."""

    id: int
    state: str
    listen: Endpoint
    advertised: Endpoint
    rack: str | None
    connections: int
    traffic: Mapping[str, Traffic]
    replicas: ReplicaManager | None
    error: str | None


def snapshot(cluster: Cluster, brokers: Sequence[BrokerState], clock: Clock) -> EngineStatistics:
    """The cluster now. Replicas of brokers that are down are offline."""
    image = cluster.image
    traffic = _sum_by_topic(broker.traffic for broker in brokers)
    topics = sorted(image.topics.values(), key=lambda topic: topic.name)
    return EngineStatistics(
        time_ms=clock.now_ms(),
        monotonic_s=clock.monotonic(),
        cluster_id=image.cluster_id,
        brokers=tuple(_broker(image, broker) for broker in brokers),
        topics=tuple(
            TopicStatistics(name=topic.name, internal=topic.internal, traffic=traffic.get(topic.name, Traffic()))
            for topic in topics
        ),
        partitions=partition_statistics(cluster),
        traffic=_sum(traffic.values()),
    )


def _sum(parts: Iterable[Traffic]) -> Traffic:
    return sum(parts, Traffic())


def _sum_by_topic(parts: Iterable[Mapping[str, Traffic]]) -> dict[str, Traffic]:
    sums: dict[str, Traffic] = {}
    for part in parts:
        for topic, traffic in part.items():
            sums[topic] = sums[topic] + traffic if topic in sums else traffic
    return sums


def _broker(image: MetadataImage, broker: BrokerState) -> BrokerStatistics:
    leaders = replicas = behind = 0
    for topic in image.topics.values():
        for partition in topic.partitions:
            if broker.id in partition.replicas:
                replicas += 1
                leaders += partition.leader == broker.id
                behind += broker.id not in partition.isr
    disk = 0
    if broker.replicas is not None:
        disk = sum(partition.log.size_bytes for partition in broker.replicas.partitions())
    return BrokerStatistics(
        id=broker.id,
        state=broker.state,
        host=broker.listen.host,
        port=broker.listen.port,
        advertised_host=broker.advertised.host,
        advertised_port=broker.advertised.port,
        rack=broker.rack,
        is_controller=image.controller_id == broker.id,
        leaders=leaders,
        replicas=replicas,
        behind=behind,
        disk_bytes=disk,
        connections=broker.connections,
        traffic=_sum(broker.traffic.values()),
        error=broker.error,
    )
