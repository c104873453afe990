"""Lucide's outlines, recoloured at the moment they are painted: a switch of theme needs no new icons.

Pictures are cached by name, colour and size in device pixels.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop_broker.gui.theme import current
from desktop_broker.gui.theme.resources import resources_path

STATE_ICONS = {
    "ok": "circle-check",
    "warn": "triangle-alert",
    "err": "circle-x",
    "info": "info",
    "idle": "circle-pause",
}


@cache
def _outline(name: str) -> str:
    path = resources_path() / "icons" / f"{name}.svg"
    return path.read_text("utf-8").replace('stroke-width="2"', 'stroke-width="1.75"')


@lru_cache(maxsize=1024)
def _picture(name: str, colour: str, pixels: int, ratio: float) -> QPixmap:
    size = round(pixels * ratio)
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer = QSvgRenderer(QByteArray(_outline(name).replace("currentColor", colour).encode()))
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon_pixmap(name: str, role: str = "muted", pixels: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon `resources/icons/<name>.svg` in a token's colour; `pixels` are logical, `ratio` is the device's."""
    return _picture(name, current.value(role), pixels, ratio)


def paint_icon(painter: QPainter, x: float, y: float, name: str, role: str = "muted", pixels: int = 16) -> None:
    """Paint an icon with its top left corner at (x, y), sharp on any screen."""
    picture = icon_pixmap(name, role, pixels, painter.device().devicePixelRatio())
    painter.drawPixmap(round(x), round(y), picture)


class _ThemedIconEngine(QIconEngine):
    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def clone(self) -> QIconEngine:
        return _ThemedIconEngine(self._name, self._role)

    def _pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, ratio: float) -> QPixmap:
        role = self._role
        if mode == QIcon.Mode.Disabled:
            role = "faint"
        elif state == QIcon.State.On:
            role = "accent"
        return icon_pixmap(self._name, role, min(size.width(), size.height()), ratio)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        picture = self._pixmap(rect.size(), mode, state, painter.device().devicePixelRatio())
        side = min(rect.width(), rect.height())
        painter.drawPixmap(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2, picture)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._pixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:  # noqa: N802 - Qt's name
        return self._pixmap(size, mode, state, scale)


def icon(name: str, role: str = "muted") -> QIcon:
    """A QIcon that takes the colour of the theme in force each time it is painted."""
    return QIcon(_ThemedIconEngine(name, role))
