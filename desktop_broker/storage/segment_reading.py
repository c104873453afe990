"""Reading one segment: finding batches by offset, position and time.

Counterpart: the reading side of Kafka's `LogSegment`.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterable

from desktop_broker.storage.files import FilePool, SegmentFile
from desktop_broker.storage.index import LiveIndex, SavedIndex
from desktop_broker.storage.scan import BatchFile, Placed

NO_TIMESTAMP = -1
UNKNOWN_TIMESTAMP = -2


class ReadableSegment:
    """The files of one segment, and what is known of them. Guarded by its log's lock."""

    __slots__ = (
        "_first_timestamp",
        "_max_timestamp",
        "_max_timestamp_relative",
        "_pool",
        "_stem",
        "base_offset",
        "created_ms",
        "jitter_ms",
        "live",
        "log",
        "offset_file",
        "size",
        "time_file",
    )

    def __init__(self, pool: FilePool, folder: str, base_offset: int, size: int, created_ms: int) -> None:
        self._pool = pool
        self._stem = os.path.join(folder, f"{base_offset:020d}")
        self.base_offset = base_offset
        self.size = size
        self.created_ms = created_ms
        self.jitter_ms = 0
        self.live: LiveIndex | None = None
        self.log = SegmentFile(pool, self._stem + ".log")
        self.offset_file = SegmentFile(pool, self._stem + ".index")
        self.time_file = SegmentFile(pool, self._stem + ".timeindex")
        self._first_timestamp = NO_TIMESTAMP if size == 0 else UNKNOWN_TIMESTAMP
        self._max_timestamp = NO_TIMESTAMP if size == 0 else UNKNOWN_TIMESTAMP
        self._max_timestamp_relative = 0

    @property
    def transaction_index_path(self) -> str:
        return self._stem + ".txnindex"

    @property
    def snapshot_path(self) -> str:
        """The producers as they stood where this segment begins."""
        return self._stem + ".snapshot"

    # times

    @property
    def first_timestamp(self) -> int:
        """The largest timestamp of the first batch, -1 when there is none; time-based rolling counts from it."""
        if self._first_timestamp == UNKNOWN_TIMESTAMP:
            first = next(iter(self._read_headers(0)), None)
            self._first_timestamp = first.header.max_timestamp if first else NO_TIMESTAMP
        return self._first_timestamp

    @property
    def max_timestamp(self) -> int:
        """The largest timestamp in it, -1 when no record has one."""
        if self._max_timestamp == UNKNOWN_TIMESTAMP:
            newest = self._saved.newest()
            self._max_timestamp, self._max_timestamp_relative = newest or (NO_TIMESTAMP, 0)
        return self._max_timestamp

    @property
    def max_timestamp_offset(self) -> int:
        """The last offset of the batch with the largest timestamp."""
        return self.base_offset + self._max_timestamp_relative if self.max_timestamp >= 0 else self.base_offset

    def modified_ms(self) -> int:
        """When the file was last written, ms since 1970."""
        try:
            return os.stat(self.log.path).st_mtime_ns // 1_000_000
        except OSError:
            return self.created_ms

    # reading

    def locate(self, offset: int) -> tuple[int, int, int] | None:
        """The first batch whose last offset is not below `offset`: where it starts and ends, and its last offset; None for none.

        Raises:
            DamagedBatchError: what stands on the way is no batch.
            OSError: the file cannot be read.
        """
        relative = offset - self.base_offset
        live = self.live
        if live is not None:
            recent, positions = live.recent_offsets, live.recent_positions
            slot = bisect_left(recent, relative)
            if slot or (recent and positions[0] == 0):
                if slot == len(recent):
                    return None
                end = positions[slot + 1] if slot + 1 < len(recent) else self.size
                return positions[slot], end, self.base_offset + recent[slot]
            start = live.position_below(relative)
        else:
            start = self._saved.position_below(relative, self.size)
        for position, header in self._read_headers(start):
            if header.last_offset >= offset:
                return position, position + header.size, header.last_offset
        return None

    def boundary(self, limit: int, floor: int, end: int) -> int:
        """Where the last batch ends that ends at or before the position `limit` and lies wholly before the offset `end`.

        `floor`, the end of some batch, is the least answer. Raises as `locate`.
        """
        if limit <= floor:
            return floor
        relative = end - self.base_offset
        live = self.live
        if live is not None:
            known = live.recent_boundary(limit, relative, self.size)
            if known is not None:
                return max(known, floor)
            start = min(live.position_of(limit), live.position_below(relative - 1))
        else:
            start = min(self._saved.position_of(limit), self._saved.position_below(relative - 1, self.size))
        found = max(start, floor)
        for position, header in self._read_headers(found):
            if position + header.size > limit or header.last_offset >= end:
                return position
            found = position + header.size
            if found == limit or header.next_offset == end:
                break
        return found

    def batches_from(self, offset: int) -> Iterable[Placed]:
        """The headers from the batch with an offset on."""
        found = self.locate(offset)
        return self._read_headers(found[0]) if found is not None else ()

    def batches_since(self, timestamp: int, first_offset: int) -> Iterable[Placed]:
        """The headers from a point on before which every record is older than the timestamp, or below the offset."""
        index = self.live if self.live is not None else self._saved
        return self.batches_from(max(self.base_offset + index.time_below(timestamp), first_offset, self.base_offset))

    def read_bytes(self, position: int, length: int) -> bytes:
        """Part of the file. Raises as `locate`."""
        fd = self.log.acquire()
        try:
            return BatchFile(self.log.path, fd, self.size, self._pool.files.pread).read(position, length)
        finally:
            self.log.release()

    def _read_headers(self, position: int) -> Iterable[Placed]:
        fd = self.log.acquire()
        try:
            yield from BatchFile(self.log.path, fd, self.size, self._pool.files.pread).headers(position)
        finally:
            self.log.release()

    @property
    def _saved(self) -> SavedIndex:
        return SavedIndex(self.offset_file, self.time_file, self._pool.files)
