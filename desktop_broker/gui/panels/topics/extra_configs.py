"""Any other topic config, by search: name, value, what it does. A list that grows and shrinks."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from desktop_broker.common.config import TOPIC_KEYS, ConfigError, ConfigType
from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.button import Button, IconButton
from desktop_broker.gui.widgets.inputs import ComboBox, LineEdit
from desktop_broker.gui.widgets.label import Label
from desktop_broker.gui.widgets.layout import box, column, row
from desktop_broker.gui.widgets.painted import mark_bad

_ELSEWHERE = {"min.insync.replicas", "retention.ms", "retention.bytes"}


class ExtraConfigs(QWidget):
    """Signals: `changed()`. `values()` are name and text; `problem` is the first thing wrong, in a sentence."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = [name for name, key in TOPIC_KEYS.items() if name not in _ELSEWHERE and key.acted_on]
        self._lines: dict[str, tuple[QWidget, LineEdit | ComboBox]] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.search = LineEdit("", self.tr("A part of its name"), mono=True)
        self.search.setAccessibleName(self.tr("Name of a setting"))
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(lambda _name: self._add_typed(), Qt.ConnectionType.QueuedConnection)
        self.search.setCompleter(completer)
        self.search.installEventFilter(self)
        self.search.hide()
        self.add = Button(self.tr("Add a setting"), "plus", small=True)
        self.add.clicked.connect(self._add_clicked)
        self._hint = Label("", Text.SMALL, wrap=True)
        self.setLayout(
            column(
                Label(self.tr("Other settings"), Text.SMALL_TEXT),
                self._list,
                row(self.add, (self.search, 1), (self._hint, 1), gap=10),
                gap=6,
            )
        )
        self._say_what_there_is()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter in the search adds the setting; it does not send the whole form."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        ):
            self._add_typed()
            return True
        return super().eventFilter(watched, event)

    def values(self) -> dict[str, str]:
        """What is chosen, by name."""
        return {name: _text(control) for name, (_, control) in self._lines.items()}

    def replace(self, former: Mapping[str, str], values: Mapping[str, str]) -> None:
        """Take out what a preset had put in, and put in another's; all else stays."""
        for name in former:
            if name in self._lines and name not in values:
                self._remove(name)
        for name, value in values.items():
            if name in self._lines:
                self._remove(name)
            self._add_line(name, value)
        self.changed.emit()

    @property
    def problem(self) -> str:
        """What is wrong with a value; marks its field."""
        first = ""
        for name, (_, control) in self._lines.items():
            try:
                TOPIC_KEYS[name].parse(_text(control))
                mark_bad(control, False)
            except ConfigError as error:
                mark_bad(control, True)
                first = first or str(error)
        return first

    def _add_clicked(self) -> None:
        if self.search.isHidden():
            self._hint.hide()
            self.search.show()
            self.search.setFocus()
        else:
            self._add_typed()

    def _add_typed(self) -> None:
        name = self.search.text().strip()
        if not name:
            return
        matching = [known for known in self._names if name.lower() in known]
        if name not in self._names and len(matching) == 1:
            name = matching[0]
        if name in self._lines or name not in self._names:
            self._say(
                self.tr("{name} is in the list already.").format(name=name)
                if name in self._lines
                else self.tr("There is no setting named {name}: choose one from the list.").format(name=name)
            )
            return
        key = TOPIC_KEYS[name]
        self._add_line(name, key.format(key.default) or "")
        self.search.clear()
        self.search.hide()
        self._say(key.help)
        self.changed.emit()

    def _say(self, text: str) -> None:
        self._hint.set_text(text)
        self._hint.show()

    def _add_line(self, name: str, value: str) -> None:
        control = _control(name, value)
        if isinstance(control, ComboBox):
            control.chosen.connect(lambda _choice: self.changed.emit())
        else:
            control.textChanged.connect(lambda _text: self.changed.emit())
        remove = IconButton("x", self.tr("Remove {name}").format(name=name), small=True)
        remove.clicked.connect(lambda: self._take_out(name))
        label = Label(name, Text.MONO)
        label.setToolTip(TOPIC_KEYS[name].help)
        line = box(row((label, 1), control, remove, gap=8))
        self._lines[name] = (line, control)
        self._list.addWidget(line)

    def _take_out(self, name: str) -> None:
        self._remove(name)
        self.changed.emit()

    def _remove(self, name: str) -> None:
        line, _ = self._lines.pop(name)
        self._list.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _say_what_there_is(self) -> None:
        self._hint.set_text(self.tr("segment size, timestamps and {n} more").format(n=len(self._names) - 2))


def _control(name: str, value: str) -> LineEdit | ComboBox:
    key = TOPIC_KEYS[name]
    choices = (
        ("false", "true") if key.type is ConfigType.BOOLEAN else key.choices if key.type is ConfigType.STRING else ()
    )
    if choices:
        box_ = ComboBox([(choice, choice) for choice in choices], value, name=name)
        box_.setFixedWidth(170)
        return box_
    edit = LineEdit(value, mono=True)
    edit.setAccessibleName(name)
    edit.setFixedWidth(170)
    return edit


def _text(control: LineEdit | ComboBox) -> str:
    return control.current if isinstance(control, ComboBox) else control.text().strip()
