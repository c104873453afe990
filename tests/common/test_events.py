"""The log of events."""

from __future__ import annotations

import threading

from desktop_broker.common.clock import ManualClock
from desktop_broker.common.events import EventKind, EventLog, Severity, crash_reporter


def test_events_are_kept_in_order_with_their_facts() -> None:
    log = EventLog(ManualClock(5))
    log.publish(EventKind.TOPIC_CREATED, topic="orders", partitions=3)
    log.publish(EventKind.ISR_SHRUNK, Severity.WARNING, broker=1, topic="orders", partition=0, isr=[1, 2])
    first, second = log.after(0)
    assert (first.sequence, first.time_ms, first.topic, first.details) == (1, 5, "orders", {"partitions": 3})
    assert (second.sequence, second.severity, second.details["isr"]) == (2, Severity.WARNING, [1, 2])
    assert log.after(1) == [second]


def test_the_oldest_make_room() -> None:
    log = EventLog(ManualClock(), capacity=2)
    for _ in range(5):
        log.publish(EventKind.CONFIG_CHANGED)
    assert [event.sequence for event in log.after(0)] == [4, 5]


def test_waiting_ends_with_the_next_event_or_with_the_log() -> None:
    log = EventLog(ManualClock())
    got: list[int] = []

    def follow() -> None:
        got.append(len(log.wait_after(0, 30)))
        got.append(len(log.wait_after(1, 30)))

    thread = threading.Thread(target=follow)
    thread.start()
    log.publish(EventKind.BROKER_STARTED, broker=1)
    log.close()
    thread.join(10)
    assert got == [1, 0]


def test_a_crash_becomes_an_event_with_its_trace() -> None:
    log = EventLog(ManualClock())
    try:
        raise ValueError("boom")
    except ValueError as error:
        crash_reporter(log, broker=2)("broker-2/fetcher-1", error)
    (event,) = log.after(0)
    assert event.kind is EventKind.THREAD_CRASHED
    assert event.details["thread"] == "broker-2/fetcher-1"
    assert "ValueError: boom" in str(event.details["error"])
