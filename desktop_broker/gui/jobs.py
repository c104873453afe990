"""Work off the Qt thread: a small pool of named worker threads, whose results come back on the Qt thread.

Counterpart: panels and forms hand a blocking call in, and get `done` or `failed` called while they live.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol, TypeVar
from weakref import ref

import shiboken6
from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, Qt, QThread, Signal

from desktop_broker.common.threads import start_thread
from desktop_broker.gui.bridge import Bridge
from desktop_broker.kafka.errors import ClusterError, ConnectionClosedError

T = TypeVar("T")
Failed = Callable[[ClusterError], None]


class Job:
    """One piece of work. `cancel` and `cancelled` are safe from any thread; the callbacks run on the Qt thread."""

    def __init__(
        self, work: Callable[[], Any], done: Callable[[Any], None] | None, failed: Failed | None, owner: QObject | None
    ) -> None:
        self.work = work
        self._done = done
        self._failed = failed
        self._owner = ref(owner) if owner is not None else None
        self._cancelled = threading.Event()
        self.finished = False

    @property
    def cancelled(self) -> bool:
        """Whether nobody waits for it any more. Long work looks here now and then."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """No callback any more; work that did not begin never does, work under way is left to end by itself."""
        self._cancelled.set()

    def deliver(self, result: object, error: ClusterError | None) -> None:
        """Call back, on the Qt thread, when somebody still waits."""
        self.finished = True
        if self.cancelled or not self._owner_lives():
            return
        if error is None:
            if self._done is not None:
                self._done(result)
        elif self._failed is not None:
            self._failed(error)

    def _owner_lives(self) -> bool:
        if self._owner is None:
            return True
        owner = self._owner()
        return owner is not None and shiboken6.isValid(owner)


class LongRun(Protocol):
    """Work with a thread of its own: a scan, a run of messages."""

    def cancel(self) -> None: ...
    def join(self, timeout_s: float | None = None) -> bool: ...


class Jobs(QObject):
    """The pool. Lives on the Qt thread; `run` and `adopt` from there only. `bridge` carries what long runs have to say.

    `_condition` guards the queue, the results and `_stopped`. Threads start when there is more work than idle threads.

    Signals:
        failed_unheard: a job without a `failed` callback failed; the shell shows it.
        busy_changed: how many jobs are waiting or running.
    """

    failed_unheard = Signal(object)
    busy_changed = Signal(int)
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None, *, threads: int = 6, name: str = "window/job") -> None:
        super().__init__(parent)
        self._name = name
        self._limit = threads
        self._condition = threading.Condition()
        self._queue: deque[Job] = deque()
        self._results: deque[tuple[Job, object, ClusterError | None]] = deque()
        self._threads: list[threading.Thread] = []
        self._idle = 0
        self._open = 0
        self._stopped = False
        self._adopted: list[LongRun] = []
        self.bridge = Bridge(self)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        function: Callable[..., T],
        *args: Any,
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
        **named: Any,
    ) -> Job:
        """Call `function(*args, **named)` on a worker thread.

        Args:
            done: called with the result.
            failed: called with what went wrong, in words; without it `failed_unheard` is emitted.
            owner: when it is deleted, nothing is called back.

        Returns:
            A handle to cancel with.
        """
        job = Job(lambda: function(*args, **named), done, failed or self.failed_unheard.emit, owner)
        with self._condition:
            if self._stopped:
                job.cancel()
                return job
            self._queue.append(job)
            self._open += 1
            if self._idle < len(self._queue) and len(self._threads) < self._limit:
                name = f"{self._name}-{len(self._threads) + 1}"
                self._threads.append(start_thread(name, self._work, lambda _name, _error: None))
            self._condition.notify()
        self.busy_changed.emit(self._open)
        return job

    def adopt(self, run: LongRun) -> None:
        """End this too when the pool is stopped."""
        self._adopted = [other for other in self._adopted if not other.join(0)]
        self._adopted.append(run)

    @property
    def busy(self) -> int:
        """Jobs that wait or run."""
        return self._open

    def stop(self, timeout_s: float = 2.0) -> bool:
        """Drop what waits, call nothing back any more, join the threads for at most so long.

        Close the connections that jobs wait on first; then their threads end at once. Returns whether all have ended.
        """
        with self._condition:
            self._stopped = True
            self._queue.clear()
            self._condition.notify_all()
        self.bridge.close()
        for run in self._adopted:
            run.cancel()
        deadline = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        ended = [run.join(max(0.0, deadline - time.monotonic())) for run in self._adopted]
        self._results.clear()
        return all(ended) and not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        while (job := self._next()) is not None:
            result, error = None, None
            if not job.cancelled:
                result, error = _outcome(job.work)
            with self._condition:
                if self._stopped:
                    return
                self._results.append((job, result, error))
                first = len(self._results) == 1
            if first:
                with contextlib.suppress(RuntimeError):  # the pool is being deleted by Qt
                    self._arrived.emit()

    def _next(self) -> Job | None:
        with self._condition:
            self._idle += 1
            while not self._queue and not self._stopped:
                self._condition.wait()
            self._idle -= 1
            return None if self._stopped else self._queue.popleft()

    def _deliver(self) -> None:
        assert QThread.currentThread() is self.thread()
        with self._condition:
            results = list(self._results)
            self._results.clear()
            self._open -= len(results)
        for job, result, error in results:
            try:
                job.deliver(result, error)
            except Exception:  # noqa: BLE001 - one callback's failure must not take the others' answers along
                sys.excepthook(*sys.exc_info())
        if results:
            self.busy_changed.emit(self._open)


def as_cluster_error(error: Exception) -> ClusterError:
    """Any failure in words: those that carry a sentence keep it."""
    if isinstance(error, ClusterError):
        return error
    if _has_own_sentence(error):
        return ClusterError(str(error), "", f"{type(error).__name__}: {error}", code=type(error).__name__)
    import traceback

    return ClusterError(
        str(QT_TRANSLATE_NOOP("ClusterError", "Something went wrong inside the window: {said}.")),
        str(QT_TRANSLATE_NOOP("ClusterError", "Try again; keep the details if it comes back.")),
        "".join(traceback.format_exception(error)),
        code=type(error).__name__,
        said=f"{type(error).__name__}: {error}".rstrip(". "),
    )


def _has_own_sentence(error: Exception) -> bool:
    from desktop_broker.broker.errors import EngineError
    from desktop_broker.common.errors import KafkaError
    from desktop_broker.control.client import ControlError
    from desktop_broker.control.launch import LaunchError

    return isinstance(error, EngineError | KafkaError | ControlError | LaunchError)


def _outcome(work: Callable[[], Any]) -> tuple[object, ClusterError | None]:
    try:
        return work(), None
    except ConnectionClosedError as error:
        return None, error
    except Exception as error:  # noqa: BLE001 - whatever fails off the Qt thread is told to whoever asked for it
        return None, as_cluster_error(error)
