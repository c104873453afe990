"""A plot over time: several series told apart by colour and dash, events as numbered lines, a crosshair that can be linked.

Counterpart: `plot_canvas.py` draws it with pyqtgraph, which is imported when the first plot has been shown, not before: numpy and
pyqtgraph would cost the window its first paint.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_broker.gui.i18n import format_count
from desktop_broker.gui.widgets.badge import State

if TYPE_CHECKING:
    from desktop_broker.gui.widgets.plot_canvas import PlotCanvas


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line; `colour` is a token (`plot_1` is In, `plot_2` Out, `plot_3` p50, `plot_4` p99, `plot_5` other, `plot_6` between brokers)."""

    id: str
    text: str
    colour: str
    style: Qt.PenStyle = Qt.PenStyle.SolidLine
    fill: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotEvent:
    """A vertical line with a numbered flag; the list beside the plot shows the same number."""

    time_ms: int
    state: State
    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotData:
    """Times in ms, ascending, and for each series id as many values; None is a gap."""

    times_ms: Sequence[int]
    values: Mapping[str, Sequence[float | None]]


class TimePlot(QWidget):
    """The last `span_s` seconds, or the range of `set_range`. The scale starts at zero unless `from_zero` is False (offsets).
    `gap` names two series whose distance means something: the area between them is shaded in the colour of the first.

    `readout` writes the values beside the crosshair; `axis_width` is the least room for the scale, in px at text scale 1: plots
    below each other need the same.

    Signals: `crosshair_moved(object)`, ms under the mouse or None when it left; `time_clicked(object)`, ms;
    `range_selected(object, object)`, ms from and to, after a drag. None of them comes from `set_crosshair`.
    """

    crosshair_moved = Signal(object)
    time_clicked = Signal(object)
    range_selected = Signal(object, object)

    def __init__(
        self,
        series: Sequence[Series],
        *,
        name: str,
        write: Callable[[float], str] = format_count,
        span_s: float = 300,
        height: int = 120,
        axis: bool = True,
        flags: bool = True,
        from_zero: bool = True,
        readout: bool = True,
        axis_width: int = 0,
        gap: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.series = tuple(series)
        self.gap = gap
        self.write = write
        self.axis, self.flags, self.from_zero = axis, flags, from_zero
        self.readout, self.axis_width = readout, axis_width
        self.data = PlotData(times_ms=(), values={})
        self.events: tuple[PlotEvent, ...] = ()
        self.crosshair_ms: int | None = None
        self._span_ms = round(span_s * 1000)
        self._range: tuple[int, int] | None = None
        self._now_ms = 0
        self._canvas: PlotCanvas | None = None
        self._waiting = False
        self.setAccessibleName(name)
        self.setMinimumHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    @property
    def built(self) -> bool:
        """Whether the canvas is there: shortly after the first show."""
        return self._canvas is not None

    @property
    def shown_range_ms(self) -> tuple[int, int]:
        """What the time axis spans, in ms."""
        if self._range is not None:
            return self._range
        end = self._now_ms or (int(self.data.times_ms[-1]) if self.data.times_ms else self._span_ms)
        return end - self._span_ms, end

    def values_at(self, time_ms: int) -> dict[str, float | None]:
        """The sample of each series that is nearest to a moment; empty without samples."""
        times = self.data.times_ms
        if not times:
            return {}
        nearest = min(range(len(times)), key=lambda number: abs(times[number] - time_ms))
        return {
            series.id: self.data.values[series.id][nearest] for series in self.series if series.id in self.data.values
        }

    def set_data(self, data: PlotData, now_ms: int = 0) -> None:
        """Show other samples; `now_ms` is the right edge, the last sample when it is 0."""
        self.data = data
        self._now_ms = now_ms
        self._changed()

    def set_series(self, series: Sequence[Series], data: PlotData, now_ms: int = 0) -> None:
        """Other lines with their samples, such as after another split."""
        self.series = tuple(series)
        if self._canvas is not None:
            self._canvas.make_curves()
        self.set_data(data, now_ms)

    def set_span(self, span_s: float) -> None:
        """Follow the last so many seconds."""
        self._span_ms = round(span_s * 1000)
        self._range = None
        self._changed()

    def set_range(self, start_ms: int | None, end_ms: int | None) -> None:
        """Stand still on a part of the time; None follows the newest again."""
        self._range = (start_ms, end_ms) if start_ms is not None and end_ms is not None else None
        self._changed()

    def set_events(self, events: Sequence[PlotEvent]) -> None:
        if tuple(events) != self.events:
            self.events = tuple(events)
            if self._canvas is not None:
                self._canvas.make_event_lines()
            self._changed()

    def set_crosshair(self, time_ms: int | None) -> None:
        """Show the crosshair at a moment, as another plot's `crosshair_moved` says; None takes it away."""
        if time_ms != self.crosshair_ms:
            self.crosshair_ms = time_ms
            if self._canvas is not None:
                self._canvas.draw_crosshair()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if self._canvas is None and not self._waiting:
            self._waiting = True
            QTimer.singleShot(0, self, self._build)
        elif self._canvas is not None:
            self._canvas.draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if self._canvas is not None:
            if event.type() == QEvent.Type.StyleChange:
                self._canvas.restyle()
            elif event.type() == QEvent.Type.LanguageChange:
                self._canvas.draw()

    def _build(self) -> None:
        from desktop_broker.gui.widgets.plot_canvas import PlotCanvas

        self._canvas = PlotCanvas(self)
        self._layout.addWidget(self._canvas)
        self._canvas.hovered.connect(self._hovered)
        self._canvas.clicked.connect(self.time_clicked)
        self._canvas.selected.connect(self.range_selected)
        self._canvas.draw()

    def _hovered(self, time_ms: int | None) -> None:
        self.set_crosshair(time_ms)
        self.crosshair_moved.emit(time_ms)

    def _changed(self) -> None:
        if self._canvas is not None and self.isVisible():
            self._canvas.draw()
