"""The whole window over a real engine process, driven by clicks and keys: from a new topic to a curve that comes to rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from confluent_kafka import Consumer
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_broker.gui.controller import WindowController
from desktop_broker.gui.engine_keeper import EngineKeeper
from desktop_broker.gui.panels.topics.create_dialog import CreateTopicDialog
from desktop_broker.gui.settings import WindowSettings
from desktop_broker.gui.shell.choices import Choices
from desktop_broker.gui.shell.navigation import NavigationItem
from desktop_broker.gui.shell.panels import window_panels
from desktop_broker.gui.shell.window import MainWindow
from desktop_broker.gui.widgets import Button, ComboBox, LineEdit, NumberField, Segmented, Table, TimePlot
from tests.support.gui import assert_accessible, assert_no_cut_text, find, has_text
from tests.support.window import WindowKit

LEFT = Qt.MouseButton.LeftButton
SOON_MS = 60_000
TOPIC = "orders"
W = TypeVar("W", bound=QWidget)


class User:
    """Somebody in front of the window: looks, clicks, types, waits."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.bot = qtbot

    def until(self, condition: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(condition()), timeout=SOON_MS)

    def go_to(self, panel: str) -> QWidget:
        """Click in the navigation; returns the panel."""
        self.click(find(self.window, NavigationItem, panel))
        self.until(lambda: self.window.panel(self.window.panel_id) is not None)
        shown = self.window.panel(self.window.panel_id)
        assert shown is not None
        self.until(shown.isVisible)
        return shown

    def click(self, widget: QWidget) -> None:
        assert widget.isEnabled(), widget.toolTip()
        self.bot.mouseClick(widget, LEFT)

    def type_into(self, widget: Any, text: str) -> None:
        widget.setFocus()
        widget.selectAll()
        self.bot.keyClicks(widget, text)

    def rows(self, root: QWidget, table: str) -> list[Any]:
        model = find(root, Table, table).model()
        return [model.row_at(number) for number in range(model.rowCount())]

    def click_row(self, root: QWidget, table: str, number: int = 0) -> None:
        view = find(root, Table, table)
        rect = view.visualRect(view.model().index(number, 0))
        self.bot.mouseClick(view.viewport(), LEFT, pos=QPoint(rect.left() + 20, rect.center().y()))

    def judge(self) -> None:
        """Nothing is cut off, and everything can be reached and named; numbers that change get a moment to be laid out."""

        def settled() -> None:
            assert_no_cut_text(self.window)
            assert_accessible(self.window)

        self.bot.waitUntil(settled, timeout=5_000)


@pytest.fixture
def user(window_kit: WindowKit, settings: WindowSettings, tmp_path: Path, qtbot: QtBot) -> Iterator[User]:
    """The window with every panel, and its engine in a process of its own; both are gone at the end."""
    choices = Choices(settings, window_kit.theme, window_kit.languages)
    window = MainWindow(window_panels(choices), settings, choices)
    window.resize(1440, 900)
    window.show()
    controller = WindowController(window, settings, keeper=EngineKeeper(tmp_path / "cluster", brokers=3, port=0))
    with qtbot.waitSignal(controller.opened, timeout=SOON_MS):
        controller.open()
    qtbot.waitUntil(lambda: window.context is not None and window.context.feeds.view is not None, timeout=SOON_MS)
    yield User(window, qtbot)
    with qtbot.waitSignal(controller.ended, timeout=SOON_MS):
        window.close()
    controller.deleteLater()
    window.deleteLater()


def create_topic(user: User) -> None:
    """By the form, with three partitions."""
    panel = user.go_to("Topics")
    user.click(find(panel, Button, "Create topic"))
    form = user.window.findChild(CreateTopicDialog)
    assert form is not None
    user.until(form.isVisible)
    user.type_into(form.name, TOPIC)
    user.type_into(form.partitions.edit, "3")
    user.click(find(form, Button, "Create topic"))
    user.until(lambda: [topic.name for topic in user.rows(panel, "Topics")] == [TOPIC])
    user.judge()


def publish_a_thousand(user: User) -> None:
    """From the topic's own button; keys are o-1 to o-1000."""
    user.click(find(user.window, Button, "Publish"))
    panel = user.window.panel("publish")
    assert panel is not None
    user.until(panel.isVisible)
    assert find(panel, ComboBox, "Topic").current == TOPIC
    user.click(find(panel, Segmented, "How many").segment("count"))
    assert find(panel, NumberField, "Messages").value == 1000
    user.bot.keyClick(find(panel, Button, "Send 1,000 messages"), Qt.Key.Key_Space)
    user.until(lambda: has_text(panel, "1,000 of 1,000 sent"))
    user.judge()


def find_by_key(user: User) -> None:
    """One of the thousand, by its exact key: only the key's partition is searched."""
    panel = user.go_to("Messages")
    assert find(panel, ComboBox, "Topic").current == TOPIC
    user.click(find(panel, Segmented, "Start from").segment("oldest"))
    key = find(panel, LineEdit, "Exact key")
    user.type_into(key, "o-777")
    user.bot.keyClick(key, Qt.Key.Key_Return)
    user.until(lambda: [message.key for message in user.rows(panel, "Messages")] == [b"o-777"])
    user.judge()


def read_everything(user: User) -> None:
    """A real consumer joins a group, reads and commits; the window shows its lag going to 0."""
    assert user.window.context is not None
    panel = user.go_to("Consumers")
    consumer = Consumer(
        {
            "bootstrap.servers": user.window.context.session.bootstrap,
            "group.id": "billing",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
        }
    )
    consumer.subscribe([TOPIC])
    seen: list[Any] = []

    def read_to(count: int) -> Callable[[], bool]:
        def enough() -> bool:
            seen.extend(consumer.consume(count - len(seen), 0.02))
            return len(seen) >= count

        return enough

    try:
        user.until(read_to(1))
        user.until(lambda: [group.id for group in user.rows(panel, "Consumer groups")] == ["billing"])
        user.click_row(panel, "Consumer groups")
        user.until(read_to(400))
        consumer.commit(asynchronous=False)
        user.until(lambda: (user.rows(panel, "Consumer groups")[0].lag or 0) > 0)
        user.until(read_to(1000))
        consumer.commit(asynchronous=False)
        user.until(lambda: user.rows(panel, "Consumer groups")[0].lag == 0)
        user.until(lambda: sum(line.offset.committed or 0 for line in user.rows(panel, "Lag by partition")) == 1000)
        user.judge()
    finally:
        consumer.close()


def curve_of(user: User, series: str) -> list[float]:
    """The samples of a curve of the first plot."""
    panel = user.window.panel("throughput")
    assert panel is not None
    plot = find(panel, TimePlot, "Messages per second")
    return [value for value in plot.data.values.get(series, ()) if value is not None and value == value]


def test_from_a_new_topic_to_a_curve_at_rest(user: User) -> None:
    create_topic(user)
    publish_a_thousand(user)
    find_by_key(user)
    read_everything(user)
    user.go_to("Throughput")
    user.until(lambda: max(curve_of(user, "in"), default=0) > 0)
    user.until(lambda: max(curve_of(user, "out"), default=0) > 0)
    user.until(lambda: curve_of(user, "in")[-1] == 0)
    user.until(lambda: curve_of(user, "out")[-1] == 0)
    user.judge()
