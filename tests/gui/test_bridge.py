"""News from other threads arrive on the Qt thread, bundled, the newest first of all."""

from __future__ import annotations

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from desktop_broker.gui.bridge import Bridge


def in_thread(work: object) -> None:
    thread = threading.Thread(target=work)  # type: ignore[arg-type]  # any callable
    thread.start()
    thread.join()


def test_the_newest_value_wins_and_collected_ones_are_all_there(qtbot: QtBot) -> None:
    bridge, posted, collected = Bridge(), [], []
    bridge.receive("a", posted.append)
    bridge.receive("b", collected.append)

    def work() -> None:
        for number in range(100):
            bridge.post("a", number)
            bridge.collect("b", [number])

    in_thread(work)
    qtbot.waitUntil(lambda: bool(posted and collected))
    assert posted == [99]
    assert collected == [list(range(100))]


def test_receivers_are_called_on_the_qt_thread(qtbot: QtBot) -> None:
    bridge, threads = Bridge(), []
    bridge.receive("a", lambda _: threads.append(QThread.currentThread()))
    in_thread(lambda: bridge.post("a", 1))
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [bridge.thread()]


def test_deliveries_are_spaced(qtbot: QtBot) -> None:
    """While the bridge rests after a delivery, what comes is bundled into the next one."""
    bridge, batches = Bridge(interval_ms=100), []
    bridge.receive("a", batches.append)
    bridge.collect("a", [0])
    qtbot.waitUntil(lambda: len(batches) == 1)
    for number in range(1, 20):
        bridge.collect("a", [number])
        qtbot.wait(1)
    qtbot.waitUntil(lambda: sum(map(len, batches)) == 20)
    assert len(batches) <= 3


def test_nothing_is_delivered_after_closing_or_forgetting(qtbot: QtBot) -> None:
    bridge, seen = Bridge(), []
    bridge.receive("a", seen.append)
    bridge.receive("b", seen.append)
    bridge.post("a", 1)
    bridge.forget("a")
    bridge.post("b", 2)
    qtbot.waitUntil(lambda: seen == [2])
    bridge.post("b", 3)
    bridge.close()
    bridge.post("b", 4)
    qtbot.wait(100)
    assert seen == [2]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(pieces=st.lists(st.lists(st.integers(), max_size=5), max_size=10))
def test_collected_values_come_once_each_in_order(qtbot: QtBot, pieces: list[list[int]]) -> None:
    bridge, seen = Bridge(interval_ms=1), []
    bridge.receive("a", seen.extend)
    for piece in pieces:
        bridge.collect("a", piece)
    qtbot.waitUntil(lambda: len(seen) == sum(map(len, pieces)))
    assert seen == [value for piece in pieces for value in piece]
    bridge.close()


@pytest.mark.parametrize("rounds", [20])
def test_many_threads_at_once_lose_nothing(qtbot: QtBot, rounds: int) -> None:
    bridge, seen = Bridge(interval_ms=1), []
    bridge.receive("a", seen.extend)
    threads = [
        threading.Thread(target=lambda first=first: [bridge.collect("a", [first + n]) for n in range(rounds)])  # type: ignore[misc]
        for first in range(0, 200, rounds)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    qtbot.waitUntil(lambda: len(seen) == 200)
    assert sorted(seen) == list(range(200))
