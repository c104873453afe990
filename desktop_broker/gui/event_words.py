"""What happened, in a sentence: each kind of event, one or many of them, in the language of the window.

Counterpart: `common/events.py` names the kinds; `event_groups.py` puts together what belongs together; lists and plots show it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from desktop_broker.common.events import Event, EventKind, Severity
from desktop_broker.gui.event_groups import EventGroup
from desktop_broker.gui.i18n import format_bytes
from desktop_broker.gui.widgets.badge import State

_STATES: dict[Severity, State] = {
    Severity.INFO: "info",
    Severity.GOOD: "ok",
    Severity.WARNING: "warn",
    Severity.ERROR: "err",
}
_NAMES_SHOWN = 3
_LONGEST = 160


def event_state(group: EventGroup) -> State:
    """The state whose colour its flag takes."""
    return _STATES[group.severity]


def event_title(group: EventGroup) -> str:
    """One line: what happened."""
    return EventWords().title(group)


def event_facts(group: EventGroup) -> str:
    """A second line: the numbers and names that go with it; may be empty."""
    return EventWords().facts(group)[:_LONGEST]


class EventWords(QObject):
    """The sentences; an object only because Qt finds plurals by the class whose `tr` is called."""

    def title(self, group: EventGroup) -> str:
        """What happened, to one or to many."""
        count = len(_subjects(group))
        return self._of_many(group.kind, count) if count > 1 else self._of_one(group.newest)

    def _of_one(self, event: Event) -> str:
        partition = event.topic if event.partition is None else f"{event.topic}-{event.partition}"
        return self._sentence(event).format(
            broker=event.broker, topic=event.topic, partition=partition, group=event.group
        )

    def _sentence(self, event: Event) -> str:
        match event.kind:
            case EventKind.BROKER_STARTED:
                return self.tr("Broker {broker} started")
            case EventKind.BROKER_STOPPED:
                return self.tr("Broker {broker} stopped")
            case EventKind.BROKER_KILLED:
                return self.tr("Broker {broker} killed")
            case EventKind.BROKER_FAILED:
                return self.tr("Broker {broker} failed")
            case EventKind.LOG_RECOVERED:
                return self.tr("Broker {broker} checked its files")
            case EventKind.LOG_DAMAGED:
                return self.tr("A file of broker {broker} is damaged")
            case EventKind.LOG_OFFLINE:
                return self.tr("{partition} is offline on broker {broker}")
            case EventKind.LEADER_ELECTED:
                return self.tr("{partition} has a new leader")
            case EventKind.CONTROLLER_CHANGED:
                return self.tr("Broker {broker} is the controller now")
            case EventKind.PARTITION_OFFLINE:
                return self.tr("{partition} has no leader")
            case EventKind.ISR_SHRUNK:
                return self.tr("{partition}: fewer in sync")
            case EventKind.ISR_EXPANDED:
                return self.tr("{partition}: more in sync")
            case EventKind.TOPIC_CREATED:
                return self.tr("Topic {topic} created")
            case EventKind.TOPIC_DELETED:
                return self.tr("Topic {topic} deleted")
            case EventKind.PARTITIONS_ADDED:
                return self.tr("Topic {topic} has more partitions")
            case EventKind.CONFIG_CHANGED if event.topic:
                return self.tr("Settings of topic {topic} changed")
            case EventKind.CONFIG_CHANGED if event.broker is not None:
                return self.tr("Settings of broker {broker} changed")
            case EventKind.CONFIG_CHANGED:
                return self.tr("Settings of all brokers changed")
            case EventKind.GROUP_REBALANCED:
                return self.tr("Group {group} shared its partitions anew")
            case EventKind.GROUP_EMPTIED:
                return self.tr("Group {group} has no members any more")
            case EventKind.GROUP_DELETED:
                return self.tr("Group {group} deleted")
            case EventKind.MEMBER_TIMED_OUT:
                return self.tr("A member of group {group} stopped answering")
            case EventKind.CONNECTION_REFUSED:
                return self.tr("A connection to broker {broker} was refused")
            case EventKind.THREAD_CRASHED:
                return self.tr("Something went wrong inside the engine")

    def _of_many(self, kind: EventKind, count: int) -> str:
        match kind:
            case EventKind.BROKER_STARTED:
                return self.tr("%n broker(s) started", "", count)
            case EventKind.BROKER_STOPPED:
                return self.tr("%n broker(s) stopped", "", count)
            case EventKind.BROKER_KILLED:
                return self.tr("%n broker(s) killed", "", count)
            case EventKind.BROKER_FAILED:
                return self.tr("%n broker(s) failed", "", count)
            case EventKind.LOG_RECOVERED:
                return self.tr("%n broker(s) checked their files", "", count)
            case EventKind.LOG_DAMAGED:
                return self.tr("%n file(s) damaged", "", count)
            case EventKind.LOG_OFFLINE:
                return self.tr("%n replica(s) offline", "", count)
            case EventKind.LEADER_ELECTED:
                return self.tr("%n partition(s): new leader", "", count)
            case EventKind.PARTITION_OFFLINE:
                return self.tr("%n partition(s): no leader", "", count)
            case EventKind.ISR_SHRUNK:
                return self.tr("%n partition(s): fewer in sync", "", count)
            case EventKind.ISR_EXPANDED:
                return self.tr("%n partition(s): more in sync", "", count)
            case EventKind.TOPIC_CREATED:
                return self.tr("%n topic(s) created", "", count)
            case EventKind.TOPIC_DELETED:
                return self.tr("%n topic(s) deleted", "", count)
            case EventKind.PARTITIONS_ADDED:
                return self.tr("%n topic(s): more partitions", "", count)
            case EventKind.CONNECTION_REFUSED:
                return self.tr("%n connection(s) refused", "", count)
            case _:
                return self.tr("%n event(s)", "", count)

    def facts(self, group: EventGroup) -> str:
        """Names when there are many; else what is special about the one."""
        if len(_subjects(group)) > 1:
            names = list(dict.fromkeys(event.topic or _subject(event) for event in group.events))
            shown, left = ", ".join(names[:_NAMES_SHOWN]), len(names) - _NAMES_SHOWN
            return self.tr("{names} and {n} more").format(names=shown, n=f"{left:,}") if left > 0 else shown
        return self._facts_of_one(group.newest)

    def _facts_of_one(self, event: Event) -> str:
        about = event.details
        match event.kind:
            case EventKind.LEADER_ELECTED if about.get("unclean"):
                return self.tr("Broker {n} was not in sync: messages may be lost").format(n=event.broker)
            case EventKind.LEADER_ELECTED:
                return self.tr("Broker {n} leads it now").format(n=event.broker)
            case EventKind.ISR_SHRUNK | EventKind.ISR_EXPANDED:
                return self.tr("In sync: {brokers}").format(brokers=_listed(about.get("isr")))
            case EventKind.TOPIC_CREATED | EventKind.PARTITIONS_ADDED:
                return self.tr("%n partition(s)", "", _whole(about.get("partitions")))
            case EventKind.GROUP_REBALANCED:
                return self.tr("%n member(s)", "", _whole(about.get("members")))
            case EventKind.LOG_RECOVERED:
                logs = self.tr("%n partition(s)", "", _whole(about.get("logs")))
                return f"{logs}, {format_bytes(_whole(about.get('checked_bytes')))}"
            case EventKind.CONFIG_CHANGED:
                return _listed(about.get("changes"))
            case EventKind.MEMBER_TIMED_OUT:
                return self.tr("{client} at {host}").format(
                    client=about.get("client", ""), host=str(about.get("host", "")).lstrip("/")
                )
            case EventKind.CONNECTION_REFUSED:
                return f"{about.get('address', '')}: {about.get('reason', '')}"
            case EventKind.LOG_DAMAGED | EventKind.LOG_OFFLINE | EventKind.BROKER_FAILED:
                return str(about.get("reason") or about.get("error") or "")
            case EventKind.THREAD_CRASHED:
                return str(about.get("thread", ""))
            case _:
                return ""


def _subjects(group: EventGroup) -> list[str]:
    """Whom the events are about, each once, in the order they came."""
    return list(dict.fromkeys(_subject(event) for event in group.events))


def _subject(event: Event) -> str:
    match event.kind:
        case EventKind.CONTROLLER_CHANGED | EventKind.CONFIG_CHANGED | EventKind.THREAD_CRASHED:
            return ""
        case EventKind.LOG_DAMAGED:
            return str(event.details.get("file") or f"{event.topic}-{event.partition}")
        case EventKind.CONNECTION_REFUSED:
            return str(event.details.get("address", ""))
        case _ if event.group is not None:
            return event.group
        case _ if event.topic is not None and event.partition is not None:
            return f"{event.topic}-{event.partition}"
        case _:
            return event.topic or str(event.broker)


def _listed(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value)) or "\N{EN DASH}"
    return str(value or "\N{EN DASH}")


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
