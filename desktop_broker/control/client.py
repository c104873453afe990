"""The engine facade of another process, with the methods of `Engine`. Counterpart: `server`."""

from __future__ import annotations

import contextlib
import socket
import threading
from pathlib import Path
from typing import Any, TypeVar

from desktop_broker.broker.description import EngineDescription
from desktop_broker.common.events import Event
from desktop_broker.common.statistics import EngineStatistics
from desktop_broker.control.address import read_address
from desktop_broker.control.codec import from_plain
from desktop_broker.control.frames import MAX_RESPONSE_BYTES, FrameError, receive_frame, send_frame

T = TypeVar("T")
_CONNECT_SECONDS = 3.0


class ControlError(Exception):
    """The engine refused or failed; the message is its sentence."""


class EngineGone(ControlError):  # noqa: N818 - a state of the world that callers wait out, not a mistake
    """No engine answers: it ended, or never ran."""


class EngineClient:
    """Commands to a running engine. Safe from any thread: a command borrows a connection, so a long poll holds up nobody."""

    def __init__(self, data_dir: Path, port: int, token: str) -> None:
        self._data_dir = data_dir
        self._port = port
        self._token = token
        self._lock = threading.Lock()  # guards _idle, _busy and _closed; never held over a socket call
        self._idle: list[socket.socket] = []
        self._busy: set[socket.socket] = set()
        self._closed = False

    @classmethod
    def connect(cls, data_dir: Path | str) -> EngineClient:
        """The client of the engine that serves this folder.

        Raises:
            EngineGone: none does.
        """
        folder = Path(data_dir)
        address = read_address(folder)
        if address is None:
            raise EngineGone(f"No engine runs on {folder}: start one with 'desktop-broker serve'.")
        client = cls(folder, address.port, address.token)
        client._give_back(client._open())
        return client

    def describe(self) -> EngineDescription:
        """What the engine is and where its brokers are."""
        return self._ask(EngineDescription, "describe")

    def statistics(self) -> EngineStatistics:
        """The cluster at this moment."""
        return self._ask(EngineStatistics, "statistics")

    def events_after(self, sequence: int, wait_s: float) -> list[Event]:
        """The kept events with a higher sequence number, waiting up to so many seconds (at most 30) for the first."""
        return self._ask(list[Event], "events_after", timeout_s=wait_s + 30, sequence=sequence, wait_s=wait_s)

    def start_broker(self, broker: int) -> None:
        """Start a stopped broker; returns when it serves."""
        self._call("start_broker", broker=broker)

    def stop_broker(self, broker: int) -> None:
        """Stop a broker in the controlled way: its leaders move first."""
        self._call("stop_broker", broker=broker)

    def kill_broker(self, broker: int) -> None:
        """Crash a broker: memory and sockets are dropped at once."""
        self._call("kill_broker", broker=broker)

    def configs(self) -> dict[str, str | None]:
        """Every broker config with its value now, for the cluster as a whole."""
        return dict(self._call("configs"))

    def set_config(self, name: str, value: str | None) -> None:
        """Set a broker config for the whole cluster while it runs; None goes back to the default."""
        self._call("set_config", name=name, value=value)

    def shutdown(self) -> None:
        """Ask the engine to stop cleanly and end. Returns before it has."""
        self._call("shutdown")

    def close(self) -> None:
        """End the connections, also under a call that waits (it raises EngineGone). The engine goes on."""
        with self._lock:
            self._closed = True
            idle, busy = self._idle, list(self._busy)
            self._idle = []
        for connection in idle:
            connection.close()
        for connection in busy:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> EngineClient:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _ask(self, cls: type[T], method: str, *, timeout_s: float = 60.0, **arguments: object) -> T:
        try:
            return from_plain(cls, self._call(method, timeout_s=timeout_s, **arguments))
        except ValueError as error:
            raise ControlError(
                f"The engine answered '{method}' in a way this version does not know: {error}."
            ) from error

    def _call(self, method: str, *, timeout_s: float = 60.0, **arguments: object) -> Any:
        connection = self._borrow()
        try:
            connection.settimeout(timeout_s)
            send_frame(connection, {"method": method, "arguments": arguments})
            answer = receive_frame(connection, MAX_RESPONSE_BYTES)
        except (OSError, FrameError) as error:
            self._drop(connection)
            raise self._gone() from error
        except BaseException:
            self._drop(connection)
            raise
        if answer is None:
            self._drop(connection)
            raise self._gone()
        self._give_back(connection)
        if "error" in answer:
            raise ControlError(str(answer["error"]))
        return answer.get("result")

    def _borrow(self) -> socket.socket:
        with self._lock:
            if self._closed:
                raise EngineGone("This connection to the engine was closed.")
            if self._idle:
                connection = self._idle.pop()
                self._busy.add(connection)
                return connection
        return self._open()

    def _open(self) -> socket.socket:
        try:
            connection = socket.create_connection(("127.0.0.1", self._port), timeout=_CONNECT_SECONDS)
        except OSError as error:
            raise self._gone() from error
        with self._lock:
            self._busy.add(connection)
        try:
            send_frame(connection, {"token": self._token})
            welcome = receive_frame(connection, MAX_RESPONSE_BYTES)
        except (OSError, FrameError) as error:
            self._drop(connection)
            raise self._gone() from error
        if welcome is None:
            self._drop(connection)
            raise self._gone()
        return connection

    def _give_back(self, connection: socket.socket) -> None:
        with self._lock:
            self._busy.discard(connection)
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def _drop(self, connection: socket.socket) -> None:
        with self._lock:
            self._busy.discard(connection)
        connection.close()

    def _gone(self) -> EngineGone:
        return EngineGone(f"The engine of {self._data_dir} does not answer: it has ended.")
