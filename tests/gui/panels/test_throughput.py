"""Throughput over a real cluster: curves that rise and fall with the messages, split, crosshair, pause, events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QGraphicsView, QWidget
from pytestqt.qtbot import QtBot

from desktop_broker.common.types import TopicPartition
from desktop_broker.gui.feeds.feeds import Feeds
from desktop_broker.gui.panels.throughput import ThroughputPanel
from desktop_broker.gui.panels.throughput.curves import OTHER
from desktop_broker.gui.panels.throughput.event_lines import EventLines
from desktop_broker.gui.panels.throughput.plots import PlotRow
from desktop_broker.gui.panels.throughput.readings import ReadingList
from desktop_broker.gui.session import ClusterSession
from desktop_broker.gui.widgets import Button, IconButton, Legend, Segmented
from desktop_broker.gui.widgets.painted import PaintedButton
from desktop_broker.gui.widgets.plot_canvas import PlotCanvas
from tests.support.gui import assert_no_cut_text, find, has_text

if TYPE_CHECKING:
    from tests.gui.panels.conftest import Stage
    from tests.support.window import WindowKit

pytestmark = pytest.mark.keeps_threads("the cluster of the module serves connections")
SMALL = (1044, 620)


@pytest.fixture
def panel(stage: Stage) -> Iterator[ThroughputPanel]:
    made = stage.show(ThroughputPanel)
    stage.until(lambda: all(line.plot.built for line in rows(made) if not line.reason))
    yield made
    stage.feeds.paused = False


def rows(panel: QWidget) -> list[PlotRow]:
    """Messages, bytes, lag."""
    return panel.findChildren(PlotRow)


def known(row: PlotRow, line: str) -> list[float]:
    return [value for value in row.curves.data.values.get(line, ()) if value is not None and value == value]


def choose(stage: Stage, panel: QWidget, choice: str, identity: str) -> None:
    stage.click(find(panel, Segmented, choice).segment(identity))


def readings(panel: QWidget) -> dict[tuple[str, str], str]:
    found = panel.findChild(ReadingList)
    assert found is not None
    return {(group.title, line.text): line.value for group in found.groups for line in group.readings}


def view_of(canvas: PlotCanvas) -> QGraphicsView:
    view = canvas.findChild(QGraphicsView)
    assert view is not None
    return view


def move_over(stage: Stage, row: PlotRow, share: float) -> None:
    """The mouse over a plot, at a share of its width."""
    canvas = row.plot.findChild(PlotCanvas)
    assert canvas is not None
    area, viewport = canvas.area(), view_of(canvas).viewport()
    place = QPoint(round(area.left() + share * area.width()), round(area.center().y()))
    stage.bot.mouseMove(viewport, viewport.mapFrom(canvas, place))


def test_curves_rise_with_a_producer_and_fall_after_it(stage: Stage, panel: ThroughputPanel) -> None:
    name = stage.topic(3)
    messages, volume, _ = rows(panel)
    stage.until(lambda: known(messages, "in") and known(messages, "in")[-1] == 0)
    stage.fill(name, 2_000)
    stage.until(lambda: max(known(messages, "in"), default=0) > 0)
    stage.until(lambda: max(known(volume, "in"), default=0) > 0)
    stage.until(lambda: known(messages, "in")[-1] == 0 and known(volume, "in")[-1] == 0)


def test_split_by_topic_shows_each_topic_and_the_rest(stage: Stage, panel: ThroughputPanel) -> None:
    names = [stage.topic(1, messages=count) for count in (300, 500)]
    choose(stage, panel, "Split by", "topic")
    messages, volume, _ = rows(panel)
    stage.until(lambda: set(names) <= {line.id for line in messages.plot.series})
    assert messages.plot.series[-1].id == OTHER
    assert {line.id for line in volume.plot.series} == {line.id for line in messages.plot.series}
    assert max(known(messages, names[1])) > 0
    assert set(names) <= {text for _, text in readings(panel)}

    choose(stage, panel, "Direction", "out")
    stage.until(lambda: not known(messages, names[1]) or max(known(messages, names[1])) == 0)
    choose(stage, panel, "Split by", "nothing")
    assert [line.id for line in messages.plot.series] == ["in", "out"]


def test_another_panel_can_ask_for_topics(panel: ThroughputPanel) -> None:
    panel.open_with(topic="orders")
    assert find(panel, Segmented, "Split by").current == "topic"


def test_the_crosshair_is_that_of_all_plots_and_is_read_beside_them(stage: Stage, panel: ThroughputPanel) -> None:
    name = stage.topic(1)
    commit_to(stage, name)
    stage.until(lambda: not rows(panel)[2].reason and all(line.plot.built for line in rows(panel)))
    assert has_text(panel, "Now")
    move_over(stage, rows(panel)[1], 0.5)
    moments = {line.plot.crosshair_ms for line in rows(panel)}
    assert len(moments) == 1
    assert None not in moments
    assert has_text(panel, "At ")
    assert ("Messages per second", "In") in readings(panel)

    canvas = rows(panel)[0].plot.findChild(PlotCanvas)
    assert canvas is not None
    stage.bot.mouseClick(view_of(canvas).viewport(), Qt.MouseButton.LeftButton)
    kept = rows(panel)[0].plot.crosshair_ms
    rows(panel)[0].plot.crosshair_moved.emit(None)  # the mouse has left
    assert {line.plot.crosshair_ms for line in rows(panel)} == {kept}
    stage.click(find(panel, IconButton, "Take the line away"))
    assert {line.plot.crosshair_ms for line in rows(panel)} == {None}
    assert has_text(panel, "Now")


def commit_to(stage: Stage, topic: str) -> None:
    """A group with lag on a topic."""
    stage.fill(topic, 50)
    stage.connection.set_group_offsets(f"readers-of-{topic}", {TopicPartition(topic, 0): 10})


def test_lag_is_drawn_once_a_group_has_committed(stage: Stage, panel: ThroughputPanel) -> None:
    name = stage.topic(1)
    commit_to(stage, name)
    lag = rows(panel)[2]
    stage.until(lambda: known(lag, f"readers-of-{name}")[-1:] == [40])
    assert not lag.reason
    assert readings(panel)["Consumer lag, messages", f"readers-of-{name}"] == "40"


def test_the_span_is_chosen_and_remembered(stage: Stage, panel: ThroughputPanel) -> None:
    for identity, seconds in (("1", 60), ("15", 900), ("5", 300)):
        choose(stage, panel, "Time shown", identity)
        for line in rows(panel):
            start, end = line.plot.shown_range_ms
            assert end - start == seconds * 1000
        assert stage.context.settings.text("throughput/span") == identity


def test_a_part_of_the_time_can_be_looked_at_closely(stage: Stage, panel: ThroughputPanel) -> None:
    start, end = rows(panel)[0].plot.shown_range_ms
    rows(panel)[0].plot.range_selected.emit(end - 20_000, end - 10_000)
    assert {line.plot.shown_range_ms for line in rows(panel)} == {(end - 20_000, end - 10_000)}
    stage.click(find(panel, Button, "Back to now"))
    assert all(line.plot.shown_range_ms[1] - line.plot.shown_range_ms[0] == end - start for line in rows(panel))


def test_pause_stands_still_and_goes_on(stage: Stage, panel: ThroughputPanel) -> None:
    name = stage.topic(1)
    stage.click(find(panel, Button, "Pause"))
    assert stage.feeds.paused
    before = rows(panel)[0].plot.shown_range_ms
    samples = len(stage.feeds.history)
    stage.fill(name, 10)
    stage.until(lambda: len(stage.feeds.history) > samples + 2)
    assert rows(panel)[0].plot.shown_range_ms == before
    stage.click(find(panel, Button, "Continue"))
    stage.until(lambda: rows(panel)[0].plot.shown_range_ms[1] > before[1])


def test_events_have_one_number_on_the_plots_and_in_the_list(stage: Stage, panel: ThroughputPanel) -> None:
    stage.engine.stop_broker(3)
    stage.engine.start_broker(3)
    lines = panel.findChild(EventLines)
    assert lines is not None
    stage.until(lambda: any(line.text() == "Broker 3 started" for line in lines.findChildren(PaintedButton)))
    for row in rows(panel):
        assert [event.number for event in row.plot.events] == [group.number for group in lines.groups[::-1]]
    line = [line for line in lines.findChildren(PaintedButton) if line.text() == "Broker 3 started"][-1]
    stage.click(line)
    stopped = {event.time_ms for event in rows(panel)[0].plot.events if event.text == "Broker 3 started"}
    assert {row.plot.crosshair_ms for row in rows(panel)} <= stopped


def test_nothing_is_drawn_while_another_panel_is_seen(stage: Stage, panel: ThroughputPanel) -> None:
    panel.hide()
    before = rows(panel)[0].curves
    samples = len(stage.feeds.history)
    stage.until(lambda: len(stage.feeds.history) > samples + 2)
    assert rows(panel)[0].curves is before
    panel.show()
    assert len(rows(panel)[0].curves.data.times_ms) >= samples + 2


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_fits_a_small_window_in_both_languages(
    stage: Stage, panel: ThroughputPanel, window_kit: WindowKit, language: str, theme: str
) -> None:
    name = stage.topic(2, messages=20)
    window_kit.languages.set_language(language)
    window_kit.theme.set_mode(theme)  # type: ignore[arg-type]  # one of its modes
    panel.resize(*SMALL)
    panel.open_with(topic="any")
    stage.until(lambda: name in {line.id for line in rows(panel)[0].plot.series})
    stage.feeds.paused = True  # what is judged must not change under the judge
    rows(panel)[0].plot.range_selected.emit(*rows(panel)[0].plot.shown_range_ms)
    stage.until(lambda: all(w.width() >= w.sizeHint().width() for w in panel.findChildren(Legend)))
    stage.judge(panel)


def test_a_cluster_elsewhere_says_what_it_does_not_tell(stage: Stage, qtbot: QtBot) -> None:
    name = stage.topic(2)
    session = ClusterSession("elsewhere", stage.engine.bootstrap_servers)
    feeds = Feeds(session, period_s=0.2)
    feeds.start()
    try:
        panel = ThroughputPanel(replace(stage.context, session=session, feeds=feeds, engine=None))
        qtbot.addWidget(panel)
        panel.resize(*SMALL)
        with qtbot.waitExposed(panel):
            panel.show()
        messages, volume, _ = rows(panel)
        qtbot.waitUntil(lambda: len(known(messages, "in")) > 1, timeout=20_000)
        stage.fill(name, 500)
        qtbot.waitUntil(lambda: max(known(messages, "in")) > 0, timeout=20_000)
        assert [line.id for line in messages.plot.series] == ["in"]
        assert volume.reason == "Not known: a cluster elsewhere does not tell its bytes, nor what is read from it."
        assert not find(panel, Segmented, "Direction", visible=False).segment("out").isEnabled()
        assert_no_cut_text(panel)
    finally:
        session.close()
        assert feeds.stop(10)
