"""The seam for time."""

from __future__ import annotations

import threading

from desktop_broker.common.clock import ManualClock, SystemClock


def test_manual_time_moves_only_when_told() -> None:
    clock = ManualClock(1_000)
    assert (clock.now_ms(), clock.monotonic()) == (1_000, 1.0)
    clock.advance(2.5)
    assert (clock.now_ms(), clock.monotonic()) == (3_500, 3.5)


def test_a_wait_ends_when_its_moment_is_reached() -> None:
    clock = ManualClock()
    condition = threading.Condition()
    waiting = threading.Event()
    outcome: list[bool] = []

    def wait() -> None:
        with condition:
            deadline = clock.monotonic() + 10
            waiting.set()
            while (left := deadline - clock.monotonic()) > 0:
                outcome.append(clock.wait(condition, left))

    thread = threading.Thread(target=wait)
    thread.start()
    waiting.wait()
    with condition:  # held until the thread really waits
        pass
    clock.advance(4)
    clock.advance(6)
    thread.join(10)
    assert not thread.is_alive()
    assert outcome[-1] is False


def test_a_notified_wait_says_so() -> None:
    clock = SystemClock()
    condition = threading.Condition()
    outcome: list[bool] = []

    def wait() -> None:
        with condition:
            ready.set()
            outcome.append(clock.wait(condition, 30))

    ready = threading.Event()
    thread = threading.Thread(target=wait)
    thread.start()
    ready.wait()
    with condition:
        condition.notify_all()
    thread.join(10)
    assert outcome == [True]


def test_no_time_left_means_no_wait() -> None:
    clock = ManualClock()
    condition = threading.Condition()
    with condition:
        assert clock.wait(condition, 0) is False
