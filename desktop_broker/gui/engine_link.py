"""The window's hold on an engine: in another process or in this one, gone and back again.

Counterpart: `control/client.py` (another process), `broker/engine.py` (this one). Everything here blocks and belongs on worker threads.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Protocol

from desktop_broker.common.events import Event
from desktop_broker.common.statistics import EngineStatistics
from desktop_broker.control.client import EngineGone

if TYPE_CHECKING:
    from desktop_broker.broker.description import EngineDescription
    from desktop_broker.broker.engine import Engine

_WAIT_SLICE_S = 0.25


class EngineHandle(Protocol):
    """What `EngineClient` offers, and `InProcessEngine` too."""

    def describe(self) -> EngineDescription: ...
    def statistics(self) -> EngineStatistics: ...
    def events_after(self, sequence: int, wait_s: float) -> list[Event]: ...
    def start_broker(self, broker: int) -> None: ...
    def stop_broker(self, broker: int) -> None: ...
    def kill_broker(self, broker: int) -> None: ...
    def configs(self) -> dict[str, str | None]: ...
    def set_config(self, name: str, value: str | None) -> None: ...
    def close(self) -> None: ...


class InProcessEngine:
    """An `Engine` of this process behind the interface of `EngineClient`. Safe from any thread, as the engine is."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._closed = threading.Event()
        self.describe = engine.describe
        self.statistics = engine.statistics
        self.start_broker = engine.start_broker
        self.stop_broker = engine.stop_broker
        self.kill_broker = engine.kill_broker
        self.configs = engine.configs
        self.set_config = engine.set_config

    def events_after(self, sequence: int, wait_s: float) -> list[Event]:
        """As `EngineClient.events_after`; `close` ends the wait."""
        deadline = time.monotonic() + wait_s
        while not self._closed.is_set():
            found: list[Event] = self._engine.events.wait_after(sequence, min(_WAIT_SLICE_S, wait_s))
            if found or time.monotonic() >= deadline:
                return found
        raise EngineGone("This connection to the engine was closed.")

    def close(self) -> None:
        """Let go; whoever started the engine stops it."""
        self._closed.set()


class EngineLink:
    """The engine of a session: its handle now, or none while it is gone. Safe from any thread; `_lock` guards the handle."""

    def __init__(self, handle: EngineHandle | None = None) -> None:
        self._lock = threading.Lock()
        self._handle = handle
        self._closed = False

    def handle(self) -> EngineHandle:
        """The engine to ask.

        Raises:
            EngineGone: there is none now.
        """
        with self._lock:
            if self._handle is None:
                raise EngineGone("The engine of this cluster does not run.")
            return self._handle

    def replace(self, handle: EngineHandle | None) -> None:
        """Go on with another one; waits on the former end with EngineGone."""
        with self._lock:
            former, self._handle = self._handle, handle
            closed = self._closed
        if former is not None and former is not handle:
            former.close()
        if closed and handle is not None:
            handle.close()

    def close(self) -> None:
        """End every wait. Idempotent."""
        with self._lock:
            self._closed = True
        self.replace(None)
