"""The one list of what can be done from anywhere: menus, header buttons, shortcuts and the palette all show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_broker.gui.theme import icon


class Actions(QObject):
    """Actions by id. Texts are functions, asked again at each change of language. Lives on the Qt thread."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions: dict[str, QAction] = {}
        self._texts: dict[str, Callable[[], str]] = {}
        self._icons: dict[str, str] = {}

    def add(
        self, identity: str, text: Callable[[], str], icon_name: str, run: Callable[[], object], *, shortcut: str = ""
    ) -> QAction:
        """Add an action; its shortcut works wherever the focus is in the window."""
        action = QAction(icon(icon_name), text(), self._window)
        action.setObjectName(identity)
        action.triggered.connect(lambda: run())
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self._window.addAction(action)
        self._actions[identity], self._texts[identity], self._icons[identity] = action, text, icon_name
        return action

    def __getitem__(self, identity: str) -> QAction:
        return self._actions[identity]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._actions.values())

    def icon_name(self, action: QAction) -> str:
        return self._icons[action.objectName()]

    def retranslate(self) -> None:
        for identity, action in self._actions.items():
            action.setText(self._texts[identity]())
