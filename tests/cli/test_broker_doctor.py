"""`desktop-broker broker` and `doctor`."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from desktop_broker.cli.main import main
from tests.cli.conftest import Run

pytestmark = pytest.mark.keeps_threads("the cluster is the module's")


def test_a_broker_is_stopped_and_started(run: Run) -> None:
    assert run("broker", "stop", "2").out == "Broker 2 stopped.\n"
    states = {broker["id"]: broker["state"] for broker in run("broker", "list", "--json").json}
    assert states == {1: "running", 2: "stopped", 3: "running"}
    sick = run("doctor")
    assert sick.code == 1
    assert "desktop-broker broker start 2" in sick.out
    assert run("broker", "start", "2").code == 0
    assert "running" in run("broker", "list").out


def test_settings_change_while_the_brokers_run(run: Run) -> None:
    assert run("broker", "set", "num.partitions=5").code == 0
    run("topics", "create", "wide")
    assert len(run("topics", "describe", "wide", "--json").json["topic"]["partitions"]) == 5
    assert run("broker", "set", "num.partitions=").code == 0
    run("topics", "create", "narrow")
    assert len(run("topics", "describe", "narrow", "--json").json["topic"]["partitions"]) == 1
    refused = run("broker", "set", "num.partitions=none")
    assert refused.code == 1
    assert "num.partitions takes a whole number" in refused.err


def test_a_broker_that_is_not_there_is_said_in_words(run: Run) -> None:
    refused = run("broker", "stop", "9")
    assert refused.code == 1
    assert "9" in refused.err


def test_a_healthy_cluster(run: Run) -> None:
    findings = {finding["step"]: finding["ok"] for finding in run("doctor", "--json").json}
    assert findings["Engine"]
    assert findings["Brokers"]
    assert findings["Kafka protocol"]


def test_without_an_engine_it_says_how_to_start_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["topics", "list", "--data-dir", str(tmp_path)]) == 1
    assert "desktop-broker serve" in capsys.readouterr().err
    assert main(["doctor", "--data-dir", str(tmp_path)]) == 1
    assert "desktop-broker serve" in capsys.readouterr().out


def test_an_address_where_nobody_listens(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert main(["doctor", "--bootstrap-server", f"127.0.0.1:{port}"]) == 1
        assert "no answer" in capsys.readouterr().out
        assert main(["topics", "list", "--bootstrap-server", f"127.0.0.1:{port}"]) == 1
        assert str(port) in capsys.readouterr().err
    assert main(["topics", "list", "--bootstrap-server", "kafka"]) == 1
    assert "HOST:PORT" in capsys.readouterr().err
