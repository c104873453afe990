"""What can be done from anywhere in the window, and what the palette finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from desktop_broker.gui.i18n import format_count
from desktop_broker.gui.shell.about import AboutDialog
from desktop_broker.gui.shell.palette import Hit, Palette, matches

if TYPE_CHECKING:
    from desktop_broker.gui.shell.window import MainWindow

_MENU = ("refresh", "pause", "copy-bootstrap", "", "palette", "theme", "", "about", "quit")
_LISTED = 6


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
    palette = Palette(
        window, [lambda q: _topics(window, q), lambda q: _groups(window, q), lambda q: _actions(window, q)]
    )
    palette.open()


def _actions(window: MainWindow, query: str) -> Sequence[Hit]:
    pages = QCoreApplication.translate("Palette", "Panels")
    doing = QCoreApplication.translate("Palette", "Actions")
    hits = []
    for action in window.actions_list:
        if action.objectName() == "palette" or not matches(query, action.text()):
            continue
        hits.append(
            Hit(
                section=pages if action.objectName().startswith("panel-") else doing,
                icon=window.actions_list.icon_name(action),
                text=action.text(),
                right=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText).replace("+", " "),
                run=action.trigger,
            )
        )
    return hits


def _topics(window: MainWindow, query: str) -> Sequence[Hit]:
    if window.context is None or not query or "topics" not in window.panel_ids:
        return ()
    section = QCoreApplication.translate("Palette", "Topics")
    found = [topic for topic in window.context.feeds.topics if matches(query, topic.name)]
    found.sort(key=lambda topic: (topic.internal, not topic.name.casefold().startswith(query.casefold()), topic.name))
    hits = [
        Hit(
            section=section,
            icon="layers",
            text=topic.name,
            facts=QCoreApplication.translate("Palette", "%n partition(s)", "", topic.partitions),
            run=partial(window.navigate, "topics", topic=topic.name),
        )
        for topic in found[:_LISTED]
    ]
    if found and "messages" in window.panel_ids:
        name = found[0].name
        text = QCoreApplication.translate("Palette", "Read messages of {topic}").format(topic=name)
        hits.append(_doing(text, "message-square-text", lambda: window.navigate("messages", topic=name)))
    if found and "publish" in window.panel_ids:
        name = found[0].name
        text = QCoreApplication.translate("Palette", "Publish to {topic}").format(topic=name)
        hits.append(_doing(text, "send", lambda: window.navigate("publish", topic=name)))
    return hits


def _doing(text: str, icon: str, run: Callable[[], object]) -> Hit:
    section = QCoreApplication.translate("Palette", "Actions")
    return Hit(section=section, icon=icon, text=text, run=run)


def _groups(window: MainWindow, query: str) -> Sequence[Hit]:
    if window.context is None or not query or "consumers" not in window.panel_ids:
        return ()
    section = QCoreApplication.translate("Palette", "Consumer groups")
    facts = QCoreApplication.translate("Palette", "Lag {lag}")
    return [
        Hit(
            section=section,
            icon="users",
            text=group.id,
            facts=facts.format(lag=format_count(group.lag)) if group.lag is not None else "",
            right=", ".join(group.topics[:2]),
            run=partial(window.navigate, "consumers", group=group.id),
        )
        for group in window.context.feeds.groups
        if matches(query, group.id)
    ][:_LISTED]
