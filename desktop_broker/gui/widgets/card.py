"""Cards: the surface that everything on a page lies on."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.label import ElidedLabel, Label
from desktop_broker.gui.widgets.layout import Item, box, put, row


class Card(QFrame):
    """Title at the left, one line of small facts beside it, actions at the right; `body` is the layout below.

    `pad=False` leaves the body edge to edge, for tables and plots. A card with `title=None` has no head.
    """

    def __init__(
        self,
        title: str | None = None,
        facts: str = "",
        right: tuple[Item, ...] = (),
        *,
        pad: bool = True,
        gap: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self.title = Label(title or "", Text.H2)
        self.facts = ElidedLabel(facts, Text.SMALL)
        if title is not None:
            head = row(self.title, (self.facts, 1), *right, gap=8, margins=(15, 0, 8 if right else 15, 0))
            outer.addWidget(box(head, height=44))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(*((15, 0 if title is not None else 13, 15, 14) if pad else (0, 0, 0, 1)))
        self.body.setSpacing(gap)
        outer.addLayout(self.body, 1)

    def add(self, *items: Item) -> Card:
        put(self.body, *items)
        return self
