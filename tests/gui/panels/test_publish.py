"""Publishing by clicks and keys to a real cluster: one message, a thousand, without end, and what is refused."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_broker.gui.panels.publish import PublishPanel
from desktop_broker.gui.panels.publish.draft import Draft, JsonProblem, is_hex, json_problem
from desktop_broker.gui.panels.publish.results import ResultsCard
from desktop_broker.gui.widgets import (
    Button,
    Check,
    Chip,
    ComboBox,
    IconButton,
    LineEdit,
    NumberField,
    Segmented,
    Table,
)
from desktop_broker.gui.widgets.inputs import TextEditor
from desktop_broker.kafka.model import Message
from desktop_broker.kafka.reader import MessageScan
from desktop_broker.kafka.scan_request import FromOldest, ScanRequest
from tests.support.gui import find, has_text

if TYPE_CHECKING:
    from tests.gui.panels.conftest import Stage
    from tests.support.window import WindowKit

LEFT = Qt.MouseButton.LeftButton
pytestmark = [
    pytest.mark.keeps_threads("the cluster of the module serves connections"),
    # Said by the offscreen platform when a list of choices pops up.
    pytest.mark.qt_log_ignore("^This plugin does not support (raise|grabbing)", extend=True),
]


def shown_for(stage: Stage, topic: str) -> PublishPanel:
    panel = stage.show(PublishPanel)
    panel.open_with(topic=topic)
    assert find(panel, ComboBox, "Topic").current == topic
    return panel


def results_of(panel: PublishPanel) -> ResultsCard:
    card = panel.findChild(ResultsCard)
    assert card is not None
    return card


def lines_of(panel: PublishPanel) -> list[Any]:
    """The list of results, newest first."""
    return list(find(panel, Table, "Results").model().rows)


def stored(stage: Stage, topic: str) -> list[Message]:
    """Everything in a topic."""
    found: list[Message] = []
    done = threading.Event()
    scan = MessageScan(
        stage.connection,
        ScanRequest(topic=topic, start=FromOldest(), limit=100_000),
        found.extend,
        lambda progress: done.set() if progress.finished else None,
    )
    scan.start()
    assert done.wait(30)
    scan.join(10)
    return sorted(found, key=lambda message: (message.partition, message.offset))


def test_one_message_with_key_value_and_headers(stage: Stage, qtbot: QtBot) -> None:
    topic = stage.topic()
    panel = shown_for(stage, topic)
    key, value = find(panel, LineEdit, "Key"), find(panel, TextEditor, "Value")
    key.selectAll()
    qtbot.keyClicks(key, "customer-7")
    value.selectAll()
    qtbot.keyClicks(value, '{"id": 7}')
    stage.click(find(panel, Button, "Add a header"))
    QApplication.processEvents()
    qtbot.keyClicks(find(panel, LineEdit, "Name of header 1"), "source")
    qtbot.keyClicks(find(panel, LineEdit, "Value of header 1"), "test")
    stage.judge(panel)
    stage.click(find(panel, Button, "Send message"))
    stage.until(lambda: not results_of(panel).running)
    (message,) = stored(stage, topic)
    assert (message.key, message.value, message.headers) == (b"customer-7", b'{"id": 7}', (("source", b"test"),))
    (line,) = lines_of(panel)
    assert (line.result.partition, line.result.offset, line.key) == (message.partition, message.offset, "customer-7")


def test_a_thousand_messages_with_their_results(stage: Stage, qtbot: QtBot) -> None:
    topic = stage.topic()
    panel = shown_for(stage, topic)
    stage.click(find(panel, Segmented, "How many").segment("count"))
    assert find(panel, NumberField, "Messages").value == 1000
    qtbot.keyClick(find(panel, TextEditor, "Value"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: has_text(panel, "1,000 of 1,000 sent"))
    stage.until(lambda: not results_of(panel).running)
    stage.judge(panel)
    messages = stored(stage, topic)
    assert {message.key for message in messages} == {b"o-%d" % n for n in range(1, 1001)}
    assert {message.partition for message in messages} == {0, 1, 2}
    lines = lines_of(panel)
    assert len(lines) == 1000
    by_key = {message.key: (message.partition, message.offset) for message in messages}
    assert all(by_key[line.key.encode()] == (line.result.partition, line.result.offset) for line in lines)


def test_stop_ends_an_endless_run(stage: Stage, qtbot: QtBot) -> None:
    topic = stage.topic()
    panel = shown_for(stage, topic)
    stage.click(find(panel, Segmented, "How many").segment("endless"))
    rate = find(panel, NumberField, "Per second, at most")
    qtbot.keyClicks(rate.edit, "500")
    stage.click(find(panel, Button, "Start sending"))
    card = results_of(panel)
    stage.until(lambda: len(lines_of(panel)) > 20)
    send = find(panel, Button, "Start sending")
    assert send.toolTip() == "Messages are being sent: stop them first."
    stage.click(find(panel, Button, "Stop"))
    stage.until(lambda: not card.running)
    assert has_text(panel, "stopped")
    assert send.isEnabled()
    assert len(stored(stage, topic)) == len(lines_of(panel))


def test_round_robin_partition_and_preview(stage: Stage, qtbot: QtBot) -> None:
    topic = stage.topic()
    panel = shown_for(stage, topic)
    where = find(panel, ComboBox, "Partition")
    stage.click(find(panel, Segmented, "How many").segment("count"))
    where.setFocus()
    qtbot.keyClick(where, Qt.Key.Key_Down)
    assert where.current == "round-robin"
    for partition in range(3):
        assert has_text(panel, f"to partition {partition}")
    count = find(panel, NumberField, "Messages")
    count.edit.selectAll()
    qtbot.keyClicks(count.edit, "9")
    stage.click(find(panel, Button, "Send 9 messages"))
    stage.until(lambda: not results_of(panel).running)
    assert [message.partition for message in stored(stage, topic)] == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    for _ in range(3):
        qtbot.keyClick(where, Qt.Key.Key_Down)
    assert where.current == "2"
    stage.click(find(panel, Button, "Send 9 messages"))
    stage.until(lambda: not results_of(panel).running)
    assert [message.partition for message in stored(stage, topic)].count(2) == 12


def test_what_cannot_be_sent_says_why(stage: Stage, qtbot: QtBot) -> None:
    panel = shown_for(stage, stage.topic())
    kinds = find(panel, Segmented, "What the value is")
    send = find(panel, Button, "Send message")
    stage.click(kinds.segment("hex"))
    assert not send.isEnabled()
    assert send.toolTip() == "Hex is written as pairs of 0-9 and a-f, such as 4b 61."
    stage.click(kinds.segment("tombstone"))
    assert send.isEnabled()
    find(panel, LineEdit, "Key").clear()
    assert send.toolTip() == "A tombstone deletes a key: type the key."
    stage.click(kinds.segment("json"))
    value = find(panel, TextEditor, "Value")
    value.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(value, Qt.Key.Key_Backspace)
    assert has_text(panel, "Not JSON at line")
    assert send.isEnabled()
    stage.click(find(panel, Segmented, "How many").segment("count"))
    count = find(panel, NumberField, "Messages")
    count.edit.selectAll()
    qtbot.keyClicks(count.edit, "0")
    assert "Type a number from 1" in find(panel, Button, "Send message").toolTip()


def test_a_tombstone_and_acks(stage: Stage, qtbot: QtBot) -> None:
    topic = stage.topic()
    panel = shown_for(stage, topic)
    stage.click(find(panel, Segmented, "What the value is").segment("tombstone"))
    acks = find(panel, ComboBox, "Acknowledged by")
    acks.setFocus()
    qtbot.keyClick(acks, Qt.Key.Key_Down)
    assert acks.current == "1"
    assert not find(panel, Check, "No duplicates on retry (idempotent)").isEnabled()
    compression = find(panel, ComboBox, "Compression")
    compression.setFocus()
    qtbot.keyClicks(compression, "zstd")
    stage.click(find(panel, Button, "Send message"))
    stage.until(lambda: not results_of(panel).running)
    (message,) = stored(stage, topic)
    assert (message.key, message.value) == (b"o-1", None)


def test_a_vanished_topic_is_told_and_nothing_is_lost(stage: Stage, qtbot: QtBot) -> None:
    topic = stage.topic()
    panel = shown_for(stage, topic)
    stage.feeds.paused = True
    stage.connection.delete_topics([topic])
    stage.click(find(panel, Button, "Send message"))
    stage.until(lambda: not results_of(panel).running)
    assert has_text(panel, topic)
    assert find(panel, TextEditor, "Value").toPlainText().startswith("{")
    assert find(panel, Button, "Send message").isEnabled()


def test_the_counter_is_put_in_where_the_caret_was(stage: Stage, qtbot: QtBot) -> None:
    panel = shown_for(stage, stage.topic())
    key = find(panel, LineEdit, "Key")
    key.clear()
    key.setFocus()
    stage.click(find(panel, Chip, "counter"))
    assert key.text() == "{{counter}}"
    value = find(panel, TextEditor, "Value")
    value.clear()
    qtbot.mouseClick(value.viewport(), LEFT)
    stage.click(find(panel, Chip, "counter"))
    assert value.toPlainText() == "{{counter}}"


def test_a_message_from_another_panel_is_filled_in(stage: Stage) -> None:
    panel = shown_for(stage, stage.topic())
    panel.open_with(key=b"k", value=b"\xff\x00", headers=(("h", b"1"), ("n", None)))
    assert find(panel, Segmented, "What the value is").current == "hex"
    assert find(panel, TextEditor, "Value").toPlainText() == "ff 00"
    QApplication.processEvents()
    assert find(panel, LineEdit, "Value of header 1").text() == "1"
    stage.click(find(panel, IconButton, "Remove header 2"))
    panel.open_with(value=b"plain")
    assert find(panel, Segmented, "What the value is").current == "text"
    panel.open_with(key=b"gone", value=None)
    assert find(panel, Segmented, "What the value is").current == "tombstone"
    assert not find(panel, TextEditor, "Value").isEnabled()
    panel.open_with(key=b"\xff", value=b"plain")
    assert find(panel, LineEdit, "Key").text() == ""
    assert stage.said("not text")


def test_a_run_ends_with_its_panel(stage: Stage, qtbot: QtBot) -> None:
    topic = stage.topic()
    panel = shown_for(stage, topic)
    stage.click(find(panel, Segmented, "How many").segment("endless"))
    stage.click(find(panel, Button, "Start sending"))
    stage.until(lambda: len(lines_of(panel)) > 0)
    sending = [thread for thread in threading.enumerate() if thread.name.startswith(f"publish/{topic}")]
    assert len(sending) == 1
    stage.panel = None
    panel.close()
    panel.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    sending[0].join(20)
    assert not sending[0].is_alive()


@pytest.mark.parametrize("size", [(1230, 820), (1040, 620)])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_is_cut(stage: Stage, window_kit: WindowKit, size: tuple[int, int], language: str) -> None:
    window_kit.languages.set_language(language)
    topic = stage.topic()
    panel = stage.show(PublishPanel, size)
    panel.open_with(topic=topic)
    for mode in ("once", "endless", "count"):
        panel.findChildren(Segmented)[1].segment(mode).click()
        stage.judge(panel)


def test_drafts() -> None:
    draft = Draft(key="k-{{counter}}", value='{"n": {{counter}}}', kind="json", headers=(("h", "{{counter}}"),))
    message = draft.message(4)
    assert (message.key, message.value, message.headers) == (b"k-5", b'{"n": 5}', (("h", b"5"),))
    assert draft.key_text(4) == "k-5"
    assert Draft(key="", value="x", kind="tombstone").message(0).value is None
    assert Draft(key="", value="00 ff", kind="hex").message(0).value == b"\x00\xff"
    assert json_problem('{"n": {{counter}}}') is None
    assert json_problem('{\n "n": }') == JsonProblem(2, 7)
    assert is_hex("4b 61")
    assert not is_hex("4b 6")
