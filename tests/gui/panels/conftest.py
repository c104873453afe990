"""Panels over a real cluster: an engine of three brokers per module, and for each test a session with its jobs and feeds."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_broker import Engine
from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.engine_link import EngineLink, InProcessEngine
from desktop_broker.gui.feeds.feeds import Feeds
from desktop_broker.gui.jobs import Jobs
from desktop_broker.gui.panels.base import Panel
from desktop_broker.gui.session import ClusterSession, EngineActions
from desktop_broker.gui.settings import WindowSettings
from desktop_broker.gui.widgets import Sheet, Table
from desktop_broker.kafka.connection import ClusterConnection
from desktop_broker.kafka.model import OutgoingMessage
from desktop_broker.kafka.publisher import Publisher, PublishRequest, PublishRun
from tests.support.gui import assert_accessible, assert_no_cut_text

LEFT = Qt.MouseButton.LeftButton
SOON_MS = 20_000
P = TypeVar("P", bound=Panel)
S = TypeVar("S", bound=Sheet)
_numbers = itertools.count(1)


class Stage:
    """One test's hold on the cluster: the context that panels get, and what they asked the shell for."""

    def __init__(self, engine: Engine, settings: WindowSettings, qtbot: QtBot, period_s: float = 0.2) -> None:
        self.engine = engine
        self.bot = qtbot
        self.jobs = Jobs()
        link = EngineLink(InProcessEngine(engine))
        self.session = ClusterSession("test", engine.bootstrap_servers, link=link)
        self.feeds = Feeds(self.session, period_s=period_s)
        self.navigated: list[tuple[str, dict[str, object]]] = []
        self.notices: list[tuple[str, str]] = []
        self.context = PanelContext(
            session=self.session,
            jobs=self.jobs,
            feeds=self.feeds,
            engine=EngineActions(link, self.jobs, self.feeds.refresh_now),
            navigate=lambda panel_id, **arguments: self.navigated.append((panel_id, arguments)),
            notify=lambda text, kind="info": self.notices.append((text, kind)),
            settings=settings,
        )
        self.panel: Panel | None = None
        self.feeds.start()
        self.until(lambda: self.feeds.view is not None)

    @property
    def connection(self) -> ClusterConnection:
        return self.session.connection()

    def show(self, kind: Callable[[PanelContext], P], size: tuple[int, int] = (1230, 820)) -> P:
        """A panel as the shell would show it, in the size it has there by default."""
        made = kind(self.context)
        self.panel = made
        made.resize(*size)
        with self.bot.waitExposed(made):
            made.show()
        return made

    def until(self, condition: Callable[[], object]) -> None:
        """Wait while the cluster and the Qt thread work."""
        self.bot.waitUntil(lambda: bool(condition()), timeout=SOON_MS)

    def click(self, widget: QWidget) -> None:
        """As with the mouse, in the middle; what is disabled cannot be clicked."""
        assert widget.isEnabled(), widget.toolTip()
        assert widget.isVisible()
        self.bot.mouseClick(widget, LEFT)

    def choose_row(self, table: Table, key: object) -> None:
        """Click on a row of a table."""
        self.until(lambda: any(self._key(table, row) == key for row in table.model().shown))
        number = next(n for n, row in enumerate(table.model().shown) if self._key(table, row) == key)
        rect = table.visualRect(table.model().index(number, 0))
        self.bot.mouseClick(table.viewport(), LEFT, pos=QPoint(rect.left() + 20, rect.center().y()))

    @staticmethod
    def _key(table: Table, row: Any) -> object:
        return getattr(row, "name", None) or getattr(row, "id", None)

    def dialog(self, kind: type[S]) -> S:
        """The dialog of this kind that is open."""
        assert self.panel is not None
        panel = self.panel
        self.until(lambda: [d for d in panel.findChildren(kind) if d.isVisible()])
        return [d for d in panel.findChildren(kind) if d.isVisible()][-1]

    def judge(self, widget: QWidget) -> None:
        """Nothing is cut off, and everything can be reached and named; numbers that change get a moment to be laid out."""

        def settled() -> None:
            assert_no_cut_text(widget)
            assert_accessible(widget)

        self.bot.waitUntil(settled, timeout=5_000)

    def said(self, text: str) -> bool:
        """Whether some notice said this."""
        return any(text in notice for notice, _ in self.notices)

    def topic(self, partitions: int = 3, *, messages: int = 0, replication: int = 3) -> str:
        """A new topic, with so many messages (keys k-0, k-1, ...), that the feeds have seen."""
        name = f"t{next(_numbers)}"
        self.connection.create_topic(name, partitions, replication)
        if messages:
            self.fill(name, messages)
        self.feeds.refresh_now()
        self.until(lambda: any(topic.name == name and topic.messages == messages for topic in self.feeds.topics))
        return name

    def fill(self, topic: str, count: int, *, partition: int | None = None, timestamp_ms: int | None = None) -> None:
        """Send messages (keys k-0, k-1, ...) and wait for all."""

        def make(number: int) -> OutgoingMessage:
            return OutgoingMessage(
                key=b"k-%d" % number, value=b"value %d" % number, partition=partition, timestamp_ms=timestamp_ms
            )

        failed: list[object] = []
        publisher = Publisher(self.connection)
        PublishRun(
            publisher,
            PublishRequest(topic=topic, make=make, count=count),
            lambda results: failed.extend(result for result in results if result.error),
            lambda _summary: None,
        ).run_here()
        publisher.close()
        assert not failed

    def close(self) -> None:
        if self.panel is not None:
            self.panel.close()
            self.panel.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.session.close()
        assert self.feeds.stop(10)
        assert self.jobs.stop(10)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """Three brokers for the tests of a module."""
    with Engine(brokers=3, port=0, ephemeral=True) as running:
        yield running


@pytest.fixture
def stage(engine: Engine, settings: WindowSettings, qtbot: QtBot) -> Iterator[Stage]:
    """A session with its feeds, for one test."""
    made = Stage(engine, settings, qtbot)
    yield made
    made.close()
