"""One connection: frames in, answers out in order, and every way it can end."""

from __future__ import annotations

import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_broker.broker.connection import Connection, ConnectionClosedError
from desktop_broker.broker.traffic import TrafficMeter


class Echo:
    """Answers every frame with itself; words make it do other things."""

    def __init__(self) -> None:
        self.refusals: list[str] = []
        self.finished = 0
        self.waiting = threading.Event()
        self.files: list[Slice] = []

    def process(self, connection: Connection, frame: memoryview) -> None:
        word = bytes(frame)
        if word == b"wait":
            self.waiting.set()
            connection.flush()
            while not connection.closing:
                threading.Event().wait(0.001)
        elif word == b"close":
            raise ConnectionClosedError
        elif word == b"file":
            connection.send_with_files([framed(b"")[:3] + bytes([self.files[0].length]), self.files[0]])
        elif word == b"later":
            connection.produces.append("later")
        else:
            connection.send(framed(word))

    def finish(self, connection: Connection) -> None:
        self.finished += 1
        connection.produces.clear()
        connection.send(framed(b"now"))

    def refused(self, connection: Connection, reason: str) -> None:
        self.refusals.append(reason)


class Slice:
    """A stretch of a file, as a log gives it."""

    def __init__(self, path: Path, length: int) -> None:
        self._fd = os.open(path, os.O_RDONLY)
        self.position = 0
        self.length = length
        self.released = threading.Event()

    def fileno(self) -> int:
        return self._fd

    def read(self) -> bytes:
        return os.pread(self._fd, self.length, self.position)

    def release(self) -> None:
        os.close(self._fd)
        self.released.set()


class Pair:
    """A client's socket, and the connection that serves it on a thread."""

    def __init__(self, idle_seconds: float = 30, max_request_bytes: int = 1000) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.client = socket.create_connection(server.getsockname())
            accepted, _ = server.accept()
        self.client.settimeout(10)
        self.echo = Echo()
        self.closed = threading.Event()
        self.connection = Connection(
            accepted,
            self.echo,
            TrafficMeter(),
            max_request_bytes=max_request_bytes,
            idle_seconds=idle_seconds,
            on_closed=lambda _: self.closed.set(),
        )
        self.thread = threading.Thread(target=self.connection.run)
        self.thread.start()

    def receive(self, count: int) -> bytes:
        received = b""
        while len(received) < count and (piece := self.client.recv(count - len(received))):
            received += piece
        return received

    def end(self) -> None:
        self.connection.stop()
        self.client.close()
        self.thread.join()


def framed(body: bytes) -> bytes:
    return struct.pack(">i", len(body)) + body


@pytest.fixture
def open_pair() -> Iterator[Callable[..., Pair]]:
    pairs: list[Pair] = []

    def make(**options: float) -> Pair:
        pairs.append(Pair(**options))  # type: ignore[arg-type]  # ints where ints are due
        return pairs[-1]

    yield make
    for pair in pairs:
        pair.end()


def test_answers_come_in_order(open_pair: Callable[..., Pair]) -> None:
    pair = open_pair()
    pair.client.sendall(framed(b"one") + framed(b"two") + framed(b"three"))
    assert pair.receive(7 + 7 + 9) == framed(b"one") + framed(b"two") + framed(b"three")


def test_a_frame_may_come_byte_by_byte(open_pair: Callable[..., Pair]) -> None:
    pair = open_pair()
    for byte in framed(b"slow"):
        pair.client.sendall(bytes([byte]))
    assert pair.receive(8) == framed(b"slow")


def test_what_was_put_off_is_answered_before_the_next_read(open_pair: Callable[..., Pair]) -> None:
    pair = open_pair()
    pair.client.sendall(framed(b"later") + framed(b"later"))
    assert pair.receive(7) == framed(b"now")
    assert pair.echo.finished == 1


def test_a_client_that_closes_its_sending_half_gets_its_answers(open_pair: Callable[..., Pair]) -> None:
    pair = open_pair()
    pair.client.sendall(framed(b"last words"))
    pair.client.shutdown(socket.SHUT_WR)
    assert pair.receive(100) == framed(b"last words")
    assert pair.closed.wait(10)
    assert pair.echo.refusals == []


@pytest.mark.parametrize("size", [-1, 1001, 2**31 - 1, -(2**31)])
def test_an_impossible_size_ends_the_connection(open_pair: Callable[..., Pair], size: int) -> None:
    pair = open_pair()
    pair.client.sendall(struct.pack(">i", size))
    assert pair.receive(1) == b""
    assert pair.closed.wait(10)
    assert len(pair.echo.refusals) == 1


def test_stopping_wakes_a_read(open_pair: Callable[..., Pair]) -> None:
    pair = open_pair()
    pair.connection.stop()
    assert pair.closed.wait(10)


def test_stopping_wakes_a_wait(open_pair: Callable[..., Pair]) -> None:
    pair = open_pair()
    pair.client.sendall(framed(b"before") + framed(b"wait"))
    assert pair.receive(10) == framed(b"before")  # what was answered does not wait with it
    assert pair.echo.waiting.wait(10)
    pair.connection.stop()
    assert pair.closed.wait(10)


def test_an_idle_connection_is_closed(open_pair: Callable[..., Pair]) -> None:
    pair = open_pair(idle_seconds=0.05)
    assert pair.receive(1) == b""
    assert pair.echo.refusals == []


def test_a_handler_may_end_the_connection(open_pair: Callable[..., Pair]) -> None:
    pair = open_pair()
    pair.client.sendall(framed(b"close"))
    assert pair.receive(1) == b""


def test_a_file_is_sent_and_released(open_pair: Callable[..., Pair], tmp_path: Path) -> None:
    path = tmp_path / "segment"
    path.write_bytes(b"records")
    pair = open_pair()
    pair.echo.files.append(Slice(path, 7))
    pair.client.sendall(framed(b"before") + framed(b"file") + framed(b"after"))
    assert pair.receive(10 + 11 + 9) == framed(b"before") + framed(b"records") + framed(b"after")
    assert pair.echo.files[0].released.is_set()


@pytest.mark.skipif(not hasattr(os, "sendfile"), reason="only sendfile can come out short")
def test_a_file_that_shrank_ends_the_connection(open_pair: Callable[..., Pair], tmp_path: Path) -> None:
    path = tmp_path / "segment"
    path.write_bytes(b"rec")
    pair = open_pair()
    pair.echo.files.append(Slice(path, 7))
    pair.client.sendall(framed(b"file"))
    assert pair.receive(100) == framed(b"")[:3] + b"\x07rec"
    assert pair.closed.wait(10)
    assert pair.echo.files[0].released.is_set()
