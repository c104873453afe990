"""Frozen snapshots of a running cluster, as the engine publishes them once a second.

Built by `broker/engine.py`, carried by `control/`, shown by `gui/`. Counters only ever grow while a broker's process lives;
whoever wants a rate takes the difference of two snapshots.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """Cumulative counts since the engine started. `in` is produced by clients (not replication), `out` is consumed."""

    messages_in: int = 0
    bytes_in: int = 0
    messages_out: int = 0
    bytes_out: int = 0

    def __add__(self, other: Traffic) -> Traffic:
        return Traffic(
            messages_in=self.messages_in + other.messages_in,
            bytes_in=self.bytes_in + other.bytes_in,
            messages_out=self.messages_out + other.messages_out,
            bytes_out=self.bytes_out + other.bytes_out,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerStatistics:
    """One broker. `state` is starting, running, stopping, stopped or failed (`error` says why in a sentence)."""

    id: int
    state: str
    host: str
    port: int
    advertised_host: str
    advertised_port: int
    rack: str | None
    is_controller: bool = False
    leaders: int = 0
    replicas: int = 0
    behind: int = 0
    disk_bytes: int = 0
    connections: int = 0
    traffic: Traffic = field(default_factory=Traffic)
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplicaStatistics:
    """One replica of a partition. `lag` is in messages behind the leader's log end; None when unknown (offline)."""

    broker: int
    state: str  # leader, in-sync, catching-up, offline
    log_end_offset: int | None = None
    lag: int | None = None
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartitionStatistics:
    """One partition as its leader (or, without one, the metadata) sees it."""

    topic: str
    partition: int
    leader: int | None
    leader_epoch: int
    log_start_offset: int | None
    high_watermark: int | None
    log_end_offset: int | None
    last_timestamp_ms: int | None
    replicas: tuple[ReplicaStatistics, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicStatistics:
    """One topic's traffic over all its partitions."""

    name: str
    internal: bool
    traffic: Traffic


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStatistics:
    """The whole cluster at one moment. `monotonic_s` is the engine's own clock: rates divide by its differences."""

    time_ms: int
    monotonic_s: float
    cluster_id: str
    brokers: tuple[BrokerStatistics, ...]
    topics: tuple[TopicStatistics, ...]
    partitions: tuple[PartitionStatistics, ...]
    traffic: Traffic
