"""The headers of a message: a name and a value per line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets import Button, IconButton, Label, LineEdit, box, column, row


class HeaderEditor(QWidget):
    """Signals: `changed()`."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[tuple[QWidget, LineEdit, LineEdit]] = []
        self._title = Label("", Text.SMALL_TEXT)
        self._add = Button("", "plus", "link", small=True)
        self._add.clicked.connect(lambda: self.add_header("", ""))
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.setLayout(column(row(self._title, None, self._add), self._list, gap=6))
        self.retranslate()

    def headers(self) -> tuple[tuple[str, str], ...]:
        """Names and values; lines without a name are left out."""
        return tuple((name.text(), value.text()) for _, name, value in self._lines if name.text())

    def set_headers(self, headers: tuple[tuple[str, str], ...]) -> None:
        """Replace all lines."""
        for line in list(self._lines):
            self._remove(line[0])
        for name, value in headers:
            self.add_header(name, value)

    def add_header(self, name: str, value: str) -> None:
        """One more line, ready to be typed into."""
        name_edit, value_edit = LineEdit(name, mono=True), LineEdit(value, mono=True)
        remove = IconButton("x", "", small=True)
        line = box(row((name_edit, 2), (value_edit, 3), remove, gap=6))
        remove.clicked.connect(lambda: self._remove(line))
        for edit in (name_edit, value_edit):
            edit.textChanged.connect(lambda _text: self.changed.emit())
        self._lines.append((line, name_edit, value_edit))
        self._list.addWidget(line)
        self.retranslate()
        if not name:
            name_edit.setFocus()
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """All texts."""
        self._title.set_text(self.tr("Headers"))
        self._add.set_text(self.tr("Add a header"))
        for number, (line, name, value) in enumerate(self._lines, start=1):
            name.setAccessibleName(self.tr("Name of header {n}").format(n=number))
            value.setAccessibleName(self.tr("Value of header {n}").format(n=number))
            name.setPlaceholderText(self.tr("name"))
            value.setPlaceholderText(self.tr("value"))
            remove = line.findChild(IconButton)
            assert isinstance(remove, IconButton)
            remove.set_name(self.tr("Remove header {n}").format(n=number))

    def _remove(self, line: QWidget) -> None:
        self._lines = [kept for kept in self._lines if kept[0] is not line]
        self._list.removeWidget(line)
        line.hide()
        line.deleteLater()
        self.retranslate()
        self.changed.emit()
