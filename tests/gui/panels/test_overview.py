"""Overview by clicks on a real cluster: a broker leaves and comes back, and every part of the page tells it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_broker.gui.feeds.feeds import Feeds
from desktop_broker.gui.panels.overview import OverviewPanel
from desktop_broker.gui.panels.overview.broker_card import BrokerCard
from desktop_broker.gui.panels.overview.event_list import EventList
from desktop_broker.gui.panels.overview.replica_map import ReplicaMap
from desktop_broker.gui.panels.overview.snippets import LANGUAGES, snippet
from desktop_broker.gui.session import ClusterSession
from desktop_broker.gui.widgets import Badge, Button, Callout, ConfirmDialog, IconButton, Segmented, Switch
from desktop_broker.gui.widgets.badge import Flag
from desktop_broker.gui.widgets.plot import TimePlot
from tests.support.gui import assert_no_cut_text, find, has_text, trigger

if TYPE_CHECKING:
    from tests.gui.panels.conftest import Stage
    from tests.support.window import WindowKit

pytestmark = [
    pytest.mark.keeps_threads("the cluster of the module serves connections"),
    # Said by the offscreen platform when a menu pops up.
    pytest.mark.qt_log_ignore("^This plugin does not support (raise|grabbing|propagateSizeHints)", extend=True),
]
SMALL = (1044, 620)


@pytest.fixture
def panel(stage: Stage) -> Iterator[OverviewPanel]:
    """The panel over three running brokers; those a test stopped are started again."""
    made = stage.show(OverviewPanel)
    stage.until(lambda: len(made.findChildren(BrokerCard)) == 3)
    yield made
    for broker in stage.engine.statistics().brokers:
        if broker.state == "stopped":
            stage.engine.start_broker(broker.id)


def card(panel: OverviewPanel, broker: int) -> BrokerCard:
    return next(card for card in panel.findChildren(BrokerCard) if card.broker == broker)


def states(panel: OverviewPanel, broker: int) -> set[str]:
    """What the map shows of a broker's replicas."""
    replica_map = panel.findChild(ReplicaMap)
    assert replica_map is not None
    return {
        replica.state
        for _, partitions in replica_map.topics
        for partition in partitions
        for replica in partition.replicas
        if replica.broker == broker
    }


def health(panel: OverviewPanel) -> str:
    callout = panel.findChild(Callout)
    assert callout is not None
    return callout.text


def act(stage: Stage, panel: OverviewPanel, broker: int, action: str) -> None:
    stage.click(find(card(panel, broker), IconButton, f"Actions for broker {broker}"))
    menu = card(panel, broker).menu
    stage.until(menu.isVisible)
    trigger(menu.actions(), action)
    menu.close()


def shown_events(panel: OverviewPanel) -> dict[str, int]:
    """Title -> number of the list's lines."""
    events = panel.findChild(EventList)
    assert events is not None
    return {title: number for number, title in events.shown}


def test_a_broker_stopped_and_started_from_its_card(stage: Stage, panel: OverviewPanel) -> None:
    stage.topic(6)
    stage.until(lambda: states(panel, 3) == {"leader", "in-sync"})
    assert health(panel).startswith("3 of 3 brokers up, every partition has all its replicas in sync")

    act(stage, panel, 3, "Stop")
    stage.until(lambda: find(card(panel, 3), Badge, "Stopped"))
    stage.until(lambda: states(panel, 3) == {"offline"})
    assert health(panel).startswith("2 of 3 brokers up. 0 of ")
    assert "A stopped broker catches up when it is started" in health(panel)
    stage.until(lambda: "Broker 3 stopped" in shown_events(panel))

    act(stage, panel, 3, "Start")
    stage.until(lambda: states(panel, 3) and "offline" not in states(panel, 3))
    stage.until(lambda: health(panel).startswith("3 of 3 brokers up, every partition"))
    find(card(panel, 3), Badge, "Up")
    stage.until(lambda: "Broker 3 started" in shown_events(panel))


def test_the_flags_of_the_plot_have_the_numbers_of_the_list(stage: Stage, panel: OverviewPanel) -> None:
    stage.topic(1)
    plot = panel.findChild(TimePlot)
    assert plot is not None
    stage.until(lambda: plot.built and shown_events(panel))
    stage.until(lambda: {event.text: event.number for event in plot.events} == shown_events(panel))
    flags = {flag.accessibleName() for flag in panel.findChildren(Flag) if flag.isVisible()}
    assert flags == {str(event.number) for event in plot.events}


def test_stopped_brokers_are_started_with_one_button(stage: Stage, panel: OverviewPanel) -> None:
    stage.engine.stop_broker(2)
    stage.until(lambda: find(card(panel, 2), Badge, "Stopped") and panel.findChild(Callout))
    stage.click(find(panel, Button, "Start stopped brokers"))
    stage.until(lambda: find(card(panel, 2), Badge, "Up"))
    stage.until(lambda: not any(b.isVisible() for b in panel.findChildren(Button) if b.text().endswith("brokers")))


def test_killing_asks_first_and_says_what_is_lost(stage: Stage, panel: OverviewPanel) -> None:
    act(stage, panel, 1, "Kill (as by a crash)")
    dialog = stage.dialog(ConfirmDialog)
    assert has_text(dialog, "What was acknowledged with acks=all stays on the other replicas.")
    stage.click(dialog.cancel)
    assert all(broker.state == "running" for broker in stage.engine.statistics().brokers)

    act(stage, panel, 1, "Kill (as by a crash)")
    stage.click(stage.dialog(ConfirmDialog).primary)
    stage.until(lambda: [b.state for b in stage.engine.statistics().brokers if b.id == 1] != ["running"])
    stage.until(lambda: "Broker 1 killed" in shown_events(panel))


def test_an_action_that_fails_says_why(stage: Stage, panel: OverviewPanel) -> None:
    card(panel, 1).start_requested.emit(99)
    stage.until(lambda: stage.notices)
    assert stage.notices[0][1] == "error"
    assert "99" in stage.notices[0][0]


def test_what_is_copied_is_what_a_client_takes(stage: Stage, panel: OverviewPanel) -> None:
    stage.click(find(panel, IconButton, "Copy the bootstrap servers"))
    assert QApplication.clipboard().text() == stage.session.bootstrap
    languages = find(panel, Segmented, "Language of the example")
    for identity, _ in LANGUAGES:
        stage.click(languages.segment(identity))
        stage.click(find(panel, IconButton, "Copy the example"))
        assert QApplication.clipboard().text() == snippet(identity, stage.session.bootstrap)
        assert stage.session.bootstrap.split(",")[0] in QApplication.clipboard().text()


def test_the_python_example_is_python() -> None:
    ast.parse(snippet("python", "127.0.0.1:9092"))


def test_a_topic_of_the_map_opens_it(stage: Stage, panel: OverviewPanel) -> None:
    name = stage.topic(12)
    replica_map = panel.findChild(ReplicaMap)
    assert replica_map is not None
    stage.until(lambda: name in dict(replica_map.topics))
    place = replica_map.place_of(name)
    stage.bot.mouseClick(replica_map, Qt.MouseButton.LeftButton, pos=place + QPoint(4, 4))
    assert stage.navigated == [("topics", {"topic": name})]


def test_internal_topics_are_shown_on_request(stage: Stage, panel: OverviewPanel) -> None:
    stage.connection.group_offsets("nobody")  # asking for a group makes the topic of the offsets
    stage.until(lambda: any(topic.internal for topic in stage.feeds.topics))
    replica_map = panel.findChild(ReplicaMap)
    assert replica_map is not None
    assert "__consumer_offsets" not in dict(replica_map.topics)
    stage.click(find(panel, Switch, "Internal topics"))
    assert "__consumer_offsets" in dict(replica_map.topics)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_fits_a_small_window_in_both_languages(
    stage: Stage, panel: OverviewPanel, window_kit: WindowKit, language: str, theme: str
) -> None:
    stage.topic(6)
    window_kit.languages.set_language(language)
    window_kit.theme.set_mode(theme)  # type: ignore[arg-type]  # one of its modes
    panel.resize(*SMALL)
    stage.engine.stop_broker(3)
    stage.until(lambda: states(panel, 3) == {"offline"})
    stage.judge(panel)


def test_a_cluster_elsewhere_offers_no_actions(stage: Stage, qtbot: QtBot) -> None:
    stage.topic(2)
    session = ClusterSession("elsewhere", stage.engine.bootstrap_servers)
    feeds = Feeds(session, period_s=0.2)
    feeds.start()
    try:
        qtbot.waitUntil(lambda: feeds.view is not None, timeout=20_000)
        panel = OverviewPanel(replace(stage.context, session=session, feeds=feeds, engine=None))
        qtbot.addWidget(panel)
        panel.resize(*SMALL)
        with qtbot.waitExposed(panel):
            panel.show()
        qtbot.waitUntil(lambda: len(panel.findChildren(BrokerCard)) == 3, timeout=20_000)
        assert health(panel).startswith("3 of 3 brokers up")
        assert not [
            button
            for button in panel.findChildren(IconButton)
            if button.isVisible() and "Actions" in button.accessibleName()
        ]
        assert has_text(panel, "A cluster elsewhere does not tell its events.")
        assert_no_cut_text(panel)
    finally:
        session.close()
        assert feeds.stop(10)
