"""What the feeds tell the panels: plain frozen values, without Qt, texts or colours (panels make those, so they can be translated).

Counterpart: `feeds/topics.py`, `feeds/groups.py` and `feeds/health.py` build them on worker threads; panels show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_broker.common.statistics import BrokerStatistics, PartitionStatistics
from desktop_broker.kafka.model import GroupOffset, MemberInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Per second, over the time between the last two looks. `in` is produced, `out` consumed; None where it cannot be known."""

    messages_in: float | None = None
    bytes_in: float | None = None
    messages_out: float | None = None
    bytes_out: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSummary:
    """One row of the topics panel.

    Args:
        messages: offsets between log start and high watermark over all partitions (compaction may have removed some).
        size_bytes: on disk, all replicas together; None when not known.
        last_record_ms: newest timestamp; None when empty or not known.
        replicas, in_sync: replicas of all partitions, and how many of them are in sync.
        offline: partitions without a leader.
        lagging_groups: groups with lag on it; `lag` their lag together.
        trend: messages in per second, oldest first, at most 60 looks; for a sparkline.
        partition_details: every partition, as the panel's detail shows it.
    """

    name: str
    internal: bool
    partitions: int
    replication_factor: int
    messages: int | None
    size_bytes: int | None
    last_record_ms: int | None
    replicas: int
    in_sync: int
    offline: int
    groups: int
    lagging_groups: int
    lag: int
    rates: Rates
    trend: tuple[float, ...]
    partition_details: tuple[PartitionStatistics, ...]


class LagTrend(StrEnum):
    """Where a group's lag is going, over the last looks."""

    NONE = "none"  # no lag
    SHRINKING = "shrinking"
    STEADY = "steady"
    GROWING = "growing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSummary:
    """One row of the consumers panel; `lag` None when no partition's lag is known. `committed_rate` is offsets committed per second.

    `lag_history` and `committed_history` are (time ms, value) over all partitions, oldest first, at most 600 looks.
    """

    id: str
    state: str
    kind: str
    assignor: str
    coordinator: int | None
    members: tuple[MemberInfo, ...]
    topics: tuple[str, ...]
    offsets: tuple[GroupOffset, ...]
    lag: int | None
    trend: LagTrend
    committed_rate: float | None
    lag_history: tuple[tuple[int, int], ...]
    committed_history: tuple[tuple[int, int], ...]
    error: str | None = None


class HealthKind(StrEnum):
    """The worst that is the case."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The numbers of the health sentence.

    Args:
        brokers, brokers_up: how many there are, and how many run. On an external cluster only live ones are known.
        partitions: of all topics, internal ones too.
        under_replicated: partitions with fewer replicas in sync than they have.
        offline: partitions without a leader.
        replication_factor: the highest of any partition.
        stopped: ids of brokers that do not run.
    """

    kind: HealthKind = HealthKind.UNKNOWN
    brokers: int = 0
    brokers_up: int = 0
    partitions: int = 0
    under_replicated: int = 0
    offline: int = 0
    replication_factor: int = 0
    stopped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterView:
    """A whole look at the cluster, embedded or not, from which panels draw. External ones lack traffic counts.

    `broker_rates` has in and out per broker id (embedded only).
    """

    time_ms: int
    cluster_id: str
    brokers: tuple[BrokerStatistics, ...]
    broker_rates: dict[int, Rates]
    partitions: tuple[PartitionStatistics, ...]
    topics: tuple[TopicSummary, ...]
    health: Health
    totals: Rates
