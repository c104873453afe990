"""Ready-made kinds of topics, as tiles: what each is for, and what it puts into the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QWidget

from desktop_broker.gui.theme import color, font, paint_icon, scaled, text_width
from desktop_broker.gui.widgets.painted import ALIGN_LEFT, PaintedButton, antialiased, paint_focus

_DAY_MS = 86_400_000
_COLUMNS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """What a preset puts into the form; `retention_ms` None is the broker's default, -1 for ever."""

    icon: str
    retention_ms: int | None = None
    configs: Mapping[str, str] = field(default_factory=dict)


PRESETS: Mapping[str, Preset] = {
    "log": Preset(icon="scissors"),
    "table": Preset(icon="key", retention_ms=-1, configs={"cleanup.policy": "compact"}),
    "dead": Preset(icon="inbox", retention_ms=30 * _DAY_MS),
    "throwaway": Preset(icon="timer", retention_ms=3_600_000, configs={"segment.ms": "600000"}),
}


class _Tile(PaintedButton):
    """One choice: icon, what it is, and below it what that means."""

    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self._icon, self._below = icon_name, ""
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_words(self, text: str, below: str) -> None:
        self._below = below
        self.set_text(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(below)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        width = max(34 + text_width(self.text(), 13, 600) + 30, 12 + text_width(self._below, 12) + 12)
        return QSize(width, scaled(58))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        rect, on = QRectF(self.rect()), self.isChecked()
        painter.setPen(QPen(color("accent" if on else "ctl"), 1.6 if on else 1))
        painter.setBrush(color("accent_soft" if on else "hover" if self.underMouse() else "panel"))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        first, second = rect.height() * 0.32, rect.height() * 0.70
        paint_icon(painter, 12, first - 8, self._icon, "accent" if on else "muted", 16)
        painter.setFont(font(13, 600))
        painter.setPen(color("text"))
        painter.drawText(QRectF(36, first - 12, rect.width() - 60, 24), ALIGN_LEFT, self.text())
        painter.setFont(font(12))
        painter.setPen(color("muted"))
        painter.drawText(QRectF(13, second - 12, rect.width() - 20, 24), ALIGN_LEFT, self._below)
        if on:
            paint_icon(painter, rect.width() - 26, first - 7, "circle-check", "accent", 14)
        if self.hasFocus():
            paint_focus(painter, rect.adjusted(1, 1, -1, -1), 6)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -_COLUMNS,
            Qt.Key.Key_Down: _COLUMNS,
        }.get(Qt.Key(event.key()), 0)
        owner = self.parent()
        if step and isinstance(owner, PresetTiles):
            owner.choose_beside(step)
        else:
            super().keyPressEvent(event)


class PresetTiles(QWidget):
    """Signals: `chosen(str)` with the id that the user chose."""

    chosen = Signal(str)

    def __init__(self, current: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids = list(PRESETS)
        self._tiles = [_Tile(preset.icon) for preset in PRESETS.values()]
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        for number, tile in enumerate(self._tiles):
            grid.addWidget(tile, number // _COLUMNS, number % _COLUMNS)
            self._group.addButton(tile, number)
        self.setAccessibleName(name)
        self._tiles[self._ids.index(current)].setChecked(True)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._ids[number]))

    @property
    def current(self) -> str:
        """The id of the choice."""
        return self._ids[self._group.checkedId()]

    def tile(self, identity: str) -> PaintedButton:
        """The tile of one choice."""
        return self._tiles[self._ids.index(identity)]

    def set_words(self, words: Sequence[tuple[str, str]]) -> None:
        """What each tile says: its name, and what it means."""
        for tile, (text, below) in zip(self._tiles, words, strict=True):
            tile.set_words(text, below)

    def choose_beside(self, step: int) -> None:
        """The tile so many places further on, if there is one."""
        number = self._group.checkedId() + step
        if 0 <= number < len(self._tiles):
            self._tiles[number].setFocus(Qt.FocusReason.TabFocusReason)
            self._tiles[number].click()
