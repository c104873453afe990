"""What the controller is asked for and what it answers, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from uuid import UUID

from desktop_broker.cluster.image import ResourceType
from desktop_broker.common.errors import KafkaError
from desktop_broker.common.types import ZERO_UUID, Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTopic:
    """A topic to make. -1: the cluster's default. `assignments`: replicas by partition, instead of numbers."""

    name: str
    partitions: int = -1
    replication: int = -1
    assignments: Mapping[int, Sequence[int]] | None = None
    configs: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPartitions:
    """A topic to grow to `count` partitions. `assignments`: replicas of each new one, in order."""

    topic: str
    count: int
    assignments: Sequence[Sequence[int]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicResult:
    """What became of one topic; `error` is None when all went well."""

    name: str
    id: UUID | None = None
    error: KafkaError | None = None
    partitions: int = -1
    replication: int = -1
    configs: Mapping[str, str] = field(default_factory=dict)


class ConfigOp(IntEnum):
    """As IncrementalAlterConfigs numbers them (`AlterConfigOp.OpType`)."""

    SET = 0
    DELETE = 1
    APPEND = 2
    SUBTRACT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigOperation:
    """One change of one key; APPEND and SUBTRACT are for lists."""

    key: str
    op: ConfigOp
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigChange:
    """Changes to the configs of one topic or broker (`name` empty: all brokers)."""

    resource_type: ResourceType
    name: str
    operations: Sequence[ConfigOperation]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigReplacement:
    """All configs of one topic or broker, instead of those that it has (AlterConfigs)."""

    resource_type: ResourceType
    name: str
    values: Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerRegistration:
    """A broker that comes up: where clients reach it, and which life this is."""

    id: int
    endpoint: Endpoint
    incarnation: UUID
    rack: str | None = None
    directory: UUID = ZERO_UUID
