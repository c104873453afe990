"""One cluster for the command line's tests, in a process of its own, and a way to run commands on it as a shell would."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from desktop_broker.cli.main import main
from tests.clients.serving import Serving


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Three brokers, shared by the tests of a module."""
    serving = Serving(tmp_path_factory.mktemp("cli") / "data")
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def run(cluster: Serving, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command on the cluster's data folder; `typed` is its standard input."""

    def command(*words: str, typed: str = "") -> Done:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main([*words, "--data-dir", str(cluster.data)])
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return command
