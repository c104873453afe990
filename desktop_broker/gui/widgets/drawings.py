"""Small drawings, painted by delegates and widgets alike: sparkline, replica cell, legend."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_broker.gui.theme import color, font, scaled, text_width
from desktop_broker.gui.widgets.painted import ALIGN_CENTER, ALIGN_LEFT, Painted, antialiased


def paint_sparkline(
    painter: QPainter, rect: QRectF, values: Sequence[float], role: str = "accent", *, fill: bool = True
) -> None:
    """The last samples, oldest first, from zero to their maximum; a flat grey line when there is nothing."""
    highest = max(values, default=0)
    if highest <= 0 or len(values) < 2:
        painter.setPen(QPen(color("ctl"), 1.2))
        bottom = rect.bottom() - 1
        painter.drawLine(QPointF(rect.left(), bottom), QPointF(rect.right(), bottom))
        return
    step, scale = rect.width() / (len(values) - 1), rect.height() / (highest * 1.08)
    points = [
        QPointF(rect.left() + number * step, rect.bottom() - value * scale) for number, value in enumerate(values)
    ]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if fill:
        path = QPainterPath(QPointF(rect.left(), rect.bottom()))
        path.addPolygon(QPolygonF([QPointF(rect.left(), rect.bottom()), *points, QPointF(rect.right(), rect.bottom())]))
        painter.fillPath(path, color(role, 34))
    painter.setPen(QPen(color(role), 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_replica(painter: QPainter, rect: QRectF, state: str, text: str = "", pixels: int = 10) -> None:
    """One replica: `leader` filled, `sync` a soft tile, `lag` hatched amber, `off` dashed with a cross, `none` a dash."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    if state == "leader":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent_fill"))
        painter.drawRoundedRect(rect, 3, 3)
        painter.setPen(color("on_accent"))
    elif state == "sync":
        painter.setPen(QPen(color("accent", 120), 1))
        painter.setBrush(color("accent_soft"))
        painter.drawRoundedRect(inner, 3, 3)
        painter.setPen(color("accent"))
    elif state == "lag":
        painter.setPen(QPen(color("warn"), 1.3))
        painter.setBrush(color("warn_soft"))
        painter.drawRoundedRect(inner, 3, 3)
        if not text:
            _hatch(painter, rect)
        painter.setPen(color("warn"))
    elif state == "off":
        painter.setPen(QPen(color("err"), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inner, 3, 3)
        painter.setPen(color("err"))
        text = text or "\N{MULTIPLICATION SIGN}"
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("line"))
        painter.drawRoundedRect(QRectF(rect.center().x() - 2, rect.center().y() - 1, 4, 2), 1, 1)
        text = ""
    if text:
        painter.setFont(font(pixels, 600))
        painter.drawText(rect, ALIGN_CENTER, text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _hatch(painter: QPainter, rect: QRectF) -> None:
    painter.save()
    painter.setClipRect(rect.adjusted(2, 2, -2, -2))
    painter.setPen(QPen(color("warn", 150), 1))
    offset = -rect.height()
    while offset < rect.width():
        start = QPointF(rect.left() + offset, rect.bottom())
        painter.drawLine(start, QPointF(start.x() + rect.height(), rect.top()))
        offset += 4
    painter.restore()


class Sparkline(QWidget):
    """The last samples of one value."""

    def __init__(
        self, values: Sequence[float] = (), *, name: str, role: str = "accent", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._values: tuple[float, ...] = tuple(values)
        self._role = role
        self.setAccessibleName(name)
        self.setFixedHeight(26)
        self.setMinimumWidth(60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_values(self, values: Sequence[float]) -> None:
        self._values = tuple(values)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = QPainter(self)
        paint_sparkline(painter, QRectF(0, 2, self.width(), self.height() - 3), self._values, self._role)
        painter.end()


class Legend(Painted):
    """Samples drawn exactly as in the picture that they explain.

    `lines` are (colour, pen style, text), `replicas` are (state, text).
    """

    def __init__(
        self,
        *,
        lines: Sequence[tuple[str, Qt.PenStyle, str]] = (),
        replicas: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines, self._replicas = tuple(lines), tuple(replicas)
        self._name()

    def set_lines(self, lines: Sequence[tuple[str, Qt.PenStyle, str]]) -> None:
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self._name()
            self.updateGeometry()
            self.update()

    def set_replicas(self, replicas: Sequence[tuple[str, str]]) -> None:
        self._replicas = tuple(replicas)
        self._name()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        width = sum(24 + text_width(text, 12) + 14 for *_, text in self._lines)
        width += sum(20 + text_width(text, 12) + 14 for _, text in self._replicas)
        return QSize(max(0, width - 10), scaled(20))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        x, middle = 0.0, self.height() / 2
        for colour, style, text in self._lines:
            painter.setPen(QPen(color(colour), 2, style, Qt.PenCapStyle.FlatCap))
            painter.drawLine(QPointF(x, middle), QPointF(x + 18, middle))
            x = self._text(painter, x + 24, text)
        for state, text in self._replicas:
            paint_replica(painter, QRectF(x, middle - 7, 14, 14), state, "L" if state == "leader" else "")
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            x = self._text(painter, x + 20, text)
        painter.end()

    def _text(self, painter: QPainter, x: float, text: str) -> float:
        width = text_width(text, 12)
        painter.setFont(font(12))
        painter.setPen(color("muted"))
        painter.drawText(QRectF(x, 0, width + 4, self.height()), ALIGN_LEFT, text)
        return x + width + 14

    def _name(self) -> None:
        texts = [*(text for *_, text in self._lines), *(text for _, text in self._replicas)]
        self.setAccessibleName(", ".join(texts))
