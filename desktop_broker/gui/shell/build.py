"""The window as it is started: choices put in force, every panel registered."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from desktop_broker.gui.i18n import Languages
from desktop_broker.gui.settings import WindowSettings
from desktop_broker.gui.shell.choices import Choices
from desktop_broker.gui.shell.panels import window_panels
from desktop_broker.gui.shell.window import MainWindow
from desktop_broker.gui.theme import ThemeManager, as_theme_mode


def make_window(application: QApplication, settings: WindowSettings) -> MainWindow:
    """The main window, not shown yet. Next: `show()`, `show_progress(...)`, then `set_context(...)` when there is a cluster."""
    scale = settings.number("look/text_scale", 1.0)
    theme = ThemeManager(application, as_theme_mode(settings.text("look/theme", "system")), scale)
    choices = Choices(settings, theme, Languages(application, settings.text("look/language")), application)
    choices.restore()
    return MainWindow(window_panels(choices), settings, choices)
