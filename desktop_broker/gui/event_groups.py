"""Events that belong together as one: a broker that stops moves forty leaders, and that is one thing that happened.

Counterpart: `feeds/feeds.py` brings the events; the lists and plots of Overview and Throughput show the groups under the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from desktop_broker.common.events import Event, EventKind, Severity
from desktop_broker.gui.feeds.feeds import Feeds

KEPT = 500
_TOGETHER_MS = 3_000
_LONGEST_MS = 30_000
_WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.GOOD, Severity.INFO)
_BY_CONSUMER_GROUP = frozenset(
    {EventKind.GROUP_REBALANCED, EventKind.GROUP_EMPTIED, EventKind.GROUP_DELETED, EventKind.MEMBER_TIMED_OUT}
)
_LIVES = frozenset(
    {EventKind.BROKER_STARTED, EventKind.BROKER_STOPPED, EventKind.BROKER_KILLED, EventKind.BROKER_FAILED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventGroup:
    """Events of one kind, oldest first, at least one. `number` counts up from 1 and never changes."""

    number: int
    events: tuple[Event, ...]

    @property
    def kind(self) -> EventKind:
        return self.events[0].kind

    @property
    def time_ms(self) -> int:
        """When the first of them happened."""
        return self.events[0].time_ms

    @property
    def newest(self) -> Event:
        return self.events[-1]

    @property
    def severity(self) -> Severity:
        """The worst of them."""
        return min((event.severity for event in self.events), key=_WORST_FIRST.index)


class EventGroups(QObject):
    """The groups of one cluster's events. Lives on the Qt thread, as a child of the feeds that it follows.

    Signal: `changed()`, after events were added.
    """

    changed = Signal()

    def __init__(self, feeds: Feeds) -> None:
        super().__init__(feeds)
        self._groups: list[EventGroup] = []
        self._open: dict[tuple[object, ...], int] = {}  # what the events share -> number of the newest such group
        self._next = 1
        self.add(feeds.events)
        feeds.events_added.connect(self.add)

    @staticmethod
    def of(feeds: Feeds) -> EventGroups:
        """The groups of these feeds: the same for every panel, so that numbers agree."""
        found = feeds.findChild(EventGroups)
        return found if isinstance(found, EventGroups) else EventGroups(feeds)

    def add(self, events: Iterable[Event]) -> None:
        """Newer events, oldest first."""
        for event in events:
            self._add(event)
        del self._groups[:-KEPT]
        self.changed.emit()

    def newest(self, count: int) -> list[EventGroup]:
        """The last groups, newest first."""
        return self._groups[: -count - 1 : -1]

    def between(self, start_ms: int, end_ms: int) -> list[EventGroup]:
        """The groups that began in a span of time, oldest first."""
        return [group for group in self._groups if start_ms <= group.time_ms <= end_ms]

    def _add(self, event: Event) -> None:
        key = _key(event)
        place = self._place(self._open.get(key, 0))
        if place is not None and _joins(self._groups[place], event):
            group = self._groups[place]
            self._groups[place] = replace(group, events=(*group.events, event))
            return
        self._groups.append(EventGroup(number=self._next, events=(event,)))
        self._open[key] = self._next
        self._next += 1

    def _place(self, number: int) -> int | None:
        place = number - self._next + len(self._groups)  # numbers are without gaps, and the newest is the last
        return place if number and place >= 0 else None


def _key(event: Event) -> tuple[object, ...]:
    if event.kind in _BY_CONSUMER_GROUP:
        return event.kind, event.group
    if event.kind is EventKind.CONFIG_CHANGED:
        return event.kind, event.topic, event.broker
    return (event.kind,)


def _joins(group: EventGroup, event: Event) -> bool:
    if event.kind in _LIVES and any(other.broker == event.broker for other in group.events):
        return False  # a broker that starts once more, after whatever happened in between
    return 0 <= event.time_ms - group.newest.time_ms <= _TOGETHER_MS and event.time_ms - group.time_ms <= _LONGEST_MS
