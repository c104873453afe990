"""Runs small jobs later, on one named thread. Session time-outs, expiry and periodic chores hang on it."""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Callable

from desktop_broker.common.clock import Clock
from desktop_broker.common.threads import CrashHandler, start_thread


class Job:
    """A handle on one scheduled call. `cancel` may be called from any thread, also from the job itself."""

    __slots__ = ("_action", "cancelled", "period_s")

    def __init__(self, action: Callable[[], None], period_s: float | None) -> None:
        self._action = action
        self.period_s = period_s
        self.cancelled = False

    def cancel(self) -> None:
        """Never run (again). A run that is under way finishes."""
        self.cancelled = True

    def run(self) -> None:
        """Run the action once, unless cancelled."""
        if not self.cancelled:
            self._action()


class Scheduler:
    """One thread (`name`) that runs jobs when they are due.

    Jobs must be short: they share the thread. The heap is guarded by `_condition`; no job runs under it. A job that
    raises is reported and does not stop the others.
    """

    def __init__(self, name: str, clock: Clock, on_crash: CrashHandler) -> None:
        self._name = name
        self._clock = clock
        self._on_crash = on_crash
        self._condition = threading.Condition()
        self._heap: list[tuple[float, int, Job]] = []
        self._order = itertools.count()
        self._stopped = False
        self._thread: threading.Thread | None = None

    def after(self, seconds: float, action: Callable[[], None]) -> Job:
        """Run once, so many seconds from now."""
        return self._push(Job(action, None), seconds)

    def every(self, seconds: float, action: Callable[[], None]) -> Job:
        """Run again and again, so many seconds apart (measured from the end of a run)."""
        return self._push(Job(action, seconds), seconds)

    def stop(self) -> None:
        """Run nothing more; waits for a job under way. Idempotent."""
        with self._condition:
            self._stopped = True
            self._heap.clear()
            self._condition.notify_all()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _push(self, job: Job, seconds: float) -> Job:
        due = self._clock.monotonic() + seconds
        with self._condition:
            if self._stopped:
                job.cancel()
                return job
            heapq.heappush(self._heap, (due, next(self._order), job))
            if self._thread is None:  # started at the first job: an idle scheduler costs no thread
                self._thread = start_thread(self._name, self._run, self._on_crash)
            elif self._heap[0][2] is job:
                self._condition.notify_all()
        return job

    def _run(self) -> None:
        while True:
            with self._condition:
                while not self._stopped and not self._is_due():
                    wait = self._heap[0][0] - self._clock.monotonic() if self._heap else None
                    self._clock.wait(self._condition, wait)
                if self._stopped:
                    return
                _, _, job = heapq.heappop(self._heap)
            try:
                job.run()
            except Exception as error:  # noqa: BLE001 - one job's failure must not take the others along
                self._on_crash(self._name, error)
            if job.period_s is not None and not job.cancelled:
                self._push(job, job.period_s)

    def _is_due(self) -> bool:
        while self._heap and self._heap[0][2].cancelled:
            heapq.heappop(self._heap)
        return bool(self._heap) and self._heap[0][0] <= self._clock.monotonic()
