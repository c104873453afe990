"""Buttons: one primary per view, all others plain; red text only for what destroys. A disabled button says why."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from desktop_broker.gui.theme import icon, scaled

ButtonKind = Literal["plain", "primary", "danger", "destroy", "link"]
_ICON_ROLES = {"primary": "on_accent", "destroy": "panel", "danger": "err", "link": "accent"}


class Button(QPushButton):
    """A button with a text. `danger` opens what destroys (red text), `destroy` is the last word in a dialog (red area).

    Use `set_disabled_because` to switch it off: the reason becomes its tooltip.
    """

    def __init__(
        self,
        text: str = "",
        icon_name: str = "",
        kind: ButtonKind = "plain",
        *,
        small: bool = False,
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tip = tip
        self._icon_name = icon_name
        if kind != "plain":
            self.setProperty("kind", kind)
        if small:
            self.setProperty("small", True)
        self._small = small
        self._role = _ICON_ROLES.get(kind, "text")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_icon(icon_name)
        self.set_text(text)
        self.setToolTip(tip)

    def set_text(self, text: str) -> None:
        shown = f" {text}" if self._icon_name and text else text
        if shown != self.text():
            self.setText(shown)
            self.setAccessibleName(text)

    def set_icon(self, name: str) -> None:
        self._icon_name = name
        if name:
            side = 14 if self._small else 15
            self.setIcon(icon(name, self._role))
            self.setIconSize(QSize(side, side))

    def set_tip(self, tip: str) -> None:
        self._tip = tip
        if self.isEnabled():
            self.setToolTip(tip)

    def set_disabled_because(self, reason: str) -> None:
        """Switch off with a reason for the tooltip; an empty reason switches it on again."""
        self.setEnabled(not reason)
        self.setToolTip(reason or self._tip)


class IconButton(QToolButton):
    """A button that is only an icon; `name` is its tooltip and its accessible name."""

    def __init__(
        self, icon_name: str, name: str = "", *, small: bool = False, role: str = "muted", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._role = role
        self._small = small
        self.set_icon(icon_name)
        self.set_name(name)
        self._resize()

    def set_icon(self, icon_name: str) -> None:
        side = 14 if self._small else 16
        self.setIcon(icon(icon_name, self._role))
        self.setIconSize(QSize(side, side))

    def set_name(self, name: str) -> None:
        self._name = name
        self.setAccessibleName(name)
        if self.isEnabled():
            self.setToolTip(name)

    def set_disabled_because(self, reason: str) -> None:
        """Switch off with a reason for the tooltip; an empty reason switches it on again."""
        self.setEnabled(not reason)
        self.setToolTip(reason or self._name)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._resize()

    def _resize(self) -> None:
        side = scaled(28 if self._small else 30)
        if self.width() != side or self.minimumWidth() != side:
            self.setFixedSize(side, side)
