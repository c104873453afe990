"""Chips: a filter or a choice. Pill shaped and clickable, so never taken for a badge."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_broker.gui.theme import color, font, paint_icon, scaled, text_width
from desktop_broker.gui.widgets.painted import ALIGN_LEFT, PaintedButton, antialiased, paint_focus


class Chip(PaintedButton):
    """`label` is said softly before the strong text (`value.status =` **REFUNDED**).

    A `checkable` chip toggles (signal `toggled(bool)`), a `removable` one has a cross: click on it, Delete or Backspace
    emit `removed()`; a click elsewhere emits `clicked()`.
    """

    removed = Signal()

    def __init__(
        self,
        text: str = "",
        *,
        label: str = "",
        icon_name: str = "",
        checkable: bool = False,
        removable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._label, self._icon, self._removable = label, icon_name, removable
        self.setCheckable(checkable)
        self._name()

    def set_chip(self, text: str, label: str = "") -> None:
        if (text, label) != (self.text(), self._label):
            self._label = label
            self.set_text(text)
            self._name()
            self.updateGeometry()

    def set_text(self, text: str) -> None:
        super().set_text(text)
        self._name()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._text_right() + (18 if self._removable else 0) + 12, scaled(28))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._on_cross(event.position().toPoint()) and event.button() == Qt.MouseButton.LeftButton:
            self.setDown(False)
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._removable and not self.toolTip():
            self.setToolTip(self.tr("Delete or the cross takes this filter away"))
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        on = self.isChecked() or self._removable
        height, middle = self.height(), self.height() / 2
        radius = height / 2 - 0.5
        outline = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(color("accent", 110) if on else color("ctl"), 1))
        background = "accent_soft" if on else "hover" if self.underMouse() and self.isEnabled() else "panel"
        painter.setBrush(color(background))
        painter.drawRoundedRect(outline, radius, radius)
        x = 12
        if self._icon:
            paint_icon(painter, x, middle - 7, self._icon, "accent" if on else "muted", 14)
            x += 20
        if self._label:
            painter.setFont(font(12))
            painter.setPen(color("muted"))
            painter.drawText(QRectF(x, 0, self.width(), height), ALIGN_LEFT, self._label)
            x += text_width(self._label, 12) + 6
        painter.setFont(font(12, 600))
        painter.setPen(color("text" if self.isEnabled() else "faint"))
        painter.drawText(QRectF(x, 0, self.width(), height), ALIGN_LEFT, self.text())
        if self._removable:
            paint_icon(painter, self._text_right() + 6, middle - 6, "x", "muted", 12)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), radius)
        painter.end()

    def _text_right(self) -> int:
        label = text_width(self._label, 12) + 6 if self._label else 0
        return 12 + (20 if self._icon else 0) + label + text_width(self.text(), 12, 600)

    def _on_cross(self, position: QPoint) -> bool:
        return self._removable and self.rect().contains(position) and position.x() >= self._text_right() + 2

    def _name(self) -> None:
        self.setAccessibleName(f"{self._label} {self.text()}".strip())
