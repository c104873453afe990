"""A look at a cluster that is not ours, from what any Kafka client may ask, in the shape of the embedded engine's statistics.

Counterpart: `common/statistics.py`; `feeds/feeds.py` treats both alike. A foreign cluster counts no traffic for us: messages in
is the growth of the log ends, everything else about traffic stays unknown.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from desktop_broker.common.statistics import (
    BrokerStatistics,
    EngineStatistics,
    PartitionStatistics,
    ReplicaStatistics,
    TopicStatistics,
    Traffic,
)
from desktop_broker.common.types import TopicPartition
from desktop_broker.kafka.connection import ClusterConnection
from desktop_broker.kafka.errors import ClusterError, ConnectionClosedError
from desktop_broker.kafka.model import BrokerInfo, ClusterInfo, PartitionInfo, ReplicaSize, TopicInfo

COUNTED = ("messages_in",)
_SIZES_EVERY = 3


class ExternalLook:
    """Looks at one cluster and remembers what is costly to ask. Owned by one poller's thread; no lock."""

    def __init__(self, connection: ClusterConnection) -> None:
        self._connection = connection
        self._stamps: dict[TopicPartition, tuple[int, int | None]] = {}  # log end when asked, newest timestamp
        self._sizes: Mapping[tuple[int, TopicPartition], ReplicaSize] = {}
        self._seen: dict[int, BrokerInfo] = {}
        self._looks = 0

    def statistics(self) -> EngineStatistics:
        """The cluster now.

        Raises:
            ClusterError: it cannot be reached.
        """
        cluster = self._connection.cluster()
        topics = self._connection.topics(include_internal=True)
        partitions = [TopicPartition(topic.name, part.index) for topic in topics for part in topic.partitions]
        try:
            bounds = self._connection.offsets(partitions)
        except ConnectionClosedError:
            raise
        except ClusterError:
            bounds = {}  # no partition has a leader: the map of what is offline is what counts now
        self._look_at_stamps(bounds)
        self._look_at_sizes()
        return self._put_together(cluster, topics, bounds)

    def _look_at_stamps(self, bounds: Mapping[TopicPartition, tuple[int, int]]) -> None:
        moved = [tp for tp, (_, end) in bounds.items() if self._stamps.get(tp, (-1, None))[0] != end]
        filled = [tp for tp in moved if bounds[tp][1] > bounds[tp][0]]
        self._stamps.update({tp: (bounds[tp][1], None) for tp in moved})
        try:
            newest = self._connection.newest_timestamps(filled)
        except ConnectionClosedError:
            raise
        except ClusterError:
            return  # Kafka before 3.0 does not tell (KIP-734)
        self._stamps.update({tp: (bounds[tp][1], stamp) for tp, stamp in newest.items()})

    def _look_at_sizes(self) -> None:
        if self._looks % _SIZES_EVERY == 0:
            try:
                found = self._connection.log_dirs()
            except ConnectionClosedError:
                raise
            except ClusterError:
                found = []  # SASL, or not allowed: sizes stay unknown
            self._sizes = {
                (size.broker, TopicPartition(size.topic, size.partition)): size for size in found if not size.future
            }
        self._looks += 1

    def _put_together(
        self, cluster: ClusterInfo, topics: list[TopicInfo], bounds: Mapping[TopicPartition, tuple[int, int]]
    ) -> EngineStatistics:
        partitions = tuple(
            self._partition(topic.name, part, bounds.get(TopicPartition(topic.name, part.index)))
            for topic in topics
            for part in topic.partitions
        )
        ends: dict[str, int] = {}
        for tp, (_, end) in bounds.items():
            ends[tp.topic] = ends.get(tp.topic, 0) + end
        return EngineStatistics(
            time_ms=time.time_ns() // 1_000_000,
            monotonic_s=time.monotonic(),
            cluster_id=cluster.cluster_id,
            brokers=self._brokers(cluster, partitions),
            topics=tuple(
                TopicStatistics(
                    name=topic.name, internal=topic.internal, traffic=Traffic(messages_in=ends.get(topic.name, 0))
                )
                for topic in topics
            ),
            partitions=partitions,
            traffic=Traffic(messages_in=sum(ends.values())),
        )

    def _partition(self, topic: str, part: PartitionInfo, bounds: tuple[int, int] | None) -> PartitionStatistics:
        tp = TopicPartition(topic, part.index)
        start, end = bounds or (None, None)
        return PartitionStatistics(
            topic=topic,
            partition=part.index,
            leader=part.leader,
            leader_epoch=part.leader_epoch if part.leader_epoch is not None else -1,
            log_start_offset=start,
            high_watermark=end,
            log_end_offset=end,
            last_timestamp_ms=self._stamps.get(tp, (0, None))[1],
            replicas=tuple(self._replica(broker, tp, part) for broker in part.replicas),
        )

    def _replica(self, broker: int, tp: TopicPartition, part: PartitionInfo) -> ReplicaStatistics:
        size = self._sizes.get((broker, tp))
        if broker == part.leader:
            state = "leader"
        elif broker in part.isr:
            state = "in-sync"
        else:
            state = "catching-up" if broker in self._seen else "offline"
        return ReplicaStatistics(
            broker=broker,
            state=state,
            lag=size.lag if size is not None else None,
            size_bytes=size.size_bytes if size is not None else None,
        )

    def _brokers(
        self, cluster: ClusterInfo, partitions: tuple[PartitionStatistics, ...]
    ) -> tuple[BrokerStatistics, ...]:
        """Those that are up, and those that hold replicas but are not listed: they are down."""
        up = {broker.id: broker for broker in cluster.brokers}
        self._seen = {**self._seen, **up}
        replicas: dict[int, list[ReplicaStatistics]] = {}
        for partition in partitions:
            for replica in partition.replicas:
                replicas.setdefault(replica.broker, []).append(replica)
        rows = []
        for id_ in sorted(up.keys() | self._seen.keys() | replicas.keys()):
            known = self._seen.get(id_, BrokerInfo(id=id_, host="", port=0))
            own = replicas.get(id_, [])
            rows.append(
                BrokerStatistics(
                    id=id_,
                    state="running" if id_ in up else "stopped",
                    host=known.host,
                    port=known.port,
                    advertised_host=known.host,
                    advertised_port=known.port,
                    rack=known.rack,
                    is_controller=id_ == cluster.controller,
                    leaders=sum(replica.state == "leader" for replica in own),
                    replicas=len(own),
                    behind=sum(replica.state == "catching-up" for replica in own),
                    disk_bytes=sum(replica.size_bytes or 0 for replica in own),
                )
            )
        return tuple(rows)
