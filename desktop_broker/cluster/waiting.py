"""Waiting for partitions: for a high watermark (acks=all) or for data (a consumer's long poll).

Counterpart: Kafka's purgatories. Here the thread of the connection itself waits, with a deadline. Nobody waiting costs an append
nothing but a look at an empty tuple.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from desktop_broker.common.clock import Clock


class Waiter:
    """One thread's wait, woken by any partition that it watches. `_condition` is a leaf: nothing is locked or called under it."""

    __slots__ = ("_clock", "_condition", "_woken")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._condition = threading.Condition(threading.Lock())
        self._woken = False

    def wake(self) -> None:
        """Something changed: look again."""
        with self._condition:
            self._woken = True
            self._condition.notify_all()

    def wait(self, deadline: float) -> bool:
        """Sleep until woken since the last wait; False when `deadline` (monotonic seconds) came first."""
        with self._condition:
            while not self._woken:
                left = deadline - self._clock.monotonic()
                if left <= 0:
                    return False
                self._clock.wait(self._condition, left)
            self._woken = False
            return True


class Waiters:
    """All waits of one broker, so that stopping can end them. Guarded by `_lock`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._active: set[Waiter] = set()

    def enter(self, waiter: Waiter) -> None:
        with self._lock:
            self._active.add(waiter)

    def leave(self, waiter: Waiter) -> None:
        with self._lock:
            self._active.discard(waiter)

    def wake_all(self) -> None:
        """Let every wait look again at whether it is still wanted."""
        with self._lock:
            active = list(self._active)
        for waiter in active:
            waiter.wake()


Cancelled = Callable[[], bool]
