"""What can be done from anywhere in the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QMenu

from desktop_broker.gui.shell.about import AboutDialog
from desktop_broker.gui.shell.palette import Palette
from desktop_broker.gui.shell.palette_sources import PaletteSources

if TYPE_CHECKING:
    from desktop_broker.gui.shell.window import MainWindow

_MENU = ("refresh", "pause", "copy-bootstrap", "", "palette", "theme", "", "about", "quit")


def add_shell_actions(window: MainWindow) -> None:
    """Fill the window's list of actions, and lay the cluster switcher's menu out from it."""
    actions = window.actions_list
    for number, identity in enumerate(window.panel_ids, start=1):
        spec = window.spec(identity)
        shortcut = f"Ctrl+{number}" if number < 10 else ""
        actions.add(
            f"panel-{identity}",
            spec.title,
            spec.icon,
            partial(window.navigate, identity),
            shortcut=shortcut,
        )
    actions.add(
        "palette",
        lambda: QCoreApplication.translate("Actions", "Find anything"),
        "search",
        lambda: show_palette(window),
        shortcut="Ctrl+K",
    )
    actions.add(
        "refresh", lambda: QCoreApplication.translate("Actions", "Refresh"), "refresh-cw", window.refresh, shortcut="F5"
    )
    actions.add(
        "pause",
        lambda: QCoreApplication.translate("Actions", "Pause or go on with all live views"),
        "pause",
        window.header.pause.click,
    )
    actions.add(
        "copy-bootstrap",
        lambda: QCoreApplication.translate("Actions", "Copy bootstrap servers"),
        "copy",
        lambda: _copy_bootstrap(window),
    )
    actions.add(
        "theme",
        lambda: QCoreApplication.translate("Actions", "Switch between light and dark"),
        "sun",
        lambda: window.choices.set_theme("light" if window.choices.dark else "dark"),
    )
    actions.add(
        "about",
        lambda: QCoreApplication.translate("Actions", "About Desktop Broker"),
        "info",
        lambda: AboutDialog(window).open(),
    )
    actions.add("quit", lambda: QCoreApplication.translate("Actions", "Quit"), "power", window.close, shortcut="Ctrl+Q")
    window.header.switcher.clicked.connect(lambda: _open_menu(window))


def _open_menu(window: MainWindow) -> None:
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for identity in _MENU:
        if identity:
            menu.addAction(window.actions_list[identity])
        else:
            menu.addSeparator()
    switcher = window.header.switcher
    menu.popup(switcher.mapToGlobal(switcher.rect().bottomLeft()))


def _copy_bootstrap(window: MainWindow) -> None:
    if window.context is not None:
        QApplication.clipboard().setText(window.context.session.bootstrap)
        window.notify(QCoreApplication.translate("Actions", "The bootstrap servers are on the clipboard."), "good")


def show_palette(window: MainWindow) -> None:
    """Open the palette over the window."""
    Palette(window, PaletteSources(window).providers()).open()
