"""What a Kafka cluster looks like to the window and the command line: plain frozen values, without any client library in them.

Filled by `kafka/connection.py` and `kafka/reader.py`; shown by `gui/` and `cli/`. Offsets are exact int64, times are
milliseconds since 1970 (UTC), sizes are bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from desktop_broker.common.types import TopicPartition
from desktop_broker.kafka.errors import ClusterError

INTERNAL_TOPICS = frozenset({"__consumer_offsets", "__transaction_state", "__share_group_state"})


class TimestampType(IntEnum):
    """Who stamped a record (Kafka's `TimestampType`)."""

    NONE = 0
    CREATE_TIME = 1
    LOG_APPEND_TIME = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerInfo:
    """A broker as clients see it: its advertised address."""

    id: int
    host: str
    port: int
    rack: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterInfo:
    """A cluster: `controller` is None when no broker says who it is."""

    cluster_id: str
    controller: int | None
    brokers: tuple[BrokerInfo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartitionInfo:
    """One partition. `leader` is None when it has none; `leader_epoch` None when the client was not told."""

    index: int
    leader: int | None
    replicas: tuple[int, ...]
    isr: tuple[int, ...]
    leader_epoch: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicInfo:
    """One topic; `topic_id` is Kafka's 22 characters, None where the cluster does not tell it."""

    name: str
    internal: bool
    partitions: tuple[PartitionInfo, ...]
    topic_id: str | None = None

    @property
    def replication_factor(self) -> int:
        """Replicas of its first partition (Kafka allows them to differ); 0 when unknown."""
        return len(self.partitions[0].replicas) if self.partitions else 0


class ConfigSource(StrEnum):
    """Where a config value comes from, most specific first (Kafka's `ConfigEntry.ConfigSource`)."""

    TOPIC = "topic"
    GROUP = "group"
    BROKER = "broker"
    CLUSTER = "cluster"
    STATIC = "static"
    DEFAULT = "default"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigEntry:
    """One config of a topic or broker. `value` is None when it is sensitive or unset."""

    name: str
    value: str | None
    source: ConfigSource
    read_only: bool = False
    sensitive: bool = False

    @property
    def is_default(self) -> bool:
        """Whether nobody set it for this very topic or broker."""
        return self.source not in {ConfigSource.TOPIC, ConfigSource.GROUP, ConfigSource.BROKER}


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberInfo:
    """One member of a group; `instance_id` only for static members (KIP-345)."""

    id: str
    client_id: str
    host: str
    instance_id: str | None
    assignment: tuple[TopicPartition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupInfo:
    """A group. `state` is Kafka's: Stable, Empty, PreparingRebalance, CompletingRebalance, Assigning, Reconciling, Dead or Unknown.

    `kind` is classic, consumer (KIP-848), share or unknown. `error` says in a sentence why it could not be described.
    """

    id: str
    state: str
    kind: str
    assignor: str = ""
    coordinator: int | None = None
    members: tuple[MemberInfo, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOffset:
    """Where a group stands in one partition. `committed` None: never committed there; `earliest`/`latest` None: unknown."""

    topic: str
    partition: int
    committed: int | None
    earliest: int | None
    latest: int | None
    metadata: str = ""

    @property
    def lag(self) -> int | None:
        """Messages still to read; records that are already deleted do not count. None when unknown."""
        if self.committed is None or self.latest is None:
            return None
        return max(0, self.latest - max(self.committed, self.earliest or 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplicaSize:
    """One replica on one broker's disk (DescribeLogDirs). `lag` is in offsets behind the log end or the high watermark."""

    broker: int
    directory: str
    topic: str
    partition: int
    size_bytes: int
    lag: int
    future: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTopicPlan:
    """What to create. -1 means the broker's default; `assignments` (partition -> broker ids) replaces both numbers."""

    name: str
    partitions: int = -1
    replication: int = -1
    configs: Mapping[str, str] = field(default_factory=dict)
    assignments: tuple[tuple[int, ...], ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One record as it was read. Key, value and header values are the raw bytes; None is Kafka's null (value None: a tombstone)."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int | None
    timestamp_type: TimestampType
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...] = ()
    leader_epoch: int | None = None

    @property
    def size_bytes(self) -> int:
        """Bytes of key, value and headers (not of the batch around them)."""
        return (
            len(self.key or b"")
            + len(self.value or b"")
            + sum(len(name) + len(value or b"") for name, value in self.headers)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """One message to send. `partition` None: by key, or spread when there is no key. `timestamp_ms` None: now."""

    key: bytes | None = None
    value: bytes | None = None
    headers: tuple[tuple[str, bytes | None], ...] = ()
    partition: int | None = None
    timestamp_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendResult:
    """What became of one message: `error` None and where it is, or why it was not stored (partition and offset then None).

    `failure` is the same reason in a form that can be translated. `number` counts the messages of one run from 0; `latency_us` is from handing it to the client to the acknowledgement.
    """

    number: int
    partition: int | None
    offset: int | None
    latency_us: int
    timestamp_ms: int | None = None
    error: str | None = None
    failure: ClusterError | None = None
