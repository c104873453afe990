"""The head of a page: its title, a line of facts, and buttons at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.label import ElidedLabel, Label
from desktop_broker.gui.widgets.layout import ScaledFrame, row


class PageHeader(ScaledFrame):
    """`PageHeader("Topics", "12 topics", import_button, create_button)`; the primary button comes last."""

    def __init__(self, title: str = "", facts: str = "", *right: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(34, parent)
        self._title = Label(title, Text.H1)
        self._facts = ElidedLabel(facts, Text.MUTED)
        self.setLayout(row(self._title, (self._facts, 1), *right, gap=12))

    @property
    def title(self) -> str:
        return self._title.plain_text

    @property
    def facts(self) -> str:
        return self._facts.plain_text

    def set_title(self, title: str) -> None:
        self._title.set_text(title)

    def set_facts(self, facts: str) -> None:
        self._facts.set_text(facts)
