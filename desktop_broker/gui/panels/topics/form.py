"""What the form for a new topic holds, checked in the user's words. No Qt widgets here: `create_dialog.py` shows it.

The rules for names are Kafka's (`Topic.validate`, `Topic.hasCollision`); everything else the broker says when the form is sent.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from desktop_broker.kafka.model import ConfigEntry

_ALLOWED = re.compile(r"[a-zA-Z0-9._-]*")
MAX_NAME = 249


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicDefaults:
    """What the brokers take for a topic that does not say; these are Kafka's own until they have been asked.

    `retention_ms` and `retention_bytes` are -1 for no limit.
    """

    partitions: int = 1
    replication: int = 1
    min_in_sync: int = 1
    retention_ms: int = 7 * 86_400_000
    retention_bytes: int = -1

    @classmethod
    def of_broker(cls, entries: Iterable[ConfigEntry]) -> TopicDefaults:
        """From a broker's configs. Time limits come in three units, of which the finest counts (KafkaConfig.logRetentionTimeMillis)."""
        known = {entry.name: int(entry.value) for entry in entries if entry.value and _WHOLE.fullmatch(entry.value)}
        retention = next((known[name] * factor for name, factor in _RETENTIONS if name in known), cls().retention_ms)
        return cls(
            partitions=known.get("num.partitions", 1),
            replication=known.get("default.replication.factor", 1),
            min_in_sync=known.get("min.insync.replicas", 1),
            retention_ms=max(-1, retention),
            retention_bytes=known.get("log.retention.bytes", -1),
        )


_WHOLE = re.compile(r"-?[0-9]+")
_RETENTIONS = (("log.retention.ms", 1), ("log.retention.minutes", 60_000), ("log.retention.hours", 3_600_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTopic:
    """One filled-in form; `configs` are those that differ from the broker's defaults."""

    name: str
    partitions: int
    replication: int
    min_in_sync: int
    configs: dict[str, str] = field(default_factory=dict)


def name_problem(name: str, taken: Collection[str]) -> str:
    """Why a topic cannot be called so, in a sentence; empty when it can."""
    if not name:
        return QCoreApplication.translate("NewTopicForm", "Type a name.")
    if name in (".", ".."):
        return QCoreApplication.translate("NewTopicForm", "A topic cannot be called '.' or '..'.")
    allowed = _ALLOWED.match(name)
    if allowed is None or allowed.end() != len(name):
        wrong = name[allowed.end() if allowed else 0]
        shown = QCoreApplication.translate("NewTopicForm", "a space") if wrong.isspace() else f"'{wrong}'"
        return QCoreApplication.translate(
            "NewTopicForm", "A name has letters, digits, dots, dashes and underscores, not {character}."
        ).format(character=shown)
    if len(name) > MAX_NAME:
        return QCoreApplication.translate(
            "NewTopicForm", "A name has at most 249 characters; this one has {n}."
        ).format(n=len(name))
    if name in taken:
        return QCoreApplication.translate("NewTopicForm", "There is a topic of this name already.")
    folded = name.replace(".", "_")
    for other in taken:
        if other.replace(".", "_") == folded:
            return QCoreApplication.translate(
                "NewTopicForm", "Too much like {other}: dots and underscores count as the same."
            ).format(other=other)
    return ""


def replication_problem(replication: int, brokers: int) -> str:
    """Why there cannot be so many replicas; empty when there can."""
    if replication > brokers:
        return QCoreApplication.translate(
            "NewTopicForm", "Each replica needs a broker of its own, and only {n} run."
        ).format(n=brokers)
    return ""


def min_in_sync_problem(min_in_sync: int, replication: int) -> str:
    """Why so many cannot be needed in sync."""
    if min_in_sync > replication:
        return QCoreApplication.translate("NewTopicForm", "A partition has only {n} replicas.").format(n=replication)
    return ""


def command(topic: NewTopic, bootstrap: str) -> str:
    """The same as a command of Apache Kafka's own tools."""
    lines = [
        f"kafka-topics --create --topic {topic.name or 'NAME'}",
        f"--bootstrap-server {bootstrap.split(',')[0]}",
        f"--partitions {topic.partitions} --replication-factor {topic.replication}",
        *(f"--config {name}={value}" for name, value in topic.configs.items()),
    ]
    return " \\\n  ".join(lines)
