"""Leads the window from its first paint to its end: opens the cluster off the Qt thread, hands it to the panels, restarts a dead engine.

Counterpart: `app.py` makes it; `gui/shell/window.py` shows what it says.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal

from desktop_broker.common.threads import start_thread
from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.engine_keeper import EngineKeeper, OpenedEngine
from desktop_broker.gui.engine_link import EngineLink
from desktop_broker.gui.error_words import words
from desktop_broker.gui.feeds.feeds import Feeds
from desktop_broker.gui.jobs import Jobs
from desktop_broker.gui.session import ClusterSession, EngineActions
from desktop_broker.gui.settings import WindowSettings
from desktop_broker.gui.shell.window import MainWindow
from desktop_broker.kafka.errors import ClusterError

_RESTARTS = 3
_RESTARTS_WITHIN_S = 60.0


class WindowController(QObject):
    """Lives on the Qt thread as long as the window does.

    Args:
        keeper: of the embedded cluster's engine; None with `bootstrap`, an external cluster.

    Signals:
        opened: PanelContext, when a cluster is shown.
        ended: everything is stopped; the application may quit.
    """

    opened = Signal(object)
    ended = Signal()
    _engine_stopped = Signal()

    def __init__(
        self,
        window: MainWindow,
        settings: WindowSettings,
        *,
        keeper: EngineKeeper | None = None,
        bootstrap: str = "",
        properties: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._window = window
        self._settings = settings
        self._keeper = keeper
        self._bootstrap = bootstrap
        self._properties = dict(properties or {})
        self.jobs = Jobs(self)
        self.jobs.failed_unheard.connect(self._show_error)
        self.jobs.bridge.receive("engine/progress", self._show_progress)
        self._link: EngineLink | None = None
        self._context: PanelContext | None = None
        self._restarts: deque[float] = deque(maxlen=_RESTARTS)
        self._closing = False
        self._closer: threading.Thread | None = None
        self._engine_stopped.connect(self._end, Qt.ConnectionType.QueuedConnection)
        window.retry_requested.connect(self.open)
        window.closed.connect(self.close)

    def open(self) -> None:
        """Open the cluster; the window says what is being done, and what went wrong."""
        if self._keeper is not None:
            self._window.show_progress(self.tr("Starting the cluster"))
            self.jobs.run(
                self._keeper.open, self._tell_progress, done=self._engine_opened, failed=self._failed, owner=self
            )
        else:
            self._window.show_progress(self.tr("Connecting to {address}").format(address=self._bootstrap))
            session = ClusterSession(self._bootstrap, self._bootstrap, properties=self._properties)
            self.jobs.run(
                session.connection().check, done=lambda _: self._show(session), failed=self._failed, owner=self
            )

    def close(self) -> None:
        """End everything, the engine too if the window started it; `ended` comes when that is done. Idempotent."""
        if self._closing:
            return
        self._closing = True
        self._window.hide()
        self._drop_session()
        self._closer = start_thread(
            "window/closing", self._close_engine, lambda _name, _error: self._engine_stopped.emit()
        )

    def _close_engine(self) -> None:
        if self._keeper is not None:
            self._keeper.close()
        self._engine_stopped.emit()

    def _end(self) -> None:
        if self._closer is not None:
            self._closer.join()
        self.jobs.stop()
        self.ended.emit()

    # ---- an engine comes and goes -------------------------------------------------------------------------------------
    def _engine_opened(self, opened: OpenedEngine) -> None:
        if self._closing:
            return
        if self._link is not None and self._context is not None and self._context.session.bootstrap == opened.bootstrap:
            self._link.replace(opened.handle)  # back at its addresses: panels keep what was typed and chosen
            self._context.feeds.refresh_now()
            return
        assert self._keeper is not None
        self._link = EngineLink(opened.handle)
        self._show(
            ClusterSession(self.tr("Local cluster"), opened.bootstrap, link=self._link, data_dir=self._keeper.data_dir)
        )

    def _engine_lost(self, sentence: str) -> None:
        if self._closing or self._keeper is None:
            return
        now = time.monotonic()
        if len(self._restarts) == _RESTARTS and now - self._restarts[0] < _RESTARTS_WITHIN_S:
            self._drop_session()
            self._window.show_failure(
                self.tr("The engine ended again and again."),
                self.tr("See what it said last, mend that, then try again."),
                self._keeper.last_words or sentence,
            )
            self._restarts.clear()
            return
        self._restarts.append(now)
        self._window.notify(self.tr("The engine ended. It is being started again."), "warning")
        self.jobs.run(self._keeper.open, self._tell_progress, done=self._engine_opened, failed=self._failed, owner=self)

    def _failed(self, error: ClusterError) -> None:
        if not self._closing:
            self._drop_session()
            self._window.show_failure(*words(error), error.details)

    # ---- a session ----------------------------------------------------------------------------------------------------
    def _show(self, session: ClusterSession) -> None:
        if self._closing:
            session.close()
            return
        self._drop_session(keep_link=session.link)
        feeds = Feeds(session, self)
        feeds.engine_lost.connect(self._engine_lost)
        feeds.cluster_lost.connect(self._show_error)
        engine = EngineActions(session.link, self.jobs, feeds.refresh_now) if session.link is not None else None
        self._context = PanelContext(
            session=session,
            jobs=self.jobs,
            feeds=feeds,
            engine=engine,
            navigate=self._window.navigate,
            notify=self._window.notify,
            settings=self._settings,
        )
        feeds.start()
        self._window.set_context(self._context)
        self.opened.emit(self._context)

    def _drop_session(self, keep_link: EngineLink | None = None) -> None:
        context, self._context = self._context, None
        if self._link is not keep_link:
            self._link = None
        if context is not None:
            self._window.set_context(None)
            context.session.close()
            context.feeds.stop()
            context.feeds.deleteLater()

    # ---- words --------------------------------------------------------------------------------------------------------
    def _tell_progress(self, line: str) -> None:
        """On the thread that reads what the engine says."""
        self.jobs.bridge.post("engine/progress", line)

    def _show_progress(self, line: str) -> None:
        if self._context is None and not self._closing:
            self._window.show_progress(line)

    def _show_error(self, error: ClusterError) -> None:
        if not self._closing:
            self._window.notify(" ".join(words(error)).strip(), "error")
