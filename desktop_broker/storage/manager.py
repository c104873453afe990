"""All logs of one broker, in one folder: opened together, found by partition, checkpointed, closed.

Counterpart: Kafka's `LogManager`.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from desktop_broker.common.clock import Clock
from desktop_broker.common.config import TopicConfig
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventKind, EventLog, Severity
from desktop_broker.common.scheduler import Scheduler
from desktop_broker.common.types import ZERO_UUID, TopicPartition, new_uuid, uuid_to_text
from desktop_broker.storage import checkpoints
from desktop_broker.storage.errors import StorageError
from desktop_broker.storage.files import FileLayer, FilePool
from desktop_broker.storage.log import DELETED_FOLDER_SUFFIX, Log, LogServices
from desktop_broker.storage.log_loader import Damage, load_log

_PRODUCER_EXPIRATION_MS = 86_400_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveredLog:
    """One log that was checked after an unclean shutdown."""

    topic_partition: TopicPartition
    log_end_offset: int
    checked_bytes: int
    damage: Damage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """How a broker's folder was found.

    Attributes:
        clean: the last shutdown wrote everything down, and nothing was checked.
        recovered: the logs that were checked, with what was cut off.
        offline: logs that could not be opened, with the reason.
    """

    clean: bool
    directory_id: UUID
    logs: int
    recovered: tuple[RecoveredLog, ...]
    offline: Mapping[TopicPartition, str]
    seconds: float


class LogManager:
    """The logs of one broker. Any thread may call; `_lock` guards the table of logs, and is taken before a log's lock, never behind."""

    def __init__(
        self,
        directory: Path,
        broker_id: int,
        *,
        cluster_id: str,
        clock: Clock,
        events: EventLog,
        scheduler: Scheduler,
        defaults: TopicConfig,
        files: FileLayer | None = None,
    ) -> None:
        self.directory = directory
        self.directory_id = ZERO_UUID
        self.producer_expiration_ms = _PRODUCER_EXPIRATION_MS
        self._broker_id = broker_id
        self._cluster_id = cluster_id
        self._clock = clock
        self._events = events
        self._scheduler = scheduler
        self._defaults = defaults
        self._files = files or FileLayer()
        self._pool = FilePool(self._files)
        self._services = LogServices(
            pool=self._pool,
            clock=clock,
            events=events,
            scheduler=scheduler,
            broker_id=broker_id,
            producer_expiration_ms=lambda: self.producer_expiration_ms,
        )
        self._lock = threading.Lock()
        self._logs: dict[TopicPartition, Log] = {}
        self._offline: dict[TopicPartition, str] = {}

    # starting

    def load(self, progress: Progress | None = None) -> LoadReport:
        """Open every log in the folder. A log that cannot be opened is reported and left out.

        Args:
            progress: called with (logs done, logs in all) now and then.

        Raises:
            StorageError: the folder cannot be used: unwritable, another broker's or cluster's, or of a format not known.
        """
        started = time.monotonic()
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            self._claim()
            clean = checkpoints.was_shut_down_cleanly(self.directory)
            checkpoints.clear_clean_shutdown(self._files, self.directory)
            folders = self._folders()
        except OSError as error:
            raise StorageError(
                f"The data folder {self.directory} cannot be used: {error.strerror or error}."
            ) from error
        recovery_points = self._read_offsets(checkpoints.RECOVERY_POINTS)
        starts = self._read_offsets(checkpoints.LOG_START_OFFSETS)
        recovered: list[RecoveredLog] = []
        for done, (tp, path) in enumerate(folders, 1):
            try:
                self._open(tp, path, clean, recovery_points.get(tp), starts.get(tp), recovered)
            except StorageError as error:
                self._offline[tp] = error.message
                self._publish(EventKind.LOG_OFFLINE, Severity.ERROR, tp, reason=error.message, directory=path)
            if progress is not None and (done % 100 == 0 or done == len(folders)):
                progress(done, len(folders))
        if recovered:
            self._publish_recovery(recovered)
        return LoadReport(
            clean=clean,
            directory_id=self.directory_id,
            logs=len(self._logs),
            recovered=tuple(recovered),
            offline=dict(self._offline),
            seconds=time.monotonic() - started,
        )

    def _claim(self) -> None:
        properties = checkpoints.read_meta_properties(self.directory)
        if properties is None:
            properties = checkpoints.MetaProperties(self._cluster_id, self._broker_id, new_uuid())
            checkpoints.write_meta_properties(self._files, self.directory, properties)
        if properties.cluster_id != self._cluster_id:
            raise StorageError(
                f"The data folder {self.directory} belongs to cluster {properties.cluster_id}, not to {self._cluster_id}."
            )
        if properties.node_id != self._broker_id:
            raise StorageError(
                f"The data folder {self.directory} belongs to broker {properties.node_id}, not to {self._broker_id}."
            )
        self.directory_id = properties.directory_id

    def _folders(self) -> list[tuple[TopicPartition, str]]:
        found: list[tuple[TopicPartition, str]] = []
        with os.scandir(self.directory) as entries:
            for entry in entries:
                if not entry.is_dir():
                    continue
                topic, dash, index = entry.name.rpartition("-")
                if entry.name.endswith(DELETED_FOLDER_SUFFIX):
                    self._remove_folder_later(entry.path, 0)
                elif dash and topic and index.isascii() and index.isdigit():
                    found.append((TopicPartition(topic, int(index)), entry.path))
        return sorted(found)

    def _read_offsets(self, name: str) -> dict[TopicPartition, int]:
        """A checkpoint that cannot be read only means more checking."""
        try:
            return checkpoints.read_offsets(self.directory / name)
        except StorageError as error:
            self._events.publish(
                EventKind.LOG_DAMAGED,
                Severity.WARNING,
                broker=self._broker_id,
                file=str(self.directory / name),
                position=0,
                reason=error.message,
            )
            return {}

    def _open(
        self,
        tp: TopicPartition,
        path: str,
        clean: bool,
        recovery_point: int | None,
        log_start_offset: int | None,
        recovered: list[RecoveredLog],
    ) -> Log:
        topic_id = checkpoints.read_topic_id(Path(path)) or ZERO_UUID
        loaded = load_log(
            path,
            self._pool,
            self._defaults,
            now_ms=self._clock.now_ms(),
            clean=clean,
            recovery_point=recovery_point,
            log_start_offset=log_start_offset,
        )
        log = Log(tp, topic_id, path, self._defaults, self._services, loaded)
        self._logs[tp] = log
        if not clean:
            recovered.append(
                RecoveredLog(
                    topic_partition=tp,
                    log_end_offset=loaded.log_end_offset,
                    checked_bytes=loaded.recovered_bytes,
                    damage=loaded.damage,
                )
            )
        return log

    def _publish_recovery(self, recovered: list[RecoveredLog]) -> None:
        self._events.publish(
            EventKind.LOG_RECOVERED,
            Severity.INFO,
            broker=self._broker_id,
            logs=len(recovered),
            checked_bytes=sum(log.checked_bytes for log in recovered),
            damaged=sum(log.damage is not None for log in recovered),
        )

    # the table

    def get(self, tp: TopicPartition) -> Log | None:
        """The log of a partition that has a replica here."""
        return self._logs.get(tp)

    def all(self) -> list[Log]:
        """Every log."""
        with self._lock:
            return list(self._logs.values())

    @property
    def offline(self) -> dict[TopicPartition, str]:
        """Logs that could not be opened, with the reason. `get_or_create` tries them again."""
        with self._lock:
            return dict(self._offline)

    @property
    def open_files(self) -> int:
        """Segment files open now."""
        return self._pool.open_count

    def get_or_create(self, tp: TopicPartition, topic_id: UUID, config: TopicConfig) -> Log:
        """The log of a partition, made when there is none; it acts on `config` from now on.

        Raises:
            KafkaError: INCONSISTENT_TOPIC_ID when the folder belongs to an earlier topic of that name.
            StorageError: it cannot be made or opened.
        """
        with self._lock:
            log = self._logs.get(tp)
            if log is None:
                log = self._create(tp, topic_id)
            elif log.topic_id != topic_id:
                if log.topic_id != ZERO_UUID:
                    raise KafkaError(
                        ErrorCode.INCONSISTENT_TOPIC_ID,
                        f"{tp} is here with topic id {uuid_to_text(log.topic_id)}, not {uuid_to_text(topic_id)}.",
                    )
                self._write_topic_id(log.directory, topic_id)
                log.topic_id = topic_id
            log.update_config(config)
            return log

    def _create(self, tp: TopicPartition, topic_id: UUID) -> Log:
        path = os.path.join(self.directory, str(tp))
        try:
            os.mkdir(path)
        except FileExistsError:
            log = self._open(tp, path, False, None, None, [])
            self._offline.pop(tp, None)
            if log.topic_id not in (topic_id, ZERO_UUID):
                raise KafkaError(
                    ErrorCode.INCONSISTENT_TOPIC_ID, f"{path} belongs to topic id {uuid_to_text(log.topic_id)}."
                ) from None
            return log
        except OSError as error:
            raise StorageError(f"The folder {path} cannot be made: {error.strerror}.") from error
        self._write_topic_id(Path(path), topic_id)
        return self._open(tp, path, True, 0, 0, [])

    def _write_topic_id(self, folder: Path, topic_id: UUID) -> None:
        try:
            checkpoints.write_topic_id(self._files, folder, topic_id)
        except OSError as error:
            raise StorageError(f"{folder} cannot be written to: {error.strerror}.") from error

    def delete(self, tp: TopicPartition) -> None:
        """Drop a partition's replica: its folder is renamed now and removed after `file.delete.delay.ms`.

        Nothing happens when there is none. Raises StorageError.
        """
        with self._lock:
            log = self._logs.pop(tp, None)
            self._offline.pop(tp, None)
        if log is not None:
            self._remove_folder_later(log.delete(), log.config.file_delete_delay_ms / 1000)

    def _remove_folder_later(self, path: str, seconds: float) -> None:
        self._scheduler.after(seconds, lambda: shutil.rmtree(path, ignore_errors=True))

    # keeping house

    def maintain(self, high_watermark: Callable[[TopicPartition], int | None]) -> None:
        """Retention, producer expiry and overdue flushes for every log. A log that fails goes offline; the others go on.

        Args:
            high_watermark: of a partition; None to leave its log alone.
        """
        now_ms = self._clock.now_ms()
        for log in self.all():
            mark = high_watermark(log.topic_partition)
            if mark is not None and not log.is_offline:
                try:
                    log.maintain(now_ms, mark)
                except StorageError:
                    continue

    def flush_overdue(self) -> None:
        """Flush the logs that have waited `flush.ms`."""
        now_ms = self._clock.now_ms()
        for log in self.all():
            if log.flush_is_due(now_ms):
                try:
                    log.flush()
                except StorageError:
                    continue

    def checkpoint(self) -> None:
        """Write down every log's recovery point and log start offset.

        Raises:
            StorageError: they cannot be written.
        """
        logs = self.all()
        try:
            points = {log.topic_partition: log.recovery_point for log in logs}
            checkpoints.write_offsets(self._files, self.directory / checkpoints.RECOVERY_POINTS, points)
            starts = {log.topic_partition: log.log_start_offset for log in logs if log.log_start_offset > 0}
            checkpoints.write_offsets(self._files, self.directory / checkpoints.LOG_START_OFFSETS, starts)
        except OSError as error:
            raise StorageError(f"The checkpoints in {self.directory} cannot be written: {error.strerror}.") from error

    def load_high_watermarks(self) -> dict[TopicPartition, int]:
        """As last saved; empty when never, or when the file is damaged."""
        return self._read_offsets(checkpoints.HIGH_WATERMARKS)

    def save_high_watermarks(self, high_watermarks: Mapping[TopicPartition, int]) -> None:
        """Write them down, all at once. Raises StorageError."""
        try:
            checkpoints.write_offsets(self._files, self.directory / checkpoints.HIGH_WATERMARKS, high_watermarks)
        except OSError as error:
            raise StorageError(
                f"The high watermarks in {self.directory} cannot be written: {error.strerror}."
            ) from error

    def shutdown(self, clean: bool) -> None:
        """Close every log. Clean: all data reaches the disk and the next start checks nothing, unless some log failed.

        Not clean is a crash: handles are dropped and nothing is written.

        Raises:
            StorageError: the last checkpoints could not be written; the next start recovers.
        """
        sound = not self._offline
        for log in self.all():
            try:
                sound = sound and not log.is_offline
                log.close(clean=clean)
            except StorageError:
                sound = False
        if clean:
            self.checkpoint()
            if sound:
                try:
                    checkpoints.mark_clean_shutdown(self._files, self.directory, -1)
                except OSError as error:
                    raise StorageError(f"{self.directory} cannot be written to: {error.strerror}.") from error
        self._pool.close_all()

    def _publish(self, kind: EventKind, severity: Severity, tp: TopicPartition, **details: object) -> None:
        self._events.publish(
            kind,
            severity,
            broker=self._broker_id,
            topic=tp.topic,
            partition=tp.partition,
            group=None,
            **details,
        )
