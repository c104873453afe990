"""On and off: Switch takes effect at once, Check belongs to a form."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_broker.gui.theme import color, font, paint_icon, scaled, text_width
from desktop_broker.gui.widgets.painted import ALIGN_LEFT, PaintedButton, antialiased, paint_focus


class _Toggle(PaintedButton):
    """Space and click toggle; signal `toggled(bool)`."""

    def __init__(self, text: str, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setChecked(on)
        self.setAccessibleName(text)

    def set_text(self, text: str) -> None:
        super().set_text(text)
        self.setAccessibleName(text)


class Switch(_Toggle):
    """A switch with its text at the right; signal `toggled(bool)`."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(text_width(self.text()) + 46, scaled(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        on, middle = self.isChecked(), self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen if on else QPen(color("ctl"), 1))
        painter.setBrush(color("accent_fill") if on else color("raised"))
        painter.drawRoundedRect(QRectF(1.5, middle - 8.5, 31, 17), 8.5, 8.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("on_accent" if on else "muted"))
        painter.drawEllipse(QPointF(24 if on else 10, middle), 6, 6)
        painter.setPen(color("text" if self.isEnabled() else "faint"))
        painter.setFont(font())
        painter.drawText(QRectF(42, 0, self.width(), self.height()), ALIGN_LEFT, self.text())
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()).adjusted(-2, 3, 0, -3), 8)
        painter.end()


class Check(_Toggle):
    """A check box with its text at the right; signal `toggled(bool)`."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(text_width(self.text()) + 30, scaled(24))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        on, top = self.isChecked(), self.height() / 2 - 7.5
        painter.setPen(Qt.PenStyle.NoPen if on else QPen(color("ctl"), 1.2))
        painter.setBrush(color("accent_fill") if on else color("field"))
        painter.drawRoundedRect(QRectF(1.5, top, 15, 15), 4, 4)
        if on:
            paint_icon(painter, 3, top + 1.5, "check", "on_accent", 12)
        painter.setPen(color("text" if self.isEnabled() else "faint"))
        painter.setFont(font())
        painter.drawText(QRectF(25, 0, self.width(), self.height()), ALIGN_LEFT, self.text())
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()).adjusted(-1, 0, 0, 0), 5)
        painter.end()
