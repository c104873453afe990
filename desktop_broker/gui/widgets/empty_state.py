"""What a list says when it is empty: why, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.label import IconLabel, Label
from desktop_broker.gui.widgets.layout import column

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class EmptyState(QWidget):
    """An icon, a strong line, a sentence, and at most one button."""

    def __init__(
        self, icon: str, title: str, text: str = "", button: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = IconLabel(icon, "faint", 28)
        self._title = Label(title, Text.STRONG)
        self._text = Label(text, Text.SMALL, wrap=True)
        self._text.setAlignment(_CENTRE)
        layout = column(None, (self._icon, _CENTRE), (self._title, _CENTRE), (self._text, _CENTRE), gap=6)
        if button is not None:
            layout.addSpacing(4)
            layout.addWidget(button, 0, _CENTRE)
        layout.addStretch(1)
        self.setLayout(layout)
        self.set_message(title, text)

    @property
    def text(self) -> str:
        return f"{self._title.plain_text} {self._text.plain_text}".strip()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """An aligned item of a layout is given the height of one line: say how many it needs."""
        width = max(200, min(340, self.width() - 24))
        self._text.setFixedSize(width, max(0, self._text.heightForWidth(width)))

    def set_message(self, title: str, text: str = "", icon: str = "") -> None:
        self._title.set_text(title)
        self._text.set_text(text)
        self._text.setVisible(bool(text))
        self._fit()
        if icon:
            self._icon.set_icon(icon, "faint")
        self.setAccessibleName(self.text)
