"""Tabs over the body of a pane."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from desktop_broker.gui.theme import color, font, scaled, text_width
from desktop_broker.gui.widgets.painted import ALIGN_LEFT, antialiased

_LEFT, _GAP = 15, 22


class Tabs(QTabBar):
    """Tabs by id: `Tabs([("partitions", "Partitions"), ("groups", "Groups  3")], name="Topic")`.

    Signals: `changed(str)` with the id of the tab that is shown now.
    """

    changed = Signal(str)

    def __init__(self, tabs: Sequence[tuple[str, str]], *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids = [identity for identity, _ in tabs]
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for _, text in tabs:
            self.addTab(text)
        self.currentChanged.connect(lambda index: self.changed.emit(self._ids[index]))

    @property
    def current(self) -> str:
        return self._ids[self.currentIndex()]

    def choose(self, identity: str) -> None:
        self.setCurrentIndex(self._ids.index(identity))

    def set_text(self, identity: str, text: str) -> None:
        index = self._ids.index(identity)
        if self.tabText(index) != text:
            self.setTabText(index, text)

    def set_texts(self, *texts: str) -> None:
        """The texts in another language, in the order of the tabs."""
        for identity, text in zip(self._ids, texts, strict=True):
            self.set_text(identity, text)

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        return QSize(
            text_width(self.tabText(index), 13, 600) + _GAP + (_LEFT - _GAP // 2 if index == 0 else 0), scaled(36)
        )

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        return self.tabSizeHint(index)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        height = self.height()
        painter.fillRect(0, height - 1, self.width(), 1, color("border"))
        for index in range(self.count()):
            rect = self._text_rect(index)
            on = index == self.currentIndex()
            painter.setFont(font(13, 600 if on else 500))
            painter.setPen(color("text" if on else "muted"))
            painter.drawText(rect.adjusted(0, 0, 8, -2), ALIGN_LEFT, self.tabText(index))
            if on:
                thick = 3 if self.hasFocus() else 2
                painter.fillRect(rect.left(), height - thick, rect.width(), thick, color("accent"))
        if self.hasFocus():
            painter.setPen(color("accent"))
            painter.drawRoundedRect(self._text_rect(self.currentIndex()).adjusted(-6, 5, 6, -6), 4, 4)
        painter.end()

    def _text_rect(self, index: int) -> QRect:
        rect = self.tabRect(index)
        left = _LEFT if index == 0 else rect.left() + _GAP // 2
        return QRect(left, rect.top(), text_width(self.tabText(index), 13, 600), rect.height())
