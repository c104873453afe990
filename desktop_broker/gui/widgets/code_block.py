"""Text for a machine, to read and to copy."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.button import IconButton
from desktop_broker.gui.widgets.label import Label
from desktop_broker.gui.widgets.layout import row

_TOP = Qt.AlignmentFlag.AlignTop


class CodeBlock(QFrame):
    """A command, a snippet or an address in an inset with a Copy button; the text can be selected too.

    Long lines wrap unless `wrap` is False, at spaces and after each `break_after`. `name` says what is copied ("Copy the command").
    """

    def __init__(
        self,
        text: str = "",
        *,
        name: str = "",
        wrap: bool = True,
        break_after: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("inset")
        self._name = name
        self._text = ""
        self._break_after = break_after
        self._label = Label("", Text.MONO)
        self._label.setWordWrap(wrap)
        if not break_after:  # what is shown has marks then that must not be copied
            self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setAlignment(Qt.AlignmentFlag.AlignLeft | _TOP)
        self._copy = IconButton("copy", small=True)
        self._copy.clicked.connect(self.copy)
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.setInterval(1500)
        self._back.timeout.connect(lambda: self._copy.set_icon("copy"))
        self.setLayout(row((self._label, 1), (self._copy, _TOP), gap=4, margins=(12, 4, 4, 4)))
        self._label.setContentsMargins(0, 6, 0, 6)
        self.set_text(text)
        self._retranslate()

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            mark = self._break_after
            self._label.setText(text.replace(mark, f"{mark}\N{ZERO WIDTH SPACE}") if mark else text)

    def set_name(self, name: str) -> None:
        self._name = name
        self._retranslate()

    def copy(self) -> None:
        """Put the whole text on the clipboard; the button shows for a moment that it was done."""
        QApplication.clipboard().setText(self.text)
        self._copy.set_icon("check")
        self._back.start()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._copy.set_name(self._name or self.tr("Copy"))
