"""Work runs off the Qt thread; answers come back on it, while somebody waits for them."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from desktop_broker.control.launch import LaunchError
from desktop_broker.gui.jobs import Jobs
from desktop_broker.kafka.errors import ClusterError


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs(threads=2, name="test/job")
    yield made
    assert made.stop(5.0)


def test_result_comes_on_the_qt_thread(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[tuple[str, object]] = []
    jobs.run(
        lambda a, b: (a + b, threading.current_thread().name),
        2,
        b=3,
        done=lambda got: seen.append((got, QThread.currentThread())),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [((5, "test/job-1"), jobs.thread())]


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (ClusterError("It broke.", "Mend it."), "It broke. Mend it."),
        (LaunchError("Port 9092 is taken."), "Port 9092 is taken."),
        (ZeroDivisionError("oh"), "Something went wrong inside the window: ZeroDivisionError: oh."),
    ],
)
def test_failures_come_in_words(jobs: Jobs, qtbot: QtBot, failure: Exception, said: str) -> None:
    errors: list[ClusterError] = []

    def fail() -> None:
        raise failure

    jobs.run(fail, failed=errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert str(errors[0]).startswith(said)


def test_a_failure_that_nobody_takes_is_told_to_the_shell(jobs: Jobs, qtbot: QtBot) -> None:
    def fail() -> None:
        raise ClusterError("It broke.")

    with qtbot.waitSignal(jobs.failed_unheard) as told:
        jobs.run(fail)
    assert told.args is not None
    assert told.args[0].what == "It broke."


def test_a_cancelled_job_calls_nobody_and_one_that_waits_never_runs(jobs: Jobs, qtbot: QtBot) -> None:
    go, ran, done = threading.Event(), [], []
    blockers = [jobs.run(go.wait, done=done.append) for _ in range(2)]
    waiting = jobs.run(ran.append, 1, done=done.append)
    waiting.cancel()
    blockers[0].cancel()
    go.set()
    qtbot.waitUntil(lambda: jobs.busy == 0)
    assert ran == []
    assert done == [True]


def test_nobody_is_called_after_the_owner_is_gone(jobs: Jobs, qtbot: QtBot) -> None:
    import shiboken6

    go, done, owner = threading.Event(), [], QObject()
    jobs.run(go.wait, done=done.append, owner=owner)
    shiboken6.delete(owner)
    go.set()
    qtbot.waitUntil(lambda: jobs.busy == 0)
    assert done == []


def test_an_owner_that_python_let_go_of_is_gone_too(jobs: Jobs, qtbot: QtBot) -> None:
    go, done = threading.Event(), []
    jobs.run(go.wait, done=done.append, owner=QObject())
    go.set()
    qtbot.waitUntil(lambda: jobs.busy == 0)
    assert done == []


def test_jobs_run_beside_each_other_and_wait_their_turn(jobs: Jobs, qtbot: QtBot) -> None:
    barrier, done = threading.Barrier(2, timeout=10), []
    for number in range(6):
        jobs.run(lambda number=number: (barrier.wait(), number)[1], done=done.append)
    qtbot.waitUntil(lambda: len(done) == 6)
    assert sorted(done) == list(range(6))


def test_a_callback_that_fails_does_not_keep_the_others_from_theirs(jobs: Jobs, qtbot: QtBot) -> None:
    done: list[int] = []

    def broken(_: object) -> None:
        raise RuntimeError("callback")

    with qtbot.captureExceptions() as caught:
        jobs.run(lambda: 1, done=broken)
        jobs.run(lambda: 2, done=done.append)
        qtbot.waitUntil(lambda: done == [2])
        qtbot.waitUntil(lambda: len(caught) == 1)


def test_stopping_drops_what_waits_and_calls_nobody(qtbot: QtBot) -> None:
    jobs = Jobs(threads=1, name="test/job")
    go, begun, done = threading.Event(), threading.Event(), []
    jobs.run(lambda: (begun.set(), go.wait()), done=done.append)
    jobs.run(done.append, 1)
    assert begun.wait(10)
    assert not jobs.stop(0.01)
    go.set()
    assert jobs.stop(10)
    qtbot.wait(20)
    assert done == []
    assert jobs.run(done.append, 2).cancelled
