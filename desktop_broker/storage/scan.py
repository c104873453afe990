"""Walks the record batches of a segment file by their headers; no record is decoded here.

Counterpart: Kafka's `FileLogInputStream`. What cannot be a batch raises `DamagedBatchError` with file and position.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from desktop_broker.protocol.batch_header import HEADER_SIZE, RecordBatchHeader, check_crc, parse_header
from desktop_broker.protocol.errors import CorruptBatchError
from desktop_broker.storage.errors import DamagedBatchError

_LOOK_AHEAD = 8192
_CHUNK = 1 << 20

PositionedRead = Callable[[int, int, int], bytes]


class Placed(NamedTuple):
    """A batch and where it starts in its file."""

    position: int
    header: RecordBatchHeader


class BatchFile:
    """A look into one segment file through an open descriptor. `end` is the byte behind the last that may be read."""

    __slots__ = ("_fd", "_pread", "end", "path")

    def __init__(self, path: str, fd: int, end: int, pread: PositionedRead) -> None:
        self.path = path
        self.end = end
        self._fd = fd
        self._pread = pread

    def read(self, position: int, length: int) -> bytes:
        """Exactly that many bytes.

        Raises:
            DamagedBatchError: the file ends before them.
        """
        data = self._pread(self._fd, length, position)
        while len(data) < length:
            more = self._pread(self._fd, length - len(data), position + len(data))
            if not more:
                raise DamagedBatchError(self.path, position, "the file ends inside a batch")
            data += more
        return data

    def headers(self, position: int, look_ahead: int = _LOOK_AHEAD) -> Iterator[Placed]:
        """The batches from a position on, whose bodies are not looked at.

        Raises:
            DamagedBatchError: where something else than a batch stands.
        """
        chunk, start = b"", position
        while position < self.end:
            if position + HEADER_SIZE > start + len(chunk):
                if position + HEADER_SIZE > self.end:
                    raise DamagedBatchError(self.path, position, "the file ends inside a batch header")
                start = position
                chunk = self.read(position, min(look_ahead, self.end - position))
            header = self._header(chunk, position - start, position)
            yield Placed(position, header)
            position += header.size

    def checked(self, position: int) -> Iterator[tuple[Placed, memoryview]]:
        """As `headers`, each with the batch's bytes, whose checksum has been found right."""
        chunk, start = memoryview(b""), position
        for placed in self.headers(position, _CHUNK):
            size = placed.header.size
            if placed.position + size > start + len(chunk):
                start = placed.position
                chunk = memoryview(self.read(start, max(size, min(_CHUNK, self.end - start))))
            batch = chunk[placed.position - start : placed.position - start + size]
            if not check_crc(batch, placed.header):
                raise DamagedBatchError(self.path, placed.position, "its checksum (CRC-32C) does not match")
            yield placed, batch

    def _header(self, chunk: bytes, index: int, position: int) -> RecordBatchHeader:
        try:
            header = parse_header(chunk, index)
        except CorruptBatchError as error:
            raise DamagedBatchError(self.path, position, str(error)) from None
        if header.base_offset < 0 or header.last_offset_delta < 0:
            raise DamagedBatchError(self.path, position, "its offsets are negative")
        if position + header.size > self.end:
            raise DamagedBatchError(self.path, position, "the file ends inside a batch")
        return header
