"""Puts a theme and a text scale in force, and follows the desktop's light or dark when asked to.

Lives on the Qt thread; one per application.
"""

from __future__ import annotations

from typing import Literal, cast, get_args

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop_broker.gui.theme import current
from desktop_broker.gui.theme.fonts import load_fonts
from desktop_broker.gui.theme.stylesheet import style_sheet
from desktop_broker.gui.theme.tokens import DARK, LIGHT, Tokens

ThemeMode = Literal["light", "dark", "system"]
SCALES = (0.9, 1.0, 1.15, 1.3, 1.5)

_ROLES = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "accent_fill",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "faint",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "border",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border",
    QPalette.ColorRole.Shadow: "bg",
}


def as_theme_mode(text: str) -> ThemeMode:
    """A remembered word as a mode; what nobody knows counts as `system`."""
    return cast(ThemeMode, text) if text in get_args(ThemeMode) else "system"


class ThemeManager(QObject):
    """Signals: `changed()` after another theme or scale is in force and every widget was told."""

    changed = Signal()

    def __init__(self, application: QApplication, mode: ThemeMode = "system", scale: float = 1.0) -> None:
        super().__init__(application)
        self._application = application
        self._mode = mode
        self._scale = scale
        self._applied: tuple[Tokens, float] | None = None
        application.setStyle("Fusion")
        load_fonts()
        application.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply()

    @property
    def mode(self) -> ThemeMode:
        return self._mode

    @property
    def scale(self) -> float:
        return self._scale

    @property
    def dark(self) -> bool:
        return current.tokens().dark

    def set_mode(self, mode: ThemeMode) -> None:
        """Switch to light or dark, or follow the desktop; live."""
        self._mode = mode
        self._apply()

    def set_scale(self, scale: float) -> None:
        """Make all text and the controls around it larger or smaller; live. 1.0 is the design's size."""
        self._scale = scale
        self._apply()

    def _follow_system(self) -> None:
        if self._mode == "system":
            self._apply()

    def _wanted_tokens(self) -> Tokens:
        if self._mode == "system":
            return DARK if self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._mode == "dark" else LIGHT

    def _apply(self) -> None:
        tokens = self._wanted_tokens()
        if self._applied == (tokens, self._scale):
            return
        self._applied = (tokens, self._scale)
        current.use(tokens, self._scale)
        self._application.setFont(current.font())
        self._application.setPalette(_palette())
        self._application.setStyleSheet(style_sheet())
        self.changed.emit()


def _palette() -> QPalette:
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, QColor(current.value(token)))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(current.value("faint")))
    return palette
