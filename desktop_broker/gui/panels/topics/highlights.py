"""The settings of a topic that are looked for most, below its partitions; all others are one click away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from desktop_broker.common.config import TOPIC_KEYS
from desktop_broker.gui.i18n import format_duration
from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets import Button, Label, box, column, horizontal_rule, row
from desktop_broker.kafka.model import ConfigEntry

_NAMES = ("retention.ms", "min.insync.replicas", "cleanup.policy", "compression.type")
_LINE, _SOURCE_WIDTH = 26, 62


class SettingHighlights(QWidget):
    """Signals: `all_requested()`."""

    all_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[str, ConfigEntry] = {}
        self._title = Label("", Text.STRONG)
        self._all = Button("", kind="link", small=True)
        self._all.clicked.connect(self.all_requested)
        self._lines = {name: (Label("", Text.BODY), Label("", Text.SMALL)) for name in _NAMES}
        rows = []
        for name, (value, source) in self._lines.items():
            source.setMinimumWidth(_SOURCE_WIDTH)
            rows.append(box(row(Label(name, Text.MONO), None, value, source, gap=12), height=_LINE))
        self.setLayout(
            column(
                horizontal_rule(),
                row(self._title, None, self._all, margins=(15, 8, 8, 2)),
                column(*rows, gap=0, margins=(15, 0, 15, 10)),
                gap=0,
            )
        )
        self.retranslate()

    def set_entries(self, entries: Sequence[ConfigEntry]) -> None:
        """The topic's configs as they are now; none while they are asked for."""
        self._entries = {entry.name: entry for entry in entries}
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """All texts."""
        self._title.set_text(self.tr("Most used settings"))
        self._all.set_text(self.tr("All {n}").format(n=len(self._entries) or len(TOPIC_KEYS)))
        for name, (value, source) in self._lines.items():
            entry = self._entries.get(name)
            value.set_text(self._value(entry))
            own = entry is not None and not entry.is_default
            source.set_text(self.tr("set here") if own else self.tr("default") if entry is not None else "")
            source.set_colour("accent" if own else "")

    def _value(self, entry: ConfigEntry | None) -> str:
        if entry is None or entry.value is None:
            return "\N{EN DASH}"
        if entry.name != "retention.ms":
            return entry.value
        kept = int(entry.value)
        if kept < 0:
            return self.tr("for ever")
        days, rest = divmod(kept, 86_400_000)
        return format_duration(kept) if rest or not days else self.tr("%n day(s)", "", days)
