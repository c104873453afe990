"""`desktop-broker topics`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.keeps_threads("the cluster is the module's")


def test_a_topic_is_made_described_grown_changed_and_deleted(run: Run) -> None:
    assert (
        run("topics", "create", "orders", "--partitions", "2", "--config", "retention.ms=60000").out
        == "orders was made.\n"
    )
    described = run("topics", "describe", "orders", "--json").json
    assert len(described["topic"]["partitions"]) == 2
    assert described["configs"]["retention.ms"] == "60000"
    assert {tuple(sorted(part["replicas"])) for part in described["topic"]["partitions"]} == {(1, 2, 3)}

    assert run("topics", "grow", "orders", "4").code == 0
    assert run("topics", "set", "orders", "min.insync.replicas=2", "retention.ms=").code == 0
    shown = run("topics", "describe", "orders").out
    assert "4 partition(s), replication factor 3" in shown
    assert "min.insync.replicas=2" in shown
    assert "retention.ms" not in shown

    rows = {row["name"]: row for row in run("topics", "list", "--json").json}
    assert rows["orders"] == {"name": "orders", "partitions": 4, "replication": 3, "messages": 0, "in_sync": "yes"}

    assert run("topics", "delete", "orders", "--yes").code == 0
    assert "orders" not in run("topics", "list").out


def test_a_topic_is_never_made_smaller(run: Run) -> None:
    run("topics", "create", "shrinking", "--partitions", "3")
    refused = run("topics", "grow", "shrinking", "2")
    assert refused.code == 1
    assert "3" in refused.err
    assert len(run("topics", "describe", "shrinking", "--json").json["topic"]["partitions"]) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("bad name",), "bad name"),
        (("wide", "--replication", "7"), "3"),
        (("odd", "--config", "retention.ms=soon"), "retention.ms"),
        (("odd", "--config", "retentoin.ms=1"), "retentoin.ms"),
        (("odd", "--config", "novalue"), "--config retention.ms=86400000"),
    ],
)
def test_what_cannot_be_is_said_in_words(run: Run, words: tuple[str, ...], said: str) -> None:
    refused = run("topics", "create", *words)
    assert refused.code == 1
    assert said in refused.err
    assert "Traceback" not in refused.err


def test_a_check_makes_nothing(run: Run) -> None:
    assert run("topics", "create", "maybe", "--check").out == "maybe could be made.\n"
    assert "maybe" not in run("topics", "list").out


def test_deleting_from_a_script_wants_a_yes(run: Run) -> None:
    run("topics", "create", "precious")
    refused = run("topics", "delete", "precious")
    assert refused.code == 1
    assert "--yes" in refused.err
    assert "precious" in run("topics", "list").out


def test_an_unknown_topic_is_said_in_words(run: Run) -> None:
    for action in ("describe", "delete"):
        refused = run("topics", action, "nowhere")
        assert refused.code == 1
        assert "nowhere" in refused.err
