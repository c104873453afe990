"""The newest events, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_broker.common.events import Event
from desktop_broker.gui.event_words import event_facts, event_icon, event_state, event_title
from desktop_broker.gui.i18n import format_time
from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.label import ElidedLabel, IconLabel, Label
from desktop_broker.gui.widgets.layout import column, row


class _Line(QWidget):
    """One event."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("info", "info", 16)
        self._title, self._facts, self._time = ElidedLabel(""), ElidedLabel("", Text.SMALL), Label("", Text.MONO_MUTED)
        top = Qt.AlignmentFlag.AlignTop
        self.setLayout(
            row(
                (self._icon, top),
                (column(self._title, self._facts, gap=0), 1),
                (self._time, top),
                gap=10,
                margins=(0, 4, 0, 4),
            )
        )

    def set_event(self, event: Event) -> None:
        self._icon.set_icon(event_icon(event), event_state(event))
        self._title.set_text(event_title(event))
        facts = event_facts(event)
        self._facts.set_text(facts)
        self._facts.setVisible(bool(facts))
        self._time.set_text(format_time(event.time_ms, milliseconds=False))


class EventList(QWidget):
    """At most `lines` of them, newest first."""

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._events: tuple[Event, ...] = ()
        self._lines = [_Line() for _ in range(lines)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for line in self._lines:
            line.hide()
            layout.addWidget(line)
        layout.addStretch(1)

    def add_events(self, events: Sequence[Event]) -> None:
        """Newer ones, oldest first."""
        self._events = (*reversed(events), *self._events)[: len(self._lines)]
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LanguageChange:
            self._refresh()
        super().changeEvent(event)

    def _refresh(self) -> None:
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(self._events))
            if number < len(self._events):
                line.set_event(self._events[number])
