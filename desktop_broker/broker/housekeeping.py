"""A broker's periodic chores on its logs: retention, overdue flushes, checkpoints. Counterpart: the scheduled tasks of Kafka's `LogManager`."""

from __future__ import annotations

from collections.abc import Callable

from desktop_broker.broker.settings import Settings
from desktop_broker.cluster.replica_manager import ReplicaManager
from desktop_broker.common.scheduler import Job, Scheduler
from desktop_broker.storage.errors import StorageError
from desktop_broker.storage.manager import LogManager


class Housekeeping:
    """Runs on the broker's storage scheduler. Intervals are looked up anew each time, so a changed config counts from the next run."""

    def __init__(self, logs: LogManager, replicas: ReplicaManager, settings: Settings, scheduler: Scheduler) -> None:
        self._logs = logs
        self._replicas = replicas
        self._settings = settings
        self._scheduler = scheduler
        self._jobs: dict[str, Job] = {}
        self._stopped = False

    def start(self) -> None:
        """Begin."""
        self._repeat("log.retention.check.interval.ms", self._maintain)
        self._repeat("log.flush.scheduler.interval.ms", self._logs.flush_overdue)
        self._repeat("log.flush.offset.checkpoint.interval.ms", self._checkpoint)

    def stop(self) -> None:
        """No more runs; one under way finishes."""
        self._stopped = True
        for job in list(self._jobs.values()):
            job.cancel()

    def _repeat(self, interval_key: str, chore: Callable[[], None]) -> None:
        def run() -> None:
            try:
                chore()
            finally:
                schedule()

        def schedule() -> None:
            if not self._stopped:
                seconds = max(self._settings.integer(interval_key), 1) / 1000
                self._jobs[interval_key] = self._scheduler.after(seconds, run)

        schedule()

    def _maintain(self) -> None:
        self._logs.producer_expiration_ms = self._settings.integer("producer.id.expiration.ms")
        self._logs.maintain(self._replicas.high_watermark)

    def _checkpoint(self) -> None:
        try:
            self._logs.checkpoint()
        except StorageError:
            return  # a full disk: recovery only has more to check, and each log says so itself when it is written to
