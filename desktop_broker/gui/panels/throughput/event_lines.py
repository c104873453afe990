"""The events in view, a line each under the number of its flag; a click leads the crosshair there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_broker.gui.event_groups import EventGroup
from desktop_broker.gui.event_words import event_facts, event_state, event_title
from desktop_broker.gui.i18n import format_time
from desktop_broker.gui.theme import color, font, metrics, scaled, text_width
from desktop_broker.gui.widgets.badge import paint_flag
from desktop_broker.gui.widgets.painted import (
    ALIGN_LEFT,
    ALIGN_RIGHT,
    PaintedButton,
    antialiased,
    paint_focus,
)

_FLAG_WIDTH = 24


class _EventLine(PaintedButton):
    """One event."""

    def __init__(self, group: EventGroup) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.event_group = group
        self.set_group(group)

    def set_group(self, group: EventGroup) -> None:
        self.event_group = group
        title, facts = event_title(group), event_facts(group)
        self.set_text(title)
        self.setAccessibleName(f"{group.number}: {title}")
        self.setToolTip(f"{title}\n{facts}" if facts else title)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(120, scaled(24))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        rect = QRectF(self.rect())
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("hover"))
            painter.drawRoundedRect(rect, 4, 4)
        number = max(17, text_width(str(self.event_group.number), 11, 600) + 8)
        height = scaled(16)
        paint_flag(
            painter,
            QRectF(2, (self.height() - height) / 2, number, height),
            event_state(self.event_group),
            self.event_group.number,
        )
        time = format_time(self.event_group.time_ms, milliseconds=False)
        painter.setFont(font(12, mono=True))
        painter.setPen(color("muted"))
        painter.drawText(rect.adjusted(0, 0, -2, 0), ALIGN_RIGHT, time)
        left = max(number, _FLAG_WIDTH) + 10  # titles below each other begin in one place
        room = int(rect.width() - left - metrics(12, mono=True).horizontalAdvance(time) - 10)
        painter.setFont(font(12))
        painter.setPen(color("text"))
        text = metrics(12).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, 0, room, rect.height()), ALIGN_LEFT, text)
        if self.hasFocus():
            paint_focus(painter, rect, 4)
        painter.end()


class EventLines(QWidget):
    """Signals: `chosen(object)`, the ms of the event that was clicked."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[_EventLine] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    @property
    def groups(self) -> tuple[EventGroup, ...]:
        return tuple(line.event_group for line in self._lines)

    def set_groups(self, groups: Sequence[EventGroup]) -> None:
        """Show these, in this order."""
        if tuple(groups) == self.groups:
            return
        while len(self._lines) > len(groups):
            self._lines.pop().deleteLater()
        for place, group in enumerate(groups):
            if place == len(self._lines):
                line = _EventLine(group)
                line.clicked.connect(lambda _checked=False, line=line: self.chosen.emit(line.event_group.time_ms))
                self._lines.append(line)
                self._layout.addWidget(line)
            else:
                self._lines[place].set_group(group)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            for line in self._lines:
                line.set_group(line.event_group)
