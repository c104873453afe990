"""Bytes as people read them: exact, at any depth, and cut where they are long."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from desktop_broker.gui.panels.messages.decode import (
    PREVIEW_BYTES,
    hex_of,
    json_of,
    pretty,
    preview,
    scalar_of,
    text_of,
)
from desktop_broker.gui.panels.messages.json_tree import JsonTree

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(JSON, st.booleans())
def test_pretty_json_means_the_same(value: object, ascii_only: bool) -> None:
    assert json.loads(pretty(json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass"))) == value


def test_pretty_json_keeps_digits_and_shows_letters() -> None:
    shown = pretty(b'{"big":9007199254740993.10,"name":"\\uac00, {x}: [1]","e":{},"f":[ ],"l":[1,{"a":null}]}')
    assert shown.splitlines() == [
        "{",
        '  "big": 9007199254740993.10,',
        '  "name": "가, {x}: [1]",',
        '  "e": {},',
        '  "f": [],',
        '  "l": [',
        "    1,",
        "    {",
        '      "a": null',
        "    }",
        "  ]",
        "}",
    ]


@pytest.mark.parametrize("data", [None, b"", b"plain", b"17", b'"x"', b"{", b"[" * 90_000 + b"]" * 90_000, b"[\xff]"])
def test_what_is_no_tree(data: bytes | None) -> None:
    assert json_of(data) is None


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"a\tb\n", "a\tb\n"), (b"\x00", None), (b"\xff", None), (b"\x1b[0m", None), (b"", ""), (None, None)],
)
def test_text_is_utf8_without_control_characters(data: bytes | None, text: str | None) -> None:
    assert text_of(data) == text


@given(st.binary(max_size=3 * PREVIEW_BYTES) | st.text(max_size=PREVIEW_BYTES).map(lambda text: text.encode()))
def test_a_preview_is_one_short_line(data: bytes) -> None:
    line = preview(data)
    assert len(line) <= PREVIEW_BYTES
    assert "\n" not in line


def test_a_preview_does_not_cut_a_character_in_two() -> None:
    assert preview("가".encode() * 200) == "가" * (PREVIEW_BYTES // 3)


def test_hex_lines() -> None:
    assert hex_of(b"0123456789abcdef\x00") == (
        "00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef\n"
        "00000010  00                                               ."
    )


def test_half_of_a_surrogate_pair_is_written_as_its_number() -> None:
    value = json_of(b'{"a":"x\\ud800"}')
    assert scalar_of(value["a"]) == ('"x\\ud800"', "string")


def test_a_deep_tree_opens_and_its_bottom_is_found(qtbot: QtBot) -> None:
    depth = 800
    tree = JsonTree()
    qtbot.addWidget(tree)
    tree.set_value(json_of(b'{"a":' * depth + b'"bottom"' + b"}" * depth))
    assert tree.find_text("BOTT")
    item: QTreeWidgetItem | None = tree.currentItem()
    assert item is not None
    assert item.text(1) == '"bottom"'
    levels = 0
    while item is not None:
        item, levels = item.parent(), levels + 1
    assert levels == depth


def test_a_long_tree_is_cut_and_says_so(qtbot: QtBot) -> None:
    tree = JsonTree()
    qtbot.addWidget(tree)
    tree.set_value(json_of(json.dumps(list(range(5_000))).encode()))
    last = tree.topLevelItem(tree.topLevelItemCount() - 1)
    assert last is not None
    assert last.text(1) == "4000 more"
    assert tree.find_text("4321")
    assert tree.currentItem() is last
    assert not tree.find_text("nowhere")


def test_the_next_place_is_found_and_then_the_first_again(qtbot: QtBot) -> None:
    tree = JsonTree()
    qtbot.addWidget(tree)
    tree.set_value(json_of(b'{"x":1,"b":{"x":2},"c":[{"x":3}]}'))
    values = []
    assert tree.find_text("x")
    for _ in range(4):
        item = tree.currentItem()
        assert item is not None
        values.append(item.text(1))
        assert tree.find_text("x", further=True)
    assert values == ["1", "2", "3", "1"]
