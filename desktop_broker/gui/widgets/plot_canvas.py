"""Draws a TimePlot with pyqtgraph: lines of width 1 without antialiasing, fixed ranges, no frame.

Importing this module imports numpy and pyqtgraph: only `plot.py` does, after the window has been shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg  # type: ignore[import-untyped]  # has no types
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from desktop_broker.gui.i18n import format_time
from desktop_broker.gui.theme import color, font, scaled, text_width
from desktop_broker.gui.widgets.badge import paint_flag
from desktop_broker.gui.widgets.painted import ALIGN_LEFT, ALIGN_RIGHT, antialiased
from desktop_broker.gui.widgets.plot_scale import time_ticks, value_ticks

if TYPE_CHECKING:
    from desktop_broker.gui.widgets.plot import TimePlot

AXIS_WIDTH, RIGHT_MARGIN = 56, 16
_FLAG_HEIGHT, _DRAG_PX = 18, 6


class PlotCanvas(QWidget):
    """Signals: `hovered(object)` ms or None, `clicked(object)` ms, `selected(object, object)` ms from and to."""

    hovered = Signal(object)
    clicked = Signal(object)
    selected = Signal(object, object)

    def __init__(self, plot: TimePlot) -> None:
        super().__init__(plot)
        self._plot = plot
        self._curves: dict[str, Any] = {}
        self._event_lines: list[Any] = []
        self._gap: Any = None
        self._pressed_at: float | None = None
        self._flags = _FlagStrip(self) if plot.flags else None
        self._view = _View(self)
        self._item = self._view.getPlotItem()
        self._item.hideButtons()
        self._item.setMenuEnabled(False)
        self._item.setMouseEnabled(False, False)
        self._box = self._item.getViewBox()
        self._box.disableAutoRange()
        self._box.setDefaultPadding(0)
        for name in ("left", "bottom"):
            self._item.hideAxis(
                name
            )  # the canvas paints grid and labels: an axis leaves out labels that do not quite fit
        self._values: list[float] = []
        self._times: list[tuple[float, str]] = []
        self._region = pg.LinearRegionItem(movable=False)
        self._region.hide()
        self._box.addItem(self._region, ignoreBounds=True)
        self._overlay = _Overlay(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if self._flags is not None:
            layout.addWidget(self._flags)
        layout.addWidget(self._view, 1)
        self.make_curves()
        self.make_event_lines()
        self.restyle()

    @property
    def plot(self) -> TimePlot:
        return self._plot

    def make_curves(self) -> None:
        """One curve per series, anew."""
        if self._gap is not None:
            self._item.removeItem(self._gap)
        for curve in self._curves.values():
            self._item.removeItem(curve)
        self._curves = {series.id: pg.PlotCurveItem(connect="finite") for series in self._plot.series}
        for curve in self._curves.values():
            self._item.addItem(curve, ignoreBounds=True)
        if self._plot.gap is not None:
            self._gap = pg.FillBetweenItem(*(self._curves[identity] for identity in self._plot.gap))
            self._item.addItem(self._gap, ignoreBounds=True)
        self._style_curves()

    def make_event_lines(self) -> None:
        for line in self._event_lines:
            self._item.removeItem(line)
        self._event_lines = []
        for event in self._plot.events:
            pen = QPen(color(event.state, 190), 1, Qt.PenStyle.DashLine)
            pen.setCosmetic(True)
            line = pg.InfiniteLine(event.time_ms / 1000, angle=90, movable=False, pen=pen)
            self._item.addItem(line, ignoreBounds=True)
            self._event_lines.append(line)
        if self._flags is not None:
            self._flags.update()

    def restyle(self) -> None:
        """Colours and fonts of the theme in force."""
        self._style_curves()
        self.make_event_lines()
        self._region.setBrush(color("accent", 40))
        self.draw()

    def _style_curves(self) -> None:
        for series in self._plot.series:
            pen = QPen(color(series.colour), 1, series.style)
            pen.setCosmetic(True)
            self._curves[series.id].setPen(pen)
            if series.fill:
                self._curves[series.id].setFillLevel(0)
                self._curves[series.id].setBrush(color(series.colour, 26))
            if self._plot.gap is not None and self._plot.gap[0] == series.id:
                self._gap.setBrush(color(series.colour, 34))

    def draw(self) -> None:
        """Show the plot's data, range and crosshair as they are now."""
        plot = self._plot
        start, end = plot.shown_range_ms
        times = np.asarray(plot.data.times_ms, dtype=np.float64) / 1000
        first, last = np.searchsorted(times, (start / 1000, end / 1000))
        shown = slice(max(0, int(first) - 1), int(last) + 1)
        low, high = np.inf, 0.0 if plot.from_zero else -np.inf
        for series in plot.series:
            values = np.asarray(plot.data.values.get(series.id, ()), dtype=np.float64)
            self._curves[series.id].setData(times[shown] if len(values) else [], values[shown])
            finite = values[shown][np.isfinite(values[shown])]
            if len(finite):
                low, high = min(low, float(finite.min())), max(high, float(finite.max()))
        self._scale(start, end, 0.0 if plot.from_zero else low, high)
        self.draw_crosshair()

    def _scale(self, start: int, end: int, low: float, high: float) -> None:
        most = max(1, min(4, self._view.height() // scaled(24)))
        bottom = low if np.isfinite(low) else 0.0
        values, top = value_ticks(bottom, high + 0.05 * (high - bottom) if high > 0 else 1.0, most)
        self._box.setRange(xRange=(start / 1000, end / 1000), yRange=(values[0], top), padding=0, disableAutoRange=True)
        room = max(2, min(8, self._view.width() // scaled(110)))
        self._values, self._times = values, time_ticks(start, end, room) if self._plot.axis else []
        widest = max(text_width(self._plot.write(value), 11) for value in values)
        below = scaled(22) if self._plot.axis else 6
        self._item.setContentsMargins(
            max(AXIS_WIDTH, scaled(self._plot.axis_width), widest + 24), 8, RIGHT_MARGIN, below
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        """The grid and its labels, below the lines."""
        painter = QPainter(self)
        area = self.area()
        painter.setFont(font(11))
        half = scaled(8)
        for number, value in enumerate(self._values):
            y = round(self.y_of(value))
            painter.setPen(color("border" if number == 0 else "line"))
            painter.drawLine(round(area.left()), y, round(area.right()), y)
            painter.setPen(color("muted"))
            painter.drawText(QRectF(0, y - half, area.left() - 8, 2 * half), ALIGN_RIGHT, self._plot.write(value))
        for moment, text in self._times:
            width = text_width(text, 11)
            x = min(max(self.x_of(moment * 1000) - width / 2, area.left()), area.right() - width)
            painter.drawText(QRectF(x, area.bottom() + 5, width + 2, 2 * half), ALIGN_LEFT, text)
        painter.end()

    def draw_crosshair(self) -> None:
        self._overlay.update()
        if self._flags is not None:
            self._flags.update()

    # ---- places --------------------------------------------------------------------------------------------------------
    def area(self) -> QRectF:
        """Where the lines are drawn, in this widget's coordinates."""
        scene = self._box.sceneBoundingRect()
        corner = self._view.mapTo(self, self._view.mapFromScene(scene.topLeft()))
        return QRectF(QPointF(corner), scene.size())

    def x_of(self, time_ms: float) -> float:
        start, end = self._plot.shown_range_ms
        area = self.area()
        return area.left() + (time_ms - start) / max(1, end - start) * area.width()

    def y_of(self, value: float) -> float:
        low, high = self._box.viewRange()[1]
        area = self.area()
        return area.bottom() - float((value - low) / (high - low)) * area.height()

    def time_at(self, x: float) -> int:
        start, end = self._plot.shown_range_ms
        area = self.area()
        share = (x - area.left()) / max(1.0, area.width())
        return round(start + min(1.0, max(0.0, share)) * (end - start))

    # ---- the mouse, as the view reports it ---------------------------------------------------------------------------------
    def mouse_moved(self, x: float) -> None:
        if self._pressed_at is not None and abs(x - self._pressed_at) > _DRAG_PX:
            self._region.setRegion((self.time_at(self._pressed_at) / 1000, self.time_at(x) / 1000))
            self._region.show()
        area = self.area()
        self.hovered.emit(self.time_at(x) if area.left() <= x <= area.right() else None)

    def mouse_left(self) -> None:
        self.hovered.emit(None)

    def mouse_pressed(self, x: float) -> None:
        self._pressed_at = x

    def mouse_released(self, x: float) -> None:
        pressed, self._pressed_at = self._pressed_at, None
        self._region.hide()
        if pressed is None:
            return
        if abs(x - pressed) > _DRAG_PX:
            start, end = sorted((self.time_at(pressed), self.time_at(x)))
            self.selected.emit(start, end)
        else:
            self.clicked.emit(self.time_at(x))

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._overlay.setGeometry(self.rect())
        self._overlay.raise_()
        self.draw()


class _View(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """Hands the mouse to the canvas; the wheel scrolls the page."""

    def __init__(self, canvas: PlotCanvas) -> None:
        super().__init__(canvas, background=None)
        self._canvas = canvas
        self.setStyleSheet("background: transparent")
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAntialiasing(False)

    def _x(self, event: QMouseEvent) -> float:
        return float(self.mapTo(self._canvas, event.position().toPoint()).x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self._canvas.mouse_moved(self._x(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() == Qt.MouseButton.LeftButton:
            self._canvas.mouse_pressed(self._x(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() == Qt.MouseButton.LeftButton:
            self._canvas.mouse_released(self._x(event))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().leaveEvent(event)
        self._canvas.mouse_left()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()


class _Overlay(QWidget):
    """The crosshair with its dots and what it reads, above the lines."""

    def __init__(self, canvas: PlotCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        plot = self._canvas.plot
        moment = plot.crosshair_ms
        if moment is None:
            return
        area, x = self._canvas.area(), self._canvas.x_of(moment)
        if not area.left() <= x <= area.right():
            return
        painter = antialiased(self)
        painter.setPen(QPen(color("muted"), 1))
        painter.drawLine(QPointF(round(x) + 0.5, area.top()), QPointF(round(x) + 0.5, area.bottom()))
        values = plot.values_at(moment)
        for series in plot.series:
            value = values.get(series.id)
            if value is not None and value == value:
                painter.setPen(QPen(color("panel"), 2))
                painter.setBrush(color(series.colour))
                painter.drawEllipse(QPointF(x, self._canvas.y_of(value)), 4, 4)
        if plot.readout:
            self._read(painter, area, x, moment, values)
        painter.end()

    def _read(self, painter: QPainter, area: QRectF, x: float, moment: int, values: dict[str, float | None]) -> None:
        plot = self._canvas.plot
        lines = [
            (series, plot.write(value))
            for series in plot.series
            if (value := values.get(series.id)) is not None and value == value
        ]
        title = format_time(moment, milliseconds=False)
        line = scaled(17)
        widths = [28 + text_width(s.text, 12) + 16 + text_width(v, 12, 600) for s, v in lines]
        width = max([text_width(title, 12, 600), *widths]) + 20
        height = line * (len(lines) + 1) + 12
        left = x + 10 if x + 10 + width <= area.right() else x - 10 - width
        box = QRectF(left, area.top() + 2, width, height)
        painter.setPen(QPen(color("border"), 1))
        painter.setBrush(color("raised", 240))
        painter.drawRoundedRect(box, 6, 6)
        y = box.top() + 6
        painter.setPen(color("text"))
        painter.setFont(font(12, 600))
        painter.drawText(QRectF(box.left() + 10, y, width, line), ALIGN_LEFT, title)
        for series, text in lines:
            y += line
            painter.setPen(QPen(color(series.colour), 2, series.style, Qt.PenCapStyle.FlatCap))
            painter.drawLine(QPointF(box.left() + 10, y + line / 2), QPointF(box.left() + 28, y + line / 2))
            painter.setPen(color("muted"))
            painter.setFont(font(12))
            painter.drawText(QRectF(box.left() + 34, y, width, line), ALIGN_LEFT, series.text)
            painter.setPen(color("text"))
            painter.setFont(font(12, 600))
            painter.drawText(QRectF(box.left(), y, width - 10, line), ALIGN_RIGHT, text)


class _FlagStrip(QWidget):
    """The numbers of the events above their lines, moved apart where they would touch."""

    def __init__(self, canvas: PlotCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setFixedHeight(_FLAG_HEIGHT)

    def _places(self) -> list[tuple[QRectF, Any]]:
        area, last, found = self._canvas.area(), -100.0, []
        for event in sorted(self._canvas.plot.events, key=lambda event: event.time_ms):
            x = self._canvas.x_of(event.time_ms)
            if area.left() <= x <= area.right():
                width = max(17, text_width(str(event.number), 11, 600) + 8)
                last = max(round(x) - width / 2, last)
                found.append((QRectF(last, 1, width, 16), event))
                last += width + 2
        edge = float(self.width())
        for number in range(len(found) - 1, -1, -1):  # those that ran over the right edge push back to the left
            rect, event = found[number]
            if rect.right() <= edge:
                break
            found[number] = (QRectF(edge - rect.width(), 1, rect.width(), 16), event)
            edge -= rect.width() + 2
        return found

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        for rect, flag in self._places():
            paint_flag(painter, rect, flag.state, flag.number)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            texts = [flag.text for rect, flag in self._places() if rect.contains(QPointF(event.pos()))]
            QToolTip.showText(event.globalPos(), texts[0] if texts else "", self)
            return True
        return super().event(event)
