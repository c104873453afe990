"""Cause and way out in one place: a sentence on what happened, one on what to do, and the buttons that do it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop_broker.gui.theme import STATE_ICONS, Text
from desktop_broker.gui.widgets.badge import State
from desktop_broker.gui.widgets.label import IconLabel, Label
from desktop_broker.gui.widgets.layout import column, row

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Callout(QFrame):
    """`Callout("warn", "Broker 3 is down.", "Start it again.", [button])`."""

    def __init__(
        self,
        state: State,
        what: str = "",
        todo: str = "",
        buttons: tuple[QWidget, ...] = (),
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._icon = IconLabel(icon or STATE_ICONS[state], state, 18)
        self._what = Label(what, Text.STRONG, wrap=True)
        self._todo = Label(todo, Text.SMALL, "text", wrap=True)
        texts = column(self._what, self._todo, gap=0)
        layout = row((self._icon, Qt.AlignmentFlag.AlignTop), (texts, 1), gap=10, margins=(14, 10, 12, 8))
        for button in buttons:
            layout.addWidget(button, 0, _MIDDLE)
        self.setLayout(layout)
        self.set_message(state, what, todo)

    @property
    def text(self) -> str:
        """Both sentences, for a test or a screen reader."""
        return f"{self._what.plain_text} {self._todo.plain_text}".strip()

    def set_message(self, state: State, what: str, todo: str = "") -> None:
        self._what.set_text(what)
        self._todo.set_text(todo)
        self._todo.setVisible(bool(todo))
        self._icon.set_icon(self._icon_name or STATE_ICONS[state], state)
        self.setAccessibleName(self.text)
        if self.objectName() != state:
            self.setObjectName(state)
            self.style().unpolish(self)
            self.style().polish(self)
