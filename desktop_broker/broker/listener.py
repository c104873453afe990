"""Takes connections on one broker's port and hands each to its own thread.

Counterpart: Kafka's `Acceptor` (`SocketServer`). There a few network threads share all connections; here a connection has a
thread, which does exactly what the protocol asks: one request at a time, answered in order.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable

from desktop_broker.common.threads import CrashHandler, start_thread

_BACKLOG = 512


class Listener:
    """One bound port. Made, started and stopped by its broker; accepting happens on the thread `broker-N/accept`.

    `on_connection(socket)` is called on that thread and must not block.
    """

    def __init__(
        self, bound: socket.socket, name: str, on_connection: Callable[[socket.socket], None], on_crash: CrashHandler
    ) -> None:
        self._socket = bound
        self._name = name
        self._on_connection = on_connection
        self._on_crash = on_crash
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start to listen.

        Raises:
            OSError: another program began to listen on the port in between.
        """
        self._socket.listen(_BACKLOG)
        self._thread = start_thread(f"{self._name}/accept", self._accept_all, self._on_crash)

    def stop(self) -> None:
        """Take no more connections and give the port back. Idempotent."""
        self._stopping.set()
        with contextlib.suppress(OSError):
            self._wake()
        if self._thread is not None:
            self._thread.join()
        self._socket.close()

    def _wake(self) -> None:
        """End a blocking accept: Linux does so on shutdown, other systems when a connection arrives."""
        address = self._socket.getsockname()
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            if self._thread is not None:
                socket.create_connection(address[:2], timeout=1).close()

    def _accept_all(self) -> None:
        while not self._stopping.is_set():
            try:
                accepted, _ = self._socket.accept()
            except OSError:
                if self._stopping.is_set():
                    return
                # Out of file handles or a connection reset before it was taken: others may do better.
                self._stopping.wait(0.05)
                continue
            if self._stopping.is_set():
                accepted.close()
                return
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._on_connection(accepted)
