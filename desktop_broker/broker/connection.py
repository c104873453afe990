"""One client's connection: reads requests, has them answered in order, and sends the answers.

Counterpart: Kafka's `Processor` and `KafkaChannel`. Blocking code on a thread of its own; requests that came together are answered
together, in one system call.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from desktop_broker.protocol.errors import ProtocolError
from desktop_broker.protocol.frame_reader import FrameReader
from desktop_broker.protocol.produce_repeats import ProduceRepeats

if TYPE_CHECKING:
    from desktop_broker.broker.handlers.produce import PendingProduce
    from desktop_broker.broker.traffic import TrafficMeter
    from desktop_broker.protocol.schema import Buffer

_SEND_SECONDS = 30
_FLUSH_BYTES = 1024 * 1024
_FLUSH_PIECES = 512  # below IOV_MAX, which is 1,024 nearly everywhere


class FileSlice(Protocol):
    """Bytes of a segment file that are sent without being read. `release` when done."""

    position: int
    length: int

    def fileno(self) -> int: ...
    def read(self) -> Buffer: ...
    def release(self) -> None: ...


class RequestProcessor(Protocol):
    """What a connection does with frames: `dispatch.Dispatcher`."""

    def process(self, connection: Connection, frame: memoryview) -> None: ...
    def finish(self, connection: Connection) -> None: ...
    def refused(self, connection: Connection, reason: str) -> None: ...


class ConnectionClosedError(Exception):
    """The connection is over: the client went away, does not read, or must not go on. Ends the thread quietly."""


class Connection:
    """One connection. All but `stop` and `closing` belong to its thread, `broker-N/conn-M`.

    Attributes:
        peer: the client's IP address.
        closing: set once the broker stops or the connection ends; waits give up when they see it.
        produces: what the Produce handler has appended and not answered yet (see `handlers/produce.py`).
        repeats: what it has produced to, to recognize the next request of the same form.
    """

    def __init__(
        self,
        accepted: socket.socket,
        processor: RequestProcessor,
        meter: TrafficMeter,
        *,
        max_request_bytes: int,
        idle_seconds: float,
        on_closed: Callable[[Connection], None],
    ) -> None:
        self._socket = accepted
        self._processor = processor
        self._on_closed = on_closed
        self._reader = FrameReader(max_request_bytes)
        self._out: list[Buffer] = []
        self._out_bytes = 0
        self.meter = meter
        self.produces: list[PendingProduce] = []
        self.repeats = ProduceRepeats()
        self.closing = False
        self.software = ""
        try:
            self.peer = str(accepted.getpeername()[0])
        except OSError:  # gone already; reading will tell
            self.peer = "?"
        _set_timeout(accepted, socket.SO_SNDTIMEO, _SEND_SECONDS)
        _set_timeout(accepted, socket.SO_RCVTIMEO, idle_seconds)

    def run(self) -> None:
        """Serve until either side ends it. The thread's whole life."""
        try:
            self._serve()
        except ProtocolError as error:
            self._processor.refused(self, str(error))
        except (ConnectionClosedError, OSError):
            pass  # nothing to tell: the other side is gone, idle for too long, or we are stopping
        finally:
            self.closing = True
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()
            self._on_closed(self)

    def stop(self) -> None:
        """End the connection from another thread: wakes its reads, its sends and, by `closing`, its waits."""
        self.closing = True
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def send(self, response: Buffer) -> None:
        """Queue one whole response. It goes out with others, before the thread reads or waits again."""
        self._out.append(response)
        self._out_bytes += len(response)
        if self._out_bytes >= _FLUSH_BYTES or len(self._out) >= _FLUSH_PIECES:
            self.flush()

    def send_with_files(self, pieces: list[Buffer | FileSlice]) -> None:
        """Send one response that is partly in segment files, after what is queued. Slices are released, also on failure.

        Raises:
            ConnectionClosedError: the client does not take it, or a file has become shorter than was announced.
        """
        try:
            for index, piece in enumerate(pieces):
                if isinstance(piece, (bytes, bytearray, memoryview)):
                    self._out.append(piece)
                    self._out_bytes += len(piece)
                else:
                    self._flush(more=True)
                    self._send_file(piece, last=index == len(pieces) - 1)
            self.flush()
        finally:
            for piece in pieces:
                if not isinstance(piece, (bytes, bytearray, memoryview)):
                    piece.release()

    def flush(self) -> None:
        """Send everything queued. Call before any wait.

        Raises:
            ConnectionClosedError: the client is gone or took nothing for 30 s.
        """
        self._flush(more=False)

    def _serve(self) -> None:
        reader, processor = self._reader, self._processor
        next_frame, receive = reader.next_frame, self._socket.recv_into
        while not self.closing:
            frame = next_frame()
            if frame is not None:
                processor.process(self, frame)
                continue
            if self.produces:
                processor.finish(self)
            if self._out:
                self.flush()
            count = receive(reader.writable())
            if count == 0:
                return
            reader.received(count)

    def _flush(self, more: bool) -> None:
        if not self._out:
            return
        out, self._out = self._out, []
        size, self._out_bytes = self._out_bytes, 0
        try:
            sent = self._send_pieces(out, more)
            while sent < size:
                out, size = _rest(out, sent), size - sent
                sent = self._send_pieces(out, more)
        except OSError as error:
            raise ConnectionClosedError from error

    if sys.platform == "win32":

        def _send_pieces(self, pieces: list[Buffer], more: bool) -> int:
            return self._socket.send(b"".join(pieces))

        def _send_file(self, piece: FileSlice, last: bool) -> None:
            try:
                self._socket.sendall(piece.read())
            except OSError as error:
                raise ConnectionClosedError from error

    else:

        def _send_pieces(self, pieces: list[Buffer], more: bool) -> int:
            if len(pieces) == 1 and not more:
                return self._socket.send(pieces[0])
            return self._socket.sendmsg(pieces, (), socket.MSG_MORE if more and _HAS_MORE else 0)

        def _send_file(self, piece: FileSlice, last: bool) -> None:
            position, left = piece.position, piece.length
            try:
                while left:
                    sent = os.sendfile(self._socket.fileno(), piece.fileno(), position, left)
                    if sent == 0:  # the file was cut behind our back; the announced length can no longer be kept
                        raise ConnectionClosedError
                    position += sent
                    left -= sent
            except OSError as error:
                raise ConnectionClosedError from error


_HAS_MORE = hasattr(socket, "MSG_MORE")


def _rest(pieces: list[Buffer], sent: int) -> list[Buffer]:
    """What remains of the pieces after so many bytes."""
    for index, piece in enumerate(pieces):
        if sent < len(piece):
            return [memoryview(piece)[sent:], *pieces[index + 1 :]]
        sent -= len(piece)
    return []


def _set_timeout(connection: socket.socket, option: int, seconds: float) -> None:
    """A time-out kept by the kernel: unlike `settimeout` it costs no extra call per read and write."""
    if sys.platform == "win32":
        connection.setsockopt(socket.SOL_SOCKET, option, min(int(seconds * 1000), 2**31 - 1))
    else:
        whole = min(int(seconds), 2**31 - 1)
        connection.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", whole, int((seconds - whole) * 1_000_000)))
