"""One look at the cluster, worked out for the panels off the Qt thread: rates, rows, health.

Counterpart: `feeds/feeds.py` runs it on a poller and hands the result to the panels.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from desktop_broker.common.statistics import EngineStatistics, Traffic
from desktop_broker.gui.feeds.health import health_of
from desktop_broker.gui.feeds.model import ClusterView, GroupSummary, Rates
from desktop_broker.gui.feeds.rates import SHORTEST_LOOK_S, RateMeter
from desktop_broker.gui.feeds.topics import ALL_FIGURES, TopicRows


class ClusterLook:
    """Remembers the looks before. Owned by one poller's thread; no lock.

    Args:
        statistics: asks the cluster.
        counted: which figures of its traffic are known.
    """

    def __init__(self, statistics: Callable[[], EngineStatistics], counted: Sequence[str] = ALL_FIGURES) -> None:
        self._statistics = statistics
        self._rows = TopicRows(counted)
        self._totals = RateMeter(shortest_s=SHORTEST_LOOK_S)
        self._brokers = RateMeter(shortest_s=SHORTEST_LOOK_S)
        self._unknown: dict[str, None] = {name: None for name in ALL_FIGURES if name not in counted}

    def look(self, groups: Sequence[GroupSummary]) -> tuple[EngineStatistics, ClusterView]:
        """The cluster now. Errors of asking pass through."""
        found = self._statistics()
        view = ClusterView(
            time_ms=found.time_ms,
            cluster_id=found.cluster_id,
            brokers=found.brokers,
            broker_rates={
                broker.id: self._known(self._brokers, broker.id, found.monotonic_s, broker.traffic)
                for broker in found.brokers
            },
            partitions=found.partitions,
            topics=self._rows.rows(found, groups),
            health=health_of(found),
            totals=self._known(self._totals, "", found.monotonic_s, found.traffic),
        )
        return found, view

    def _known(self, meter: RateMeter, key: Hashable, monotonic_s: float, traffic: Traffic) -> Rates:
        rates = meter.rates(key, monotonic_s, traffic)
        return replace(rates, **self._unknown) if self._unknown else rates
