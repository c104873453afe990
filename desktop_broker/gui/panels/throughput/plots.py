"""Plots below each other with one time axis: the crosshair of one is that of all.

Counterpart: `panel.py` fills them with the curves of `curves.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from desktop_broker.gui.panels.throughput.curves import Curves
from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.card import Card
from desktop_broker.gui.widgets.drawings import Legend
from desktop_broker.gui.widgets.label import ElidedLabel, Label
from desktop_broker.gui.widgets.layout import column, horizontal_rule, row
from desktop_broker.gui.widgets.plot import PlotData, PlotEvent, TimePlot
from desktop_broker.gui.widgets.plot_scale import write_value

_AXIS, _BESIDE_LEGEND = 64, 60


class PlotRow(QWidget):
    """A title, a legend and a plot, or in its place the reason why there is nothing to draw."""

    def __init__(self, *, flags: bool = False, axis: bool = False) -> None:
        super().__init__()
        self._title, self._remark, self._legend = Label("", Text.H2), ElidedLabel("", Text.SMALL), Legend()
        self.plot = TimePlot(
            (), name="", write=write_value, height=96, flags=flags, axis=axis, readout=False, axis_width=_AXIS
        )
        self._legend.setSizePolicy(
            QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed
        )  # long names must not hold the window open
        self._reason = Label("", Text.MUTED, wrap=True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignCenter)
        reason = QWidget()
        reason.setLayout(column(None, self._reason, None, margins=(40, 0, 40, 8)))
        self._pages = QStackedLayout()
        self._pages.addWidget(self.plot)
        self._pages.addWidget(reason)
        head = row(self._title, (self._remark, 1), self._legend, gap=8, margins=(16, 9, 16, 2))
        self.setLayout(column(head, (self._pages, 1), gap=0))
        self.curves = Curves(series=(), data=PlotData(times_ms=(), values={}))

    def set_texts(self, title: str, remark: str = "") -> None:
        self._title.set_text(title)
        self._remark.set_text(remark)
        self.plot.setAccessibleName(title)

    @property
    def title(self) -> str:
        return self._title.plain_text

    @property
    def reason(self) -> str:
        """Why nothing is drawn; empty when something is."""
        return self._reason.plain_text if self._pages.currentIndex() else ""

    def set_reason(self, reason: str) -> None:
        """Say why there is nothing to draw; an empty text draws again."""
        self._reason.set_text(reason)
        self._title.set_colour("faint" if reason else "")
        self._pages.setCurrentIndex(1 if reason else 0)
        self._fit_legend()

    def set_curves(self, curves: Curves, now_ms: int) -> None:
        """Other samples, perhaps other lines."""
        same = tuple(curves.series) == self.plot.series
        self.curves = curves
        if same:
            self.plot.set_data(curves.data, now_ms)
            return
        self._legend.set_lines([(line.colour, line.style, line.text) for line in curves.series])
        self._fit_legend()
        self.plot.set_series(curves.series, curves.data, now_ms)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit_legend()

    def _fit_legend(self) -> None:
        """Whole or not at all: the readings beside the plots show the same lines."""
        room = self.width() - self._title.sizeHint().width() - _BESIDE_LEGEND
        self._legend.setVisible(not self.reason and self._legend.sizeHint().width() <= room)


class PlotStack(Card):
    """Signals: `crosshair_moved(object)`, ms under the mouse or None; `time_clicked(object)`; `range_selected(object, object)`."""

    crosshair_moved = Signal(object)
    time_clicked = Signal(object)
    range_selected = Signal(object, object)

    def __init__(self, rows: Sequence[PlotRow], parent: QWidget | None = None) -> None:
        super().__init__(None, pad=False, gap=0, parent=parent)
        self._rows = tuple(rows)
        for number, line in enumerate(self._rows):
            if number:
                self.add(horizontal_rule())
            self.add((line, 1))
            line.plot.crosshair_moved.connect(self.crosshair_moved)
            line.plot.time_clicked.connect(self.time_clicked)
            line.plot.range_selected.connect(self.range_selected)
        self.add(4)

    def set_crosshair(self, time_ms: int | None) -> None:
        for line in self._rows:
            line.plot.set_crosshair(time_ms)

    def set_span(self, seconds: float) -> None:
        """Follow the newest samples again."""
        for line in self._rows:
            line.plot.set_span(seconds)

    def set_range(self, start_ms: int, end_ms: int) -> None:
        """Stand still on a part of the time."""
        for line in self._rows:
            line.plot.set_range(start_ms, end_ms)

    def set_events(self, events: Sequence[PlotEvent]) -> None:
        for line in self._rows:
            line.plot.set_events(events)
