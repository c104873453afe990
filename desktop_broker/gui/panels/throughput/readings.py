"""The values of all curves at one moment, beside the plots: the line, its name, its value."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from desktop_broker.gui.i18n import format_count
from desktop_broker.gui.panels.throughput.curves import Curves
from desktop_broker.gui.theme import color, font, metrics, scaled, text_width
from desktop_broker.gui.widgets.painted import ALIGN_LEFT, ALIGN_RIGHT, Painted, antialiased
from desktop_broker.gui.widgets.plot_scale import write_value

_LINE, _HEAD, _GAP = 23, 20, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One curve's value, as it is written."""

    colour: str
    style: Qt.PenStyle
    text: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingGroup:
    """The readings of one plot, under its title."""

    title: str
    readings: tuple[Reading, ...]


def readings_at(title: str, curves: Curves, time_ms: int | None) -> ReadingGroup:
    """What the curves say at the sample nearest to a moment; None is the newest."""
    place = _nearest(curves.data.times_ms, time_ms)
    return ReadingGroup(
        title=title,
        readings=tuple(
            Reading(
                colour=line.colour,
                style=line.style,
                text=line.text,
                value=_written(curves.data.values[line.id][place] if place is not None else None),
            )
            for line in curves.series
        ),
    )


def _nearest(times: Sequence[int], time_ms: int | None) -> int | None:
    if not len(times):
        return None
    if time_ms is None:
        return len(times) - 1
    place = bisect_left(times, time_ms)
    if place == len(times) or (place and time_ms - times[place - 1] < times[place] - time_ms):
        place -= 1
    return place


def _written(value: float | None) -> str:
    return format_count(None) if value is None or value != value else write_value(value)


class ReadingList(Painted):
    """Groups of readings, as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.groups: tuple[ReadingGroup, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_groups(self, groups: Sequence[ReadingGroup]) -> None:
        if tuple(groups) == self.groups:
            return
        lines = [len(group.readings) for group in self.groups]
        self.groups = tuple(groups)
        self.setAccessibleName(
            "; ".join(f"{g.title}: " + ", ".join(f"{r.text} {r.value}" for r in g.readings) for g in self.groups)
        )
        if lines != [len(group.readings) for group in self.groups]:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        height = sum(scaled(_HEAD) + len(group.readings) * scaled(_LINE) + _GAP for group in self.groups)
        return QSize(120, height)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        y, width, line = 0.0, self.width(), scaled(_LINE)
        for group in self.groups:
            painter.setFont(font(12))
            painter.setPen(color("muted"))
            painter.drawText(QRectF(0, y, width, scaled(_HEAD)), ALIGN_LEFT, group.title)
            y += scaled(_HEAD)
            for reading in group.readings:
                painter.setPen(QPen(color(reading.colour), 2, reading.style, Qt.PenCapStyle.FlatCap))
                painter.drawLine(QPointF(0, y + line / 2), QPointF(18, y + line / 2))
                room = width - 24 - text_width(reading.value, 13, 600) - 10
                painter.setFont(font(12))
                painter.setPen(color("muted"))
                text = metrics(12).elidedText(reading.text, Qt.TextElideMode.ElideMiddle, int(room))
                painter.drawText(QRectF(24, y, room, line), ALIGN_LEFT, text)
                painter.setFont(font(13, 600))
                painter.setPen(color("text"))
                painter.drawText(QRectF(0, y, width, line), ALIGN_RIGHT, reading.value)
                y += line
            y += _GAP
        painter.end()
