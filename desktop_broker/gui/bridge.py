"""The one place where news from other threads become calls on the Qt thread, at most 25 times a second.

Worker threads `post` under a name: the newest value wins, or all are collected. One queued signal crosses; what came in
between travels with it. Counterpart: `feeds/` posts, and turns what arrives into signals for the panels.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

MIN_INTERVAL_MS = 40


class Bridge(QObject):
    """Lives on the Qt thread; `post` and `collect` from any thread.

    `_lock` guards what waits and `_armed` (whether a signal is on its way). Nothing is called under it.
    """

    _woken = Signal()

    def __init__(self, parent: QObject | None = None, *, interval_ms: int = MIN_INTERVAL_MS) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._latest: dict[str, Any] = {}
        self._collected: dict[str, list[Any]] = {}
        self._armed = False
        self._closed = False
        self._receivers: dict[str, Callable[[Any], None]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._rested)
        self._woken.connect(self._wake, Qt.ConnectionType.QueuedConnection)

    def receive(self, name: str, receiver: Callable[[Any], None]) -> None:
        """Call `receiver` on the Qt thread with what is posted under the name: the newest value, or a list of all collected ones."""
        self._receivers[name] = receiver

    def forget(self, name: str) -> None:
        """Call nobody any more for this name; what still comes under it is dropped."""
        self._receivers.pop(name, None)

    def post(self, name: str, value: object) -> None:
        """Hand on a value; one that still waits under this name is replaced."""
        with self._lock:
            self._latest[name] = value
        self._arm()

    def collect(self, name: str, values: list[Any]) -> None:
        """Hand on values; they are added to those that still wait under this name."""
        with self._lock:
            self._collected.setdefault(name, []).extend(values)
        self._arm()

    def close(self) -> None:
        """Hand on nothing more. Join the posting threads after this, before Qt goes."""
        with self._lock:
            self._closed = True
            self._latest.clear()
            self._collected.clear()
        self._timer.stop()

    def _arm(self) -> None:
        with self._lock:
            if self._armed or self._closed:
                return
            self._armed = True
        with contextlib.suppress(RuntimeError):  # Qt deleted the object while a thread was about to post
            self._woken.emit()

    def _wake(self) -> None:
        if not self._timer.isActive():
            self._deliver()

    def _rested(self) -> None:
        with self._lock:
            waiting = bool(self._latest or self._collected)
        if waiting:
            self._deliver()

    def _deliver(self) -> None:
        with self._lock:
            arrived: dict[str, Any] = {**self._collected, **self._latest}
            self._collected, self._latest = {}, {}
            self._armed = False
            closed = self._closed
        if closed:
            return
        self._timer.start()
        for name, value in arrived.items():
            receiver = self._receivers.get(name)
            if receiver is not None:
                try:
                    receiver(value)
                except Exception:  # noqa: BLE001 - one receiver's failure must not take the others' news along
                    sys.excepthook(*sys.exc_info())
