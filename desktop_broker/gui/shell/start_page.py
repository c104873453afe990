"""What the window shows before there is a cluster: what is being done, or why it did not work and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.button import Button
from desktop_broker.gui.widgets.callout import Callout
from desktop_broker.gui.widgets.code_block import CodeBlock
from desktop_broker.gui.widgets.label import Label
from desktop_broker.gui.widgets.layout import column
from desktop_broker.gui.widgets.meter import Spinner

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class StartPage(QWidget):
    """Signals: `retry_requested()`."""

    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._doing = Label("", Text.STRONG)
        self._details = CodeBlock()
        self._retry = Button("", "refresh-cw", "primary")
        self._retry.clicked.connect(self.retry_requested)
        self._copy = Button("", "copy")
        self._copy.clicked.connect(lambda: QApplication.clipboard().setText(self._details.text))
        self._callout = Callout("err", "", "", (self._copy, self._retry))
        waiting = QWidget()
        waiting.setLayout(column(None, (Spinner(28), _CENTRE), (self._doing, _CENTRE), None, gap=14))
        failed = QWidget()
        failed.setLayout(column(self._callout, self._details, None, gap=12, margins=(20, 20, 20, 20)))
        self._pages = QStackedWidget()
        self._pages.addWidget(waiting)
        self._pages.addWidget(failed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.retranslate()

    @property
    def text(self) -> str:
        """The sentence that is shown."""
        return self._doing.plain_text if self._pages.currentIndex() == 0 else self._callout.text

    def show_progress(self, text: str) -> None:
        self._doing.set_text(text)
        self._pages.setCurrentIndex(0)

    def show_failure(self, what: str, todo: str, details: str = "") -> None:
        self._callout.set_message("err", what, todo)
        self._details.set_text(details)
        self._details.setVisible(bool(details))
        self._copy.setVisible(bool(details))
        self._pages.setCurrentIndex(1)

    def retranslate(self) -> None:
        self._retry.set_text(self.tr("Try again"))
        self._copy.set_text(self.tr("Copy details"))
        self._details.set_name(self.tr("Copy details"))
