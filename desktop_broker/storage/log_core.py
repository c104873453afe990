"""What every operation on a log rests on: its state, its lock, writing at the end, flushing, and going offline.

Counterpart: Kafka's `LocalLog`. `log_reading` and `log` build on it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from desktop_broker.common.clock import Clock
from desktop_broker.common.config import TopicConfig
from desktop_broker.common.events import EventKind, EventLog, Severity
from desktop_broker.common.scheduler import Scheduler
from desktop_broker.common.types import TopicPartition
from desktop_broker.protocol.batch_header import RecordBatchHeader
from desktop_broker.storage.end_markers import take_in
from desktop_broker.storage.errors import DamagedBatchError, StorageError
from desktop_broker.storage.files import FilePool
from desktop_broker.storage.leader_epochs import LeaderEpochs
from desktop_broker.storage.log_loader import LoadedLog
from desktop_broker.storage.producer_state import ProducerStates
from desktop_broker.storage.segment import Segment
from desktop_broker.storage.segment_types import RollLimits, SegmentInfo, WrittenBatch
from desktop_broker.storage.transaction_index import read_aborted, write_aborted


@dataclass(frozen=True, slots=True, kw_only=True)
class LogServices:
    """What all logs of one broker share. `producer_expiration_ms` is a call, because the config may change."""

    pool: FilePool
    clock: Clock
    events: EventLog
    scheduler: Scheduler
    broker_id: int
    producer_expiration_ms: Callable[[], int]


class LogCore:
    """State of one log. `_lock` guards everything; methods with a leading underscore are called with it held."""

    def __init__(
        self,
        topic_partition: TopicPartition,
        topic_id: UUID,
        directory: str,
        config: TopicConfig,
        services: LogServices,
        loaded: LoadedLog,
    ) -> None:
        self.topic_partition = topic_partition
        self.topic_id = topic_id
        self._directory = directory
        self._services = services
        self._lock = threading.Lock()
        self._failure: StorageError | None = None
        self._reported: tuple[str, int] | None = None
        self._truncations = 0
        self._unflushed_since_ms: int | None = None
        self.update_config(config)
        self._take_over(loaded)

    def _take_over(self, loaded: LoadedLog) -> None:
        self._segments = loaded.segments
        self._producer_files = loaded.producer_files
        self.leader_epochs: LeaderEpochs = loaded.leader_epochs
        self.producers: ProducerStates = loaded.producers
        self.log_start_offset: int = loaded.log_start_offset
        self.log_end_offset: int = loaded.log_end_offset
        self.recovery_point: int = loaded.recovery_point
        if loaded.damage is not None:
            damage = loaded.damage
            self._publish(
                EventKind.LOG_DAMAGED,
                Severity.ERROR,
                file=damage.path,
                position=damage.position,
                reason=damage.reason,
                lost_bytes=damage.lost_bytes,
                log_end_offset=loaded.log_end_offset,
            )

    # what it is

    @property
    def directory(self) -> Path:
        """The folder with its files."""
        return Path(self._directory)

    @property
    def config(self) -> TopicConfig:
        return self._config

    def update_config(self, config: TopicConfig) -> None:
        """Act on another config from now on."""
        self._config = config
        self._limits = RollLimits(config.segment_bytes, config.segment_ms, config.segment_index_bytes)

    @property
    def size_bytes(self) -> int:
        """Bytes of all its log files."""
        with self._lock:
            return self._segments.size

    @property
    def last_timestamp_ms(self) -> int | None:
        """The largest timestamp of the newest segment that has one; None as well while the log is offline."""
        with self._lock:
            if self._failure is not None:
                return None
            try:
                newest = (segment.max_timestamp for segment in reversed(list(self._segments)))
                return next((timestamp for timestamp in newest if timestamp >= 0), None)
            except OSError as error:
                raise self._fail(error) from error

    @property
    def is_offline(self) -> bool:
        """Whether it failed, or is closed."""
        return self._failure is not None

    def describe_segments(self) -> tuple[SegmentInfo, ...]:
        """All segments, oldest first. Raises StorageError."""
        with self._lock:
            self._check_online()
            try:
                return tuple(self._describe(index, segment) for index, segment in enumerate(self._segments))
            except OSError as error:
                raise self._fail(error) from error

    def _describe(self, index: int, segment: Segment) -> SegmentInfo:
        return SegmentInfo(
            base_offset=segment.base_offset,
            next_offset=self._segments.next_base(index, self.log_end_offset),
            size_bytes=segment.size,
            largest_timestamp_ms=segment.max_timestamp,
            path=segment.log.path,
            active=segment is self._segments.active,
        )

    # writing

    def _write(
        self, view: memoryview, headers: Sequence[RecordBatchHeader], written: Sequence[WrittenBatch], now_ms: int
    ) -> None:
        """Write batches at the end, rolling first where the config says so, and take their producers in."""
        try:
            segment = self._segments.active
            if segment.live is None:
                self._activate(segment)
            last_offset = written[-1].last_offset
            newest = written[0].max_timestamp if len(written) == 1 else max([batch.max_timestamp for batch in written])
            if segment.should_roll(len(view), last_offset, newest, now_ms, self._limits):
                segment = self._roll(written[0].first_offset, now_ms)
            segment.append(view, written, self._config.index_interval_bytes)
            self.log_end_offset = self.producers.end_offset = last_offset + 1
            position = 0
            for header, batch in zip(headers, written, strict=True):
                if header.producer_id >= 0:
                    self._take_in(segment, header, batch.first_offset, view[position : position + batch.size])
                position += batch.size
            if self._unflushed_since_ms is None:
                self._unflushed_since_ms = now_ms
        except OSError as error:
            raise self._fail(error) from error

    def _take_in(self, segment: Segment, header: RecordBatchHeader, offset: int, batch: memoryview) -> None:
        aborted = take_in(self.producers, header, offset, batch)
        if aborted is not None:
            path = segment.transaction_index_path
            write_aborted(self._segments.pool.files, path, [*read_aborted(path), aborted])

    def _activate(self, segment: Segment) -> None:
        """The first write since the start: the segment's end must be where the clean shutdown said."""
        try:
            next_offset = segment.activate(self._config.index_interval_bytes)
        except DamagedBatchError as error:
            self._report_damage(error)
            raise self._fail(error) from error
        if next_offset != self.log_end_offset and segment.size:
            raise self._fail(
                StorageError(f"{segment.log.path} ends at offset {next_offset}, not at {self.log_end_offset}.")
            )

    def _roll(self, base_offset: int, now_ms: int) -> Segment:
        old = self._segments.active
        if old.size == 0:  # only its base offset is too far away, or its index too small for anything
            self._remove([old])
        segment = self._segments.start_new(base_offset, now_ms, self._config)
        self.producers.end_offset = base_offset
        self._producer_files.take(self.producers)
        self._services.scheduler.after(0, self._flush_quietly)
        return segment

    def _remove(self, segments: Sequence[Segment]) -> None:
        """Take segments out; their files go after `file.delete.delay.ms`. Raises OSError."""
        for segment in segments:
            self._producer_files.forget(segment.base_offset)
        paths = self._segments.remove(segments)
        files = self._segments.pool.files

        def remove_files() -> None:
            for segment in segments:
                segment.close()
            for path in paths:
                files.remove(path)

        self._services.scheduler.after(self._config.file_delete_delay_ms / 1000, remove_files)

    def _assign_epoch(self, epoch: int, offset: int) -> None:
        try:
            self.leader_epochs.assign(epoch, offset)
        except OSError as error:
            raise self._fail(error) from error

    # flushing

    def flush(self) -> None:
        """Force everything that is written now to the disk; the recovery point moves there.

        Appends go on meanwhile. Raises StorageError.
        """
        with self._lock:
            self._check_online()
            end, truncations = self.log_end_offset, self._truncations
            segments = list(self._segments.from_offset(self.recovery_point)) if end > self.recovery_point else []
            try:
                for segment in segments:
                    segment.save_indexes()
                self.leader_epochs.sync()
            except OSError as error:
                raise self._fail(error) from error
            self._unflushed_since_ms = None
        try:
            for segment in segments:
                segment.flush()
        except OSError as error:
            with self._lock:
                if segment in self._segments:
                    raise self._fail(error) from error
        with self._lock:
            if truncations == self._truncations:
                self.recovery_point = max(self.recovery_point, end)

    def flush_is_due(self, now_ms: int) -> bool:
        """Whether something has waited `flush.ms` for the disk."""
        since = self._unflushed_since_ms
        return since is not None and now_ms - since >= self._config.flush_ms and self._failure is None

    def _flush_quietly(self) -> None:
        """Flush in the background: a failure has taken the log offline, and the next request says so."""
        try:
            self.flush()
        except StorageError:
            return

    # failing

    def _check_online(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _fail(self, error: Exception) -> StorageError:
        """Take the log offline; returns what to raise."""
        if self._failure is None:
            reason = error.message if isinstance(error, StorageError) else _words(error)
            self._failure = StorageError(
                f"{self.topic_partition} is offline on broker {self._services.broker_id}: {reason}"
            )
            self._publish(EventKind.LOG_OFFLINE, Severity.ERROR, reason=reason, directory=self._directory)
        return self._failure

    def _report_damage(self, error: DamagedBatchError) -> None:
        """An event for each place, once."""
        place = (error.path, error.position)
        if place != self._reported:
            self._reported = place
            self._publish(
                EventKind.LOG_DAMAGED, Severity.ERROR, file=error.path, position=error.position, reason=error.reason
            )

    def _publish(self, kind: EventKind, severity: Severity, **details: object) -> None:
        topic, partition = self.topic_partition
        self._services.events.publish(
            kind, severity, broker=self._services.broker_id, topic=topic, partition=partition, group=None, **details
        )


def _words(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}{f' ({error.filename})' if error.filename else ''}."
    return str(error)
