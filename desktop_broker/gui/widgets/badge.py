"""Badges: a state, said by colour, icon and word together. Square-ish, and never clickable."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from desktop_broker.gui.theme import STATE_ICONS, color, font, paint_icon, scaled, text_width
from desktop_broker.gui.theme.measures import RADIUS_TAG
from desktop_broker.gui.widgets.painted import ALIGN_CENTER, ALIGN_LEFT, Painted, antialiased

State = Literal["ok", "warn", "err", "info", "idle"]


def badge_width(text: str, *, icon: bool = True) -> int:
    """Width of a badge in px."""
    return text_width(text, 12, 500) + (32 if icon else 16)


def paint_badge(
    painter: QPainter, x: float, middle: float, state: str, text: str, icon: str | None = None, *, plain: bool = False
) -> int:
    """Paint a badge with its left edge at `x` around the line y = `middle`; returns its width.

    `icon` None is the state's own, "" is none; `plain` leaves the background away.
    """
    name = STATE_ICONS[state] if icon is None else icon
    width, height = badge_width(text, icon=bool(name)), scaled(21)
    rect = QRectF(x, middle - height / 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not plain:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(f"{state}_soft"))
        painter.drawRoundedRect(rect, RADIUS_TAG, RADIUS_TAG)
    if name:
        paint_icon(painter, x + 7, middle - 7, name, state, 14)
    painter.setFont(font(12, 500))
    painter.setPen(color(state))
    painter.drawText(rect.adjusted(25 if name else 8, 0, 0, 0), ALIGN_LEFT, text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    return width


class Badge(Painted):
    """A state as a word with its icon. `icon` None is the state's own, "" is none."""

    def __init__(self, state: State, text: str, icon: str | None = None) -> None:
        super().__init__()
        self._state: str = state
        self._text = text
        self._icon = icon
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        return self._text

    @property
    def state(self) -> str:
        return self._state

    def set_badge(self, state: State, text: str, icon: str | None = None) -> None:
        if (state, text, icon) != (self._state, self._text, self._icon):
            self._state, self._text, self._icon = state, text, icon
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(badge_width(self._text, icon=self._icon != ""), scaled(22))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = QPainter(self)
        paint_badge(painter, 0, self.height() / 2, self._state, self._text, self._icon)
        painter.end()


class StatusDot(Painted):
    """A coloured dot with a name; only ever beside the word that says the same."""

    def __init__(self, state: State, name: str) -> None:
        super().__init__()
        self._state: str = state
        self.set_state(state, name)

    def set_state(self, state: State, name: str) -> None:
        self._state = state
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(10, 10)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(self._state))
        painter.drawEllipse(QPointF(5, 5), 4, 4)
        painter.end()


class Flag(Painted):
    """The number of an event, drawn as on the plots."""

    def __init__(self, state: State, number: int) -> None:
        super().__init__()
        self._state, self._number = state, number
        self.setAccessibleName(str(number))

    def set_flag(self, state: State, number: int) -> None:
        if (state, number) != (self._state, self._number):
            self._state, self._number = state, number
            self.setAccessibleName(str(number))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(max(17, text_width(str(self._number), 11, 600) + 8), scaled(16))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        paint_flag(painter, QRectF(self.rect()), self._state, self._number)
        painter.end()


def paint_flag(painter: QPainter, rect: QRectF, state: str, number: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(state))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(color("panel"))
    painter.setFont(font(11, 600))
    painter.drawText(rect, ALIGN_CENTER, str(number))
