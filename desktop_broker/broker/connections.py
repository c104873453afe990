"""The open connections of one broker's life: a thread each, counted, limited, and ended together.

Counterpart: Kafka's `ConnectionQuotas` and the connection set of `Processor`.
"""

from __future__ import annotations

import itertools
import socket
import threading
import time
from typing import TYPE_CHECKING

from desktop_broker.broker.connection import Connection
from desktop_broker.common.threads import CrashHandler, start_thread

if TYPE_CHECKING:
    from desktop_broker.broker.connection import RequestProcessor
    from desktop_broker.broker.settings import Settings
    from desktop_broker.broker.traffic import BrokerTraffic

_JOIN_SECONDS = 15.0


class Connections:
    """`_lock` guards the table. `accept` is called by the listener's thread, `stop` by whoever stops the broker."""

    def __init__(
        self, name: str, processor: RequestProcessor, settings: Settings, traffic: BrokerTraffic, on_crash: CrashHandler
    ) -> None:
        self._name = name
        self._processor = processor
        self._settings = settings
        self._traffic = traffic
        self._on_crash = on_crash
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._open: dict[Connection, threading.Thread | None] = {}
        self._stopping = False

    def __len__(self) -> int:
        return len(self._open)

    def accept(self, accepted: socket.socket) -> None:
        """Serve a new connection on a thread of its own, or close it when there are too many."""
        settings = self._settings
        with self._lock:
            if self._stopping or len(self._open) >= settings.integer("max.connections"):
                accepted.close()
                return
            connection = Connection(
                accepted,
                self._processor,
                self._traffic.open_meter(),
                max_request_bytes=settings.integer("socket.request.max.bytes"),
                idle_seconds=settings.integer("connections.max.idle.ms") / 1000,
                on_closed=self._closed,
            )
            self._open[connection] = None
            try:
                thread = start_thread(f"{self._name}/conn-{next(self._numbers)}", connection.run, self._on_crash)
            except RuntimeError as error:  # the system gives no more threads
                del self._open[connection]
                accepted.close()
                self._on_crash(f"{self._name}/accept", error)
                return
            self._open[connection] = thread

    def stop(self) -> None:
        """Wake and end every connection; `join` waits for them. No new ones from now on."""
        with self._lock:
            self._stopping = True
            connections = list(self._open)
        for connection in connections:
            connection.stop()

    def join(self) -> None:
        """Wait for the threads of all connections to end; one that does not is reported."""
        deadline = time.monotonic() + _JOIN_SECONDS
        with self._lock:
            threads = [thread for thread in self._open.values() if thread is not None]
        for thread in threads:
            thread.join(max(deadline - time.monotonic(), 0.0))
            if thread.is_alive():
                self._on_crash(thread.name, TimeoutError("the connection's thread did not end"))

    def _closed(self, connection: Connection) -> None:
        with self._lock:
            self._open.pop(connection, None)
        self._traffic.close_meter(connection.meter)
