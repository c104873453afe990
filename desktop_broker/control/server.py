"""Serves the engine facade to other processes of the same user. Counterpart: `client`.

A connection sends `{"token": ...}` first, then requests `{"method": ..., "arguments": {...}}`, and gets `{"result": ...}` or
`{"error": sentence}` for each, in order. Whatever else comes ends that connection and nothing more.
"""

from __future__ import annotations

import contextlib
import hmac
import secrets
import socket
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_broker.broker.errors import EngineError
from desktop_broker.common.errors import KafkaError
from desktop_broker.common.threads import start_thread
from desktop_broker.control.address import ControlAddress, remove_address, write_address
from desktop_broker.control.codec import to_plain
from desktop_broker.control.frames import MAX_REQUEST_BYTES, FrameError, receive_frame, send_frame

if TYPE_CHECKING:
    from desktop_broker.broker.engine import Engine

MAX_CONNECTIONS = 64
MAX_WAIT_S = 30.0
_TOKEN_FRAME_BYTES = 1024
_WAIT_SLICE_S = 0.25
_TOKEN_SECONDS = 5.0
_SEND_SECONDS = 30.0

Method = Callable[..., Any]


class ControlServer:
    """One control socket on 127.0.0.1. Started and stopped by whoever runs the engine in the foreground.

    `control/accept` takes connections, `control/conn-N` serves one each. `_lock` guards the set of open connections.
    """

    def __init__(self, engine: Engine, data_dir: Path, on_shutdown: Callable[[], None], pid: int) -> None:
        """`on_shutdown` is called on a connection's thread when a client asks the engine to end; it must not block."""
        self._engine = engine
        self._data_dir = data_dir
        self._pid = pid
        self._token = secrets.token_urlsafe(32)
        self._on_shutdown = on_shutdown
        self._methods = _methods(engine, lambda: self._stopping)
        self._lock = threading.Lock()
        self._open: dict[socket.socket, threading.Thread | None] = {}
        self._stopping = False
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._accepting: threading.Thread | None = None
        self._served = 0

    @property
    def port(self) -> int:
        """The port of 127.0.0.1."""
        return int(self._socket.getsockname()[1])

    def start(self) -> None:
        """Listen, and write down where.

        Raises:
            EngineError: the data folder cannot be written.
        """
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen(16)
        try:
            write_address(self._data_dir, ControlAddress(port=self.port, token=self._token, pid=self._pid))
        except OSError as error:
            self._socket.close()
            raise EngineError(f"Cannot write into {self._data_dir}: {error.strerror}.") from None
        self._accepting = start_thread("control/accept", self._accept_all, self._crashed)

    def stop(self) -> None:
        """End every connection and give the port back. Idempotent; not to be called from a connection's thread."""
        with self._lock:
            self._stopping = True
            open_now = dict(self._open)
        for connection in open_now:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        if self._accepting is not None:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            self._accepting.join()
            self._accepting = None
            remove_address(self._data_dir)
        self._socket.close()
        for thread in open_now.values():
            if thread is not None:
                thread.join()

    def _accept_all(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                if self._stopping:
                    return
                threading.Event().wait(0.05)  # out of handles: they come back when a connection ends
                continue
            with self._lock:
                if self._stopping or len(self._open) >= MAX_CONNECTIONS:
                    connection.close()
                    if self._stopping:
                        return
                    continue
                self._served += 1
                self._open[connection] = None
                self._open[connection] = start_thread(
                    f"control/conn-{self._served}", partial(self._serve, connection), self._crashed
                )

    def _serve(self, connection: socket.socket) -> None:
        try:
            with contextlib.suppress(OSError, FrameError):
                connection.settimeout(_TOKEN_SECONDS)
                if self._admit(receive_frame(connection, _TOKEN_FRAME_BYTES)):
                    send_frame(connection, {"result": True})
                    self._answer_all(connection)
        finally:
            with self._lock:
                self._open.pop(connection, None)
            connection.close()

    def _admit(self, hello: dict[str, Any] | None) -> bool:
        token = None if hello is None else hello.get("token")
        return isinstance(token, str) and hmac.compare_digest(token.encode(), self._token.encode())

    def _answer_all(self, connection: socket.socket) -> None:
        while True:
            connection.settimeout(None)
            request = receive_frame(connection, MAX_REQUEST_BYTES)
            if request is None:
                return
            connection.settimeout(_SEND_SECONDS)
            send_frame(connection, self._answer(request))
            if request.get("method") == "shutdown":  # once the answer is out: the end closes this connection too
                self._on_shutdown()

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        name, arguments = request.get("method"), request.get("arguments", {})
        method = self._methods.get(name) if isinstance(name, str) else None
        if method is None:
            return {"error": f"This engine has no command named '{name}': it may be of another version."}
        if not isinstance(arguments, dict):
            return {"error": f"The arguments of '{name}' must be an object."}
        try:
            return {"result": to_plain(method(**arguments))}
        except (EngineError, KafkaError) as error:
            return {"error": str(error)}
        except (TypeError, ValueError) as error:
            return {"error": f"'{name}' cannot be done with these arguments: {error}."}
        except Exception as error:  # noqa: BLE001 - a fault of ours must reach the asker and the events, not end the thread
            self._crashed(f"control/{name}", error)
            return {"error": f"'{name}' failed inside the engine: {type(error).__name__}: {error}."}

    def _crashed(self, thread: str, error: BaseException) -> None:
        self._engine.report_crash(thread, error)


def _methods(engine: Engine, stopping: Callable[[], bool]) -> dict[str, Method]:
    """The facade by name. Arguments are checked here: what arrives is only JSON."""

    def events_after(sequence: int, wait_s: float) -> object:
        number, wait_left_s = int(sequence), min(max(float(wait_s), 0.0), MAX_WAIT_S)
        while True:  # in slices: an engine that stops waits for this thread
            found = engine.events.wait_after(number, min(wait_left_s, _WAIT_SLICE_S))
            wait_left_s -= _WAIT_SLICE_S
            if found or wait_left_s <= 0 or stopping():
                return found

    return {
        "describe": lambda: engine.describe(),
        "statistics": lambda: engine.statistics(),
        "events_after": events_after,
        "start_broker": lambda broker: engine.start_broker(int(broker)),
        "stop_broker": lambda broker: engine.stop_broker(int(broker)),
        "kill_broker": lambda broker: engine.kill_broker(int(broker)),
        "configs": lambda: engine.configs(),
        "set_config": lambda name, value: engine.set_config(str(name), None if value is None else str(value)),
        "shutdown": lambda: None,
    }
