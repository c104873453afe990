"""Cuts a stream of bytes into frames inside one reused buffer, without copying them.

Counterpart: `org.apache.kafka.common.network.NetworkReceive`. The connection receives straight into the buffer, and produced batches are
patched and written to disk from there; so frames are writable views, valid until the next call of `writable`.
"""

from __future__ import annotations

from struct import Struct
from typing import Final

from desktop_broker.protocol.errors import BadLengthError
from desktop_broker.protocol.frames import MAX_REQUEST_SIZE

_SIZE: Final = Struct(">i")
_CHUNK: Final = 64 * 1024
_KEEP: Final = 1024 * 1024
_CALM_ROUNDS: Final = 32


class FrameReader:
    """The receiving half of one connection; owned by that connection's thread, no lock.

        while (frame := reader.next_frame()) is None:
            reader.received(socket.recv_into(reader.writable()))

    The buffer doubles only once it is full of bytes that really came, so a size that lies costs nothing; after a large frame it
    shrinks when small ones have followed for a while.
    """

    __slots__ = ("_buffer", "_calm", "_end", "_largest", "_max_size", "_start", "_view")

    def __init__(self, max_size: int = MAX_REQUEST_SIZE) -> None:
        self._max_size = max_size
        self._buffer = bytearray(_CHUNK)
        self._view = memoryview(self._buffer)
        self._start = 0
        self._end = 0
        self._largest = 0
        self._calm = 0

    @property
    def capacity(self) -> int:
        """Bytes that the buffer takes now."""
        return len(self._buffer)

    @property
    def pending(self) -> int:
        """Bytes received that belong to no complete frame yet (or to frames not asked for)."""
        return self._end - self._start

    def next_frame(self) -> memoryview | None:
        """The next complete frame, without its size, or None when more must be received first.

        Raises:
            BadLengthError: the size is negative or above the maximum; nothing after it can be understood.
        """
        start = self._start
        available = self._end - start
        if available < 4:
            return None
        (size,) = _SIZE.unpack_from(self._buffer, start)
        if not 0 <= size <= self._max_size:
            raise BadLengthError(f"a frame claims {size} bytes; at most {self._max_size} are allowed")
        if available < 4 + size:
            return None
        self._start = end = start + 4 + size
        if size > self._largest:
            self._largest = size
        return self._view[start + 4 : end]

    def writable(self) -> memoryview:
        """Where the next bytes go; never empty. Ends the validity of the frames given out.

        A large frame is received to its end and no further: what follows it would have to be moved.
        """
        available = self._end - self._start
        if available == 0:
            self._start = self._end = 0
            self._shrink_when_calm()
            return self._view[:_CHUNK]
        missing = 4 - available
        if available >= 4:
            missing = 4 + int(_SIZE.unpack_from(self._buffer, self._start)[0]) - available
        wanted = max(missing, 1 if missing > _CHUNK else min(_CHUNK, len(self._buffer) - self._end))
        if self._end + missing > len(self._buffer):
            self._make_room(available, missing)
            wanted = missing
        return self._view[self._end : self._end + wanted]

    def received(self, count: int) -> None:
        """`count` bytes stand in the view that `writable` gave last."""
        self._end += count

    def _make_room(self, available: int, missing: int) -> None:
        """Move what is there to the front; a larger buffer only when this one is full of it."""
        if available + missing <= len(self._buffer) or available < len(self._buffer):
            self._view[:available] = self._view[self._start : self._end]
        else:
            self._replace(min(available + missing, 2 * available), available)
        self._start, self._end = 0, available

    def _replace(self, capacity: int, keep: int) -> None:
        buffer = bytearray(capacity)
        if keep:
            buffer[:keep] = self._view[self._start : self._start + keep]
        self._buffer = buffer
        self._view = memoryview(buffer)

    def _shrink_when_calm(self) -> None:
        if len(self._buffer) <= _KEEP:
            return
        self._calm = self._calm + 1 if self._largest * 4 < len(self._buffer) else 0
        self._largest = 0
        if self._calm >= _CALM_ROUNDS:
            self._calm = 0
            self._replace(_KEEP, 0)
