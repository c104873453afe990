"""What a state machine asks for: answers, appends and events. It decides; the shard around it acts.

Counterpart: Kafka's `CoordinatorResult` (records to append, and what to do once that has happened).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from desktop_broker.common.errors import KafkaError
from desktop_broker.common.events import EventKind, Severity
from desktop_broker.coordinator.log import Record

T = TypeVar("T")


class Moment(NamedTuple):
    """Now, on both clocks: `seconds` for deadlines, `ms` (since 1970) for what is written down."""

    seconds: float
    ms: int


class Client(NamedTuple):
    """Who sent a request: the client id from its header, and its address as Kafka writes it (`/127.0.0.1`)."""

    id: str
    host: str


class Reply(Generic[T]):
    """A place for one answer. The first one counts. Guarded by the lock of the shard that it belongs to."""

    __slots__ = ("notify", "value")

    def __init__(self) -> None:
        self.value: T | None = None
        self.notify: Callable[[], None] | None = None

    def answer(self, value: T) -> None:
        """Give the answer and wake whoever waits for it."""
        if self.value is None:
            self.value = value
            if self.notify is not None:
                self.notify()


class Write:
    """Records that belong together in one append, and what happens to the state afterwards.

    `done(error, now)` runs under the shard's lock, in the order of the log; error is None when the records are committed.
    """

    __slots__ = ("_done", "records", "settled")

    def __init__(
        self, records: Sequence[Record], done: Callable[[KafkaError | None, Moment], None] | None = None
    ) -> None:
        self.records = records
        self._done = done
        self.settled = False

    def settle(self, error: KafkaError | None, now: Moment) -> None:
        """Run what was to happen afterwards."""
        self.settled = True
        if self._done is not None:
            self._done(error, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEvent:
    """Something to tell people, once the lock is released."""

    kind: EventKind
    group: str
    severity: Severity = Severity.INFO
    details: dict[str, object] = field(default_factory=dict)


class Effects:
    """Where machines put what they want done. Owned by one shard and guarded by its lock."""

    __slots__ = ("events", "touched", "writes")

    def __init__(self) -> None:
        self.writes: list[Write] = []
        self.events: list[GroupEvent] = []
        self.touched: set[str] = set()
        """Ids of groups whose next deadline may have come nearer."""

    def take_writes(self) -> list[Write]:
        """The writes gathered so far, in order; none is kept."""
        taken, self.writes = self.writes, []
        return taken

    def take_events(self) -> list[GroupEvent]:
        """The events gathered so far, in order; none is kept."""
        taken, self.events = self.events, []
        return taken

    def take_touched(self) -> set[str]:
        """The groups touched so far; none is kept."""
        taken, self.touched = self.touched, set()
        return taken
