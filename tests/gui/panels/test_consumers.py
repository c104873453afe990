"""Consumer groups by clicks on a real cluster, with real consumers: lag, verdicts, offsets moved, groups deleted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from confluent_kafka import Consumer
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_broker.common.types import TopicPartition
from desktop_broker.gui.feeds.model import GroupSummary, LagTrend
from desktop_broker.gui.panels.consumers import ConsumersPanel
from desktop_broker.gui.panels.consumers.detail import GroupDetail
from desktop_broker.gui.panels.consumers.offsets_plot import OffsetsPlot
from desktop_broker.gui.panels.consumers.reset_dialog import ResetDialog
from desktop_broker.gui.panels.consumers.verdict import Verdict, judge
from desktop_broker.gui.widgets import Button, Chip, ConfirmDialog, IconButton, NumberField, Table, Tabs
from desktop_broker.kafka.model import GroupOffset, MemberInfo
from tests.support.gui import find, has_text, trigger

if TYPE_CHECKING:
    from tests.gui.panels.conftest import Stage
    from tests.support.window import WindowKit

LEFT = Qt.MouseButton.LeftButton
pytestmark = [
    pytest.mark.keeps_threads("the cluster of the module serves connections"),
    # Said by the offscreen platform when a menu pops up.
    pytest.mark.qt_log_ignore("^This plugin does not support (raise|grabbing)", extend=True),
]


@contextmanager
def consumer(stage: Stage, group: str, topic: str) -> Iterator[Consumer]:
    """A member of a group, reading from the beginning."""
    made = Consumer(
        {
            "bootstrap.servers": stage.session.bootstrap,
            "group.id": group,
            "client.id": f"{group}-1",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
        }
    )
    made.subscribe([topic])
    try:
        yield made
    finally:
        made.close()


def read(stage: Stage, member: Consumer, count: int) -> None:
    """Read so many messages and commit; the window goes on working."""
    seen: list[object] = []

    def more() -> bool:
        seen.extend(member.consume(count - len(seen), 0.05))
        return len(seen) >= count

    stage.until(more)
    member.commit(asynchronous=False)


def group_of(stage: Stage, group: str) -> GroupSummary | None:
    return next((known for known in stage.feeds.groups if known.id == group), None)


def lag_of(stage: Stage, group: str) -> int | None:
    known = group_of(stage, group)
    return known.lag if known is not None else None


def committed_of(stage: Stage, group: str) -> list[int]:
    return [offset for _, (offset, _) in sorted(stage.connection.committed(group).items())]


def detail_of(panel: ConsumersPanel) -> GroupDetail:
    found = panel.findChild(GroupDetail)
    assert found is not None
    return found


def stopped_group(stage: Stage, group: str, *, messages: int = 90, read_to: int = 10) -> str:
    """A group without members that has committed offset `read_to` in each of three partitions; returns its topic."""
    topic = stage.topic(3)
    for partition in range(3):
        stage.fill(topic, messages // 3, partition=partition)
    stage.connection.set_group_offsets(group, {TopicPartition(topic, partition): read_to for partition in range(3)})
    stage.feeds.refresh_now()
    stage.until(lambda: lag_of(stage, group) == messages - 3 * read_to)
    return topic


def open_reset(stage: Stage, panel: ConsumersPanel, group: str) -> ResetDialog:
    panel.open_with(group=group)
    stage.until(detail_of(panel).isVisible)
    stage.click(find(detail_of(panel), Button, "Reset offsets…"))
    return stage.dialog(ResetDialog)


def test_the_lag_of_a_real_consumer_goes_to_zero(stage: Stage) -> None:
    topic = stage.topic(1, messages=300)
    panel = stage.show(ConsumersPanel)
    with consumer(stage, "billing", topic) as member:
        read(stage, member, 100)
        stage.until(lambda: lag_of(stage, "billing") == 200)
        stage.choose_row(find(panel, Table, "Consumer groups"), "billing")
        detail = detail_of(panel)
        lines = find(detail, Table, "Lag by partition").model()
        stage.until(lambda: sum(line.offset.lag or 0 for line in lines.shown) == 200)
        assert {line.member for line in lines.shown} == {"billing-1"}
        stage.judge(panel)
        tabs = find(detail, Tabs, "Parts of the group")
        tabs.setFocus()
        stage.bot.keyClick(tabs, Qt.Key.Key_Right)
        members = find(detail, Table, "Members").model()
        assert [m.client_id for m in members.shown] == ["billing-1"]
        stage.judge(panel)
        read(stage, member, 200)
        stage.until(lambda: lag_of(stage, "billing") == 0)
        stage.until(lambda: has_text(detail, "Nothing left to read"))
        plot = detail.findChild(OffsetsPlot)
        assert plot is not None
        values = plot.plot.data.values
        assert values["end"][-1] == values["committed"][-1] == 300
        assert max(e - c for e, c in zip(values["end"], values["committed"], strict=True) if e is not None) >= 200
    stage.until(lambda: (known := group_of(stage, "billing")) is not None and not known.members)
    assert has_text(detail, "OK")


def test_earliest_latest_and_an_offset_by_clicks(stage: Stage, qtbot: QtBot) -> None:
    stopped_group(stage, "mover")
    panel = stage.show(ConsumersPanel)
    for where, offsets, words in (
        ("earliest", [0, 0, 0], "30 messages will be read again"),
        ("latest", [30, 30, 30], "90 messages will be left out"),
        ("offset", [17, 17, 17], "39 messages will be read again"),
    ):
        dialog = open_reset(stage, panel, "mover")
        stage.click(dialog.where.segment(where))
        if where == "offset":
            number = find(dialog, NumberField, "Offset")
            number.edit.selectAll()
            qtbot.keyClicks(number.edit, "17")
        before_after = find(dialog, Table, "Before and after").model()
        stage.until(lambda at=offsets, m=before_after: [line.after for line in m.shown] == at)
        assert has_text(dialog, words)
        stage.judge(dialog)
        with qtbot.waitSignal(dialog.accepted, timeout=20_000):
            stage.click(find(dialog, Button, "Reset offsets"))
        assert committed_of(stage, "mover") == offsets
        lag = 90 - sum(offsets)
        stage.until(lambda lag=lag: lag_of(stage, "mover") == lag)
    assert stage.said("mover goes on from the new offsets.")


def test_a_time_by_clicks(stage: Stage, qtbot: QtBot) -> None:
    topic = stopped_group(stage, "timed", read_to=30)
    moment_ms = time.time_ns() // 1_000_000 + 3_600_000
    stage.fill(topic, 5, partition=1, timestamp_ms=moment_ms)
    panel = stage.show(ConsumersPanel)
    dialog = open_reset(stage, panel, "timed")
    stage.click(dialog.where.segment("time"))
    dialog.time.selectAll()
    qtbot.keyClicks(dialog.time, "yesterday")
    assert dialog.time_field.error == "Write it like 2026-01-31 09:00:00."
    assert not find(dialog, Button, "Reset offsets").isEnabled()
    stage.judge(dialog)
    dialog.time.selectAll()
    written = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(moment_ms / 1000 - 1800))
    qtbot.keyClicks(dialog.time, written)
    lines = find(dialog, Table, "Before and after").model()
    stage.until(lambda: [line.after for line in lines.shown] == [30, 30, 30])
    dialog.time.selectAll()
    qtbot.keyClicks(dialog.time, "2001-01-01 00:00:00")
    stage.until(lambda: [line.after for line in lines.shown] == [0, 0, 0])
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        stage.click(find(dialog, Button, "Reset offsets"))
    assert committed_of(stage, "timed") == [0, 0, 0]


def test_a_reset_waits_for_the_members_to_stop(stage: Stage, qtbot: QtBot) -> None:
    topic = stage.topic(messages=30)
    panel = stage.show(ConsumersPanel)
    with consumer(stage, "running", topic) as member:
        read(stage, member, 30)
        stage.until(lambda: (known := group_of(stage, "running")) is not None and len(known.members) == 1)
        dialog = open_reset(stage, panel, "running")
        stage.until(lambda: has_text(dialog, "1 member must stop first"))
        assert find(dialog, Button, "Reset offsets").toolTip() == "Its members must stop first."
        assert has_text(dialog, "Waits until its members have stopped")
        stage.judge(dialog)
    stage.until(lambda: find(dialog, Button, "Reset offsets").isEnabled())
    assert not has_text(dialog, "must stop first")
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert committed_of(stage, "running") == [0, 0, 0]


def test_a_group_is_deleted(stage: Stage) -> None:
    stopped_group(stage, "gone")
    panel = stage.show(ConsumersPanel)
    panel.open_with(group="gone")
    detail = detail_of(panel)
    stage.until(detail.isVisible)
    stage.click(find(detail, IconButton, "More actions"))
    stage.until(detail.menu.isVisible)
    trigger(detail.menu.actions(), "Delete the group…")
    detail.menu.close()
    question = stage.dialog(ConfirmDialog)
    stage.judge(question)
    stage.click(find(question, Button, "Delete group"))
    stage.until(lambda: group_of(stage, "gone") is None)
    assert stage.said("gone was deleted.")
    assert not detail.isVisible()


def test_what_needs_attention_is_found(stage: Stage) -> None:
    stopped_group(stage, "left-behind")
    stopped_group(stage, "done", read_to=30)
    panel = stage.show(ConsumersPanel)
    table = find(panel, Table, "Consumer groups").model()
    stage.until(lambda: {"left-behind", "done"} <= {group.id for group in table.shown})
    chip = next(chip for chip in panel.findChildren(Chip) if chip.text().startswith("Needs attention"))
    stage.click(chip)
    assert "left-behind" in {group.id for group in table.shown}
    assert "done" not in {group.id for group in table.shown}


@pytest.mark.parametrize("size", [(1230, 820), (1040, 620)])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_is_cut(stage: Stage, window_kit: WindowKit, size: tuple[int, int], language: str) -> None:
    window_kit.languages.set_language(language)
    group = f"cut-{language}-{size[0]}"
    stopped_group(stage, group)
    panel = stage.show(ConsumersPanel, size)
    panel.open_with(group=group)
    stage.until(detail_of(panel).isVisible)
    stage.judge(panel)
    detail_of(panel).reset_requested.emit(group)
    dialog = stage.dialog(ResetDialog)
    for where in ("time", "offset"):
        stage.click(dialog.where.segment(where))
        stage.judge(dialog)


def summary(
    lag: int | None, trend: LagTrend, committed: list[int], lags: list[int], *, members: int = 1, state: str = "Stable"
) -> GroupSummary:
    """A group that was looked at once a second."""
    return GroupSummary(
        id="g",
        state=state,
        kind="classic",
        assignor="range",
        coordinator=1,
        members=tuple(
            MemberInfo(id=str(n), client_id="c", host="/h", instance_id=None, assignment=()) for n in range(members)
        ),
        topics=("t",),
        offsets=(GroupOffset(topic="t", partition=0, committed=0, earliest=0, latest=lag),),
        lag=lag,
        trend=trend,
        committed_rate=None,
        lag_history=tuple((n * 1000, value) for n, value in enumerate(lags)),
        committed_history=tuple((n * 1000, value) for n, value in enumerate(committed)),
    )


def test_verdicts() -> None:
    steps = list(range(0, 4000, 100))
    assert judge(summary(0, LagTrend.NONE, steps, [0])).verdict is Verdict.OK
    assert judge(summary(5, LagTrend.GROWING, steps, [5], members=0)).verdict is Verdict.STOPPED
    assert judge(summary(5, LagTrend.GROWING, steps, [5], state="PreparingRebalance")).verdict is Verdict.REBALANCING
    assert judge(summary(900, LagTrend.GROWING, steps, [900] * 40)).verdict is Verdict.OK
    assert judge(summary(9000, LagTrend.GROWING, steps, [9000] * 40)).verdict is Verdict.SLOW
    assert judge(summary(9000, LagTrend.STEADY, steps, [9000] * 40)).verdict is Verdict.SLOW
    assert judge(summary(9, LagTrend.STEADY, [7] * 40, [9] * 40)).verdict is Verdict.STALLED
    assert judge(summary(9, LagTrend.GROWING, [7] * 40, [0] * 39 + [9])).verdict is not Verdict.STALLED
    shrinking = [9000 - 500 * n for n in range(10)]
    catching_up = judge(summary(4500, LagTrend.SHRINKING, steps, shrinking))
    assert catching_up.verdict is Verdict.CATCHING_UP
    assert catching_up.seconds_left == pytest.approx(9.0)
    assert judge(summary(None, LagTrend.UNKNOWN, [], [])).verdict is Verdict.UNKNOWN
