"""Opens a log: finishes what was under way, then trusts the files (clean start) or checks them (recovery).

Counterpart: Kafka's `LogLoader`. A clean start opens no segment: the directory is listed once, and the recovery point, written down at the
clean shutdown, says where the log ends. Recovery replays from the recovery point, checks each batch's checksum, rebuilds indexes, leader
epochs and producers, and cuts at the first bad batch.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop_broker.common.config import TopicConfig
from desktop_broker.storage.end_markers import take_in
from desktop_broker.storage.errors import DamagedBatchError, StorageError
from desktop_broker.storage.files import FilePool
from desktop_broker.storage.leader_epochs import LeaderEpochs
from desktop_broker.storage.producer_files import SUFFIX as SNAPSHOT_SUFFIX
from desktop_broker.storage.producer_files import ProducerFiles
from desktop_broker.storage.producer_state import ProducerStates
from desktop_broker.storage.scan import Placed
from desktop_broker.storage.segment import Segment
from desktop_broker.storage.segments import Segments, draw_jitter
from desktop_broker.storage.transaction_index import AbortedTransaction, write_aborted

_SLICE = 4 << 20  # about a millisecond: bytes to check, a batch counted as _BATCH_COST bytes more
_BATCH_COST = 16 << 10
_NO_LIMIT = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Where recovery cut a log: everything of this file from `position` on, and all later segments, `lost_bytes` in all."""

    path: str
    position: int
    reason: str
    lost_bytes: int


@dataclass(slots=True, kw_only=True)
class LoadedLog:
    """The state of a log as its files have it."""

    segments: Segments
    leader_epochs: LeaderEpochs
    producers: ProducerStates
    producer_files: ProducerFiles
    log_start_offset: int
    log_end_offset: int
    recovery_point: int
    recovered_bytes: int = 0
    damage: Damage | None = None


def load_log(
    directory: str,
    pool: FilePool,
    config: TopicConfig,
    *,
    now_ms: int,
    clean: bool,
    recovery_point: int | None,
    log_start_offset: int | None,
) -> LoadedLog:
    """Open the log in a folder, which exists.

    Args:
        clean: whether the last shutdown wrote everything down.
        recovery_point: from the checkpoint; None when it has none, then everything is checked.
        log_start_offset: from the checkpoint; None for the first segment's base offset.

    Raises:
        StorageError: a file cannot be read, or the folder holds what no log has.
    """
    try:
        return _Loader(directory, pool, config, now_ms).load(clean, recovery_point, log_start_offset or 0)
    except OSError as error:
        raise StorageError(f"The log in {directory} cannot be opened: {error.strerror or error}.") from error


class _Loader:
    """Loads one log; used once, on one thread."""

    def __init__(self, directory: str, pool: FilePool, config: TopicConfig, now_ms: int) -> None:
        self._directory = directory
        self._pool = pool
        self._files = pool.files
        self._config = config
        self._now_ms = now_ms
        self._segments = Segments(pool, directory)
        self._producers = ProducerStates()
        self._aborted: list[AbortedTransaction] = []
        self._checked_bytes = 0
        self._slice_left = _SLICE

    def load(self, clean: bool, recovery_point: int | None, log_start_offset: int) -> LoadedLog:
        snapshots = self._list_files()
        if not len(self._segments):
            self._segments.start_new(log_start_offset, self._now_ms, self._config)
        self._start = max(log_start_offset, self._segments.first_base)
        self._producer_files = ProducerFiles(self._directory, self._files, snapshots)
        self._epochs = LeaderEpochs.load(Path(self._directory), self._files)
        active = self._segments.active
        damage = None
        if clean and recovery_point is not None and (recovery_point > active.base_offset or active.size == 0):
            end = recovery_point if active.size else active.base_offset
        else:
            end, damage = self._recover(0 if clean else recovery_point)
            recovery_point = min(recovery_point or 0, end)
            self._epochs.truncate_from_end(end)
        if end < self._start:  # what is left was deleted by DeleteRecords or retention already
            self._restart_at(self._start)
            end = self._start
        self._epochs.truncate_from_start(self._start)
        if self._producers.end_offset != end:
            self._load_producers(end)
        self._producer_files.remove_outside(self._start, end)
        return LoadedLog(
            segments=self._segments,
            leader_epochs=self._epochs,
            producers=self._producers,
            producer_files=self._producer_files,
            log_start_offset=self._start,
            log_end_offset=end,
            recovery_point=min(recovery_point, end),
            recovered_bytes=self._checked_bytes,
            damage=damage,
        )

    def _list_files(self) -> list[int]:
        names: dict[str, int] = {}
        with os.scandir(self._directory) as entries:
            for entry in entries:
                if entry.name.endswith((".deleted", ".cleaned", ".tmp")):
                    self._files.remove(entry.path)
                elif entry.name.endswith(".swap"):
                    target = entry.name.removesuffix(".swap")
                    self._files.rename(entry.path, os.path.join(self._directory, target))
                    names[target] = -1
                else:
                    names[entry.name] = -1
        for name in sorted(name for name in names if name.endswith(".log") and name[:-4].isdigit()):
            status = os.stat(os.path.join(self._directory, name))
            segment = Segment(
                self._pool, self._directory, int(name[:-4]), status.st_size, status.st_mtime_ns // 1_000_000
            )
            segment.jitter_ms = draw_jitter(self._config)
            self._segments.add(segment)
        self._remove_orphans(names)
        digits = -len(SNAPSHOT_SUFFIX)
        return [int(name[:digits]) for name in names if name.endswith(SNAPSHOT_SUFFIX) and name[:digits].isdigit()]

    def _remove_orphans(self, names: Iterable[str]) -> None:
        bases = {f"{segment.base_offset:020d}" for segment in self._segments}
        for name in names:
            stem, dot, kind = name.partition(".")
            if dot and kind in ("index", "timeindex", "txnindex") and stem not in bases:
                self._files.remove(os.path.join(self._directory, name))

    def _recover(self, recovery_point: int | None) -> tuple[int, Damage | None]:
        first = self._segments.index_of(recovery_point or 0)
        self._load_producers(self._segments[first].base_offset)
        end = self._segments[first].base_offset
        for index in range(first, len(self._segments)):
            segment = self._segments[index]
            if self._producers.end_offset < segment.base_offset:
                self._producers.end_offset = segment.base_offset
            if index > first:
                self._producer_files.remove(segment.base_offset)
                self._producer_files.take(self._producers)
            whole = segment.size
            self._aborted = []
            limit = self._segments.next_base(index, _NO_LIMIT)
            end, bad = segment.recover(self._config.index_interval_bytes, limit, self._take_in)
            write_aborted(self._files, segment.transaction_index_path, self._aborted)
            if bad is not None:
                return end, self._cut_behind(index, bad, whole)
            if index + 1 < len(self._segments):
                segment.seal()
        return end, None

    def _restart_at(self, offset: int) -> None:
        for path in self._segments.remove(list(self._segments)):
            self._files.remove(path)
        self._segments.start_new(offset, self._now_ms, self._config)
        self._epochs.clear()

    def _cut_behind(self, index: int, bad: DamagedBatchError, whole: int) -> Damage:
        gone = [self._segments[later] for later in range(index + 1, len(self._segments))]
        lost = whole - self._segments[index].size + sum(segment.size for segment in gone)
        for path in self._segments.remove(gone):
            self._files.remove(path)
        return Damage(path=bad.path, position=bad.position, reason=bad.reason, lost_bytes=lost)

    def _take_in(self, placed: Placed, batch: memoryview) -> None:
        header = placed.header
        if header.partition_leader_epoch > self._epochs.latest():
            self._epochs.assign(header.partition_leader_epoch, header.base_offset)
        if header.producer_id >= 0 and header.base_offset >= self._producers.end_offset:
            aborted = take_in(self._producers, header, header.base_offset, batch)
            if aborted is not None:
                self._aborted.append(aborted)
        self._producers.end_offset = max(self._producers.end_offset, header.next_offset)
        self._checked_bytes += header.size
        self._slice_left -= header.size + _BATCH_COST
        if self._slice_left < 0:
            self._slice_left = _SLICE
            time.sleep(0)  # other brokers of this process go on serving

    def _load_producers(self, end: int) -> None:
        self._producer_files.load_newest(self._producers, self._start, end)
        replay_producers(self._segments, self._producers, end)


def replay_producers(segments: Segments, producers: ProducerStates, end: int) -> None:
    """Bring producers forward to `end` from the batches behind their end offset. Raises OSError, StorageError."""
    start = producers.end_offset
    if start < end:
        for segment in segments.from_offset(start):
            if segment.base_offset >= end:
                break
            for position, header in segment.batches_from(start):
                if header.base_offset >= end:
                    break
                if header.producer_id >= 0 and header.base_offset >= start:
                    body = segment.read_bytes(position, header.size) if header.is_control else b""
                    take_in(producers, header, header.base_offset, body)
    producers.end_offset = end
