"""A named thread that looks at something again and again, at once when told to, and ends when told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from desktop_broker.common.threads import start_thread


class Poller:
    """Calls `look` on its own thread: at once, then every `period_s` seconds (a look that takes long is followed by a longer rest).

    `look` handles its own errors. `wake` and `stop` from any thread; `_condition` guards the flags and is not held during a look.
    """

    def __init__(
        self, name: str, look: Callable[[], None], period_s: float, on_crash: Callable[[str, BaseException], None]
    ) -> None:
        self._name = name
        self._look = look
        self._period_s = period_s
        self._on_crash = on_crash
        self._condition = threading.Condition()
        self._stopped = False
        self._woken = False
        self._thread: threading.Thread | None = None

    @property
    def stopped(self) -> bool:
        """Whether it was told to end; a long look returns then."""
        return self._stopped

    def start(self) -> None:
        """Begin."""
        self._thread = start_thread(self._name, self._run, self._on_crash)

    def wake(self) -> None:
        """Look again now."""
        with self._condition:
            self._woken = True
            self._condition.notify_all()

    def ask_to_stop(self) -> None:
        """End after the look under way."""
        with self._condition:
            self._stopped = True
            self._condition.notify_all()

    def join(self, timeout_s: float) -> bool:
        """Wait for the end; returns whether it came."""
        if self._thread is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        due = time.monotonic()
        while not self._stopped:
            begun = time.monotonic()
            self._look()
            took = time.monotonic() - begun
            # Steady beats for short looks; a look of more than half a period rests as long as it took.
            due = max(due + self._period_s, begun + 2 * took)
            with self._condition:
                self._condition.wait_for(lambda: self._stopped or self._woken, max(0.0, due - time.monotonic()))
                if self._woken:
                    due = time.monotonic()
                self._woken = False
