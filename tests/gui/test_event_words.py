"""Events as sentences, and what belongs together as one."""

from __future__ import annotations

from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Signal

from desktop_broker.common.events import Event, EventKind, Severity
from desktop_broker.gui.event_groups import KEPT, EventGroup, EventGroups
from desktop_broker.gui.event_words import event_facts, event_state, event_title
from tests.support.window import WindowKit


class _Feeds(QObject):
    events_added = Signal(object)

    def __init__(self, *events: Event) -> None:
        super().__init__()
        self.events = list(events)


def event(kind: EventKind, time_ms: int = 1_000, severity: Severity = Severity.INFO, **about: Any) -> Event:
    names = {name: about.pop(name, None) for name in ("broker", "topic", "partition", "group")}
    return Event(sequence=1, time_ms=time_ms, kind=kind, severity=severity, details=about, **names)


def groups_of(*events: Event) -> EventGroups:
    feeds = _Feeds(*events)
    groups = EventGroups(cast(Any, feeds))
    groups.keep = feeds  # type: ignore[attr-defined]  # its parent lives as long as it does
    return groups


def one(*events: Event) -> EventGroup:
    return EventGroup(number=1, events=events)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_has_a_sentence(kind: EventKind, language: str, window_kit: WindowKit) -> None:
    window_kit.languages.set_language(language)
    first = event(kind, broker=3, topic="orders", partition=4, group="billing", isr=[1, 2], address="a:1")
    second = event(kind, broker=2, topic="payments", partition=5, group="billing", isr=[1], address="b:1")
    for group in (one(first), one(first, second)):
        title = event_title(group)
        assert title
        assert "{" not in title + event_facts(group)
        assert "None" not in title + event_facts(group)
        assert "%n" not in title + event_facts(group)
        if language == "ko":
            assert any("\uac00" <= letter <= "\ud7a3" or letter == "I" for letter in title), title


def test_one_leader_is_named_and_many_are_counted() -> None:
    elected = [
        event(EventKind.LEADER_ELECTED, broker=2, topic="orders", partition=number, leader=2) for number in range(3)
    ]
    assert event_title(one(elected[0])) == "orders-0 has a new leader"
    assert event_facts(one(elected[0])) == "Broker 2 leads it now"
    assert event_title(one(*elected)) == "3 partitions: new leader"
    assert event_facts(one(*elected)) == "orders"


def test_many_names_are_cut_with_their_number() -> None:
    created = [event(EventKind.TOPIC_CREATED, topic=f"t{number}", partitions=1) for number in range(5)]
    assert event_title(one(*created)) == "5 topics created"
    assert event_facts(one(*created)) == "t0, t1, t2 and 2 more"


def test_an_unclean_leader_is_a_loss_and_says_so() -> None:
    unclean = event(EventKind.LEADER_ELECTED, 1, Severity.WARNING, broker=2, topic="t", partition=0, unclean=True)
    assert event_state(one(unclean)) == "warn"
    assert "messages may be lost" in event_facts(one(unclean))


def test_the_same_for_many_partitions_is_one_group_also_when_mixed_with_another() -> None:
    groups = groups_of()
    groups.add(
        event(kind, 1_000 + number, topic="t", partition=number)
        for number in range(10)
        for kind in (EventKind.LEADER_ELECTED, EventKind.ISR_SHRUNK)
    )
    assert [(group.number, group.kind, len(group.events)) for group in groups.newest(9)] == [
        (2, EventKind.ISR_SHRUNK, 10),
        (1, EventKind.LEADER_ELECTED, 10),
    ]


def test_what_comes_later_or_is_about_another_is_a_group_of_its_own() -> None:
    groups = groups_of(
        event(EventKind.BROKER_STOPPED, 1_000, broker=3),
        event(EventKind.BROKER_STOPPED, 60_000, broker=3),
        event(EventKind.GROUP_REBALANCED, 60_000, group="a", members=1),
        event(EventKind.GROUP_REBALANCED, 60_100, group="b", members=2),
    )
    assert [event_title(group) for group in groups.between(0, 100_000)] == [
        "Broker 3 stopped",
        "Broker 3 stopped",
        "Group a shared its partitions anew",
        "Group b shared its partitions anew",
    ]
    assert [group.number for group in groups.between(50_000, 60_050)] == [2, 3]


def test_a_broker_that_starts_once_more_is_told_once_more() -> None:
    groups = groups_of(*(event(EventKind.BROKER_STARTED, 1_000, broker=broker) for broker in (1, 2, 3)))
    groups.add([event(EventKind.BROKER_STOPPED, 1_500, broker=3), event(EventKind.BROKER_STARTED, 2_000, broker=3)])
    assert [event_title(group) for group in groups.between(0, 9_000)] == [
        "3 brokers started",
        "Broker 3 stopped",
        "Broker 3 started",
    ]


def test_numbers_go_on_when_old_groups_are_forgotten() -> None:
    groups = groups_of()
    groups.add(event(EventKind.BROKER_STOPPED, 10_000 * number, broker=1) for number in range(KEPT + 50))
    assert len(groups.between(0, 10**9)) == KEPT
    assert groups.newest(1)[0].number == KEPT + 50
    groups.add([event(EventKind.BROKER_STOPPED, 10_000 * (KEPT + 49) + 5, broker=2)])
    assert groups.newest(1)[0].number == KEPT + 50
    assert event_title(groups.newest(1)[0]) == "2 brokers stopped"


def test_all_panels_share_the_numbers_of_their_feeds() -> None:
    feeds = _Feeds(event(EventKind.BROKER_STARTED, broker=1))
    first = EventGroups.of(cast(Any, feeds))
    feeds.events_added.emit([event(EventKind.BROKER_STOPPED, broker=1)])
    assert EventGroups.of(cast(Any, feeds)) is first
    assert [group.number for group in first.newest(5)] == [2, 1]
