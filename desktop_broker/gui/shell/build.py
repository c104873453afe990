"""The window as it is started: choices put in force, every panel registered."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from desktop_broker.gui.settings import WindowSettings
from desktop_broker.gui.shell.choices import Choices
from desktop_broker.gui.shell.panels import window_panels
from desktop_broker.gui.shell.window import MainWindow


def make_window(application: QApplication, settings: WindowSettings) -> MainWindow:
    """The main window, not shown yet. Next: `show()`, `show_progress(...)`, then `set_context(...)` when there is a cluster."""
    choices = Choices(application, settings)
    return MainWindow(window_panels(choices), settings, choices)
