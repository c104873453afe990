"""What the window said in passing, to be read again: the last notices behind the bell."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop_broker.gui.i18n import format_time
from desktop_broker.gui.theme import STATE_ICONS, icon
from desktop_broker.gui.widgets.badge import State
from desktop_broker.gui.widgets.toast import Toast, Toaster

_KEPT = 20
_STATES: dict[str, State] = {"good": "ok", "warning": "warn", "error": "err", "info": "info"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    time_ms: int
    state: State
    text: str


class Notices(QObject):
    """Shows a notice for some seconds and keeps the last twenty. Lives on the Qt thread."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._toaster = Toaster(window)
        self._kept: deque[Notice] = deque(maxlen=_KEPT)

    @property
    def kept(self) -> tuple[Notice, ...]:
        """Newest first."""
        return tuple(self._kept)

    def notify(self, text: str, kind: str = "info") -> Toast:
        """`kind` is info, good, warning or error; an error stays until it is closed."""
        state = _STATES.get(kind, "info")
        self._kept.appendleft(Notice(time_ms=time.time_ns() // 1_000_000, state=state, text=text))
        return self._toaster.show(state, text)

    def menu(self) -> QMenu:
        """The notices with their times; choosing one shows it again."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not self._kept:
            menu.addAction(self.tr("No notices yet")).setEnabled(False)
        for notice in self._kept:
            first = notice.text if len(notice.text) <= 90 else f"{notice.text[:88]}\N{HORIZONTAL ELLIPSIS}"
            text = f"{format_time(notice.time_ms, milliseconds=False)}   {first}".replace("&", "&&")
            action = menu.addAction(icon(STATE_ICONS[notice.state], notice.state), text)
            action.triggered.connect(lambda _=False, n=notice: self._toaster.show(n.state, n.text))
        return menu
