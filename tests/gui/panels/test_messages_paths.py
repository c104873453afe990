"""Messages off the straight way: changing one's mind, coming back, other topics, keys that are no text, and what goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt

from desktop_broker.gui.i18n import format_time
from desktop_broker.gui.panels.messages import MessagesPanel
from desktop_broker.gui.panels.messages.query import moment_ms, numbers_in
from desktop_broker.gui.settings import WindowSettings
from desktop_broker.gui.widgets import Button, ComboBox, LineEdit, SearchField, Segmented, Table
from desktop_broker.kafka.model import Message, OutgoingMessage
from desktop_broker.kafka.partitioner import partition_for_key
from desktop_broker.kafka.publisher import Publisher
from tests.support.gui import assert_accessible, find, has_text
from tests.support.window import StillFeeds, still_context

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.gui.panels.conftest import Stage
    from tests.support.window import WindowKit

LEFT = Qt.MouseButton.LeftButton
pytestmark = [
    pytest.mark.keeps_threads("the cluster of the module serves connections"),
    pytest.mark.qt_log_ignore("^This plugin does not support (raise|grabbing)", extend=True),
]


def rows(panel: MessagesPanel, name: str = "Messages") -> list[Message]:
    model = find(panel, Table, name).model()
    return [model.row_at(number) for number in range(model.rowCount())]


def values(panel: MessagesPanel, name: str = "Messages") -> list[bytes | None]:
    return [message.value for message in rows(panel, name)]


def shown_for(stage: Stage, **arguments: object) -> MessagesPanel:
    panel = stage.show(MessagesPanel)
    panel.open_with(**arguments)
    return panel


def start_from(stage: Stage, panel: MessagesPanel, identity: str) -> None:
    stage.click(find(panel, Segmented, "Start from").segment(identity))


def send(stage: Stage, topic: str, *messages: OutgoingMessage) -> None:
    publisher = Publisher(stage.connection)
    assert [publisher.send(topic, message).error for message in messages] == [None] * len(messages)
    publisher.close()


def choose(stage: Stage, panel: MessagesPanel, name: str, text: str) -> None:
    """Choose in a list by the keyboard: its first choice, then down to the one with this text."""
    box = find(panel, ComboBox, name)
    box.setFocus()
    stage.bot.keyClick(box, Qt.Key.Key_Home)
    while box.currentText() != text:
        before = box.currentIndex()
        stage.bot.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() == before + 1, f"there is no {text!r}"


def test_what_comes_live_stays_in_the_live_list_while_another_start_is_typed(stage: Stage) -> None:
    topic = stage.topic(1, messages=3)
    panel = shown_for(stage, topic=topic)
    start_from(stage, panel, "live")
    stage.until(lambda: has_text(panel, "0 read"))
    start_from(stage, panel, "offset")
    send(stage, topic, OutgoingMessage(value=b"while typing"))
    stage.until(lambda: values(panel, "Live messages") == [b"while typing"])
    stage.click(find(panel, Button, "Show messages"))
    stage.until(lambda: len(rows(panel)) == 4)


def test_a_live_message_that_was_chosen_stays_where_it_is(stage: Stage) -> None:
    topic = stage.topic(1)
    panel = shown_for(stage, topic=topic)
    start_from(stage, panel, "live")
    stage.until(lambda: has_text(panel, "0 read"))
    send(stage, topic, OutgoingMessage(value=b"one"))
    stage.until(lambda: values(panel, "Live messages") == [b"one"])
    table = find(panel, Table, "Live messages")
    stage.bot.mouseClick(table.viewport(), LEFT, pos=QPoint(20, 10))
    send(stage, topic, OutgoingMessage(value=b"two"))
    stage.until(lambda: any(button.text().strip() == "1 new" for button in panel.findChildren(Button)))
    assert values(panel, "Live messages") == [b"one"]
    stage.judge(panel)
    stage.click(find(panel, Button, "1 new"))
    assert values(panel, "Live messages") == [b"two", b"one"]


def test_who_comes_back_finds_what_was_there_and_live_goes_on(stage: Stage) -> None:
    topic = stage.topic(1)
    panel = shown_for(stage, topic=topic)
    start_from(stage, panel, "live")
    stage.until(lambda: has_text(panel, "0 read"))
    send(stage, topic, OutgoingMessage(value=b"before"))
    stage.until(lambda: values(panel, "Live messages") == [b"before"])
    panel.hide()
    with stage.bot.waitExposed(panel):
        panel.show()
    stage.until(lambda: has_text(panel, "0 read"))
    send(stage, topic, OutgoingMessage(value=b"after"))
    stage.until(lambda: values(panel, "Live messages") == [b"after", b"before"])


def test_the_limit_is_told_and_reading_goes_on_from_there(stage: Stage) -> None:
    panel = shown_for(stage, topic=stage.topic(1, messages=150))
    start_from(stage, panel, "oldest")
    stage.until(lambda: has_text(panel, "stopped at offset 100 of partition 0"))
    assert [message.offset for message in rows(panel)] == list(range(100))
    stage.judge(panel)
    stage.click(find(panel, Button, "Continue"))
    stage.until(lambda: [message.offset for message in rows(panel)] == list(range(150)))


def test_a_stopped_search_says_where_and_goes_on(stage: Stage) -> None:
    panel = shown_for(stage, topic=stage.topic(1, messages=2_000))
    stage.until(lambda: len(rows(panel)) == 100)
    choose(stage, panel, "How many", "at most 10,000")
    start_from(stage, panel, "oldest")
    stage.click(find(panel, Button, "Stop"))  # in the same breath: the search has not come far
    stage.until(lambda: has_text(panel, "stopped at offset "))
    offsets = [message.offset for message in rows(panel)]
    assert offsets == list(range(len(offsets)))
    assert has_text(panel, f"stopped at offset {len(offsets):,} of partition 0")
    stage.click(find(panel, Button, "Continue"))
    stage.until(lambda: [message.offset for message in rows(panel)] == list(range(2_000)))


def test_some_partitions(stage: Stage) -> None:
    topic = stage.topic(4)
    for partition in range(4):
        stage.fill(topic, 2, partition=partition)
    panel = shown_for(stage, topic=topic)
    stage.until(lambda: len(rows(panel)) == 8)
    choose(stage, panel, "Partitions", "Some partitions")
    which, show = find(panel, LineEdit, "Which partitions"), find(panel, Button, "Show messages")
    assert show.toolTip() == "Write the partitions like 0, 2-4; the last is 3."
    stage.bot.keyClicks(which, "0, 2-9")
    assert not show.isEnabled()
    stage.bot.keyClick(which, Qt.Key.Key_Backspace)
    stage.bot.keyClicks(which, "3")
    stage.judge(panel)
    stage.bot.keyClick(which, Qt.Key.Key_Return)
    stage.until(lambda: len(rows(panel)) == 6)
    assert {message.partition for message in rows(panel)} == {0, 2, 3}


def test_a_key_outside_of_the_chosen_partitions_is_told(stage: Stage) -> None:
    panel = shown_for(stage, topic=stage.topic(2, messages=10))
    where = partition_for_key(b"k-1", 2)
    stage.until(lambda: len(rows(panel)) == 10)
    choose(stage, panel, "Partitions", f"Partition {1 - where}")
    stage.bot.keyClicks(find(panel, LineEdit, "Exact key"), "k-1")
    assert has_text(panel, f"This key lives in partition {where}, which is not chosen.")


def test_another_topic_begins_with_all_its_partitions(stage: Stage) -> None:
    small, large = stage.topic(1, messages=4), stage.topic(6)
    stage.fill(large, 3, partition=5)
    panel = shown_for(stage, topic=large, partition=5)
    stage.until(lambda: len(rows(panel)) == 3)
    assert find(panel, ComboBox, "Partitions").current == "5"
    choose(stage, panel, "Topic", small)
    stage.until(lambda: len(rows(panel)) == 4)
    assert find(panel, ComboBox, "Partitions").currentText() == "All partitions"


def test_a_key_that_is_no_text_is_found_and_the_next_visit_begins_anew(stage: Stage) -> None:
    topic = stage.topic(3, messages=20)
    send(stage, topic, OutgoingMessage(key=b"\xff\x00", value=b"binary"))
    panel = shown_for(stage, topic=topic, key=b"\xff\x00")
    stage.until(lambda: values(panel) == [b"binary"])
    assert find(panel, LineEdit, "Exact key").text() == "ff 00"
    stage.judge(panel)
    panel.open_with(topic=topic)
    stage.until(lambda: len(rows(panel)) == 21)
    assert find(panel, LineEdit, "Exact key").text() == ""


def test_a_visit_to_an_offset_and_to_a_time(stage: Stage) -> None:
    topic = stage.topic(1)
    for moment in (1_500_000_000_000, 1_600_000_000_123, 1_700_000_000_000):
        stage.fill(topic, 1, timestamp_ms=moment)
    panel = shown_for(stage, topic=topic, offset=1)
    stage.until(lambda: [message.offset for message in rows(panel)] == [1, 2])
    panel.open_with(topic=topic, time_ms=1_600_000_000_124)
    stage.until(lambda: [message.offset for message in rows(panel)] == [2])
    edit = next(edit for edit in panel.findChildren(LineEdit) if edit.accessibleName().startswith("Time, "))
    assert edit.text() == format_time(1_600_000_000_124, date=True)
    assert moment_ms(edit.text()) == 1_600_000_000_124


def test_a_topic_that_is_gone_is_told_in_a_sentence(stage: Stage) -> None:
    topic, other = stage.topic(1, messages=2), stage.topic(1, messages=1)
    panel = shown_for(stage, topic=topic)
    stage.until(lambda: len(rows(panel)) == 2)
    stage.connection.delete_topics([topic])
    panel.refresh()
    stage.until(lambda: has_text(panel, f"There is no topic '{topic}'"))
    assert not rows(panel)
    stage.until(lambda: topic not in [known.name for known in stage.feeds.topics])
    panel.open_with(topic=topic)
    stage.until(lambda: stage.said(f"There is no topic {topic} any more."))
    assert other in [known.name for known in stage.feeds.topics]


def test_publish_opens_for_the_topic(stage: Stage) -> None:
    topic = stage.topic(1)
    panel = shown_for(stage, topic=topic)
    stage.until(lambda: find(panel, ComboBox, "Topic").current == topic)
    stage.click(find(panel, Button, "Publish"))
    assert stage.navigated == [("publish", {"topic": topic})]


def test_find_within_a_message_marks_what_is_not_there(stage: Stage) -> None:
    topic = stage.topic(1)
    send(stage, topic, OutgoingMessage(value=b'{"a":1,"b":{"a":2}}'))
    panel = shown_for(stage, topic=topic)
    stage.until(lambda: len(rows(panel)) == 1)
    stage.bot.mouseClick(find(panel, Table, "Messages").viewport(), LEFT, pos=QPoint(20, 10))
    search = find(panel, SearchField, "Find in this message")
    stage.bot.keyClicks(search, "a")
    assert not search.toolTip()
    stage.bot.keyClicks(search, "zz")
    assert search.toolTip() == "It is not in what is shown."


def test_without_any_topic_it_says_what_to_do(settings: WindowSettings, qtbot: QtBot) -> None:
    panel = MessagesPanel(still_context(settings, StillFeeds()))
    qtbot.addWidget(panel)
    panel.resize(1200, 700)
    with qtbot.waitExposed(panel):
        panel.show()
    assert has_text(panel, "Create one in Topics, then publish to it.")
    assert find(panel, Button, "Show messages").toolTip() == "Choose a topic."
    assert find(panel, Button, "Publish").toolTip() == "There is no topic yet."
    assert_accessible(panel)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_control_at_once_fits_in_a_small_window(stage: Stage, window_kit: WindowKit, language: str) -> None:
    window_kit.languages.set_language(language)
    topic = stage.topic(4, messages=3)
    panel = stage.show(MessagesPanel, size=(1044, 620))
    panel.open_with(topic=topic, time_ms=1_600_000_000_124, key=b"k-1")
    (table,) = [table for table in panel.findChildren(Table) if table.isVisibleTo(panel)]
    stage.until(lambda: table.model().rowCount() == 1)
    box = next(box for box in panel.findChildren(ComboBox) if box.findData("some") >= 0)
    box.setFocus()
    stage.bot.keyClick(box, Qt.Key.Key_End)
    assert box.current == "some"
    stage.bot.mouseClick(table.viewport(), LEFT, pos=QPoint(20, 10))
    stage.judge(panel)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0", (0,)),
        ("0, 2-4", (0, 2, 3, 4)),
        ("3 1,1", (1, 3)),
        ("5", None),
        ("4-2", None),
        ("1-", None),
        ("-1", None),
        ("a", None),
        ("", None),
        ("0-99999999999999999999", None),
    ],
)
def test_a_list_of_partitions(text: str, numbers: tuple[int, ...] | None) -> None:
    assert numbers_in(text, 5) == numbers
