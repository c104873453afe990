"""What to read of a topic and how: the question a scan answers, and what it says while it runs.

Counterpart: `kafka/reader.py` runs it; `gui/` and `cli/` build it and show the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_broker.kafka.model import Message


@dataclass(frozen=True, slots=True)
class FromOldest:
    """Everything from the log start offset to the end at the time of asking."""


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest `count` messages over all partitions, by time; with `before` (partition -> offset) the newest below those offsets.

    Filters choose among these messages; they do not make the scan go further back (its `resume` does).
    """

    count: int
    before: Mapping[int, int] | None = None


@dataclass(frozen=True, slots=True)
class AtOffset:
    """From this offset in each chosen partition (clamped to what exists)."""

    offset: int


@dataclass(frozen=True, slots=True)
class AtTime:
    """From the first message whose timestamp is at or after this moment (ms since 1970)."""

    timestamp_ms: int


@dataclass(frozen=True, slots=True)
class FromOffsets:
    """From these offsets (partition -> offset); partitions not named are not read. `until` (exclusive) keeps an earlier end."""

    offsets: Mapping[int, int]
    until: Mapping[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """What comes from now on, until cancelled."""


ScanStart = FromOldest | Newest | AtOffset | AtTime | FromOffsets | Live


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRequest:
    """One question.

    Args:
        partitions: None for all.
        limit: stop after so many matches; None for no limit.
        text: keep messages with this in key, value, or a header's name or value, whatever the case.
        key: keep messages with exactly this key.
        key_partition_only: with `key`, read only the partition where Kafka's partitioner puts it.
        committed_only: hide messages of open and aborted transactions (Kafka's `read_committed`).
    """

    topic: str
    start: ScanStart = field(default_factory=FromOldest)
    partitions: tuple[int, ...] | None = None
    limit: int | None = None
    text: str = ""
    key: bytes | None = None
    key_partition_only: bool = True
    committed_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanProgress:
    """How far a scan is.

    Args:
        scanned: offsets passed so far; reaches `total` when all was read (compaction leaves gaps, so this can exceed `records`).
        total: offsets between start and end over all partitions; None when live.
        records: messages looked at.
        matches: messages that passed the filters and were handed on.
        rate: messages looked at per second, over the whole scan.
        elapsed_s: since the start.
        finished: no more batches come.
        complete: finished, and everything asked for was read.
        cancelled: finished because it was told to.
        positions: partition -> the next offset it would read.
        resume: a request that goes on where this one stopped; None when there is nothing more to read.
        error: why it ended early (a ClusterError); None otherwise.
    """

    scanned: int = 0
    total: int | None = None
    records: int = 0
    matches: int = 0
    rate: float = 0.0
    elapsed_s: float = 0.0
    finished: bool = False
    complete: bool = False
    cancelled: bool = False
    positions: Mapping[int, int] = field(default_factory=dict)
    resume: ScanRequest | None = None
    error: Exception | None = None


MessageBatch = list[Message]
