"""`desktop-broker groups`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.keeps_threads("the cluster is the module's")


def test_a_group_is_described_reset_and_deleted(run: Run) -> None:
    run("topics", "create", "orders", "--partitions", "1")
    run("produce", "orders", typed="".join(f"{n}\n" for n in range(10)))
    run("consume", "orders", "--group", "billing", "--limit", "4")

    assert [group["id"] for group in run("groups", "list", "--json").json] == ["billing"]
    (offset,) = run("groups", "describe", "billing", "--json").json["offsets"]
    assert (offset["committed"], offset["latest"], offset["lag"]) == (4, 10, 6)

    planned = run("groups", "reset", "billing", "--topic", "orders", "--to", "earliest", "--dry-run")
    assert "Nothing was changed" in planned.out
    assert run("groups", "describe", "billing", "--json").json["offsets"][0]["committed"] == 4

    for where, after in (("earliest", 0), ("latest", 10), ("7", 7), ("99", 10), ("2001-01-01T00:00:00", 0)):
        moved = run("groups", "reset", "billing", "--topic", "orders", "--to", where, "--json").json
        assert [row["after"] for row in moved] == [after], where

    assert run("groups", "delete", "billing").code == 0
    assert run("groups", "list").out.startswith("There are no consumer groups")


def test_mistakes_are_said_in_words(run: Run) -> None:
    run("topics", "create", "orders", "--partitions", "1")
    assert "earliest, latest" in run("groups", "reset", "x", "--topic", "orders", "--to", "yesterday").err
    assert (
        "no partition 5" in run("groups", "reset", "x", "--topic", "orders", "--to", "latest", "--partition", "5").err
    )
    assert "nobody" in run("groups", "describe", "nobody").err
