"""Starts the embedded engine for the window, or attaches to the one that runs; starts it again when it died; ends it in the end.

Counterpart: `control/launch.py` for an engine process, `broker/engine.py` for one in this process. Everything here blocks.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_broker.control.launch import EngineProcess, LaunchError, attach_or_launch
from desktop_broker.gui.engine_link import EngineHandle, InProcessEngine

if TYPE_CHECKING:
    from desktop_broker.broker.engine import Engine

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedEngine:
    """An engine to work with. `attached`: it ran already, and goes on when the window closes."""

    handle: EngineHandle
    bootstrap: str
    attached: bool


class EngineKeeper:
    """One data folder's engine. Safe from any thread; `_lock` guards what was started and is not held while starting.

    Args:
        brokers, port: for a new cluster; None leaves the folder's own or the default. Port 0: any that are free.
        in_process: no process of its own.
    """

    def __init__(
        self, data_dir: Path, *, brokers: int | None = None, port: int | None = None, in_process: bool = False
    ) -> None:
        self.data_dir = data_dir
        self._brokers = brokers
        self._port = port
        self._in_process = in_process
        self._lock = threading.Lock()
        self._process: EngineProcess | None = None
        self._engine: Engine | None = None
        self._closed = False

    def open(self, on_progress: Progress) -> OpenedEngine:
        """The engine, once it serves.

        Raises:
            LaunchError, EngineError: with the engine's own sentence.
        """
        opened = self._open_here(on_progress) if self._in_process else self._open_process(on_progress)
        with self._lock:
            closed = self._closed
        if closed:  # the window went while the engine was starting
            opened.handle.close()
            self.close()
            raise LaunchError("The window was closed while the engine was starting.")
        return opened

    @property
    def last_words(self) -> str:
        """What the engine process said last on its standard error."""
        with self._lock:
            return self._process.last_words if self._process is not None else ""

    def close(self) -> None:
        """End the engine cleanly if it was started here. Idempotent."""
        with self._lock:
            self._closed = True
            process, self._process = self._process, None
            engine, self._engine = self._engine, None
        if process is not None:
            process.stop()
        if engine is not None:
            engine.stop()

    def _open_process(self, on_progress: Progress) -> OpenedEngine:
        with self._lock:
            former, self._process = self._process, None
        if former is not None:
            former.stop()  # it is dead or dying: its readers end with it
        attached = attach_or_launch(self.data_dir, on_progress=on_progress, brokers=self._brokers, port=self._port)
        with self._lock:
            self._process = attached.process
        return OpenedEngine(handle=attached.client, bootstrap=attached.bootstrap, attached=attached.process is None)

    def _open_here(self, on_progress: Progress) -> OpenedEngine:
        from desktop_broker.broker.engine import Engine

        engine = Engine(self.data_dir, brokers=self._brokers, port=self._port, on_progress=on_progress).start()
        with self._lock:
            self._engine = engine
        return OpenedEngine(handle=InProcessEngine(engine), bootstrap=engine.bootstrap_servers, attached=False)
