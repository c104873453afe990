"""The newest events, a line each, under the numbers that their flags on the plot have."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_broker.gui.event_groups import EventGroup
from desktop_broker.gui.event_words import event_facts, event_state, event_title
from desktop_broker.gui.i18n import format_time
from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.badge import Flag
from desktop_broker.gui.widgets.label import ElidedLabel, Label
from desktop_broker.gui.widgets.layout import column, row

_FLAG_WIDTH = 24
_TOP = Qt.AlignmentFlag.AlignTop


class _Line(QWidget):
    """One event."""

    def __init__(self) -> None:
        super().__init__()
        self._flag = Flag("info", 0)
        self._title, self._facts, self._time = ElidedLabel(""), ElidedLabel("", Text.SMALL), Label("", Text.MONO_MUTED)
        holder = QWidget()
        holder.setLayout(column(1, self._flag, None, gap=0))
        holder.setMinimumWidth(_FLAG_WIDTH)  # titles below each other begin in one place, whatever the number
        self.setLayout(
            row(
                holder,
                (column(self._title, self._facts, gap=0), 1),
                (self._time, _TOP),
                gap=10,
                margins=(0, 4, 0, 4),
            )
        )

    def set_group(self, group: EventGroup) -> None:
        self._flag.set_flag(event_state(group), group.number)
        self._title.set_text(event_title(group))
        facts = event_facts(group)
        self._facts.set_text(facts)
        self._facts.setVisible(bool(facts))
        self._time.set_text(format_time(group.time_ms, milliseconds=False))
        self.setAccessibleName(f"{group.number}: {event_title(group)}")


class EventList(QWidget):
    """At most `lines` of them, newest first."""

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[EventGroup, ...] = ()
        self._lines = [_Line() for _ in range(lines)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for line in self._lines:
            line.hide()
            layout.addWidget(line)
        layout.addStretch(1)

    @property
    def capacity(self) -> int:
        return len(self._lines)

    @property
    def shown(self) -> list[tuple[int, str]]:
        """Number and title of each line."""
        return [(group.number, event_title(group)) for group in self._groups]

    def set_groups(self, groups: Sequence[EventGroup]) -> None:
        """Show these, newest first."""
        if tuple(groups) != self._groups:
            self._groups = tuple(groups)[: len(self._lines)]
            self._refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LanguageChange:
            self._refresh()
        super().changeEvent(event)

    def _refresh(self) -> None:
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(self._groups))
            if number < len(self._groups):
                line.set_group(self._groups[number])
