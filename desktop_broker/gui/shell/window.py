"""The main window: navigation, header and status bar around a stack of panels.

Counterpart: `app.py` makes it before there is a cluster, then hands in a PanelContext with `set_context`. Lives on the Qt thread.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QWidget

from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.panels.base import Panel
from desktop_broker.gui.settings import WindowSettings
from desktop_broker.gui.shell.actions import Actions
from desktop_broker.gui.shell.choices import Choices
from desktop_broker.gui.shell.header import Header
from desktop_broker.gui.shell.live import LiveLink
from desktop_broker.gui.shell.navigation import Navigation
from desktop_broker.gui.shell.notices import Notices
from desktop_broker.gui.shell.panel_spec import PanelSpec
from desktop_broker.gui.shell.shell_actions import add_shell_actions, show_palette
from desktop_broker.gui.shell.start_page import StartPage
from desktop_broker.gui.shell.status_bar import StatusBar
from desktop_broker.gui.theme.measures import RAIL_BELOW
from desktop_broker.gui.widgets.layout import column, row

_FIRST_SIZE = (1440, 900)


class MainWindow(QMainWindow):
    """Signals: `retry_requested()`, the user wants another try at starting; `panel_changed(str)`; `closed()`."""

    retry_requested = Signal()
    panel_changed = Signal(str)
    closed = Signal()

    def __init__(self, specs: Sequence[PanelSpec], settings: WindowSettings, choices: Choices) -> None:
        super().__init__()
        self.setWindowTitle("Desktop Broker")
        self.setMinimumSize(900, 560)
        self._specs = {spec.id: spec for spec in specs}
        self._settings = settings
        self.context: PanelContext | None = None
        self._panels: dict[str, Panel] = {}
        self.navigation = Navigation(specs)
        self.header = Header()
        self.status = StatusBar()
        self.start_page = StartPage()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start_page)
        self.notices = Notices(self)
        self.choices = choices
        self.actions_list = Actions(self)
        add_shell_actions(self)
        self._live = LiveLink(self)
        root = QWidget()
        root.setObjectName("page")
        root.setLayout(row(self.navigation, (column(self.header, (self._stack, 1), self.status, gap=0), 1), gap=0))
        self.setCentralWidget(root)
        self._connect()
        self._restore()

    def _connect(self) -> None:
        self.navigation.panel_requested.connect(self.navigate)
        self.start_page.retry_requested.connect(self.retry_requested)
        self.header.finder.clicked.connect(lambda: show_palette(self))
        self.header.pause_requested.connect(self._set_paused)
        self.header.notices.clicked.connect(lambda: self._drop(self.notices.menu(), self.header.notices))
        self.header.theme.clicked.connect(lambda: self._drop(self.choices.theme_menu(self), self.header.theme))
        self.header.language.clicked.connect(lambda: self._drop(self.choices.language_menu(self), self.header.language))
        self.choices.zone_changed.connect(self._write_again)

    # ---- the cluster ------------------------------------------------------------------------------------------------
    def show_progress(self, text: str) -> None:
        """Before there is a cluster: what is being done, in a sentence."""
        self.set_context(None)
        self.start_page.show_progress(text)

    def show_failure(self, what: str, todo: str, details: str = "") -> None:
        """There is no cluster: what happened, what to do, and details to copy."""
        self.set_context(None)
        self.start_page.show_failure(what, todo, details)

    def set_context(self, context: PanelContext | None) -> None:
        """Show another cluster, or none: panels of the one before are closed, the panel that was chosen is built anew."""
        if context is None and self.context is None:
            return
        for panel in self._panels.values():
            self._stack.removeWidget(panel)
            panel.deleteLater()
        self._panels.clear()
        self.context = context
        self._stack.setCurrentWidget(self.start_page)
        self._live.follow(context)
        if context is not None:
            self.show_panel(self.panel_id)

    # ---- panels -----------------------------------------------------------------------------------------------------
    @property
    def panel_id(self) -> str:
        """The panel that the user chose last; it is shown as soon as there is a cluster."""
        return self._panel_id

    @property
    def panel_ids(self) -> tuple[str, ...]:
        return tuple(self._specs)

    def spec(self, identity: str) -> PanelSpec:
        return self._specs[identity]

    def panel(self, identity: str) -> Panel | None:
        """A panel that was built, or None."""
        return self._panels.get(identity)

    def navigate(self, panel_id: str, **arguments: object) -> None:
        """Show a panel and tell it what to show (PanelContext.navigate). An unknown id raises KeyError."""
        self.show_panel(panel_id)
        panel = self._panels.get(panel_id)
        if panel is not None and arguments:
            panel.open_with(**arguments)

    def show_panel(self, identity: str) -> None:
        self._panel_id = self._specs[identity].id
        self.navigation.choose(identity)
        self._settings.set("window/panel", identity)
        if self.context is not None:
            panel = self._panels.get(identity)
            if panel is None:
                panel = self._panels[identity] = self._specs[identity].factory(self.context)
                self._stack.addWidget(panel)
            self._stack.setCurrentWidget(panel)
        self.panel_changed.emit(identity)

    def refresh(self) -> None:
        """F5: look again now."""
        if self.context is not None:
            self.context.feeds.refresh_now()
            panel = self._panels.get(self._panel_id)
            if panel is not None:
                panel.refresh()

    def notify(self, text: str, kind: str = "info") -> None:
        """A passing note (PanelContext.notify): info, good, warning or error."""
        self.notices.notify(text, kind)

    def _set_paused(self, paused: bool) -> None:
        if self.context is not None:
            self.context.feeds.paused = paused

    def _drop(self, menu: QMenu, button: QWidget) -> None:
        corner = button.mapToGlobal(button.rect().bottomRight())
        menu.popup(QPoint(corner.x() - menu.sizeHint().width(), corner.y() + 2))

    # ---- the window itself --------------------------------------------------------------------------------------------
    def _restore(self) -> None:
        self.resize(*_FIRST_SIZE)
        self.restoreGeometry(self._settings.geometry())
        remembered = self._settings.text("window/panel")
        self._panel_id = remembered if remembered in self._specs else next(iter(self._specs))
        self.navigation.choose(self._panel_id)
        self._live.follow(None)

    def retranslate(self) -> None:
        """Every text of the shell in the language and the zone in force; panels do theirs."""
        self.actions_list.retranslate()
        self.navigation.retranslate()
        self.header.retranslate()
        self.status.retranslate()
        self.start_page.retranslate()
        self._live.retranslate()

    def _write_again(self) -> None:
        """Times are written in another zone: what shows one does so in `retranslate`, as after a change of language."""
        QApplication.sendEvent(self, QEvent(QEvent.Type.LanguageChange))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        rail = self.width() < RAIL_BELOW
        if rail != self.navigation.rail:
            self.navigation.set_rail(rail)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self._settings.set_geometry(self.saveGeometry())
        self._settings.sync()
        super().closeEvent(event)
        self.closed.emit()
