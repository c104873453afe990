"""Topics by clicks and keys on a real cluster: the form, growing, settings, emptying and deleting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop_broker.common.config import TOPIC_KEYS
from desktop_broker.common.types import TopicPartition
from desktop_broker.gui.panels.topics import TopicsPanel
from desktop_broker.gui.panels.topics.config_table import ConfigEditor
from desktop_broker.gui.panels.topics.create_dialog import CreateTopicDialog
from desktop_broker.gui.panels.topics.detail import TopicDetail
from desktop_broker.gui.panels.topics.form import TopicDefaults
from desktop_broker.gui.panels.topics.grow_dialog import GrowDialog
from desktop_broker.gui.widgets import Button, ConfirmDialog, IconButton, NumberField, Switch, Table
from desktop_broker.kafka.errors import ClusterError
from desktop_broker.kafka.model import ConfigEntry, ConfigSource
from tests.support.gui import find, has_text, trigger

if TYPE_CHECKING:
    from tests.gui.panels.conftest import Stage
    from tests.support.window import WindowKit

pytestmark = [
    pytest.mark.keeps_threads("the cluster of the module serves connections"),
    # Said by the offscreen platform when a list of proposals or a menu pops up.
    pytest.mark.qt_log_ignore("^This plugin does not support (raise|grabbing)", extend=True),
]


def open_form(stage: Stage, panel: TopicsPanel) -> CreateTopicDialog:
    stage.click(find(panel, Button, "Create topic"))
    form = stage.dialog(CreateTopicDialog)
    stage.until(lambda: stage.jobs.busy == 0)
    return form


def chosen(stage: Stage, panel: TopicsPanel, name: str) -> TopicDetail:
    stage.choose_row(find(panel, Table, "Topics"), name)
    detail = panel.findChild(TopicDetail)
    assert detail is not None
    assert detail.isVisible()
    assert detail.topic == name
    return detail


def choose_action(stage: Stage, detail: TopicDetail, text: str) -> None:
    stage.click(find(detail, IconButton, "More actions"))
    menu = detail.menu
    stage.until(menu.isVisible)
    trigger(menu.actions(), text)
    menu.close()


def configs_of(stage: Stage, topic: str) -> dict[str, ConfigEntry]:
    return {entry.name: entry for entry in stage.connection.topic_configs(topic)}


def test_what_is_wrong_is_said_beside_each_field(stage: Stage, qtbot: QtBot) -> None:
    taken = stage.topic()
    panel = stage.show(TopicsPanel)
    form = open_form(stage, panel)
    create = find(form, Button, "Create topic")
    assert create.toolTip() == "Type a name."

    qtbot.keyClicks(form.name, "order events")
    assert form.name_field.error == "A name has letters, digits, dots, dashes and underscores, not a space."
    assert not create.isEnabled()
    assert create.toolTip() == form.name_field.error
    stage.judge(form)

    form.name.clear()
    qtbot.keyClicks(form.name, taken)
    assert form.name_field.error == "There is a topic of this name already."

    form.name.clear()
    qtbot.keyClicks(form.name, "order.events")
    assert form.name_field.error == ""
    assert form.name_field.line == "This name is free."
    assert create.isEnabled()

    qtbot.mouseDClick(form.replication.edit, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(form.replication.edit, "4")
    assert form.replication_field.error == "Each replica needs a broker of its own, and only 3 run."
    assert not create.isEnabled()
    qtbot.keyClick(form.replication.edit, Qt.Key.Key_Backspace)
    assert form.replication_field.error == "Type a whole number."
    qtbot.keyClicks(form.replication.edit, "2")
    assert form.replication_field.error == ""

    qtbot.mouseDClick(form.min_in_sync.edit, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(form.min_in_sync.edit, "3")
    assert form.min_in_sync_field.error == "A partition has only 2 replicas."
    assert form.name.text() == "order.events"


def test_the_form_opens_with_the_brokers_defaults(stage: Stage) -> None:
    stage.engine.set_config("num.partitions", "5")
    stage.engine.set_config("min.insync.replicas", "2")
    try:
        form = open_form(stage, stage.show(TopicsPanel))
        assert form.partitions.value == 5
        assert form.replication.value == 3
        assert form.min_in_sync.value == 2
        assert form.retention.value == 7 * 86_400_000
        assert form.topic().configs == {}
    finally:
        stage.engine.set_config("num.partitions", None)
        stage.engine.set_config("min.insync.replicas", None)


def test_a_topic_is_made_by_clicks_and_seen_in_the_list(stage: Stage, qtbot: QtBot) -> None:
    panel = stage.show(TopicsPanel)
    form = open_form(stage, panel)
    qtbot.keyClicks(form.name, "made.by.clicks")
    for _ in range(3):
        qtbot.mouseClick(find(form.partitions, IconButton, "More"), Qt.MouseButton.LeftButton)
    assert form.partitions.value == 4
    stage.click(find(form, Button, "Add a setting"))
    qtbot.keyClicks(form.extra.search, "message.timestamp.type")
    qtbot.keyClick(form.extra.search, Qt.Key.Key_Return)
    assert form.extra.values() == {"message.timestamp.type": "CreateTime"}
    stage.judge(form)
    stage.click(find(form, Button, "Create topic"))
    detail = panel.findChild(TopicDetail)
    assert detail is not None
    stage.until(lambda: detail.topic == "made.by.clicks")
    assert stage.said("made.by.clicks was created.")
    made = stage.connection.topic("made.by.clicks")
    assert (len(made.partitions), made.replication_factor) == (4, 3)
    assert not configs_of(stage, "made.by.clicks")["message.timestamp.type"].is_default
    stage.judge(panel)


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_enter_creates(stage: Stage, qtbot: QtBot, modifier: Qt.KeyboardModifier) -> None:
    panel = stage.show(TopicsPanel)
    form = open_form(stage, panel)
    name = f"by-enter-{'ctrl' if modifier else 'plain'}"
    qtbot.keyClicks(form.name, name)
    with qtbot.waitSignal(form.created, timeout=20_000):
        qtbot.keyClick(form.name, Qt.Key.Key_Return, modifier)
    assert stage.connection.topic(name).name == name


def test_presets_fill_the_form_and_keep_what_was_added(stage: Stage, qtbot: QtBot) -> None:
    form = open_form(stage, stage.show(TopicsPanel))
    stage.click(find(form, Button, "Add a setting"))
    qtbot.keyClicks(form.extra.search, "flush.ms")
    qtbot.keyClick(form.extra.search, Qt.Key.Key_Return)
    qtbot.mouseClick(form.presets.tile("table"), Qt.MouseButton.LeftButton)
    assert form.topic().configs["cleanup.policy"] == "compact"
    assert form.topic().configs["retention.ms"] == "-1"
    qtbot.keyClick(form.presets.tile("table"), Qt.Key.Key_Down)
    assert form.presets.current == "throwaway"
    assert set(form.extra.values()) == {"flush.ms", "segment.ms"}
    assert form.topic().configs["retention.ms"] == "3600000"


def test_a_refusal_loses_nothing(stage: Stage, qtbot: QtBot) -> None:
    panel = stage.show(TopicsPanel)
    form = open_form(stage, panel)
    qtbot.keyClicks(form.name, "meanwhile")
    stage.connection.create_topic("meanwhile", 1, 1)  # somebody else is faster
    stage.click(find(form, Button, "Create topic"))
    stage.until(lambda: form.name_field.error)
    assert "already" in form.name_field.error
    assert form.name.text() == "meanwhile"
    qtbot.keyClicks(form.name, "2")
    assert form.name_field.error == ""
    with qtbot.waitSignal(form.created, timeout=20_000):
        stage.click(find(form, Button, "Create topic"))


def test_partitions_grow_and_never_shrink(stage: Stage, qtbot: QtBot) -> None:
    name = stage.topic(2)
    panel = stage.show(TopicsPanel)
    detail = chosen(stage, panel, name)
    choose_action(stage, detail, "Add partitions…")
    dialog = stage.dialog(GrowDialog)
    number = find(dialog, NumberField, "Partitions in all")
    assert number.value == 3
    number.edit.selectAll()
    qtbot.keyClicks(number.edit, "1")
    assert dialog.field.error == "A topic can grow but never shrink: messages and the order of keys would be lost."
    assert not find(dialog, Button, "Add partitions").isEnabled()
    stage.judge(dialog)
    number.edit.selectAll()
    qtbot.keyClicks(number.edit, "5")
    stage.click(find(dialog, Button, "Add partitions"))
    stage.until(lambda: any(t.name == name and t.partitions == 5 for t in stage.feeds.topics))
    assert len(stage.connection.topic(name).partitions) == 5
    with pytest.raises(ClusterError):
        stage.connection.create_partitions(name, 2)


def test_a_setting_is_changed_and_given_back(stage: Stage, qtbot: QtBot) -> None:
    name = stage.topic()
    panel = stage.show(TopicsPanel)
    detail = chosen(stage, panel, name)
    stage.until(lambda: has_text(detail, "7 days"))
    stage.click(find(detail, Button, f"All {len(TOPIC_KEYS)}"))
    table = find(detail, Table, "Settings of the topic")
    stage.choose_row(table, "retention.ms")
    stage.judge(panel)
    stage.click(find(detail, Button, "Change…"))
    editor = stage.dialog(ConfigEditor)
    editor.value.selectAll()
    qtbot.keyClicks(editor.value, "soon")
    assert editor.field.error
    assert not find(editor, Button, "Save").isEnabled()
    stage.judge(editor)
    editor.value.selectAll()
    qtbot.keyClicks(editor.value, "60000")
    with qtbot.waitSignal(editor.accepted, timeout=20_000):
        qtbot.keyClick(editor.value, Qt.Key.Key_Return)
    assert configs_of(stage, name)["retention.ms"].value == "60000"
    stage.until(lambda: any(e.name == "retention.ms" and e.value == "60000" for e in table.model().shown))

    stage.choose_row(table, "retention.ms")
    stage.click(find(detail, Button, "Change…"))
    editor = stage.dialog(ConfigEditor)
    with qtbot.waitSignal(editor.accepted, timeout=20_000):
        stage.click(find(editor, Button, "Back to default"))
    assert configs_of(stage, name)["retention.ms"].source is not ConfigSource.TOPIC


def test_a_topic_is_emptied_and_deleted(stage: Stage, qtbot: QtBot) -> None:
    name = stage.topic(messages=120)
    panel = stage.show(TopicsPanel)
    detail = chosen(stage, panel, name)
    choose_action(stage, detail, "Delete all messages…")
    question = stage.dialog(ConfirmDialog)
    stage.judge(question)
    stage.click(find(question, Button, "Delete messages"))
    stage.until(lambda: any(t.name == name and t.messages == 0 for t in stage.feeds.topics))
    assert stage.said(f"{name} is empty now.")

    stage.fill(name, 7)
    stage.feeds.refresh_now()
    stage.until(lambda: any(t.name == name and t.messages == 7 for t in stage.feeds.topics))
    stage.click(find(detail, Button, "Delete…"))
    question = stage.dialog(ConfirmDialog)
    delete = find(question, QPushButton, "Delete topic")
    assert not delete.isEnabled()
    word = find(question, QLineEdit, f"Type {name} to go ahead")
    qtbot.keyClicks(word, name)
    stage.click(delete)
    stage.until(lambda: all(t.name != name for t in stage.feeds.topics))
    assert not detail.isVisible()
    assert stage.said(f"{name} was deleted.")


def test_internal_topics_are_shown_on_request_and_kept(stage: Stage) -> None:
    name = stage.topic()
    stage.connection.set_group_offsets("somebody", {TopicPartition(name, 0): 0})
    panel = stage.show(TopicsPanel)
    stage.until(lambda: any(topic.internal for topic in stage.feeds.topics))
    table = find(panel, Table, "Topics")
    assert all(not topic.internal for topic in table.model().shown)
    stage.click(find(panel, Switch, "Internal topics"))
    detail = chosen(stage, panel, "__consumer_offsets")
    assert find(detail, Button, "Delete…").toolTip() == "Kafka needs its internal topics."


def test_buttons_lead_to_the_other_panels(stage: Stage) -> None:
    name = stage.topic()
    panel = stage.show(TopicsPanel)
    detail = chosen(stage, panel, name)
    stage.click(find(detail, Button, "Messages"))
    stage.click(find(detail, Button, "Publish"))
    assert stage.navigated == [("messages", {"topic": name}), ("publish", {"topic": name})]
    stage.click(find(detail, IconButton, "Close"))
    assert not detail.isVisible()
    panel.open_with(topic=name)
    assert detail.topic == name
    assert detail.isVisible()


@pytest.mark.parametrize("size", [(1230, 820), (1040, 620)])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_is_cut(stage: Stage, window_kit: WindowKit, size: tuple[int, int], language: str) -> None:
    window_kit.languages.set_language(language)
    name = stage.topic(messages=10)
    panel = stage.show(TopicsPanel, size)
    panel.open_with(topic=name)
    stage.judge(panel)
    panel.open_create_dialog()
    form = stage.dialog(CreateTopicDialog)
    form.name.setText("a name")
    form.replication.set_value(9)
    stage.judge(form)


def test_defaults_are_read_from_the_finest_unit() -> None:
    def entry(name: str, value: str | None) -> ConfigEntry:
        return ConfigEntry(name=name, value=value, source=ConfigSource.STATIC)

    assert TopicDefaults.of_broker([]) == TopicDefaults()
    found = TopicDefaults.of_broker(
        [entry("log.retention.ms", None), entry("log.retention.minutes", "10"), entry("log.retention.hours", "168")]
    )
    assert found.retention_ms == 600_000
    assert TopicDefaults.of_broker([entry("log.retention.ms", "-1")]).retention_ms == -1
