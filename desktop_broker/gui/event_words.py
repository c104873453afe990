"""What happened, in a sentence: each kind of event, in the language of the window.

Counterpart: `common/events.py` names the kinds; lists and plots show the sentences.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop_broker.common.events import Event, EventKind, Severity

_ICONS = {
    EventKind.BROKER_STARTED: "power",
    EventKind.BROKER_STOPPED: "power-off",
    EventKind.BROKER_KILLED: "skull",
    EventKind.BROKER_FAILED: "circle-x",
    EventKind.LOG_RECOVERED: "rotate-ccw",
    EventKind.LOG_DAMAGED: "triangle-alert",
    EventKind.LOG_OFFLINE: "hard-drive",
    EventKind.LEADER_ELECTED: "crown",
    EventKind.CONTROLLER_CHANGED: "crown",
    EventKind.PARTITION_OFFLINE: "circle-x",
    EventKind.ISR_SHRUNK: "triangle-alert",
    EventKind.ISR_EXPANDED: "circle-check",
    EventKind.TOPIC_CREATED: "layers",
    EventKind.TOPIC_DELETED: "trash-2",
    EventKind.PARTITIONS_ADDED: "plus",
    EventKind.CONFIG_CHANGED: "settings",
    EventKind.GROUP_REBALANCED: "users",
    EventKind.GROUP_EMPTIED: "users",
    EventKind.GROUP_DELETED: "users",
    EventKind.MEMBER_TIMED_OUT: "timer",
    EventKind.CONNECTION_REFUSED: "plug",
    EventKind.THREAD_CRASHED: "triangle-alert",
}
_TITLES = {
    EventKind.BROKER_STARTED: QT_TRANSLATE_NOOP("EventWords", "Broker {broker} started"),
    EventKind.BROKER_STOPPED: QT_TRANSLATE_NOOP("EventWords", "Broker {broker} stopped"),
    EventKind.BROKER_KILLED: QT_TRANSLATE_NOOP("EventWords", "Broker {broker} killed"),
    EventKind.BROKER_FAILED: QT_TRANSLATE_NOOP("EventWords", "Broker {broker} failed"),
    EventKind.LOG_RECOVERED: QT_TRANSLATE_NOOP("EventWords", "Broker {broker} checked its files"),
    EventKind.LOG_DAMAGED: QT_TRANSLATE_NOOP("EventWords", "A file of broker {broker} is damaged"),
    EventKind.LOG_OFFLINE: QT_TRANSLATE_NOOP("EventWords", "{partition} is offline on broker {broker}"),
    EventKind.LEADER_ELECTED: QT_TRANSLATE_NOOP("EventWords", "{partition} has a new leader"),
    EventKind.CONTROLLER_CHANGED: QT_TRANSLATE_NOOP("EventWords", "Broker {broker} is the controller now"),
    EventKind.PARTITION_OFFLINE: QT_TRANSLATE_NOOP("EventWords", "{partition} has no leader"),
    EventKind.ISR_SHRUNK: QT_TRANSLATE_NOOP("EventWords", "{partition}: fewer replicas in sync"),
    EventKind.ISR_EXPANDED: QT_TRANSLATE_NOOP("EventWords", "{partition}: more replicas in sync"),
    EventKind.TOPIC_CREATED: QT_TRANSLATE_NOOP("EventWords", "Topic {topic} created"),
    EventKind.TOPIC_DELETED: QT_TRANSLATE_NOOP("EventWords", "Topic {topic} deleted"),
    EventKind.PARTITIONS_ADDED: QT_TRANSLATE_NOOP("EventWords", "Topic {topic} has more partitions"),
    EventKind.CONFIG_CHANGED: QT_TRANSLATE_NOOP("EventWords", "Settings changed"),
    EventKind.GROUP_REBALANCED: QT_TRANSLATE_NOOP("EventWords", "Group {group} shared its partitions anew"),
    EventKind.GROUP_EMPTIED: QT_TRANSLATE_NOOP("EventWords", "Group {group} has no members any more"),
    EventKind.GROUP_DELETED: QT_TRANSLATE_NOOP("EventWords", "Group {group} deleted"),
    EventKind.MEMBER_TIMED_OUT: QT_TRANSLATE_NOOP("EventWords", "A member of group {group} stopped answering"),
    EventKind.CONNECTION_REFUSED: QT_TRANSLATE_NOOP("EventWords", "A connection to broker {broker} was refused"),
    EventKind.THREAD_CRASHED: QT_TRANSLATE_NOOP("EventWords", "Something went wrong inside the engine"),
}
_STATES = {Severity.INFO: "info", Severity.GOOD: "ok", Severity.WARNING: "warn", Severity.ERROR: "err"}


def event_icon(event: Event) -> str:
    """The icon's name."""
    return _ICONS[event.kind]


def event_state(event: Event) -> str:
    """The state whose colour the icon takes."""
    return _STATES[event.severity]


def event_title(event: Event) -> str:
    """One line: what happened."""
    partition = event.topic if event.partition is None else f"{event.topic}-{event.partition}"
    title = QCoreApplication.translate("EventWords", _TITLES[event.kind])
    return title.format(broker=event.broker, topic=event.topic, partition=partition, group=event.group)


def event_facts(event: Event) -> str:
    """A second line: the numbers and names that go with it, as the engine told them."""
    facts = [f"{name.replace('_', ' ')}: {_fact(value)}" for name, value in event.details.items() if _is_short(value)]
    return ", ".join(facts)


def _fact(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "\N{EN DASH}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _is_short(value: object) -> bool:
    return value is not None and "\n" not in str(value) and len(str(value)) < 120
