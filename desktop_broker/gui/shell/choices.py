"""What the user chooses for the whole window: theme, language, text size, time zone. Applied live and remembered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop_broker.gui.i18n import LANGUAGES, Languages, system_language, use_utc, uses_utc
from desktop_broker.gui.settings import WindowSettings
from desktop_broker.gui.theme import ThemeManager, ThemeMode, as_theme_mode


class Choices(QObject):
    """Signals: `changed()` after any of them, `zone_changed()` when times are to be written anew."""

    changed = Signal()
    zone_changed = Signal()

    def __init__(
        self, settings: WindowSettings, theme: ThemeManager, languages: Languages, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settings, self._theme, self._languages = settings, theme, languages

    def restore(self) -> None:
        """Put in force what was chosen last; before the first window is made."""
        use_utc(self._settings.flag("look/utc", False))
        self._theme.set_scale(min(2.0, max(0.8, self._settings.number("look/text_scale", 1.0))))
        self._theme.set_mode(as_theme_mode(self._settings.text("look/theme", "system")))
        self._languages.set_language(self._settings.text("look/language") or system_language())

    @property
    def theme(self) -> ThemeMode:
        return self._theme.mode

    @property
    def dark(self) -> bool:
        """Whether the window is dark now, for whatever reason."""
        return self._theme.dark

    @property
    def language(self) -> str:
        return self._languages.language

    @property
    def text_scale(self) -> float:
        return self._theme.scale

    @property
    def utc(self) -> bool:
        return uses_utc()

    def set_theme(self, mode: str) -> None:
        self._settings.set("look/theme", mode)
        self._theme.set_mode(as_theme_mode(mode))
        self.changed.emit()

    def set_language(self, language: str) -> None:
        self._settings.set("look/language", language)
        self._languages.set_language(language)
        self.changed.emit()

    def set_text_scale(self, scale: float) -> None:
        self._settings.set("look/text_scale", scale)
        self._theme.set_scale(scale)
        self.changed.emit()

    def set_utc(self, utc: bool) -> None:
        """Write all times in UTC, or in local time; panels write theirs again as after a change of language."""
        self._settings.set("look/utc", utc)
        use_utc(utc)
        self.zone_changed.emit()
        self.changed.emit()

    def theme_menu(self, window: QWidget) -> QMenu:
        names = {"light": self.tr("Light"), "dark": self.tr("Dark"), "system": self.tr("Like the system")}
        return self._menu(window, names, self.theme, self.set_theme)

    def language_menu(self, window: QWidget) -> QMenu:
        return self._menu(window, LANGUAGES, self.language, self.set_language)

    def _menu(self, window: QWidget, names: dict[str, str], current: str, choose: Callable[[str], None]) -> QMenu:
        menu = QMenu(window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for identity, name in names.items():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(identity == current)
            action.setActionGroup(group)
            action.triggered.connect(lambda _=False, chosen=identity: choose(chosen))
        return menu
