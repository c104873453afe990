"""Looking for messages by clicks and keys on a real cluster: every place to begin, filters, live, and one message in full."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from desktop_broker.gui.panels.messages import MessagesPanel
from desktop_broker.gui.panels.messages.detail import MessageDetail
from desktop_broker.gui.panels.messages.json_tree import JsonTree
from desktop_broker.gui.widgets import (
    Badge,
    Button,
    ComboBox,
    EmptyState,
    IconButton,
    LineEdit,
    SearchField,
    Segmented,
    Table,
    Tabs,
)
from desktop_broker.gui.widgets.inputs import TextEditor
from desktop_broker.gui.widgets.switch import Switch
from desktop_broker.kafka.model import Message, OutgoingMessage
from desktop_broker.kafka.partitioner import partition_for_key
from desktop_broker.kafka.publisher import Publisher
from tests.support.gui import find, has_text

if TYPE_CHECKING:
    from tests.gui.panels.conftest import Stage
    from tests.support.window import WindowKit

LEFT = Qt.MouseButton.LeftButton
pytestmark = [
    pytest.mark.keeps_threads("the cluster of the module serves connections"),
    pytest.mark.qt_log_ignore("^This plugin does not support (raise|grabbing)", extend=True),
]


def shown_for(stage: Stage, topic: str) -> MessagesPanel:
    panel = stage.show(MessagesPanel)
    panel.open_with(topic=topic)
    stage.until(lambda: find(panel, ComboBox, "Topic").current == topic)
    return panel


def rows(panel: MessagesPanel, name: str = "Messages") -> list[Message]:
    model = find(panel, Table, name).model()
    return [model.row_at(number) for number in range(model.rowCount())]


def badge(panel: MessagesPanel) -> str:
    (shown,) = [badge for badge in panel.findChildren(Badge) if badge.isVisible()]
    return shown.accessibleName()


def start_from(stage: Stage, panel: MessagesPanel, identity: str) -> None:
    stage.click(find(panel, Segmented, "Start from").segment(identity))


def send(stage: Stage, topic: str, message: OutgoingMessage) -> None:
    publisher = Publisher(stage.connection)
    assert publisher.send(topic, message).error is None
    publisher.close()


def test_the_newest_come_first_and_more_are_one_click_away(stage: Stage) -> None:
    panel = shown_for(stage, stage.topic(2, messages=250))
    stage.until(lambda: len(rows(panel)) == 100)
    stamps = [message.timestamp_ms or 0 for message in rows(panel)]
    assert stamps == sorted(stamps, reverse=True)
    stage.judge(panel)
    stage.until(lambda: has_text(panel, "100 found"))
    stage.until(
        lambda: any(
            button.isVisible() for button in panel.findChildren(Button) if button.text().strip() == "Older messages"
        )
    )
    stage.click(find(panel, Button, "Older messages"))
    stage.until(lambda: len(rows(panel)) == 200)
    assert len({(message.partition, message.offset) for message in rows(panel)}) == 200


def test_the_oldest_an_offset_and_one_partition(stage: Stage) -> None:
    panel = shown_for(stage, stage.topic(2, messages=60))
    start_from(stage, panel, "oldest")
    stage.until(lambda: len(rows(panel)) == 60 and has_text(panel, "60 of 60 searched"))
    assert rows(panel)[0].offset == 0
    partitions = find(panel, ComboBox, "Partitions")
    partitions.setFocus()
    stage.bot.keyClick(partitions, Qt.Key.Key_Down)
    stage.until(lambda: {message.partition for message in rows(panel)} == {0})
    start_from(stage, panel, "offset")
    offset = panel._query.offset.edit
    offset.clear()
    stage.bot.keyClicks(offset, "5")
    stage.bot.keyClick(offset, Qt.Key.Key_Return)
    stage.until(lambda: rows(panel) and rows(panel)[0].offset == 5)


def test_from_a_time(stage: Stage) -> None:
    topic = stage.topic(1)
    stage.fill(topic, 3, timestamp_ms=1_000_000_000_000)
    stage.fill(topic, 2, timestamp_ms=1_500_000_000_000)
    panel = shown_for(stage, topic)
    start_from(stage, panel, "time")
    edit = next(edit for edit in panel.findChildren(LineEdit) if edit.accessibleName().startswith("Time, "))
    edit.selectAll()
    stage.bot.keyClicks(edit, "soon")
    assert "2026-01-31" in find(panel, Button, "Show messages").toolTip()
    edit.selectAll()
    stage.bot.keyClicks(edit, "2010-01-01 00:00:00")
    stage.bot.keyClick(edit, Qt.Key.Key_Return)
    stage.until(lambda: [message.offset for message in rows(panel)] == [3, 4])


def test_a_message_is_found_by_its_key_in_its_own_partition_only(stage: Stage) -> None:
    panel = shown_for(stage, stage.topic(4, messages=1_000))
    start_from(stage, panel, "oldest")
    key = find(panel, LineEdit, "Exact key")
    stage.bot.keyClicks(key, "k-777")
    where = partition_for_key(b"k-777", 4)
    assert has_text(panel, f"This key lives in partition {where}: only that one of 4 is searched.")
    stage.bot.keyClick(key, Qt.Key.Key_Return)
    stage.until(lambda: [message.value for message in rows(panel)] == [b"value 777"])
    stage.click(find(panel, Switch, "Only the key's partition"))
    stage.until(lambda: has_text(panel, "1,000 of 1,000 searched"))
    assert [message.value for message in rows(panel)] == [b"value 777"]


def test_a_text_is_found_and_nothing_found_is_said(stage: Stage) -> None:
    panel = shown_for(stage, stage.topic(2, messages=300))
    start_from(stage, panel, "oldest")
    text = find(panel, SearchField, "Text in key, value or headers")
    stage.bot.keyClicks(text, "VALUE 29")
    stage.bot.keyClick(text, Qt.Key.Key_Return)
    stage.until(lambda: len(rows(panel)) == 11)  # 29 and 290 to 299
    stage.bot.keyClicks(text, "x")
    stage.bot.keyClick(text, Qt.Key.Key_Return)
    stage.until(lambda: has_text(panel, "No message passes the filters"))


def test_a_key_that_is_older_than_the_newest_is_not_called_absent(stage: Stage) -> None:
    panel = shown_for(stage, stage.topic(1, messages=150))
    key = find(panel, LineEdit, "Exact key")
    stage.bot.keyClicks(key, "k-5")
    stage.bot.keyClick(key, Qt.Key.Key_Return)
    stage.until(lambda: has_text(panel, "Not among the newest 100"))
    assert badge(panel) == "Older ones left"
    stage.click(find(panel, Button, "Older messages"))
    stage.until(lambda: [message.value for message in rows(panel)] == [b"value 5"])
    stage.until(lambda: badge(panel) == "Complete")


def test_live_shows_what_comes_and_stands_still_while_it_is_read(stage: Stage) -> None:
    topic = stage.topic(1, messages=5)
    panel = shown_for(stage, topic)
    start_from(stage, panel, "live")
    assert has_text(panel, "Waiting for messages")
    send(stage, topic, OutgoingMessage(key=b"a", value=b"first"))
    stage.until(lambda: [message.value for message in rows(panel, "Live messages")] == [b"first"])
    stage.fill(topic, 200)
    stage.until(lambda: len(rows(panel, "Live messages")) == 201)
    bar = find(panel, Table, "Live messages").verticalScrollBar()
    bar.setValue(bar.maximum())
    send(stage, topic, OutgoingMessage(value=b"later"))
    stage.until(lambda: any(button.text().strip() == "1 new" for button in panel.findChildren(Button)))
    assert len(rows(panel, "Live messages")) == 201
    stage.click(find(panel, Button, "1 new"))
    stage.until(lambda: rows(panel, "Live messages")[0].value == b"later")
    stage.click(find(panel, Button, "Stop"))
    stage.until(lambda: has_text(panel, "read"))


def test_one_message_in_full(stage: Stage, window_kit: WindowKit) -> None:
    topic = stage.topic(1)
    value = {
        "id": "o-1",
        "total": 612.40,
        "big": 9007199254740993,
        "customer": {"name": "김서연"},
        "items": [1, None, True],
    }
    send(
        stage,
        topic,
        OutgoingMessage(
            key=b"\xff\x00", value=json.dumps(value).encode(), headers=(("source", b"shop"), ("none", None))
        ),
    )
    panel = shown_for(stage, topic)
    stage.until(lambda: len(rows(panel)) == 1)
    table = find(panel, Table, "Messages")
    stage.bot.mouseClick(table.viewport(), LEFT, pos=QPoint(20, 10))
    detail = panel.findChild(MessageDetail)
    assert detail is not None
    stage.until(detail.isVisible)
    tree = find(detail, JsonTree, "JSON tree")
    texts = {
        tree.topLevelItem(number).text(0): tree.topLevelItem(number).text(1)
        for number in range(tree.topLevelItemCount())
    }
    assert texts["big"] == "9007199254740993"
    assert texts["total"] == "612.4"
    assert texts["items"] == "3 items"
    stage.judge(panel)
    stage.click(find(detail, Segmented, "How it is shown").segment("text"))
    assert '"name": "김서연"' in find(detail, TextEditor, "Content").toPlainText()
    stage.click(find(detail, Segmented, "How it is shown").segment("hex"))
    assert find(detail, TextEditor, "Content").toPlainText().startswith("00000000  7b 22")
    tabs = find(detail, Tabs, "Parts of the message")
    tabs.setFocus()
    stage.bot.keyClick(tabs, Qt.Key.Key_Right)
    assert "ff 00" in find(detail, TextEditor, "Content").toPlainText()
    stage.bot.keyClick(tabs, Qt.Key.Key_Right)
    assert find(detail, Table, "Headers").export("csv").splitlines()[1:] == ["source,shop", "none,"]
    stage.click(find(detail, IconButton, "Copy what is shown"))
    assert "source" in QApplication.clipboard().text()
    stage.click(find(detail, IconButton, "Publish again"))
    assert stage.navigated[-1][0] == "publish"
    assert stage.navigated[-1][1]["topic"] == topic


def test_a_tombstone_says_what_it_is(stage: Stage) -> None:
    topic = stage.topic(1)
    send(stage, topic, OutgoingMessage(key=b"gone", value=None))
    panel = shown_for(stage, topic)
    stage.until(lambda: len(rows(panel)) == 1)
    stage.bot.mouseClick(find(panel, Table, "Messages").viewport(), LEFT, pos=QPoint(20, 10))
    stage.until(lambda: has_text(panel, "A tombstone: in a compacted topic it deletes the key."))


def test_an_empty_topic_says_what_to_do(stage: Stage) -> None:
    panel = shown_for(stage, stage.topic(1))
    stage.until(lambda: has_text(panel, "No messages here"))
    assert panel.findChildren(EmptyState)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_is_cut_in_a_small_window(stage: Stage, window_kit: WindowKit, language: str) -> None:
    window_kit.languages.set_language(language)
    panel = stage.show(MessagesPanel, size=(1044, 620))
    panel.open_with(topic=stage.topic(1, messages=3))
    stage.until(lambda: panel._results.rowCount() == 3)
    stage.judge(panel)
