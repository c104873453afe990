"""From the groups of a cluster to the rows of the consumers panel, with lag and commits over time.

Counterpart: `kafka/groups.py` asks the cluster.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from desktop_broker.common.types import TopicPartition
from desktop_broker.gui.feeds.model import GroupSummary, LagTrend
from desktop_broker.kafka.connection import ClusterConnection
from desktop_broker.kafka.errors import ClusterError
from desktop_broker.kafka.groups import with_bounds
from desktop_broker.kafka.model import GroupInfo, GroupOffset

HISTORY_LOOKS = 600
_TREND_LOOKS = 10
_STEADY_SHARE = 0.05

Bounds = Mapping[TopicPartition, tuple[int | None, int | None]]
FindBounds = Callable[[Iterable[TopicPartition]], Bounds]


@dataclass(slots=True)
class _Memory:
    """What is remembered of one group between looks: (time ms, value)."""

    lags: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=HISTORY_LOOKS))
    committed: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=HISTORY_LOOKS))


class GroupRows:
    """Asks for all groups and makes a row of each. Owned by one poller's thread; no lock."""

    def __init__(self, now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000) -> None:
        self._memories: dict[str, _Memory] = {}
        self._now_ms = now_ms

    def look(
        self, connection: ClusterConnection, bounds: FindBounds, stopped: Callable[[], bool]
    ) -> tuple[GroupSummary, ...]:
        """One row per group, by id. One request per group; ends early, with what it has, when told to stop.

        Raises:
            ClusterError: the groups cannot be listed.
        """
        groups = connection.groups()
        committed: dict[str, dict[TopicPartition, tuple[int, str]]] = {}
        for group in groups:
            if stopped():
                return ()
            try:
                committed[group.id] = connection.committed(group.id)
            except ClusterError:
                committed[group.id] = {}  # a share group, or one whose coordinator is moving: the row says its state
        wanted = {tp for offsets in committed.values() for tp in offsets}
        wanted.update(tp for group in groups for member in group.members for tp in member.assignment)
        ends = bounds(sorted(wanted)) if wanted else {}
        return self.rows([(group, committed[group.id]) for group in groups], ends)

    def rows(
        self, groups: list[tuple[GroupInfo, dict[TopicPartition, tuple[int, str]]]], bounds: Bounds
    ) -> tuple[GroupSummary, ...]:
        """One row per group from what is known of them now."""
        for gone in self._memories.keys() - {group.id for group, _ in groups}:
            del self._memories[gone]
        now_ms = self._now_ms()
        return tuple(self._row(now_ms, group, committed, bounds) for group, committed in groups)

    def _row(
        self, now_ms: int, group: GroupInfo, committed: dict[TopicPartition, tuple[int, str]], bounds: Bounds
    ) -> GroupSummary:
        assigned = {tp for member in group.members for tp in member.assignment}
        offsets = tuple(
            with_bounds(tp, committed.get(tp), bounds.get(tp)) for tp in sorted(committed.keys() | assigned)
        )
        lag = total_lag(offsets)
        memory = self._memories.setdefault(group.id, _Memory())
        if lag is not None:
            memory.lags.append((now_ms, lag))
        memory.committed.append((now_ms, sum(offset.committed or 0 for offset in offsets)))
        return GroupSummary(
            id=group.id,
            state=group.state,
            kind=group.kind,
            assignor=group.assignor,
            coordinator=group.coordinator,
            members=group.members,
            topics=tuple(sorted({offset.topic for offset in offsets})),
            offsets=offsets,
            lag=lag,
            trend=trend_of([value for _, value in memory.lags]),
            committed_rate=_rate(list(memory.committed)[-2:]),
            lag_history=tuple(memory.lags),
            committed_history=tuple(memory.committed),
            error=group.error,
        )


def total_lag(offsets: Iterable[GroupOffset]) -> int | None:
    """Over all partitions; None when not one is known."""
    known = [offset.lag for offset in offsets if offset.lag is not None]
    return sum(known) if known else None


def trend_of(lags: list[int]) -> LagTrend:
    """Where a lag is going, from its values at the last looks, oldest first. Within a twentieth counts as steady."""
    if not lags:
        return LagTrend.UNKNOWN
    if lags[-1] == 0:
        return LagTrend.NONE
    if len(lags) < 3:
        return LagTrend.UNKNOWN
    before, now = lags[-_TREND_LOOKS:][0], lags[-1]
    if abs(now - before) <= _STEADY_SHARE * max(before, now):
        return LagTrend.STEADY
    return LagTrend.GROWING if now > before else LagTrend.SHRINKING


def _rate(points: list[tuple[int, int]]) -> float | None:
    if len(points) < 2 or points[1][0] <= points[0][0]:
        return None
    return max(0.0, (points[1][1] - points[0][1]) * 1000 / (points[1][0] - points[0][0]))
