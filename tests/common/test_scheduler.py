"""Jobs that run later."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator

import pytest

from desktop_broker.common.clock import ManualClock
from desktop_broker.common.scheduler import Scheduler


class Bench:
    """A scheduler on stopped time, and what its jobs and crashes put out."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.out: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.scheduler = Scheduler("chores", self.clock, lambda name, error: self.out.put((name, str(error))))

    def said(self) -> object:
        return self.out.get(timeout=10)


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.scheduler.stop()


def test_jobs_run_in_order_of_their_time(bench: Bench) -> None:
    bench.scheduler.after(2, lambda: bench.out.put("second"))
    bench.scheduler.after(1, lambda: bench.out.put("first"))
    bench.clock.advance(2)
    assert [bench.said(), bench.said()] == ["first", "second"]


def test_a_periodic_job_runs_again(bench: Bench) -> None:
    job = bench.scheduler.every(1, lambda: bench.out.put(bench.clock.now_ms()))
    seen = []
    for _ in range(3):
        bench.clock.advance(1)
        seen.append(bench.said())
        # The next run is due a second after this one ended: let the scheduler take its place in the heap first.
        bench.scheduler.after(0, lambda: bench.out.put("settled"))
        assert bench.said() == "settled"
    job.cancel()
    assert len(set(seen)) == 3


def test_a_cancelled_job_never_runs(bench: Bench) -> None:
    bench.scheduler.after(1, lambda: bench.out.put("cancelled")).cancel()
    bench.scheduler.after(1, lambda: bench.out.put("kept"))
    bench.clock.advance(1)
    assert bench.said() == "kept"
    assert bench.out.empty()


def test_a_crash_is_reported_and_stops_no_other(bench: Bench) -> None:
    def crash() -> None:
        raise RuntimeError("bad day")

    bench.scheduler.after(1, crash)
    bench.scheduler.after(1, lambda: bench.out.put("alive"))
    bench.clock.advance(1)
    assert bench.said() == ("chores", "bad day")
    assert bench.said() == "alive"


def test_after_stop_nothing_runs_and_no_thread_is_left(bench: Bench) -> None:
    bench.scheduler.after(1, lambda: bench.out.put("late"))
    bench.scheduler.stop()
    bench.clock.advance(5)
    assert bench.scheduler.after(0, lambda: bench.out.put("late")).cancelled
    assert bench.out.empty()
    assert not any(thread.name == "chores" for thread in threading.enumerate())
