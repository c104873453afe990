from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_broker.gui.settings import WindowSettings
from desktop_broker.gui.widgets import Column, EmptyState, LazyModel, RingModel, RowsModel, Table
from desktop_broker.gui.widgets.table.columns_layout import fit_columns
from desktop_broker.gui.widgets.table.export import export_rows
from desktop_broker.gui.widgets.table.lazy_model import PAGE
from tests.support.gui import trigger


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    messages: int
    lag: int | None = None


COLUMNS = (
    Column(key="name", title="Topic", value=lambda t: t.name, kind="strong", width=160, stretch=True),
    Column(key="messages", title="Messages", value=lambda t: t.messages, kind="number", width=100),
    Column(key="lag", title="Lag", value=lambda t: t.lag, kind="number", width=80, priority=1),
)
TOPICS = (Topic("orders", 1284096, 18402), Topic("audit", 37), Topic("Payments", 642018, 0))


def rows_model() -> RowsModel:
    model = RowsModel(COLUMNS, key=lambda t: t.name)
    model.set_rows(TOPICS)
    return model


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table(rows_model(), name="Topics", empty=EmptyState("inbox", "No topics yet", "Create one."))
    qtbot.addWidget(made)
    made.resize(600, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def names(model: RowsModel) -> list[str]:
    return [topic.name for topic in model.shown]


def model_of(table: Table) -> RowsModel:
    assert isinstance(table.table_model, RowsModel)
    return table.table_model


def click_head(qtbot: QtBot, table: Table, column: int) -> None:
    head = table.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(column) + 40, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)


def click_row(qtbot: QtBot, table: Table, number: int) -> None:
    place = table.visualRect(table.table_model.index(number, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_sorting_puts_missing_values_last_and_ignores_case() -> None:
    model = rows_model()
    model.sort_by("name")
    assert names(model) == ["audit", "orders", "Payments"]
    model.sort_by("lag")
    assert names(model) == ["Payments", "orders", "audit"]


def test_every_word_of_the_filter_must_be_found() -> None:
    model = rows_model()
    model.set_filter("ORD 1,284")
    assert names(model) == ["orders"]
    model.set_filter("orders nothing")
    assert names(model) == []
    model.set_filter("")
    model.set_predicate(lambda t: t.messages > 100)
    assert names(model) == ["orders", "Payments"]


def test_a_click_on_the_head_sorts_numbers_downwards_first(table: Table, qtbot: QtBot) -> None:
    click_head(qtbot, table, 1)
    assert names(model_of(table)) == ["orders", "Payments", "audit"]
    click_head(qtbot, table, 1)
    assert names(model_of(table)) == ["audit", "Payments", "orders"]


def test_selection_follows_its_row_over_refresh_sort_and_filter(table: Table, qtbot: QtBot) -> None:
    click_row(qtbot, table, 0)
    assert table.current_row().name == "orders"
    model = model_of(table)
    model.set_rows([Topic("new", 1), *TOPICS[1:], Topic("orders", 9)])
    assert table.current_row() == Topic("orders", 9)
    model.sort_by("messages")
    assert table.current_row().name == "orders"
    model.set_filter("audit")
    assert table.current_row() is None


def test_an_equal_refresh_changes_neither_selection_nor_scroll(qtbot: QtBot, table: Table) -> None:
    model = model_of(table)
    rows = [Topic(f"topic-{number:03}", number) for number in range(500)]
    model.set_rows(rows)
    table.select_key("topic-300")
    place = table.verticalScrollBar().value()
    assert place > 0
    told: list[object] = []
    table.row_selected.connect(told.append)
    model.set_rows([Topic(row.name, row.messages + 1) for row in rows])
    model.set_rows([Topic(row.name, row.messages + 2) for row in rows] + [Topic("zzz", 1)])
    assert table.verticalScrollBar().value() == place
    assert table.current_row() == Topic("topic-300", 302)
    assert told == []


def test_keyboard_moves_opens_and_copies(table: Table, qtbot: QtBot) -> None:
    click_row(qtbot, table, 0)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.current_row().name == "audit"
    with qtbot.waitSignal(table.row_opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [Topic("audit", 37)]
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Topic\tMessages\tLag\naudit\t37\t\N{EN DASH}"


def test_a_right_click_selects_the_row_and_asks_for_its_menu(table: Table, qtbot: QtBot) -> None:
    place = table.visualRect(table.table_model.index(2, 0)).center()
    with qtbot.waitSignal(table.menu_requested) as asked:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.RightButton, pos=place)
    assert asked.args is not None
    assert asked.args[0] == Topic("Payments", 642018, 0)


def test_exports_keep_numbers_exact() -> None:
    big = Topic('a "quoted", name', 2**62 + 1)
    assert json.loads(export_rows(COLUMNS, [big], "json")) == [{"name": big.name, "messages": 2**62 + 1, "lag": None}]
    assert export_rows(COLUMNS, [big], "csv") == f'Topic,Messages,Lag\r\n"a ""quoted"", name",{2**62 + 1},\r\n'


def test_copy_menu_copies_all_rows_when_none_is_selected(table: Table) -> None:
    menu = table.copy_menu()
    trigger(menu.actions(), "Copy as JSON")
    assert [row["name"] for row in json.loads(QApplication.clipboard().text())] == ["orders", "audit", "Payments"]
    menu.deleteLater()


def test_columns_can_be_switched_off_but_for_the_first(table: Table) -> None:
    menu = table.column_menu()
    actions = {action.text(): action for action in menu.actions()}
    assert not actions["Topic"].isEnabled()
    actions["Messages"].trigger()
    menu.deleteLater()
    assert [column.key for column in table.columns_shown] == ["name", "lag"]
    assert "Messages" not in table.export("text")


def test_narrow_tables_drop_columns_by_priority(table: Table) -> None:
    table.resize(300, 300)
    assert [column.key for column in table.columns_shown] == ["name", "messages"]
    table.resize(600, 300)
    assert len(table.columns_shown) == 3


def test_columns_fill_the_room_exactly() -> None:
    assert sum(fit_columns(COLUMNS, 777, {}, ())) == 777
    assert fit_columns(COLUMNS, 500, {"messages": 150}, {"lag"}) == [350, 150, 0]


def test_widths_columns_and_sorting_are_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    settings = WindowSettings(tmp_path / "window.ini")

    def make() -> Table:
        table = Table(rows_model(), name="Topics", settings=settings, remember="topics")
        qtbot.addWidget(table)
        table.resize(600, 300)
        with qtbot.waitExposed(table):
            table.show()
        return table

    first = make()
    first.horizontalHeader().resizeSection(1, 170)
    first.set_column_shown("lag", False)
    click_head(qtbot, first, 1)
    second = make()
    assert second.columnWidth(1) == 170
    assert [column.key for column in second.columns_shown] == ["name", "messages"]
    assert names(model_of(second)) == ["orders", "Payments", "audit"]
    second.restore_widths()
    assert second.columnWidth(1) == 100


def test_an_empty_table_says_what_to_do(table: Table) -> None:
    empty = table.findChild(EmptyState)
    assert empty is not None
    assert not empty.isVisible()
    model_of(table).set_rows([])
    assert empty.isVisible()
    assert empty.text == "No topics yet Create one."


def test_a_row_is_painted_with_its_selection(table: Table, qtbot: QtBot) -> None:
    def pixels() -> QImage:
        return table.viewport().grab().toImage()

    before = pixels()
    table.select_key("audit")
    assert pixels() != before
    y = table.visualRect(table.table_model.index(1, 0)).center().y()
    assert pixels().pixelColor(1, y).name() == "#1d5bd8"


@pytest.mark.parametrize(
    ("column", "row", "text"),
    [
        (Column(key="k", title="", value=lambda r: r, kind="badge"), ("ok", "In sync"), "In sync"),
        (
            Column(key="k", title="", value=lambda r: r, kind="two"),
            (("err", "Stalled"), "No commit"),
            "Stalled No commit",
        ),
        (
            Column(key="k", title="", value=lambda r: r, kind="tagged"),
            ("customers", "compacted"),
            "customers compacted",
        ),
        (Column(key="k", title="", value=lambda r: r, kind="rate"), (1912, (1, 2)), "1,912"),
        (Column(key="k", title="", value=lambda r: r, kind="bar"), (0.5, "3,322", "accent_fill"), "3,322"),
        (Column(key="k", title="", value=lambda r: r, kind="replicas"), ((1, "leader"), (2, "lag")), "1 leader, 2 lag"),
        (Column(key="k", title="", value=lambda r: r, kind="spark"), (1, 2, 7), "7"),
        (Column(key="k", title="", value=lambda r: r, kind="number"), None, "\N{EN DASH}"),
        (Column(key="k", title="", value=lambda r: r, text=lambda v: f"{v} B"), 12, "12 B"),
    ],
)
def test_every_kind_of_cell_has_a_text_and_can_be_painted(qtbot: QtBot, column: Column, row: object, text: str) -> None:
    assert column.text_of(row) == text
    model = RowsModel([column], key=lambda r: 0)
    model.set_rows([row])
    table = Table(model, name="Cells")
    qtbot.addWidget(table)
    table.resize(300, 120)
    blank = Table(RowsModel([column], key=lambda r: 0), name="Blank")
    qtbot.addWidget(blank)
    blank.resize(300, 120)
    assert table.viewport().grab().toImage() != blank.viewport().grab().toImage()


def test_the_ring_keeps_the_newest_rows_in_order() -> None:
    ring = RingModel(COLUMNS, capacity=3)
    ring.append([1, 2])
    assert ring.rows == (2, 1)
    ring.append([3, 4])
    assert ring.rows == (4, 3, 2)
    ring.append([5, 6, 7, 8])
    assert ring.rows == (8, 7, 6)


def test_a_full_ring_changes_only_its_data_once_per_batch(qtbot: QtBot) -> None:
    ring = RingModel(COLUMNS, capacity=3)
    ring.append([1, 2, 3])
    changes: list[object] = []
    ring.dataChanged.connect(lambda *_: changes.append("data"))
    ring.rowsInserted.connect(lambda *_: changes.append("rows"))
    ring.append([4, 5])
    assert changes == ["data"]


def test_a_paused_ring_stands_still_and_counts(qtbot: QtBot) -> None:
    ring = RingModel(COLUMNS, capacity=3)
    ring.append([1])
    ring.set_paused(True)
    counts: list[int] = []
    ring.pending_changed.connect(counts.append)
    ring.append([2, 3])
    ring.append([4, 5])
    assert ring.rows == (1,)
    assert ring.pending == 4
    ring.set_paused(False)
    assert ring.rows == (5, 4, 3)
    assert counts == [2, 4, 0]


def test_a_million_rows_are_asked_for_only_where_they_are_seen(qtbot: QtBot) -> None:
    model = LazyModel(COLUMNS, 1_000_000)
    asked: list[tuple[int, int]] = []
    model.page_wanted.connect(lambda first, count: asked.append((first, count)))
    table = Table(model, name="Messages")
    qtbot.addWidget(table)
    table.resize(600, 300)
    with qtbot.waitExposed(table):
        table.show()
    qtbot.waitUntil(lambda: asked == [(0, PAGE)])
    model.put_rows(0, [Topic(f"row {number}", number) for number in range(PAGE)])
    assert model.row_at(7) == Topic("row 7", 7)
    table.scrollToBottom()
    table.viewport().repaint()
    qtbot.waitUntil(lambda: asked[-1] == (1_000_000 - PAGE, PAGE))
    assert len(asked) <= 3


def test_a_list_that_grew_asks_for_its_last_page_again() -> None:
    model = LazyModel(COLUMNS, 10)
    model.put_rows(0, list(range(10)))
    model.set_count(15, keep=True)
    assert model.rowCount() == 15
    assert model.row_at(3) is None
    model.put_rows(0, list(range(15)))
    assert model.row_at(14) == 14
