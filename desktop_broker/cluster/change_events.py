"""Tells people what changed for partitions, and why: leaders, partitions without one, the ISR."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_broker.cluster.elections import PartitionChange
from desktop_broker.cluster.image import NO_LEADER
from desktop_broker.common.events import EventKind, EventLog, Severity

MOST_AT_ONCE = 200
"""A broker with thousands of partitions must not wash everything else out of the event log."""


class ChangeEvents:
    """Publishes; keeps nothing. `details`: leader, previous, epoch, unclean (LEADER_ELECTED); isr, left or joined; reason and
    problem (a sentence, or empty) everywhere."""

    def __init__(self, events: EventLog) -> None:
        self._events = events

    def publish(self, changes: Sequence[PartitionChange], reason: str, problem: str = "") -> None:
        """One event for each thing that changed, of the first partitions."""
        for change in changes[:MOST_AT_ONCE]:
            self._publish_leader(change, reason, problem)
            self._publish_isr(change, reason, problem)

    def _publish_leader(self, change: PartitionChange, reason: str, problem: str) -> None:
        topic, before = change.topic.name, change.before
        if change.leader == before.leader:
            return
        if change.leader == NO_LEADER:
            self._events.publish(
                EventKind.PARTITION_OFFLINE,
                Severity.ERROR,
                topic=topic,
                partition=before.index,
                previous=before.leader,
                isr=list(change.isr),
                reason=reason,
                problem=problem,
            )
            return
        self._events.publish(
            EventKind.LEADER_ELECTED,
            Severity.WARNING if change.unclean else Severity.INFO,
            broker=change.leader,
            topic=topic,
            partition=before.index,
            leader=change.leader,
            previous=before.leader,
            epoch=before.leader_epoch + 1,
            unclean=change.unclean,
            reason=reason,
            problem=problem,
        )

    def _publish_isr(self, change: PartitionChange, reason: str, problem: str) -> None:
        before, after = change.before.isr, change.isr
        left = [broker for broker in before if broker not in after]
        joined = [broker for broker in after if broker not in before]
        if left:
            self._events.publish(
                EventKind.ISR_SHRUNK,
                Severity.WARNING,
                topic=change.topic.name,
                partition=change.before.index,
                isr=list(after),
                left=left,
                reason=reason,
                problem=problem,
            )
        if joined:
            self._events.publish(
                EventKind.ISR_EXPANDED,
                Severity.GOOD,
                topic=change.topic.name,
                partition=change.before.index,
                isr=list(after),
                joined=joined,
                reason=reason,
                problem=problem,
            )
