"""A group's offsets over time: where its partitions end, where it has committed, and the lag as the gap between both lines."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from desktop_broker.gui.feeds.model import GroupSummary
from desktop_broker.gui.i18n import format_count
from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets import Label, Legend, box, column, row
from desktop_broker.gui.widgets.plot import PlotData, Series, TimePlot

_SPAN_S = 180
_END, _COMMITTED = "plot_1", "plot_2"


class OffsetsPlot(QWidget):
    """The last three minutes of one group, over all its partitions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._span = Label("", Text.STRONG), Label("", Text.SMALL)
        self._legend = Legend(lines=self._legend_lines())
        self._meaning = Label("", Text.SMALL)
        self.plot = TimePlot(
            [
                Series(id="end", text="", colour=_END),
                Series(id="committed", text="", colour=_COMMITTED, style=Qt.PenStyle.DashLine),
            ],
            name="",
            write=format_count,
            span_s=_SPAN_S,
            height=100,
            flags=False,
            from_zero=False,
            gap=("committed", "end"),
        )
        self.setLayout(
            column(
                row(self._title, self._span, None, self._legend, gap=8, margins=(15, 12, 15, 4)),
                (self.plot, 1),
                box(row(self._meaning, None, margins=(15, 4, 15, 8))),
                gap=0,
            )
        )
        self.retranslate()

    def set_group(self, group: GroupSummary) -> None:
        """Draw what is known of a group. Looks at which no lag was known leave a gap in the line of the ends."""
        times = [time for time, _ in group.lag_history]

        def lag_at(time: int) -> int | None:
            place = bisect_left(times, time)
            return group.lag_history[place][1] if place < len(times) and times[place] == time else None

        committed = [value for _, value in group.committed_history]
        lags = [lag_at(time) for time, _ in group.committed_history]
        self.plot.set_data(
            PlotData(
                times_ms=[time for time, _ in group.committed_history],
                values={
                    "committed": committed,
                    "end": [None if lag is None else at + lag for at, lag in zip(committed, lags, strict=True)],
                },
            )
        )

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """All texts."""
        self._title.set_text(self.tr("Offsets, all partitions together"))
        self._span.set_text(self.tr("last 3 minutes"))
        self._meaning.set_text(self.tr("The shaded gap is the lag."))
        self.plot.setAccessibleName(self.tr("Offsets over time"))
        self._legend.set_lines(self._legend_lines())

    def _legend_lines(self) -> list[tuple[str, Qt.PenStyle, str]]:
        return [
            (_END, Qt.PenStyle.SolidLine, self.tr("End")),
            (_COMMITTED, Qt.PenStyle.DashLine, self.tr("Committed")),
        ]
