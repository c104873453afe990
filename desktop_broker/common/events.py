"""What happened in the cluster and why: one log of events in memory, that the window, the command line and tests follow.

Counterpart: `control/server.py` sends them on; `gui/` shows them.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from desktop_broker.common.clock import Clock


class EventKind(StrEnum):
    """What an event is about. The window has one sentence for each, in both languages."""

    BROKER_STARTED = "broker-started"
    BROKER_STOPPED = "broker-stopped"
    BROKER_KILLED = "broker-killed"
    BROKER_FAILED = "broker-failed"
    LOG_RECOVERED = "log-recovered"
    LOG_DAMAGED = "log-damaged"
    LOG_OFFLINE = "log-offline"
    LEADER_ELECTED = "leader-elected"
    PARTITION_OFFLINE = "partition-offline"
    ISR_SHRUNK = "isr-shrunk"
    ISR_EXPANDED = "isr-expanded"
    CONTROLLER_CHANGED = "controller-changed"
    TOPIC_CREATED = "topic-created"
    TOPIC_DELETED = "topic-deleted"
    PARTITIONS_ADDED = "partitions-added"
    CONFIG_CHANGED = "config-changed"
    GROUP_REBALANCED = "group-rebalanced"
    GROUP_EMPTIED = "group-emptied"
    GROUP_DELETED = "group-deleted"
    MEMBER_TIMED_OUT = "member-timed-out"
    CONNECTION_REFUSED = "connection-refused"
    THREAD_CRASHED = "thread-crashed"


class Severity(StrEnum):
    """How much an event should worry someone."""

    INFO = "info"
    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened.

    `details` holds the numbers and names of the sentence (strings, ints, floats, lists of them), by names that the
    kind fixes, e.g. ISR_SHRUNK: isr (list of broker ids), left (list), reason.
    """

    sequence: int
    time_ms: int
    kind: EventKind
    severity: Severity
    broker: int | None = None
    topic: str | None = None
    partition: int | None = None
    group: str | None = None
    details: dict[str, object] = field(default_factory=dict)


class EventLog:
    """The newest events, and a way to wait for more. Safe from any thread; nothing is called back under its lock."""

    def __init__(self, clock: Clock, capacity: int = 2_000) -> None:
        self._clock = clock
        self._condition = threading.Condition()
        self._events: deque[Event] = deque(maxlen=capacity)
        self._next = 1
        self._closed = False

    def publish(
        self,
        kind: EventKind,
        severity: Severity = Severity.INFO,
        *,
        broker: int | None = None,
        topic: str | None = None,
        partition: int | None = None,
        group: str | None = None,
        **details: object,
    ) -> None:
        """Add an event, stamped now."""
        with self._condition:
            self._events.append(
                Event(
                    sequence=self._next,
                    time_ms=self._clock.now_ms(),
                    kind=kind,
                    severity=severity,
                    broker=broker,
                    topic=topic,
                    partition=partition,
                    group=group,
                    details=details,
                )
            )
            self._next += 1
            self._condition.notify_all()

    def after(self, sequence: int) -> list[Event]:
        """The kept events with a higher sequence number, oldest first."""
        with self._condition:
            return [event for event in self._events if event.sequence > sequence]

    def wait_after(self, sequence: int, seconds: float) -> list[Event]:
        """Like `after`, but wait (real time) up to so long for at least one; empty when none came or the log closed."""
        with self._condition:
            self._condition.wait_for(lambda: self._next - 1 > sequence or self._closed, seconds)
            return [event for event in self._events if event.sequence > sequence]

    def close(self) -> None:
        """Wake everyone who waits. What is kept stays readable."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()


def crash_reporter(events: EventLog, broker: int | None = None) -> Callable[[str, BaseException], None]:
    """An `on_crash` for `start_thread` and `Scheduler` that makes an event of it."""
    import traceback

    def report(thread: str, error: BaseException) -> None:
        text = "".join(traceback.format_exception(error))
        events.publish(EventKind.THREAD_CRASHED, Severity.ERROR, broker=broker, thread=thread, error=text)

    return report
