"""`desktop-broker serve` as scripts see it: one line on standard output, signals, and a second one on the same folder."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_broker.control.client import EngineClient, EngineGone
from desktop_broker.control.launch import LaunchError, attach_or_launch, launch_engine

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60


class Serve:
    """A child that serves, with its standard input left open and never written to."""

    def __init__(self, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "desktop_broker", "serve", *words],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def bootstrap(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("BOOTSTRAP="), line + self.end()[1]
        return line.strip().removeprefix("BOOTSTRAP=")

    def end(self, number: int | None = None) -> tuple[str, str, int]:
        """Send a signal, if any, and wait: what else it said on both streams, and its exit code."""
        if number is not None:
            self.process.send_signal(number)
        out, err = self.process.communicate(timeout=SECONDS)
        return out, err, self.process.returncode


@pytest.fixture
def serve() -> Iterator[Callable[..., Serve]]:
    started: list[Serve] = []

    def start(*words: str) -> Serve:
        started.append(Serve(*words))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.process.kill()
            each.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_cleanly(serve: Callable[..., Serve], tmp_path: Path, number: int) -> None:
    running = serve("--brokers", "3", "--port", "0", "--data-dir", str(tmp_path))
    addresses = running.bootstrap().split(",")
    assert len(addresses) == 3
    assert os.getpgid(running.process.pid) == os.getpgid(0)
    for address in addresses:
        socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))).close()
    out, err, code = running.end(number)
    assert (out, code) == ("", 0)
    assert "Stopped." in err
    assert not (tmp_path / "control.json").exists()
    assert list(tmp_path.glob("broker-1/.kafka_cleanshutdown"))


def test_a_second_one_is_told_where_the_first_serves(serve: Callable[..., Serve], tmp_path: Path) -> None:
    first = serve("--brokers", "1", "--port", "0", "--data-dir", str(tmp_path))
    address = first.bootstrap()
    out, err, code = serve("--data-dir", str(tmp_path)).end()
    assert (out, code) == ("", 1)
    assert address in err
    assert str(first.process.pid) in err
    with EngineClient.connect(tmp_path) as client:
        assert client.describe().bootstrap == address
        client.shutdown()
    assert first.end()[2] == 0


def test_advertised_addresses_and_racks(serve: Callable[..., Serve], tmp_path: Path) -> None:
    running = serve(
        *("--brokers", "2", "--port", "0", "--advertise", "dev.example.net:1000", "--rack", "2=Busan"),
        *("--data-dir", str(tmp_path), "--set", "num.partitions=7"),
    )
    assert running.bootstrap() == "dev.example.net:1000,dev.example.net:1001"
    with EngineClient.connect(tmp_path) as client:
        assert [broker.rack for broker in client.describe().brokers] == ["RACK1", "Busan"]
        assert client.configs()["num.partitions"] == "7"
    running.end(signal.SIGINT)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--brokers", "12"], "A cluster has 1 to 9 brokers, not 12."),
        (["--set", "num.partitions"], "write it like --set num.partitions=4"),
        (["--set", "num.partitions=x"], "takes a whole number, not 'x'"),
        (["--rack", "x=y"], "write it like --rack 2=RACK2"),
        (["--advertise", "here"], "'here' is not an address"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(
    serve: Callable[..., Serve], tmp_path: Path, words: list[str], sentence: str
) -> None:
    out, err, code = serve("--data-dir", str(tmp_path / "d"), "--port", "0", *words).end()
    assert (out, code) == ("", 1)
    assert sentence in err
    assert len(err.splitlines()) == 1


def test_a_launched_engine_ends_with_its_parent(tmp_path: Path) -> None:
    said: list[str] = []
    engine = launch_engine(tmp_path, brokers=1, port=0, on_progress=said.append)
    with EngineClient.connect(tmp_path) as client:
        assert client.describe().pid == engine.pid
        assert client.describe().bootstrap == engine.bootstrap
    engine.close_pipe()  # what the system does when the parent dies
    assert engine.wait(SECONDS) == 0
    engine.stop()
    assert "Stopped." in said
    with pytest.raises(EngineGone):
        EngineClient.connect(tmp_path)


def test_who_comes_second_attaches(tmp_path: Path) -> None:
    engine = launch_engine(tmp_path, brokers=1, port=0)
    attached = attach_or_launch(tmp_path)
    assert attached.process is None
    assert attached.bootstrap == engine.bootstrap
    attached.client.close()
    engine.stop()
    assert not engine.running


def test_a_launch_that_fails_says_why(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(LaunchError, match=f"Port {port} is in use by .*{os.getpid()}"):
            launch_engine(tmp_path, brokers=1, port=port)
