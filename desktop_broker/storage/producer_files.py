"""The producer snapshots of one log: which there are, taking one, starting from one.

Counterpart: the file side of Kafka's `ProducerStateManager`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from desktop_broker.storage.files import FileLayer
from desktop_broker.storage.producer_snapshot import DamagedSnapshotError, decode_snapshot, encode_snapshot
from desktop_broker.storage.producer_state import ProducerStates

SUFFIX = ".snapshot"


class ProducerFiles:
    """Snapshot files by offset. Guarded by the log's lock; all methods raise OSError."""

    __slots__ = ("_files", "_folder", "_offsets")

    def __init__(self, folder: str, files: FileLayer, offsets: Iterable[int] = ()) -> None:
        self._folder = folder
        self._files = files
        self._offsets = set(offsets)

    @property
    def offsets(self) -> list[int]:
        """Where snapshots stand, rising."""
        return sorted(self._offsets)

    def take(self, producers: ProducerStates) -> None:
        """Write down the producers as of their end offset, unless that is done already."""
        offset = producers.end_offset
        if offset > 0 and offset not in self._offsets:
            self._files.replace_bytes(self._path(offset), encode_snapshot(producers.snapshot()), sync=False)
            self._offsets.add(offset)

    def load_newest(self, producers: ProducerStates, first_offset: int, last_offset: int) -> None:
        """Restore the newest sound snapshot between two offsets; without one, start empty at the first. Unsound ones are removed."""
        for offset in sorted(
            (offset for offset in self._offsets if first_offset <= offset <= last_offset), reverse=True
        ):
            try:
                with open(self._path(offset), "rb") as file:
                    producers.restore(decode_snapshot(file.read()), offset)
                return
            except (DamagedSnapshotError, FileNotFoundError):
                self.remove(offset)
        producers.clear(first_offset)

    def remove(self, offset: int) -> None:
        """Delete one."""
        self._offsets.discard(offset)
        self._files.remove(self._path(offset))

    def remove_outside(self, first_offset: int, last_offset: int) -> None:
        """Delete those before and behind a stretch of the log."""
        for offset in self.offsets:
            if not first_offset <= offset <= last_offset:
                self.remove(offset)

    def forget(self, offset: int) -> None:
        """Its file went with its segment."""
        self._offsets.discard(offset)

    def _path(self, offset: int) -> str:
        return os.path.join(self._folder, f"{offset:020d}{SUFFIX}")
