"""A segment's sparse indexes: offset to position (`.index`) and timestamp to offset (`.timeindex`), in Kafka's layout.

Counterpart: Kafka's `OffsetIndex` and `TimeIndex`. The segment that is written to keeps its entries in memory and writes them out when it is
flushed, rolled or closed: after a crash they are rebuilt from the log. Of older segments nothing is kept: a look-up is a
binary search by small reads. Offsets in entries are relative to the segment's base offset; an offset entry holds the last offset of a
batch and the position where that batch starts.
"""

from __future__ import annotations

import os
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from operator import lt
from struct import Struct

from desktop_broker.storage.files import FileLayer, SegmentFile

OFFSET_ENTRY = Struct(">ii")
TIME_ENTRY = Struct(">qi")
_RECENT_MOST = 1024
_RECENT_KEPT = 512


class LiveIndex:
    """The index entries of the segment that is appended to, and the exact places of its newest batches. Guarded by the log's lock.

    The newest batches' places serve reads at the tail without touching the disk.
    """

    __slots__ = (
        "_bytes_since_entry",
        "_saved_offsets",
        "_saved_times",
        "offsets",
        "positions",
        "recent_offsets",
        "recent_positions",
        "time_offsets",
        "times",
    )

    def __init__(self) -> None:
        self.offsets = array("i")
        self.positions = array("i")
        self.times = array("q")
        self.time_offsets = array("i")
        self.recent_offsets = array("i")  # last offsets of the newest batches, none left out
        self.recent_positions = array("i")
        self._bytes_since_entry = 0
        self._saved_offsets = 0
        self._saved_times = 0

    def add(self, relative: int, position: int, size: int, interval: int, newest: int, newest_relative: int) -> None:
        """A batch whose last offset is `relative` stands at a position.

        Args:
            newest: the largest timestamp of the segment so far.
            newest_relative: the last offset of the batch that has it.
        """
        recent = self.recent_offsets
        recent.append(relative)
        self.recent_positions.append(position)
        if len(recent) > _RECENT_MOST:
            del recent[:-_RECENT_KEPT]
            del self.recent_positions[:-_RECENT_KEPT]
        if self._bytes_since_entry > interval:
            self.offsets.append(relative)
            self.positions.append(position)
            self.add_time(newest, newest_relative)
            self._bytes_since_entry = 0
        self._bytes_since_entry += size

    def add_time(self, timestamp: int, relative: int) -> None:
        """An entry of the time index, unless it would say nothing new."""
        if timestamp > (self.times[-1] if self.times else -1):
            self.times.append(timestamp)
            self.time_offsets.append(relative)

    def recent_boundary(self, limit: int, relative: int, size: int) -> int | None:
        """The end of the last batch that ends at or before the position `limit` and before the offset `relative`.

        None when the newest batches do not tell. `size` is the end of the last batch.
        """
        positions = self.recent_positions
        by_offset = bisect_left(self.recent_offsets, relative)
        by_position = bisect_right(positions, limit) - 1
        if by_position < 0 or (by_offset == 0 and positions[0] != 0):
            return None
        reach = positions[by_offset] if by_offset < len(positions) else size
        return min(reach, size if limit >= size else positions[by_position])

    def position_below(self, relative: int) -> int:
        """A position at or before the batch that holds a relative offset."""
        slot = bisect_right(self.offsets, relative) - 1
        return self.positions[slot] if slot >= 0 else 0

    def position_of(self, position: int) -> int:
        """The last indexed position at or before a position."""
        slot = bisect_right(self.positions, position) - 1
        return self.positions[slot] if slot >= 0 else 0

    def time_below(self, timestamp: int) -> int:
        """A relative offset before which every record is older than the timestamp."""
        slot = bisect_right(self.times, timestamp) - 1
        return self.time_offsets[slot] if slot >= 0 else 0

    def truncate(self, relative: int) -> None:
        """Forget everything at or above a relative offset."""
        keep = bisect_left(self.offsets, relative)
        del self.offsets[keep:], self.positions[keep:]
        keep = bisect_left(self.time_offsets, relative)
        del self.times[keep:], self.time_offsets[keep:]
        del self.recent_offsets[:], self.recent_positions[:]
        self._bytes_since_entry = 0
        self.rewrite()

    def rewrite(self) -> None:
        """The files hold something else: write them anew when saving."""
        self._saved_offsets = self._saved_times = -1

    def is_full(self, max_bytes: int) -> bool:
        """Whether one of the files may not grow any more (`segment.index.bytes`); the time index keeps a slot for the roll."""
        entries = len(self.offsets)
        return entries >= max_bytes // OFFSET_ENTRY.size or len(self.times) >= max_bytes // TIME_ENTRY.size - 1

    def save(self, offset_file: SegmentFile, time_file: SegmentFile, files: FileLayer) -> None:
        """Write what the files lack."""
        if self._saved_offsets != len(self.offsets):
            start = max(self._saved_offsets, 0)
            _append(
                files,
                offset_file,
                start * OFFSET_ENTRY.size,
                _pack_offsets(self.offsets[start:], self.positions[start:]),
            )
            self._saved_offsets = len(self.offsets)
        if self._saved_times != len(self.times):
            start = max(self._saved_times, 0)
            pairs = zip(self.times[start:], self.time_offsets[start:], strict=True)
            content = b"".join([TIME_ENTRY.pack(*pair) for pair in pairs])
            _append(files, time_file, start * TIME_ENTRY.size, content)
            self._saved_times = len(self.times)

    def load(self, offset_data: bytes, time_data: bytes, log_size: int) -> bool:
        """Take over the entries of the files; False, and nothing is taken, when they cannot belong to a log of this size."""
        if len(offset_data) % OFFSET_ENTRY.size or len(time_data) % TIME_ENTRY.size:
            return False
        both = array("i", offset_data)
        if sys.byteorder == "little":
            both.byteswap()
        offsets, positions = both[::2], both[1::2]
        pairs = list(TIME_ENTRY.iter_unpack(time_data))
        times, time_offsets = array("q", [pair[0] for pair in pairs]), array("i", [pair[1] for pair in pairs])
        if not all(_rising(values) for values in (offsets, positions, times, time_offsets)):
            return False
        if (log_size and not times) or (positions and positions[-1] >= log_size):
            return False
        self.offsets, self.positions, self.times, self.time_offsets = offsets, positions, times, time_offsets
        self._saved_offsets, self._saved_times = len(offsets), len(times)
        return True

    def newest(self) -> tuple[int, int]:
        """The last time entry: timestamp and relative offset; (-1, 0) when there is none."""
        return (self.times[-1], self.time_offsets[-1]) if self.times else (-1, 0)

    def resume(self, bytes_since_entry: int) -> None:
        """So many bytes of log stand behind the last entry."""
        self._bytes_since_entry = bytes_since_entry


class SavedIndex:
    """Look-ups in the index files of a segment that is no longer written to. Holds nothing; the files open when asked."""

    __slots__ = ("_files", "_offset_file", "_time_file")

    def __init__(self, offset_file: SegmentFile, time_file: SegmentFile, files: FileLayer) -> None:
        self._offset_file = offset_file
        self._time_file = time_file
        self._files = files

    def position_below(self, relative: int, end: int) -> int:
        """A position at or before the batch with a relative offset; 0 when the entry found lies beyond `end`."""
        entry = self._last_entry(self._offset_file, OFFSET_ENTRY, lambda entry: entry[0] <= relative)
        return entry[1] if entry is not None and 0 <= entry[1] < end else 0

    def position_of(self, position: int) -> int:
        """The last indexed position at or before a position."""
        entry = self._last_entry(self._offset_file, OFFSET_ENTRY, lambda entry: entry[1] <= position)
        return entry[1] if entry is not None else 0

    def time_below(self, timestamp: int) -> int:
        """A relative offset before which every record is older than the timestamp."""
        entry = self._last_entry(self._time_file, TIME_ENTRY, lambda entry: entry[0] <= timestamp)
        return entry[1] if entry is not None else 0

    def newest(self) -> tuple[int, int] | None:
        """The last time entry: the largest timestamp of the segment, and the relative last offset of its batch."""
        return self._last_entry(self._time_file, TIME_ENTRY, lambda _: True)

    def read_all(self) -> tuple[bytes, bytes]:
        """Both files whole."""
        return _read_file(self._files, self._offset_file), _read_file(self._files, self._time_file)

    def _last_entry(
        self, file: SegmentFile, layout: Struct, wanted: Callable[[tuple[int, int]], bool]
    ) -> tuple[int, int] | None:
        fd = file.acquire()
        try:
            size = layout.size

            def entry(slot: int) -> tuple[int, int]:
                first, second = layout.unpack(self._files.pread(fd, size, slot * size))
                return first, second

            count = _size_of(fd) // size
            slot = bisect_left(range(count), True, key=lambda slot: not wanted(entry(slot))) - 1
            return entry(slot) if slot >= 0 else None
        finally:
            file.release()


def _rising(values: array[int]) -> bool:
    return all(map(lt, values, values[1:])) and (not values or values[0] >= 0)


def _pack_offsets(offsets: array[int], positions: array[int]) -> bytes:
    both = array("i", bytes(4 * 2 * len(offsets)))
    both[::2], both[1::2] = offsets, positions
    if sys.byteorder == "little":
        both.byteswap()
    return both.tobytes()


def _append(files: FileLayer, file: SegmentFile, size: int, content: bytes) -> None:
    """Cut a file to `size` and write behind it."""
    fd = file.acquire()
    try:
        if _size_of(fd) != size:
            files.truncate(fd, size)
        rest = memoryview(content)
        while rest:
            rest = rest[files.write(fd, rest) :]
    finally:
        file.release()


def _read_file(files: FileLayer, file: SegmentFile) -> bytes:
    fd = file.acquire()
    try:
        return files.pread(fd, _size_of(fd), 0)
    finally:
        file.release()


def _size_of(fd: int) -> int:
    return os.fstat(fd).st_size
