"""A topic's settings: value in force, where it comes from, change and reset. Read on demand, off the Qt thread."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_broker.common.config import TOPIC_KEYS, ConfigError
from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.error_words import sentences
from desktop_broker.gui.theme import Text
from desktop_broker.gui.theme.measures import ROW_DENSE
from desktop_broker.gui.widgets.button import Button
from desktop_broker.gui.widgets.dialog import Sheet
from desktop_broker.gui.widgets.field import Field
from desktop_broker.gui.widgets.inputs import LineEdit, SearchField
from desktop_broker.gui.widgets.label import Label
from desktop_broker.gui.widgets.layout import column, row
from desktop_broker.gui.widgets.table.column import Column
from desktop_broker.gui.widgets.table.model import RowsModel
from desktop_broker.gui.widgets.table.view import Table
from desktop_broker.kafka.errors import ClusterError
from desktop_broker.kafka.model import ConfigEntry


class ConfigTable(QWidget):
    """Enter, a double click or the button opens the editor for the chosen line. Signals: `entries_changed(list[ConfigEntry])`."""

    entries_changed = Signal(object)

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._topic = ""
        self._search = SearchField("", width=None)
        self._edit = Button("", "settings", small=True)
        self._model = RowsModel(self._columns(), key=lambda entry: entry.name)
        self._table = Table(self._model, name="", row_height=ROW_DENSE)
        self._search.searched.connect(self._model.set_filter)
        self._table.row_opened.connect(self._open_editor)
        self._table.row_selected.connect(self._chosen)
        self._edit.clicked.connect(lambda: self._open_editor(self._table.current_row()))
        self._failure = Label("", Text.SMALL, "err", wrap=True)
        self._failure.hide()
        self.setLayout(
            column(row((self._search, 1), self._edit, margins=(12, 10, 12, 8)), self._failure, (self._table, 1), gap=0)
        )
        self.retranslate()
        self._chosen(None)

    def set_topic(self, topic: str) -> None:
        """Show another topic's."""
        self._topic = topic
        self._model.set_rows(())
        self.entries_changed.emit([])
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        topic, connection = self._topic, self._context.session.connection
        self._context.jobs.run(
            lambda: connection().topic_configs(topic),
            done=lambda entries: self._show(topic, entries),
            failed=self._failed,
            owner=self,
        )

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """All texts."""
        self._search.set_hint(self.tr("Find a setting"))
        self._edit.set_text(self.tr("Change…"))
        self._table.setAccessibleName(self.tr("Settings of the topic"))
        self._model.set_columns(self._columns())

    def _columns(self) -> list[Column]:
        return [
            Column(
                key="name",
                title=self.tr("Setting"),
                value=lambda entry: entry.name,
                kind="mono",
                width=170,
                stretch=True,
            ),
            Column(key="value", title=self.tr("Value"), value=lambda entry: entry.value or "", width=120, right=True),
            Column(
                key="source",
                title=self.tr("Source"),
                value=self._source,
                kind="muted",
                width=84,
                colour=lambda entry: "" if entry.is_default else "accent",
            ),
        ]

    def _source(self, entry: ConfigEntry) -> str:
        if not entry.is_default:
            return self.tr("set here")
        return self.tr("default") if entry.source == "default" else self.tr("broker")

    def _chosen(self, entry: ConfigEntry | None) -> None:
        reason = self.tr("Choose a setting in the list.") if entry is None else ""
        if entry is not None and entry.read_only:
            reason = self.tr("This one cannot be changed.")
        self._edit.set_disabled_because(reason)

    def _show(self, topic: str, entries: list[ConfigEntry]) -> None:
        if topic == self._topic:
            self._failure.hide()
            self._model.set_rows(entries)
            self.entries_changed.emit(entries)

    def _failed(self, error: ClusterError) -> None:
        self._failure.set_text(sentences(error))
        self._failure.show()

    def _open_editor(self, entry: ConfigEntry | None) -> None:
        if entry is None or entry.read_only:
            return
        editor = ConfigEditor(self._context, self._topic, entry, self)
        editor.accepted.connect(self.refresh)
        editor.open()


class ConfigEditor(Sheet):
    """Change one setting, or give it back to the broker's default."""

    def __init__(self, context: PanelContext, topic: str, entry: ConfigEntry, parent: QWidget) -> None:
        super().__init__(
            parent, entry.name, topic, primary=QCoreApplication.translate("ConfigEditor", "Save"), width=480
        )
        self._context, self._topic, self._entry = context, topic, entry
        self._key = TOPIC_KEYS.get(entry.name)
        self.value = LineEdit(entry.value or "", mono=True)
        self.field = Field(self.tr("Value"), self.value, self._key.help if self._key else "", reserve=True)
        self.add(self.field)
        self.reset = Button(self.tr("Back to default"), "rotate-ccw")
        self.reset.set_disabled_because(self.tr("It has its default now.") if entry.is_default else "")
        self.reset.clicked.connect(lambda: self._send(None))
        self.add_footer_button(self.reset)
        self.value.textChanged.connect(lambda _text: self._check())
        self.primary.clicked.connect(self._save)
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def _check(self) -> bool:
        problem = ""
        if self._key is not None:
            try:
                self._key.parse(self.value.text())
            except ConfigError as error:
                problem = str(error)
        self.field.set_error(problem)
        self.primary.set_disabled_because(problem)
        return not problem

    def _save(self) -> None:
        if self._check():
            self._send(self.value.text().strip())

    def _send(self, value: str | None) -> None:
        topic, name, connection = self._topic, self._entry.name, self._context.session.connection
        self._context.jobs.run(
            lambda: connection().set_topic_config(topic, name, value),
            done=lambda _result: self.accept(),
            failed=lambda error: self.field.set_error(sentences(error)),
            owner=self,
        )
