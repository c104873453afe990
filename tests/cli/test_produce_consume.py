"""`desktop-broker produce` and `consume`."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.keeps_threads("the cluster is the module's")


def test_lines_go_in_and_come_out(run: Run) -> None:
    run("topics", "create", "numbers", "--partitions", "1")
    written = run("produce", "numbers", "--compression", "zstd", typed="".join(f"{n}\n" for n in range(50)))
    assert written.out == "50 of 50 message(s) written to numbers.\n"
    read = [json.loads(line) for line in run("consume", "numbers", "--json").out.splitlines()]
    assert [(message["offset"], message["value"]) for message in read] == [(n, str(n)) for n in range(50)]
    assert len(run("consume", "numbers", "--last", "3").out.splitlines()) == 3
    assert [
        json.loads(line)["value"]
        for line in run("consume", "numbers", "--from-offset", "48", "--json").out.splitlines()
    ] == ["48", "49"]


def test_keys_headers_and_filters(run: Run) -> None:
    run("topics", "create", "orders")
    run("produce", "orders", "--key-separator", ":", "--header", "source=shop", typed="a:first\nb:second\na:third\n")
    read = [json.loads(line) for line in run("consume", "orders", "--key", "a", "--json").out.splitlines()]
    assert [(message["key"], message["value"], message["headers"]) for message in read] == [
        ("a", "first", [["source", "shop"]]),
        ("a", "third", [["source", "shop"]]),
    ]
    assert "second" in run("consume", "orders", "--contains", "SEC").out


def test_a_group_goes_on_where_it_stopped(run: Run) -> None:
    run("topics", "create", "queue", "--partitions", "1")
    run("produce", "queue", typed="one\ntwo\nthree\n")
    first = run("consume", "queue", "--group", "readers", "--limit", "2", "--json").out.splitlines()
    rest = run("consume", "queue", "--group", "readers", "--limit", "1", "--json").out.splitlines()
    assert [json.loads(line)["value"] for line in first + rest] == ["one", "two", "three"]


def test_one_message_from_the_command_line(run: Run) -> None:
    run("topics", "create", "single", "--partitions", "1")
    assert run("produce", "single", "--value", "hello", "--key", "k", "--json").json == {
        "sent": 1,
        "acknowledged": 1,
        "failed": 0,
    }


def test_mistakes_are_said_in_words(run: Run) -> None:
    assert "nowhere" in run("produce", "nowhere", "--value", "x").err
    assert "nowhere" in run("consume", "nowhere").err
    assert "2026-01-31T09:00:00" in run("consume", "single", "--from-time", "teatime").err
    assert "--group" in run("consume", "single", "--group", "g", "--partition", "0").err
