"""One segment of a log: a `.log` file of batches with its two sparse indexes.

Counterpart: Kafka's `LogSegment`. A segment that is only read knows little more than its size; one that is written to is *live* and keeps its
index entries in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_broker.storage.errors import DamagedBatchError
from desktop_broker.storage.files import SegmentFile
from desktop_broker.storage.index import LiveIndex
from desktop_broker.storage.scan import BatchFile, Placed
from desktop_broker.storage.segment_reading import NO_TIMESTAMP, UNKNOWN_TIMESTAMP, ReadableSegment
from desktop_broker.storage.segment_types import RollLimits, WrittenBatch

MAX_RELATIVE_OFFSET = 2**31 - 1
DELETED_SUFFIX = ".deleted"


class Segment(ReadableSegment):
    """One segment. Guarded by its log's lock."""

    __slots__ = ()

    # writing

    def start(self) -> None:
        """Make the log file of a new segment, empty; raises OSError. The indexes get theirs when they are first saved."""
        fd = self.log.acquire()
        try:
            self._pool.files.truncate(fd, 0)
        finally:
            self.log.release()
        self.live = LiveIndex()
        self.live.rewrite()

    def append(self, view: memoryview, batches: Sequence[WrittenBatch], index_interval: int) -> None:
        """Write batches behind the last, all or none.

        Raises:
            OSError: nothing was taken; what a failed write left behind has been cut off.
        """
        live = self.live
        assert live is not None, "only a live segment is written to"
        position = self.size
        self._write(view)
        if position == 0:
            self._first_timestamp = batches[0].max_timestamp
        base_offset = self.base_offset
        for _, last_offset, size, timestamp in batches:
            relative = last_offset - base_offset
            if timestamp > self._max_timestamp:
                self._max_timestamp, self._max_timestamp_relative = timestamp, relative
            live.add(relative, position, size, index_interval, self._max_timestamp, self._max_timestamp_relative)
            position += size
        self.size = position

    def _write(self, view: memoryview) -> None:
        files = self._pool.files
        fd = self.log.acquire()
        try:
            written = files.write(fd, view)
            while written < len(view):
                written += files.write(fd, view[written:])
        except OSError:
            self._cut_back(fd)
            raise
        finally:
            self.log.release()

    def _cut_back(self, fd: int) -> None:
        try:
            self._pool.files.truncate(fd, self.size)
        except OSError:  # recovery will cut it: the log goes offline now either way
            return

    def save_indexes(self) -> None:
        """Bring the index files up to the log; raises OSError."""
        if self.live is not None:
            self.live.save(self.offset_file, self.time_file, self._pool.files)

    def flush(self) -> None:
        """Force log and indexes to disk; raises OSError. Call without the log's lock, after `save_indexes`."""
        files = self._pool.files
        for file in (self.log, self.offset_file, self.time_file):
            fd = file.acquire()
            try:
                files.fsync(fd)
            finally:
                file.release()

    def seal(self) -> None:
        """No more is written: complete the indexes and keep nothing in memory (`onBecomeInactiveSegment`)."""
        if self.live is not None:
            self.live.add_time(self._max_timestamp, self._max_timestamp_relative)
            self.live.save(self.offset_file, self.time_file, self._pool.files)
            self.live = None
            self.offset_file.close()
            self.time_file.close()

    def close(self) -> None:
        """Close idle handles."""
        for file in (self.log, self.offset_file, self.time_file):
            file.close()

    def should_roll(
        self, extra_bytes: int, last_offset: int, max_timestamp: int, now_ms: int, config: RollLimits
    ) -> bool:
        """Whether batches of so many bytes must go to a new segment (`LogSegment.shouldRoll`)."""
        size = self.size
        if size > config.segment_bytes - extra_bytes or last_offset - self.base_offset > MAX_RELATIVE_OFFSET:
            return True
        if size == 0:
            return False
        first = self.first_timestamp
        waited = max_timestamp - first if first >= 0 else now_ms - self.created_ms
        return waited > config.segment_ms - self.jitter_ms or (
            self.live is not None and self.live.is_full(config.segment_index_bytes)
        )

    # loading, recovery and truncation

    def activate(self, index_interval: int) -> int:
        """Make a closed segment live again, trusting its indexes where they make sense; the next offset.

        Raises:
            DamagedBatchError: the end of the log is no batch.
            OSError: a file cannot be read.
        """
        live = LiveIndex()
        offset_data, time_data = self._saved.read_all()
        if not live.load(offset_data, time_data, self.size):
            return self.rebuild(index_interval, lambda placed: None)
        self._max_timestamp, self._max_timestamp_relative = live.newest()
        start = live.positions[-1] if live.positions else 0
        next_offset = self.base_offset
        for _, header in self._read_headers(start):
            next_offset = header.next_offset
            if header.max_timestamp > self._max_timestamp:
                self._max_timestamp = header.max_timestamp
                self._max_timestamp_relative = header.last_offset - self.base_offset
        live.resume(self.size - start)
        self.live = live
        return next_offset

    def rebuild(self, index_interval: int, on_batch: Callable[[Placed], None]) -> int:
        """Make it live with indexes built from the headers; the next offset. Raises as `activate`."""
        self._reset_live()
        next_offset = self.base_offset
        for placed in self._read_headers(0):
            self._index(placed, index_interval)
            on_batch(placed)
            next_offset = placed.header.next_offset
        return next_offset

    def recover(
        self, index_interval: int, limit: int, on_batch: Callable[[Placed, memoryview], None]
    ) -> tuple[int, DamagedBatchError | None]:
        """Check every batch, rebuild the indexes, and cut the file at the first bad batch (`LogSegment.recover`).

        Args:
            limit: the offset where the next segment begins.
            on_batch: called with each sound batch.

        Returns:
            The next offset, and the damage when there was some.

        Raises:
            OSError: the file cannot be read or cut.
        """
        self._reset_live()
        end, next_offset, damage = 0, self.base_offset, None
        fd = self.log.acquire()
        try:
            try:
                for placed, batch in BatchFile(self.log.path, fd, self.size, self._pool.files.pread).checked(0):
                    if placed.header.base_offset < next_offset or placed.header.last_offset >= limit:
                        raise DamagedBatchError(self.log.path, placed.position, "its offsets do not rise")
                    self._index(placed, index_interval)
                    on_batch(placed, batch)
                    end, next_offset = placed.position + placed.header.size, placed.header.next_offset
            except DamagedBatchError as error:
                damage = error
                self._pool.files.truncate(fd, end)
                self.size = end
        finally:
            self.log.release()
        return next_offset, damage

    def truncate(self, offset: int) -> int | None:
        """Drop every batch with this offset or a higher one; the segment must be live.

        Returns:
            The first offset that was dropped, None when nothing was.

        Raises:
            DamagedBatchError, OSError: as `locate`.
        """
        assert self.live is not None, "only a live segment is truncated"
        placed = next(iter(self.batches_from(offset)), None)
        if placed is None:
            return None
        fd = self.log.acquire()
        try:
            self._pool.files.truncate(fd, placed.position)
        finally:
            self.log.release()
        self.size = placed.position
        self.live.truncate(offset - self.base_offset)
        self._max_timestamp, self._max_timestamp_relative = self.live.newest()
        if self.size == 0:
            self._first_timestamp = NO_TIMESTAMP
        for _, header in self._read_headers(self.live.positions[-1] if self.live.positions else 0):
            if header.max_timestamp > self._max_timestamp:
                self._max_timestamp = header.max_timestamp
                self._max_timestamp_relative = header.last_offset - self.base_offset
        return placed.header.base_offset

    def mark_deleted(self) -> list[str]:
        """Give all files the suffix `.deleted`; their new paths. Raises OSError."""
        for file in (self.log, self.offset_file, self.time_file):
            self._rename_if_there(file)
        paths = [self.log.path, self.offset_file.path, self.time_file.path]
        for path in (self.transaction_index_path, self.snapshot_path):
            try:
                self._pool.files.rename(path, path + DELETED_SUFFIX)
                paths.append(path + DELETED_SUFFIX)
            except FileNotFoundError:
                continue
        return paths

    def _rename_if_there(self, file: SegmentFile) -> None:
        try:
            file.rename(file.path + DELETED_SUFFIX)
        except FileNotFoundError:
            file.path += DELETED_SUFFIX

    def _reset_live(self) -> None:
        self.live = LiveIndex()
        self.live.rewrite()
        self._max_timestamp, self._max_timestamp_relative = NO_TIMESTAMP, 0
        self._first_timestamp = NO_TIMESTAMP if self.size == 0 else UNKNOWN_TIMESTAMP

    def _index(self, placed: Placed, interval: int) -> None:
        assert self.live is not None
        position, header = placed
        relative = header.last_offset - self.base_offset
        if not 0 <= relative <= MAX_RELATIVE_OFFSET or header.base_offset < self.base_offset:
            raise DamagedBatchError(self.log.path, position, "its offsets do not belong into this segment")
        if header.max_timestamp > self._max_timestamp:
            self._max_timestamp, self._max_timestamp_relative = header.max_timestamp, relative
        self.live.add(relative, position, header.size, interval, self._max_timestamp, self._max_timestamp_relative)
