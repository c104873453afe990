"""From a look at the cluster to the rows of the topics panel."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop_broker.common.statistics import EngineStatistics, PartitionStatistics, Traffic
from desktop_broker.gui.feeds.health import IN_SYNC_STATES
from desktop_broker.gui.feeds.model import GroupSummary, Rates, TopicSummary
from desktop_broker.gui.feeds.rates import SHORTEST_LOOK_S, RateMeter

TREND_LOOKS = 60
ALL_FIGURES = ("messages_in", "bytes_in", "messages_out", "bytes_out")


class TopicRows:
    """Makes a row per topic and remembers rates and trends between looks. Owned by one poller's thread; no lock.

    Args:
        counted: which figures the cluster's counters tell; the others stay None.
    """

    def __init__(self, counted: Sequence[str] = ALL_FIGURES) -> None:
        self._meter = RateMeter(shortest_s=SHORTEST_LOOK_S)
        self._trends: dict[str, deque[float]] = {}
        self._unknown: dict[str, None] = {name: None for name in ALL_FIGURES if name not in counted}

    def rows(self, look: EngineStatistics, groups: Sequence[GroupSummary]) -> tuple[TopicSummary, ...]:
        """One row per topic, by name."""
        partitions: dict[str, list[PartitionStatistics]] = {}
        for partition in look.partitions:
            partitions.setdefault(partition.topic, []).append(partition)
        lags = _lag_by_topic(groups)
        names = {topic.name for topic in look.topics}
        self._meter.keep_only(names)
        for gone in self._trends.keys() - names:
            del self._trends[gone]
        rows = []
        for topic in sorted(look.topics, key=lambda topic: topic.name):
            rates = self._rates(topic.name, look, topic.traffic)
            trend = self._trends.setdefault(topic.name, deque(maxlen=TREND_LOOKS))
            trend.append(rates.messages_in or 0.0)
            rows.append(
                _row(
                    topic.name,
                    topic.internal,
                    partitions.get(topic.name, []),
                    rates,
                    tuple(trend),
                    lags.get(topic.name, []),
                )
            )
        return tuple(rows)

    def _rates(self, name: str, look: EngineStatistics, traffic: Traffic) -> Rates:
        rates = self._meter.rates(name, look.monotonic_s, traffic)
        return replace(rates, **self._unknown) if self._unknown else rates


def _row(
    name: str,
    internal: bool,
    partitions: list[PartitionStatistics],
    rates: Rates,
    trend: tuple[float, ...],
    lags: list[int],
) -> TopicSummary:
    replicas = [replica for partition in partitions for replica in partition.replicas]
    sizes = [replica.size_bytes for replica in replicas if replica.size_bytes is not None]
    stamps = [partition.last_timestamp_ms for partition in partitions if partition.last_timestamp_ms is not None]
    return TopicSummary(
        name=name,
        internal=internal,
        partitions=len(partitions),
        replication_factor=max((len(partition.replicas) for partition in partitions), default=0),
        messages=_messages(partitions),
        size_bytes=sum(sizes) if sizes else None,
        last_record_ms=max(stamps, default=None),
        replicas=len(replicas),
        in_sync=sum(replica.state in IN_SYNC_STATES for replica in replicas),
        offline=sum(partition.leader is None for partition in partitions),
        groups=len(lags),
        lagging_groups=sum(lag > 0 for lag in lags),
        lag=sum(lags),
        rates=rates,
        trend=trend,
        partition_details=tuple(sorted(partitions, key=lambda partition: partition.partition)),
    )


def _messages(partitions: list[PartitionStatistics]) -> int | None:
    known = [
        partition.high_watermark - partition.log_start_offset
        for partition in partitions
        if partition.high_watermark is not None and partition.log_start_offset is not None
    ]
    return sum(known) if known or not partitions else None


def _lag_by_topic(groups: Sequence[GroupSummary]) -> Mapping[str, list[int]]:
    """Per topic the lag of each group that reads it."""
    lags: dict[str, list[int]] = {}
    for group in groups:
        own: dict[str, int] = {}
        for offset in group.offsets:
            own[offset.topic] = own.get(offset.topic, 0) + (offset.lag or 0)
        for topic, lag in own.items():
            lags.setdefault(topic, []).append(lag)
    return lags
