"""Which leader epoch wrote which part of a log (KIP-101, KIP-279): how replicas find where they diverge.

Counterpart: Kafka's `LeaderEpochFileCache`, kept in `leader-epoch-checkpoint`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path

from desktop_broker.storage.checkpoints import LEADER_EPOCHS, read_epochs, write_epochs
from desktop_broker.storage.files import FileLayer

NO_EPOCH = -1
NO_OFFSET = -1


class LeaderEpochs:
    """The epochs of one log with their start offsets, both rising.

    Changed only by its log, under the log's lock; each change replaces the tuple of entries, so reading needs no lock. A change reaches the
    file at once, but the disk only with the log's flush: recovery finds newer epochs in the batches themselves.
    """

    __slots__ = ("_entries", "_files", "_folder", "_unsynced")

    def __init__(self, folder: Path, files: FileLayer, entries: Iterable[tuple[int, int]] = ()) -> None:
        self._folder = folder
        self._files = files
        self._entries: tuple[tuple[int, int], ...] = tuple(entries)
        self._unsynced = False

    @classmethod
    def load(cls, folder: Path, files: FileLayer) -> LeaderEpochs:
        """Read a log's file; raises StorageError when it is damaged."""
        return cls(folder, files, read_epochs(folder / LEADER_EPOCHS))

    @property
    def entries(self) -> tuple[tuple[int, int], ...]:
        """Pairs of epoch and start offset, oldest first."""
        return self._entries

    def latest(self) -> int:
        """The newest epoch, -1 when there is none."""
        entries = self._entries
        return entries[-1][0] if entries else NO_EPOCH

    def assign(self, epoch: int, start_offset: int) -> None:
        """An epoch begins at an offset. Entries that contradict it go (the batches that made them were never committed)."""
        entries = self._entries
        if epoch < 0 or (entries and entries[-1][0] == epoch and start_offset >= entries[-1][1]):
            return
        kept = len(entries)
        while kept and (entries[kept - 1][0] >= epoch or entries[kept - 1][1] >= start_offset):
            kept -= 1
        self._replace((*entries[:kept], (epoch, start_offset)))

    def end_offset_for(self, epoch: int, log_end_offset: int) -> tuple[int, int]:
        """The largest epoch not above the one asked for, and the offset where it ends; (-1, -1) when that is not known."""
        entries = self._entries
        if epoch == NO_EPOCH or not entries or epoch > entries[-1][0]:
            return NO_EPOCH, NO_OFFSET
        if epoch == entries[-1][0]:
            return epoch, log_end_offset
        higher = bisect_right(entries, epoch, key=lambda entry: entry[0])
        found = entries[higher - 1][0] if higher else epoch
        return found, entries[higher][1]

    def epoch_of(self, offset: int) -> int:
        """The epoch that wrote an offset, -1 when not known."""
        entries = self._entries
        slot = bisect_right(entries, offset, key=lambda entry: entry[1]) - 1
        return entries[slot][0] if slot >= 0 else NO_EPOCH

    def truncate_from_end(self, end_offset: int) -> None:
        """The log now ends here."""
        kept = tuple(entry for entry in self._entries if entry[1] < end_offset)
        if kept != self._entries:
            self._replace(kept)

    def truncate_from_start(self, start_offset: int) -> None:
        """The log now starts here: the epoch that reigns there is kept, starting there."""
        entries = self._entries
        below = bisect_right(entries, start_offset, key=lambda entry: entry[1])
        if below > 1 or (below and entries[0][1] != start_offset):
            self._replace(((entries[below - 1][0], start_offset), *entries[below:]))

    def clear(self) -> None:
        """The log starts anew."""
        if self._entries:
            self._replace(())

    def sync(self) -> None:
        """Make what is written durable."""
        if self._unsynced:
            self._unsynced = False
            self._write(sync=True)

    def _replace(self, entries: tuple[tuple[int, int], ...]) -> None:
        self._entries = entries
        self._unsynced = True
        self._write(sync=False)

    def _write(self, *, sync: bool) -> None:
        write_epochs(self._files, self._folder / LEADER_EPOCHS, self._entries, sync=sync)
