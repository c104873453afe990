from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.panels.base import Panel
from desktop_broker.gui.settings import WindowSettings
from desktop_broker.gui.shell.choices import Choices
from desktop_broker.gui.shell.navigation import NavigationItem
from desktop_broker.gui.shell.palette import Palette
from desktop_broker.gui.shell.panel_spec import PanelSpec
from desktop_broker.gui.shell.window import MainWindow
from desktop_broker.gui.widgets import IconButton, LineEdit
from tests.support.gui import assert_accessible, assert_no_cut_text, find
from tests.support.window import StillFeeds, WindowKit, group, still_context, topic, view

TITLES = {"overview": "Overview", "topics": "Topics", "messages": "Messages", "consumers": "Consumers"}


class RecordingPanel(Panel):
    """Says what the shell did to it."""

    def __init__(self, context: PanelContext, name: str) -> None:
        super().__init__(context)
        self.name = name
        self.said: list[object] = []
        self.retranslate()

    def retranslate(self) -> None:
        self.said.append("retranslated")

    def open_with(self, **arguments: object) -> None:
        self.said.append(arguments)

    def refresh(self) -> None:
        self.said.append("refreshed")

    def panel_shown(self) -> None:
        self.said.append("shown")

    def panel_hidden(self) -> None:
        self.said.append("hidden")


def activate(window: MainWindow, qtbot: QtBot) -> None:
    """Shortcuts work in the active window only."""
    with qtbot.waitActive(window):
        window.activateWindow()


Start = Callable[[], tuple[MainWindow, StillFeeds]]


@pytest.fixture
def start(qtbot: QtBot, window_kit: WindowKit, settings: WindowSettings) -> Start:
    """Opens a window over a still cluster; settings are shared, so a second call is a second start."""

    def build(identity: str) -> Callable[[PanelContext], Panel]:
        return lambda context: RecordingPanel(context, identity)

    def make() -> tuple[MainWindow, StillFeeds]:
        specs = [
            PanelSpec(id=i, title=lambda text=text: text, icon="layers", section="main", factory=build(i))
            for i, text in TITLES.items()
        ]
        choices = Choices(settings, window_kit.theme, window_kit.languages)
        settings.set("look/utc", True)
        choices.restore()
        window = MainWindow(specs, settings, choices)
        choices.setParent(window)
        qtbot.addWidget(window)
        window.resize(1440, 900)
        feeds = StillFeeds()
        feeds.setParent(window)
        feeds.topics = [topic("orders"), topic("payments"), topic("__consumer_offsets", internal=True)]
        feeds.groups = [group("warehouse", 18402, "orders")]
        feeds.view = view(3569.0, 4608.0)
        window.set_context(still_context(settings, feeds, navigate=window.navigate, notify=window.notify))
        with qtbot.waitExposed(window):
            window.show()
        return window, feeds

    return make


def recording(window: MainWindow, identity: str) -> RecordingPanel:
    panel = window.panel(identity)
    assert isinstance(panel, RecordingPanel)
    return panel


def test_panels_are_built_at_their_first_show(start: Start, qtbot: QtBot) -> None:
    window, _ = start()
    assert window.panel("overview") is not None
    assert window.panel("topics") is None
    qtbot.mouseClick(find(window, NavigationItem, "Topics"), Qt.MouseButton.LeftButton)
    assert recording(window, "topics").isVisible()
    assert recording(window, "overview").said[-1] == "hidden"
    first = window.panel("topics")
    qtbot.mouseClick(find(window, NavigationItem, "Overview"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(find(window, NavigationItem, "Topics"), Qt.MouseButton.LeftButton)
    assert window.panel("topics") is first


def test_control_and_a_number_show_a_panel(start: Start, qtbot: QtBot) -> None:
    window, _ = start()
    activate(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.panel_id == "messages"
    assert find(window, NavigationItem, "Messages").isChecked()


def test_f5_refreshes_feeds_and_panel(start: Start, qtbot: QtBot) -> None:
    window, feeds = start()
    activate(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert feeds.refreshed == 1
    assert recording(window, "overview").said[-1] == "refreshed"


def test_navigate_tells_the_panel_what_to_show(start: Start) -> None:
    window, _ = start()
    window.navigate("messages", topic="orders")
    assert recording(window, "messages").said[-1] == {"topic": "orders"}


def test_before_there_is_a_cluster_the_window_says_what_it_does(start: Start, qtbot: QtBot) -> None:
    window, _ = start()
    window.show_progress("Starting three brokers")
    assert window.start_page.isVisible()
    assert window.start_page.text == "Starting three brokers"
    assert window.panel("overview") is None
    window.show_failure("Port 9092 is taken.", "Choose another one.", "pid 17")
    assert window.start_page.text == "Port 9092 is taken. Choose another one."
    qtbot.mouseClick(find(window, QPushButton, "Copy details"), Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "pid 17"
    with qtbot.waitSignal(window.retry_requested):
        qtbot.mouseClick(find(window, QPushButton, "Try again"), Qt.MouseButton.LeftButton)


def test_status_bar_and_counts_follow_the_feeds(start: Start) -> None:
    window, feeds = start()
    assert window.status.texts[:3] == ("127.0.0.1:9092, 9093, 9094", "In 3,569/s", "Out 4,608/s")
    assert window.navigation.item("topics").accessibleDescription() == "2"
    feeds.topics_updated.emit([topic("a"), topic("b"), topic("c")])
    feeds.view_updated.emit(view(7.0, 8.0))
    assert window.navigation.item("topics").accessibleDescription() == "3"
    assert "In 7/s" in window.status.texts
    assert window.header.switcher.text() == "shop-local"


def test_pause_stops_the_feeds_and_says_so(start: Start, qtbot: QtBot) -> None:
    window, feeds = start()
    assert window.header.live.text == "Live · 1 s"
    qtbot.mouseClick(find(window, IconButton, "Pause all live views"), Qt.MouseButton.LeftButton)
    assert feeds.paused
    assert window.header.live.text == "Paused"
    qtbot.mouseClick(find(window, IconButton, "Go on showing live values"), Qt.MouseButton.LeftButton)
    assert not feeds.paused


def test_a_closed_cluster_is_heard_no_more(start: Start) -> None:
    window, feeds = start()
    window.set_context(None)
    feeds.topics_updated.emit([topic("a")])
    assert window.navigation.item("topics").accessibleDescription() == ""
    assert not window.header.live.isVisible()


def test_a_lost_engine_is_said_and_kept_behind_the_bell(start: Start) -> None:
    window, feeds = start()
    feeds.engine_lost.emit("The engine ended.")
    assert window.notices.kept[0].text == "The engine ended."
    assert window.notices.kept[0].state == "err"
    menu = window.notices.menu()
    assert "The engine ended." in menu.actions()[0].text()
    menu.close()
    menu.deleteLater()


def open_palette(window: MainWindow, qtbot: QtBot) -> Palette:
    activate(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.findChild(Palette)
    assert palette is not None
    qtbot.waitUntil(palette.isVisible)
    return palette


def test_palette_finds_topics_and_what_to_do_with_them(start: Start, qtbot: QtBot) -> None:
    window, _ = start()
    palette = open_palette(window, qtbot)
    field = palette.findChild(LineEdit)
    assert field is not None
    qtbot.keyClicks(field, "ord")
    assert [hit.text for hit in palette.hits] == ["orders", "Read messages of orders"]
    assert palette.hits[0].facts == "6 partitions"
    qtbot.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.accepted):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.panel_id == "messages"
    assert recording(window, "messages").said[-1] == {"topic": "orders"}


def test_palette_finds_groups_and_actions_and_says_when_it_finds_nothing(start: Start, qtbot: QtBot) -> None:
    window, _ = start()
    palette = open_palette(window, qtbot)
    field = palette.findChild(LineEdit)
    assert field is not None
    qtbot.keyClicks(field, "WARE")
    assert [(hit.text, hit.facts) for hit in palette.hits] == [("warehouse", "Lag 18,402")]
    field.setText("about desktop")
    assert [hit.text for hit in palette.hits] == ["About Desktop Broker"]
    field.setText("no such thing")
    assert palette.hits == ()
    with qtbot.waitSignal(palette.rejected):
        qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_narrow_windows_get_a_rail_with_tooltips(start: Start) -> None:
    window, _ = start()
    assert not window.navigation.rail
    window.resize(1100, 700)
    QApplication.processEvents()
    assert window.navigation.rail
    assert window.navigation.width() == 56
    assert find(window, NavigationItem, "Topics").toolTip() == "Topics"
    window.resize(1300, 700)
    QApplication.processEvents()
    assert not window.navigation.rail


def test_panel_and_choices_are_remembered(start: Start, settings: WindowSettings) -> None:
    window, _ = start()
    window.navigate("consumers")
    window.choices.set_theme("dark")
    window.choices.set_language("ko")
    window.choices.set_text_scale(1.15)
    window.close()
    again, _ = start()
    assert again.panel_id == "consumers"
    assert (again.choices.theme, again.choices.language, again.choices.text_scale) == ("dark", "ko", 1.15)
    assert settings.path.exists()


def test_language_is_switched_live(start: Start) -> None:
    window, _ = start()
    panel = recording(window, "overview")
    panel.said.clear()
    window.choices.set_language("ko")
    QApplication.processEvents()
    assert "retranslated" in panel.said
    assert window.header.live.text == "실시간 · 1초"
    assert window.actions_list["quit"].text() == "끝내기"


def test_another_time_zone_is_written_at_once(start: Start) -> None:
    window, _ = start()
    panel = recording(window, "overview")
    window.choices.set_utc(False)
    assert window.status.texts[-1].startswith("Local time, UTC")
    panel.said.clear()
    window.choices.set_utc(True)
    assert window.status.texts[-1] == "UTC"
    assert panel.said == ["retranslated"]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("size", [(1440, 900), (1000, 620)])
@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_nothing_is_cut_and_everything_has_a_name(
    start: Start, language: str, size: tuple[int, int], scale: float
) -> None:
    window, _ = start()
    window.choices.set_language(language)
    window.choices.set_text_scale(scale)
    window.resize(*size)
    QApplication.processEvents()
    assert_no_cut_text(window)
    assert_accessible(window)
