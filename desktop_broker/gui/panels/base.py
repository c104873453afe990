"""What every panel is: a page that the shell shows, hides and tells about language and refresh."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop_broker.gui.context import PanelContext


class Panel(QWidget):
    """Built at its first show, on the Qt thread, and kept until its cluster is closed.

    A subclass builds its widgets in `__init__`, connects to `context.feeds`, and calls `self.retranslate()` last. It works
    only while it is seen: `panel_shown` and `panel_hidden` say when.
    """

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setObjectName("page")

    def retranslate(self) -> None:
        """Set every text anew, from `self.tr(...)`; called by the subclass once and at each change of language."""

    def open_with(self, **arguments: object) -> None:
        """Another panel sent the user here: `context.navigate("messages", topic="orders")`. What is not known is ignored."""

    def refresh(self) -> None:
        """F5: look again now. The feeds were already told."""

    def panel_shown(self) -> None:
        """The user sees the panel now."""

    def panel_hidden(self) -> None:
        """The user sees another panel, or the window is minimised."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.panel_shown()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self.panel_hidden()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
