"""The segments of one log, in order.

Counterpart: Kafka's `LogSegments` and the rolling and deleting parts of `LocalLog`.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from desktop_broker.common.config import TopicConfig
from desktop_broker.storage.files import FilePool
from desktop_broker.storage.segment import Segment


class Segments:
    """Segments by base offset; the last one is active. Guarded by the log's lock. Once a log is open there is at least one."""

    __slots__ = ("_bases", "_list", "folder", "pool")

    def __init__(self, pool: FilePool, folder: str) -> None:
        self.pool = pool
        self.folder = folder
        self._list: list[Segment] = []
        self._bases: list[int] = []

    def __iter__(self) -> Iterator[Segment]:
        return iter(self._list)

    def __len__(self) -> int:
        return len(self._list)

    def __getitem__(self, index: int) -> Segment:
        return self._list[index]

    @property
    def active(self) -> Segment:
        return self._list[-1]

    @property
    def first_base(self) -> int:
        return self._bases[0]

    @property
    def size(self) -> int:
        """Bytes of all log files."""
        return sum(segment.size for segment in self._list)

    def add(self, segment: Segment) -> None:
        """One more, behind the last."""
        self._list.append(segment)
        self._bases.append(segment.base_offset)

    def index_of(self, offset: int) -> int:
        """The index of the segment that an offset falls into; the first when it lies before all."""
        return max(bisect_right(self._bases, offset) - 1, 0)

    def from_offset(self, offset: int) -> Sequence[Segment]:
        """Those that may hold an offset or higher ones."""
        return self._list[self.index_of(offset) :]

    def next_base(self, index: int, log_end_offset: int) -> int:
        """Where the segment at an index ends."""
        return self._bases[index + 1] if index + 1 < len(self._bases) else log_end_offset

    def start_new(self, base_offset: int, now_ms: int, config: TopicConfig) -> Segment:
        """Seal the active segment, if any, and begin another. Raises OSError; then nothing has changed for readers."""
        if self._list:
            self._list[-1].seal()
        segment = Segment(self.pool, self.folder, base_offset, 0, now_ms)
        segment.start()
        segment.jitter_ms = draw_jitter(config)
        self.add(segment)
        return segment

    def remove(self, gone: Sequence[Segment]) -> list[str]:
        """Take segments out and mark their files as deleted; the paths that remain to be removed. Raises OSError."""
        paths: list[str] = []
        for segment in gone:
            paths += segment.mark_deleted()
            index = self._bases.index(segment.base_offset)
            del self._bases[index], self._list[index]
        return paths


def draw_jitter(config: TopicConfig) -> int:
    """What is taken off `segment.ms` for one segment, so that not all roll at once."""
    most = min(config.segment_jitter_ms, config.segment_ms)
    return random.randrange(most) if most > 0 else 0
