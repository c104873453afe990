"""Scans and runs of messages as Qt objects: their news come as signals on the Qt thread, at most 25 times a second.

Counterpart: `kafka/reader.py` and `kafka/publisher.py`, which work on threads of their own.
"""

from __future__ import annotations

import itertools

from PySide6.QtCore import QObject, Signal

from desktop_broker.gui.jobs import Jobs, LongRun
from desktop_broker.kafka.connection import ClusterConnection
from desktop_broker.kafka.publisher import Publisher, PublishRequest, PublishRun, PublishSummary
from desktop_broker.kafka.reader import MessageScan
from desktop_broker.kafka.scan_request import ScanProgress, ScanRequest

_numbers = itertools.count(1)


class ScanStream(QObject):
    """One scan. Lives on the Qt thread.

    Signals:
        batch_arrived: list[Message].
        progressed: ScanProgress.
        finished: the last ScanProgress, after the last batch; also after `cancel`.
    """

    batch_arrived = Signal(object)
    progressed = Signal(object)
    finished = Signal(object)

    def __init__(
        self, jobs: Jobs, connection: ClusterConnection, request: ScanRequest, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.request = request
        self._jobs = jobs
        bridge, name = jobs.bridge, f"scan-{next(_numbers)}"
        self._names = (f"{name}/batch", f"{name}/progress")
        self._scan = MessageScan(
            connection,
            request,
            lambda batch: bridge.collect(f"{name}/batch", batch),
            lambda progress: bridge.post(f"{name}/progress", progress),
        )
        scan, names = self._scan, self._names
        self.destroyed.connect(lambda: _let_go(jobs, scan, names))

    def start(self) -> None:
        """Begin."""
        self._jobs.bridge.receive(self._names[0], self.batch_arrived.emit)
        self._jobs.bridge.receive(self._names[1], self._take_progress)
        self._jobs.adopt(self._scan.start())

    def cancel(self) -> None:
        """Stop soon; `finished` says where."""
        self._scan.cancel()

    def forget(self) -> None:
        """Stop, and emit nothing any more: another scan takes its place."""
        _let_go(self._jobs, self._scan, self._names)

    def _take_progress(self, progress: ScanProgress) -> None:
        self.progressed.emit(progress)
        if progress.finished:
            self.finished.emit(progress)
            _let_go(self._jobs, self._scan, self._names)


class PublishStream(QObject):
    """One run of messages. Lives on the Qt thread.

    Signals:
        results_arrived: list[SendResult].
        finished: PublishSummary, after the last results.
    """

    results_arrived = Signal(object)
    finished = Signal(object)

    def __init__(
        self, jobs: Jobs, publisher: Publisher, request: PublishRequest, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.request = request
        self._jobs = jobs
        self._publisher = publisher
        self._run: PublishRun | None = None
        name = f"publish-{next(_numbers)}"
        self._names = (f"{name}/results", f"{name}/summary")

    def start(self) -> None:
        """Begin."""
        bridge, (results, summary) = self._jobs.bridge, self._names
        bridge.receive(results, self.results_arrived.emit)
        bridge.receive(summary, self._take_summary)
        run = self._publisher.run(
            self.request, lambda some: bridge.collect(results, some), lambda done: bridge.post(summary, done)
        )
        self._run = run
        self._jobs.adopt(run)
        jobs, names = self._jobs, self._names
        self.destroyed.connect(lambda: _let_go(jobs, run, names))

    def stop(self) -> None:
        """Send no more; what is on its way is waited for, then `finished` comes."""
        if self._run is not None:
            self._run.stop()

    def _take_summary(self, summary: PublishSummary) -> None:
        for name in self._names:
            self._jobs.bridge.forget(name)
        self.finished.emit(summary)


def _let_go(jobs: Jobs, run: LongRun, names: tuple[str, str]) -> None:
    run.cancel()
    for name in names:
        jobs.bridge.forget(name)
