"""Fields to type or choose in: LineEdit, SearchField, ComboBox, TextEditor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from desktop_broker.gui.theme import icon, paint_icon
from desktop_broker.gui.widgets.painted import antialiased


class LineEdit(QLineEdit):
    """One line of text. `mono` for what a machine reads (keys, addresses, config values)."""

    def __init__(
        self,
        text: str = "",
        hint: str = "",
        *,
        name: str = "",
        mono: bool = False,
        width: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(name or hint)
        if mono:
            self.setProperty("mono", True)
        if width is not None:
            self.setFixedWidth(width)
        self.setCursorPosition(0)


class SearchField(LineEdit):
    """A filter box: `searched(str)` comes 150 ms after the last key, at once on Enter; Escape empties it."""

    searched = Signal(str)

    def __init__(
        self, hint: str = "", *, name: str = "", width: int | None = 220, parent: QWidget | None = None
    ) -> None:
        super().__init__("", hint, name=name, width=width, parent=parent)
        self.setProperty("search", True)
        self.setClearButtonEnabled(True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(150)
        self._timer.timeout.connect(self._emit)
        self.textChanged.connect(lambda _: self._timer.start())
        self.returnPressed.connect(self._emit)

    def set_hint(self, hint: str) -> None:
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._emit()
        else:
            super().keyPressEvent(event)

    def _emit(self) -> None:
        self._timer.stop()
        self.searched.emit(self.text())


class ComboBox(QComboBox):
    """One of several by id: `ComboBox([("lz4", "lz4"), ("none", "None")], name="Compression")`.

    Signals: `chosen(str)` with the id that the user chose. The wheel scrolls the page unless the box has the focus.
    """

    chosen = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]] = (),
        current: str = "",
        *,
        name: str,
        width: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        if width is not None:
            self.setFixedWidth(width)
        self.set_choices(choices, current)
        self.activated.connect(lambda _: self.chosen.emit(self.current))

    @property
    def current(self) -> str:
        """The id of the choice; empty when there is none."""
        return str(self.currentData() or "")

    def choose(self, identity: str) -> bool:
        """Choose without a signal; False when there is no such choice."""
        index = self.findData(identity)
        if index >= 0:
            self.setCurrentIndex(index)
        return index >= 0

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str = "") -> None:
        """Replace the choices; what was chosen stays when it is still among them, unless `current` says otherwise."""
        if [(self.itemData(i), self.itemText(i)) for i in range(self.count())] == list(choices):
            if current:
                self.choose(current)
            return
        keep = current or self.current
        self.blockSignals(True)
        self.clear()
        for identity, text in choices:
            self.addItem(text, identity)
        self.blockSignals(False)
        if not self.choose(keep) and self.count():
            self.setCurrentIndex(0)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = antialiased(self)
        paint_icon(
            painter,
            self.width() - 24,
            self.height() / 2 - 7,
            "chevron-down",
            "muted" if self.isEnabled() else "faint",
            14,
        )
        painter.end()


class TextEditor(QPlainTextEdit):
    """Several lines, mono. Tab leaves the field; a read-only one has no frame."""

    def __init__(
        self, text: str = "", *, name: str, hint: str = "", read_only: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setProperty("mono", True)
        self.setProperty("edit", not read_only)
        self.setReadOnly(read_only)
        if read_only:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.document().setDocumentMargin(8)

    def set_text(self, text: str) -> None:
        """Show another text; the caret and the scroll position stay when it is the same."""
        if text != self.toPlainText():
            self.setPlainText(text)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.update()
