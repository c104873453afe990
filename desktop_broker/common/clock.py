"""The seam for time. Whoever waits or reads the time does it through a `Clock`, so a test can stop and move it."""

from __future__ import annotations

import threading
import time
from typing import Protocol


class Clock(Protocol):
    """Wall time, monotonic time and waiting. Safe from any thread."""

    def now_ms(self) -> int:
        """Wall clock in milliseconds since 1970 (what record timestamps are made of)."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go backwards (what deadlines are made of)."""
        ...

    def wait(self, condition: threading.Condition, seconds: float | None) -> bool:
        """Wait on a held condition for at most so long; False when the time ran out."""
        ...


class SystemClock:
    """The machine's own time."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()

    def wait(self, condition: threading.Condition, seconds: float | None) -> bool:
        return condition.wait(seconds)


class ManualClock:
    """Time that stands still until `advance` moves it; waits end when their moment is reached.

    Used by tests and by scripts that replay a scenario. All state is guarded by one lock, which is never held while
    a waiter is woken.
    """

    def __init__(self, now_ms: int = 1_700_000_000_000) -> None:
        self._lock = threading.Lock()
        self._now_ms = now_ms
        self._waiting: dict[int, threading.Condition] = {}

    def now_ms(self) -> int:
        return self._now_ms

    def monotonic(self) -> float:
        return self._now_ms / 1000

    def wait(self, condition: threading.Condition, seconds: float | None) -> bool:
        if seconds is None:
            return condition.wait()
        deadline = self.monotonic() + seconds
        key = threading.get_ident()
        with self._lock:
            self._waiting[key] = condition
        try:
            if self.monotonic() >= deadline:
                return False
            condition.wait()
            return self.monotonic() < deadline
        finally:
            with self._lock:
                self._waiting.pop(key, None)

    def advance(self, seconds: float) -> None:
        """Move time on and wake everyone who waits, to look at the new time."""
        with self._lock:
            self._now_ms += round(seconds * 1000)
            waiting = list(self._waiting.values())
        for condition in waiting:
            with condition:
                condition.notify_all()
