"""What commands print."""

from __future__ import annotations

import pytest

from desktop_broker.cli.output import complain, say_json, say_table


def test_numbers_stand_right_and_nothing_is_a_dash(capsys: pytest.CaptureFixture[str]) -> None:
    say_table(("name", "messages"), [("orders", 1_284_096), ("x", None)])
    assert capsys.readouterr().out == "name     messages\norders  1,284,096\nx               -\n"


def test_an_empty_table_has_its_titles(capsys: pytest.CaptureFixture[str]) -> None:
    say_table(("name",), [])
    assert capsys.readouterr().out == "name\n"


def test_json_is_one_line_and_keeps_hangul(capsys: pytest.CaptureFixture[str]) -> None:
    say_json({"name": "주문"})
    assert capsys.readouterr().out == '{"name": "주문"}\n'


def test_complaints_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert complain("No.") == 1
    assert capsys.readouterr() == ("", "No.\n")
