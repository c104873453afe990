"""The queue that orders appends: batches, failures, refusal, barriers."""

from __future__ import annotations

import threading

import pytest

from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.coordinator.append_queue import BATCH_BYTES, AppendQueue
from desktop_broker.coordinator.effects import Moment, Write
from desktop_broker.coordinator.log import Record
from tests.coordinator.harness import REAL_SECONDS, Waiting

NOW = Moment(1.0, 1_000)


class Bench:
    """A queue over a list of batches; appends wait for `gate`."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.gate = threading.Event()
        self.gate.set()
        self.began = threading.Semaphore(0)
        self.batches: list[list[Record]] = []
        self.failure: BaseException | None = None
        self.settled: list[tuple[str, ErrorCode | None]] = []
        self.queue = AppendQueue(self.lock, append=self.append, now=lambda: NOW, after=self.after)
        self.afters = 0

    def append(self, records: list[Record]) -> None:
        assert not self.lock.locked()  # nobody else runs here: the lock must be free
        self.began.release()
        assert self.gate.wait(REAL_SECONDS)
        if self.failure is not None:
            raise self.failure
        self.batches.append(records)

    def after(self) -> None:
        assert self.lock.locked()
        self.afters += 1

    def push(self, name: str, size: int = 1) -> Write:
        def done(error: KafkaError | None, now: Moment) -> None:
            assert now == NOW
            self.settled.append((name, error.code if error else None))

        write = Write([(name.encode(), b"x" * size)] if size else [], done)
        with self.lock:
            self.queue.push(write)
        return write


def test_what_is_queued_goes_out_together_and_in_order() -> None:
    bench = Bench()
    bench.push("a")
    bench.push("b")
    bench.queue.finish(bench.push("c"))
    assert [[key for key, _ in batch] for batch in bench.batches] == [[b"a", b"b", b"c"]]
    assert bench.settled == [("a", None), ("b", None), ("c", None)]
    assert bench.afters == 1  # once for all, under the lock


def test_batches_are_bounded_and_a_large_write_goes_alone() -> None:
    bench = Bench()
    for name, size in (("a", 10), ("large", BATCH_BYTES + 1), ("b", 10)):
        write = bench.push(name, size)
    bench.queue.finish(write)
    assert [[key for key, _ in batch] for batch in bench.batches] == [[b"a"], [b"large"], [b"b"]]


def test_a_failure_is_that_of_every_write_in_the_batch() -> None:
    bench = Bench()
    bench.failure = KafkaError(ErrorCode.NOT_ENOUGH_REPLICAS)
    bench.push("a")
    bench.queue.finish(bench.push("b"))
    assert bench.settled == [("a", ErrorCode.NOT_ENOUGH_REPLICAS), ("b", ErrorCode.NOT_ENOUGH_REPLICAS)]


def test_an_unexpected_failure_leaves_nobody_waiting() -> None:
    bench = Bench()
    bench.failure = ZeroDivisionError("a bug in the log")
    write = bench.push("a")
    with pytest.raises(ZeroDivisionError):
        bench.queue.finish(write)
    assert bench.settled == [("a", ErrorCode.UNKNOWN_SERVER_ERROR)]
    bench.failure = None
    bench.queue.finish(bench.push("b"))
    assert bench.settled[-1] == ("b", None)


def test_those_who_come_during_an_append_share_the_next_one() -> None:
    bench = Bench()
    bench.gate.clear()
    first = bench.push("a")
    waiting = [Waiting(lambda _: bench.queue.finish(first))]
    assert bench.began.acquire(timeout=REAL_SECONDS)
    later = [bench.push(name) for name in ("b", "c", "d")]
    waiting += [Waiting(lambda _, write=write: bench.queue.finish(write)) for write in later]  # type: ignore[misc]
    bench.gate.set()
    for one in waiting:
        one.result()
    assert [[key for key, _ in batch] for batch in bench.batches] == [[b"a"], [b"b", b"c", b"d"]]


def test_a_barrier_appends_nothing() -> None:
    bench = Bench()
    bench.queue.finish(bench.push("barrier", 0))
    assert bench.batches == []
    assert bench.settled == [("barrier", None)]
    with bench.lock:
        assert bench.queue.is_idle


def test_refusing_settles_what_waits_and_all_that_comes() -> None:
    bench = Bench()
    waiting = bench.push("a")
    with bench.lock:
        bench.queue.refuse(KafkaError(ErrorCode.NOT_COORDINATOR))
    bench.queue.finish(waiting)
    bench.queue.finish(bench.push("b"))
    assert bench.settled == [("a", ErrorCode.NOT_COORDINATOR), ("b", ErrorCode.NOT_COORDINATOR)]
    assert bench.batches == []
