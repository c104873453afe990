"""Dialogs: head, body, footer with the main action at the bottom right. Opened with `open()`, never `exec()`."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QPainter, QPaintEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop_broker.gui.theme import Text, color
from desktop_broker.gui.widgets.button import Button, ButtonKind
from desktop_broker.gui.widgets.label import Label
from desktop_broker.gui.widgets.layout import Item, box, column, horizontal_rule, put, row


class Shade(QWidget):
    """Dims the window behind a dialog, so that the dialog is what is looked at."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("shade", 130))
        painter.end()


class Sheet(QDialog):
    """The base of every dialog. Fill `body`; connect `primary.clicked`; call `open()`.

    Escape and Cancel reject it; Ctrl+Enter clicks the primary button. It deletes itself when closed, is a child of its
    parent's window and dims it. Qt's signals `accepted()`, `rejected()` and `finished(int)` tell how it ended.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        facts: str = "",
        *,
        primary: str,
        primary_icon: str = "",
        primary_kind: ButtonKind = "primary",
        width: int = 640,
        pad: bool = True,
    ) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(min(width, max(320, parent.window().width() - 48)))
        self._shade: Shade | None = None
        self.title = Label(title, Text.TITLE)
        self.facts = Label(facts, Text.SMALL)
        self.facts.setVisible(bool(facts))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(*((24, 16, 24, 20) if pad else (0, 0, 0, 0)))
        self.body.setSpacing(12)
        self.primary = Button(primary, primary_icon, primary_kind)
        self.primary.setDefault(primary_kind == "primary")
        self.cancel = Button("")
        self.cancel.clicked.connect(self.reject)
        self.note = Label("", Text.SMALL)
        self._footer = row(self.note, None, self.cancel, self.primary, gap=8, margins=(24, 12, 20, 12))
        outer = column(gap=0)
        head = column(self.title, self.facts, gap=2, margins=(24, 18, 24, 14))
        put(outer, box(head), horizontal_rule(), (self.body, 1), horizontal_rule(), box(self._footer))
        self.setLayout(outer)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.primary.click)
        self._retranslate()

    def add(self, *items: Item) -> None:
        put(self.body, *items)

    def add_footer_button(self, button: QWidget) -> None:
        """A second, plain button at the left of Cancel."""
        self._footer.insertWidget(2, button)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        window = self.parentWidget()
        if self._shade is None and window is not None:
            self._shade = Shade(window)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        if self._shade is not None:
            self._shade.hide()
            self._shade.deleteLater()
            self._shade = None

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.cancel.set_text(self.tr("Cancel"))


class ConfirmDialog(Sheet):
    """Asks once before something is destroyed: what is lost and how much. `accepted()` when the user goes ahead.

    `ConfirmDialog(self, "Delete orders?", "1,284,096 messages are lost, and 3 groups lose their offsets.", "Delete topic").open()`
    With `type_to_confirm` the primary button works only after that word was typed.
    """

    def __init__(
        self, parent: QWidget, title: str, lost: str, action: str, *, icon: str = "trash-2", type_to_confirm: str = ""
    ) -> None:
        super().__init__(parent, title, primary=action, primary_icon=icon, primary_kind="destroy", width=460)
        self.add(Label(lost, wrap=True))
        self._word = type_to_confirm
        if type_to_confirm:
            self._add_word_field()
        self.primary.clicked.connect(self.accept)
        self.cancel.setFocus()

    def _add_word_field(self) -> None:
        from desktop_broker.gui.widgets.field import Field
        from desktop_broker.gui.widgets.inputs import LineEdit

        edit = LineEdit(mono=True)
        self.add(Field(self.tr("Type {word} to go ahead").format(word=self._word), edit))
        reason = self.tr("Type {word} first").format(word=self._word)
        self.primary.set_disabled_because(reason)
        edit.textChanged.connect(lambda text: self.primary.set_disabled_because("" if text == self._word else reason))
        edit.setFocus()
