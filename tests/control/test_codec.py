"""Typed values survive the way through JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.common.events import Event, EventKind, Severity
from desktop_broker.common.statistics import (
    BrokerStatistics,
    EngineStatistics,
    PartitionStatistics,
    ReplicaStatistics,
    TopicStatistics,
    Traffic,
)
from desktop_broker.control.codec import from_plain, to_plain

_traffic = st.builds(Traffic)
_statistics = st.builds(
    EngineStatistics,
    brokers=st.lists(st.builds(BrokerStatistics, traffic=_traffic), max_size=2).map(tuple),
    topics=st.lists(st.builds(TopicStatistics, traffic=_traffic), max_size=2).map(tuple),
    partitions=st.lists(
        st.builds(PartitionStatistics, replicas=st.lists(st.builds(ReplicaStatistics), max_size=2).map(tuple)),
        max_size=2,
    ).map(tuple),
    monotonic_s=st.floats(allow_nan=False, allow_infinity=False),
    traffic=_traffic,
)


@given(_statistics)
def test_statistics_come_back_the_same(statistics: EngineStatistics) -> None:
    assert from_plain(EngineStatistics, json.loads(json.dumps(to_plain(statistics)))) == statistics


def test_events_come_back_the_same() -> None:
    event = Event(
        sequence=1,
        time_ms=2,
        kind=EventKind.ISR_SHRUNK,
        severity=Severity.WARNING,
        topic="t",
        partition=0,
        details={"isr": [1, 2], "reason": "lagging"},
    )
    assert from_plain(list[Event], json.loads(json.dumps(to_plain([event])))) == [event]


def test_a_newer_programs_fields_are_skipped() -> None:
    assert from_plain(Traffic, {"messages_in": 1, "of_the_future": 2}) == Traffic(messages_in=1)


@pytest.mark.parametrize("plain", [None, 3, [], "x", {"sequence": 1}, {"kind": "unheard-of"}])
def test_another_shape_is_refused(plain: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the class is the promise, the text is for people
        from_plain(Event, plain)
