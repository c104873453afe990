from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_broker.gui.widgets import (
    Badge,
    Button,
    Callout,
    Card,
    Check,
    Chip,
    CodeBlock,
    ComboBox,
    ElidedLabel,
    EmptyState,
    Field,
    IconButton,
    Label,
    Legend,
    LineEdit,
    Meter,
    NumberField,
    PageHeader,
    ProgressRow,
    SearchField,
    Segmented,
    Sparkline,
    Switch,
    Tabs,
    TextEditor,
    column,
    row,
)
from tests.support.gui import assert_accessible, assert_no_cut_text, find, has_text
from tests.support.window import WindowKit

W = TypeVar("W", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton
STARTS = [("newest", "Newest"), ("oldest", "Oldest"), ("live", "Live")]
UNITS = [("ms", "ms", 1), ("h", "hours", 3_600_000), ("d", "days", 86_400_000)]


def show(qtbot: QtBot, widget: W) -> W:
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


def test_segmented_by_mouse_and_arrows(qtbot: QtBot) -> None:
    control = show(qtbot, Segmented(STARTS, "newest", name="Start from"))
    heard: list[str] = []
    control.changed.connect(heard.append)
    qtbot.mouseClick(control.segment("oldest"), LEFT)
    qtbot.keyClick(control.segment("oldest"), Qt.Key.Key_Right)
    assert control.segment("live").hasFocus()
    qtbot.keyClick(control.segment("live"), Qt.Key.Key_Right)
    assert heard == ["oldest", "live"]
    control.choose("newest")
    assert (control.current, heard) == ("newest", ["oldest", "live"])


def test_segmented_skips_what_is_switched_off(qtbot: QtBot) -> None:
    control = show(qtbot, Segmented(STARTS, "newest", name="Start from"))
    control.set_choice_enabled("oldest", "The topic is empty")
    control.segment("newest").setFocus()
    qtbot.keyClick(control.segment("newest"), Qt.Key.Key_Right)
    assert control.current == "live"
    assert control.segment("oldest").toolTip() == "The topic is empty"


@pytest.mark.parametrize("kind", [Switch, Check])
def test_toggles_by_mouse_and_space(qtbot: QtBot, kind: type[Switch] | type[Check]) -> None:
    control = show(qtbot, kind("Internal topics"))
    heard: list[bool] = []
    control.toggled.connect(heard.append)
    qtbot.mouseClick(control, LEFT)
    control.setFocus()
    qtbot.keyClick(control, Qt.Key.Key_Space)
    assert heard == [True, False]


def test_focus_is_seen(qtbot: QtBot) -> None:
    first, second = Switch("First"), Switch("Second")
    window = QWidget()
    window.setLayout(column(first, second))
    show(qtbot, window)
    first.setFocus()
    focused = first.grab().toImage()
    second.setFocus()
    assert first.grab().toImage() != focused


def test_chip_is_removed_by_its_cross_and_by_delete(qtbot: QtBot) -> None:
    chip = show(qtbot, Chip("REFUNDED", label="value.status =", removable=True))
    heard: list[str] = []
    chip.removed.connect(lambda: heard.append("removed"))
    chip.clicked.connect(lambda: heard.append("clicked"))
    qtbot.mouseClick(chip, LEFT, pos=QPoint(30, 14))
    qtbot.mouseClick(chip, LEFT, pos=QPoint(chip.width() - 14, 14))
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert heard == ["clicked", "removed", "removed"]
    assert chip.accessibleName() == "value.status = REFUNDED"


def test_tabs_by_mouse_and_keys(qtbot: QtBot) -> None:
    tabs = show(qtbot, Tabs([("a", "Partitions"), ("b", "Config"), ("c", "Groups")], name="Topic"))
    tabs.resize(400, 36)
    heard: list[str] = []
    tabs.changed.connect(heard.append)
    qtbot.mouseClick(tabs, LEFT, pos=tabs.tabRect(2).center())
    tabs.setFocus()
    qtbot.keyClick(tabs, Qt.Key.Key_Left)
    assert heard == ["c", "b"]
    assert tabs.current == "b"


def test_a_disabled_button_says_why_and_its_tip_comes_back(qtbot: QtBot) -> None:
    button = Button("Reset offsets", "rewind", tip="Move the group")
    qtbot.addWidget(button)
    button.set_disabled_because("The group is running")
    assert (button.isEnabled(), button.toolTip()) == (False, "The group is running")
    button.set_disabled_because("")
    assert (button.isEnabled(), button.toolTip()) == (True, "Move the group")


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [("7", "d", 604_800_000), ("1,500", "ms", 1500), ("", "ms", None), ("9223372036854775807", "ms", 2**63 - 1)],
)
def test_number_field_multiplies_by_its_unit(qtbot: QtBot, typed: str, unit: str, value: int | None) -> None:
    field = show(qtbot, NumberField(name="Keep for", units=UNITS, unit=unit))
    qtbot.keyClicks(field.edit, typed)
    assert (field.value, field.problem) == (value, "")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("seven", "Type a whole number."),
        ("1.5", "Type a whole number."),
        ("0", "Type a number from 1 to 1,000."),
        ("1001", "Type a number from 1 to 1,000."),
        ("\u0661", "Type a whole number."),
        ("9" * 30, "Type a whole number."),
    ],
)
def test_number_field_says_what_is_wrong(qtbot: QtBot, typed: str, problem: str) -> None:
    field = show(qtbot, NumberField(name="Partitions", low=1, high=1000))
    field.edit.setText(typed)  # keyClicks cannot type digits beyond Latin-1
    assert (field.value, field.problem) == (None, problem)


def test_number_field_shows_a_value_in_its_largest_whole_unit(qtbot: QtBot) -> None:
    field = show(qtbot, NumberField(604_800_000, name="Keep for", units=UNITS))
    assert (field.edit.text(), field.units.current) == ("7", "d")
    field.set_value(5_400_000)
    assert (field.edit.text(), field.units.current, field.value) == ("5400000", "ms", 5_400_000)


def test_number_field_steps_by_key_and_button_within_its_range(qtbot: QtBot) -> None:
    field = show(qtbot, NumberField(2, name="Replicas", low=1, high=3, stepper=True))
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.value == 3
    for _ in range(4):
        qtbot.mouseClick(find(field, IconButton, "Less"), LEFT)
    assert field.value == 1


def test_field_puts_an_error_where_the_help_was(qtbot: QtBot) -> None:
    edit = LineEdit()
    field = show(qtbot, Field("Name", edit, "Letters and digits"))
    assert edit.accessibleName() == "Name"
    field.set_error("Spaces are not allowed.")
    assert (field.error, field.line, edit.accessibleDescription()) == ("Spaces are not allowed.",) * 3
    field.set_note("ok", "This name is free.")
    assert (field.error, field.line) == ("", "This name is free.")
    field.set_error("")
    assert field.line == "Letters and digits"


def test_search_waits_for_the_last_key_and_answers_enter_and_escape_at_once(qtbot: QtBot) -> None:
    field = show(qtbot, SearchField("Filter topics"))
    heard: list[str] = []
    field.searched.connect(heard.append)
    qtbot.keyClicks(field, "ord")
    assert heard == []
    qtbot.waitUntil(lambda: heard == ["ord"])
    qtbot.keyClicks(field, "ers")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard == ["ord", "orders"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), heard[-1]) == ("", "")


def test_combo_keeps_its_choice_over_new_choices(qtbot: QtBot) -> None:
    combo = show(qtbot, ComboBox([("a", "orders"), ("b", "payments")], "b", name="Topic"))
    heard: list[str] = []
    combo.chosen.connect(heard.append)
    combo.set_choices([("c", "audit"), ("b", "payments")])
    assert combo.current == "b"
    combo.set_choices([("c", "audit")])
    assert (combo.current, heard) == ("c", [])
    combo.set_choices([("c", "audit"), ("d", "clicks")])
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert heard == ["d"]


def test_elided_label_tells_the_rest_in_its_tooltip(qtbot: QtBot) -> None:
    label = show(qtbot, ElidedLabel("a rather long sentence about partitions"))
    label.resize(100, 20)
    assert label.text().endswith("\N{HORIZONTAL ELLIPSIS}")
    assert label.toolTip() == label.plain_text
    label.resize(600, 20)
    assert (label.text(), label.toolTip()) == (label.plain_text, "")


@pytest.mark.parametrize("wrap", [True, False])
def test_labels_never_read_html(qtbot: QtBot, wrap: bool) -> None:
    label = show(qtbot, Label("<b>key</b> & value", wrap=wrap))
    assert label.plain_text == "<b>key</b> & value"
    plain = Label("key & value", wrap=wrap)
    qtbot.addWidget(plain)
    assert label.sizeHint().width() > plain.sizeHint().width() or wrap
    if wrap:
        assert "&lt;b&gt;" in label.text()


def test_code_is_copied_whole(qtbot: QtBot) -> None:
    block = show(qtbot, CodeBlock("kafka-topics \\\n  --list", name="Copy the command"))
    qtbot.mouseClick(find(block, IconButton, "Copy the command"), LEFT)
    assert QApplication.clipboard().text() == "kafka-topics \\\n  --list"


def test_progress_can_be_cancelled_and_keeps_its_last_words(qtbot: QtBot) -> None:
    progress = show(qtbot, ProgressRow(name="Search"))
    progress.set_progress(0.5, "286,720 of 432,000")
    with qtbot.waitSignal(progress.cancel_requested):
        qtbot.mouseClick(find(progress, Button, "Cancel"), LEFT)
    progress.set_running(False)
    assert not find(progress, Button, "Cancel", visible=False).isVisible()
    assert progress.facts == "286,720 of 432,000"
    assert find(progress, Meter, "Search 50%").share == 0.5


def test_text_editor_keeps_the_caret_over_an_equal_text(qtbot: QtBot) -> None:
    editor = show(qtbot, TextEditor("one\ntwo", name="Value"))
    cursor = editor.textCursor()
    cursor.setPosition(5)
    editor.setTextCursor(cursor)
    editor.set_text("one\ntwo")
    assert editor.textCursor().position() == 5


def gallery() -> QWidget:
    """Every widget of the kit, with the texts of real panels."""
    disabled = Button("Reset offsets", "rewind")
    disabled.set_disabled_because("The group is running")
    buttons = Card("Buttons", "and badges")
    buttons.add(row(Button("Create topic", "plus", "primary"), Button("Delete…", "trash-2", "danger"), disabled, None))
    buttons.add(row(Badge("ok", "In sync"), Badge("warn", "Catching up"), Badge("idle", "compacted", ""), None))
    choices = Card("Choices")
    choices.add(row(Segmented(STARTS, name="Start from"), Switch("Internal topics"), Check("Idempotent", True), None))
    choices.add(
        row(Chip("REFUNDED", label="value.status =", removable=True), Chip("Needs attention", checkable=True), None)
    )
    name = Field("Name", LineEdit("order events"))
    name.set_error("Spaces are not allowed: use a dot or a dash.")
    keep = Field("Keep for", NumberField(604_800_000, name="Keep for", units=UNITS), "Default: 7 days")
    form = Card("Form")
    form.add(row((name, 1), (keep, 1), (Field("Topic", ComboBox([("a", "orders")], name="Topic")), 1), gap=12))
    callout = Callout(
        "warn", "Broker 3 is down.", "Start it again, or its replicas fall behind.", (Button("Start", small=True),)
    )
    drawings = Card("Drawings")
    replicas = Legend(replicas=[("leader", "Leader"), ("sync", "In sync"), ("lag", "Catching up"), ("off", "Offline")])
    drawings.add(replicas, Sparkline([1, 2, 3], name="Last minute"), CodeBlock("127.0.0.1:9092"))
    window = QWidget()
    window.setObjectName("page")
    header = PageHeader("Topics", "12 topics", Button("Import", "upload"))
    window.setLayout(column(header, buttons, choices, form, callout, drawings, gap=12, margins=(20, 16, 20, 16)))
    return window


@pytest.mark.parametrize("scale", [0.9, 1.0, 1.5])
def test_no_text_of_the_kit_is_cut_at_any_scale(qtbot: QtBot, window_kit: WindowKit, scale: float) -> None:
    window_kit.theme.set_scale(scale)
    window = show(qtbot, gallery())
    window.resize(round(900 * scale), window.sizeHint().height())
    QTest.qWait(0)
    assert_no_cut_text(window)
    assert_accessible(window)


def test_the_text_scale_changes_live(qtbot: QtBot, window_kit: WindowKit) -> None:
    window = show(qtbot, gallery())
    badge, header = find(window, Badge, "In sync"), window.findChild(PageHeader)
    assert header is not None
    before = (badge.sizeHint().width(), header.height())
    window_kit.theme.set_scale(1.5)
    window.resize(1400, window.sizeHint().height())
    QApplication.processEvents()
    assert badge.sizeHint().width() > before[0]
    assert header.height() > before[1]
    assert_no_cut_text(window)


def test_the_theme_changes_live(qtbot: QtBot, window_kit: WindowKit) -> None:
    window = show(qtbot, gallery())
    light = window.grab().toImage()
    window_kit.theme.set_mode("dark")
    dark = window.grab().toImage()
    assert light.pixelColor(2, 2).name() == "#f4f6f9"
    assert dark.pixelColor(2, 2).name() == "#0e1116"


def test_an_empty_state_shows_its_whole_text(qtbot: QtBot) -> None:
    text = "Choose where to start, or wait: new messages appear here as they arrive."
    state = show(qtbot, EmptyState("inbox", "Nothing read yet", text, Button("Read from the oldest", "rewind")))
    state.resize(420, 260)
    QApplication.processEvents()
    assert has_text(state, text)
    assert_no_cut_text(state)
