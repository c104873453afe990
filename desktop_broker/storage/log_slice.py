"""What a read of a log gives back: a stretch of a segment file that can be sent without being copied."""

from __future__ import annotations

from typing import NamedTuple

from desktop_broker.storage.errors import StorageError
from desktop_broker.storage.files import FileLayer, SegmentFile


class AppendResult(NamedTuple):
    """What became of an append.

    Attributes:
        first_offset, last_offset: of the records; of those written before when `duplicate`.
        log_append_time_ms: -1 when the topic keeps the producer's times.
        records: how many offsets the batches take.
        size_bytes: bytes written, 0 when `duplicate`.
        duplicate: a producer repeated a batch, and nothing was written.
    """

    first_offset: int
    last_offset: int
    log_append_time_ms: int
    log_start_offset: int
    records: int
    size_bytes: int
    duplicate: bool


class TimestampOffset(NamedTuple):
    """A record found by time; `leader_epoch` is -1 when not known."""

    offset: int
    timestamp_ms: int
    leader_epoch: int


class LogSlice:
    """Whole batches in a segment file: `length` bytes from `position`. Empty ones have no file.

    Owned by the thread that reads. Holds its file open until `release`, which must be called once (or use it in a `with`).

    Attributes:
        first_offset: the offset asked for.
        next_offset_hint: the offset behind the last batch when that is known without reading, else -1.
    """

    __slots__ = ("_fd", "_files", "file", "first_offset", "length", "next_offset_hint", "position")

    def __init__(
        self,
        file: SegmentFile | None,
        files: FileLayer,
        position: int,
        length: int,
        first_offset: int,
        next_offset_hint: int = -1,
    ) -> None:
        self._files = files
        self._fd = -1 if file is None else file.acquire()
        self.file = file
        self.position = position
        self.length = length
        self.first_offset = first_offset
        self.next_offset_hint = next_offset_hint

    def __enter__(self) -> LogSlice:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def fileno(self) -> int:
        """The descriptor to send from; it stays open until `release`."""
        return self._fd

    def read(self) -> bytes:
        """All of it.

        Raises:
            StorageError: the file cannot be read, or has become shorter meanwhile.
        """
        if self.file is None:
            return b""
        try:
            data = self._files.pread(self._fd, self.length, self.position)
            while len(data) < self.length:
                more = self._files.pread(self._fd, self.length - len(data), self.position + len(data))
                if not more:
                    raise StorageError(f"{self.file.path} became shorter while it was read.")
                data += more
        except OSError as error:
            raise StorageError(f"{self.file.path} cannot be read: {error.strerror}.") from error
        return data

    def release(self) -> None:
        """The bytes are sent; a second call does nothing."""
        file, self.file = self.file, None
        if file is not None:
            self._fd = -1
            file.release()
