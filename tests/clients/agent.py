"""Drives one client program of `tests/clients/agents/`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_AGENTS = Path(__file__).parent / "agents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """How to start a client's program, which codecs it can write, and what in its environment it needs."""

    name: str
    command: tuple[str, ...]
    codecs: tuple[str, ...] = ("none", "gzip", "snappy", "lz4", "zstd")
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str) -> None:
        """Run a command that ends by itself."""
        done = subprocess.run(
            [*self.command, *words],
            capture_output=True,
            text=True,
            timeout=90,
            env={**os.environ, **self.environment},
            check=False,
        )
        assert done.returncode == 0, f"{self.name} {' '.join(words)}:\n{done.stderr[-3000:]}"

    def member(self, bootstrap: str, topic: str, group: str) -> Member:
        """Start a member of a group."""
        return Member([*self.command, "member", bootstrap, topic, group], {**os.environ, **self.environment})


def python_agent(name: str, program: str, **environment: str) -> Agent:
    """An agent that is a Python program."""
    return Agent(name=name, command=(sys.executable, "-W", "ignore", str(_AGENTS / program)), environment=environment)


def agent_file(program: str) -> str:
    """The path of a program in `agents/`."""
    return str(_AGENTS / program)


# One for all members: a test waits for what two of them have read together.
_news = threading.Condition()


class Member:
    """A running member: what it printed so far, and waiting for more. Two threads read its output; `_news` guards it."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.assigned: list[int] | None = None
        self.records: list[dict[str, Any]] = []
        self._errors: list[str] = []
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
        )
        self._threads = [threading.Thread(target=self._read), threading.Thread(target=self._read_errors)]
        for thread in self._threads:
            thread.start()

    def wait(self, reached: Callable[[Member], bool], what: str, seconds: float = 60) -> None:
        """Wait until something is true of what it printed."""
        with _news:
            assert _news.wait_for(lambda: reached(self), seconds), (
                f"{what}: assigned {self.assigned}, {len(self.records)} records\n" + "".join(self._errors)[-3000:]
            )

    def leave(self) -> None:
        """End it as its user would; it leaves its group."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(30)
        finally:
            self.kill()

    def kill(self) -> None:
        """End it at once, and its threads."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)
        for thread in self._threads:
            thread.join(10)
        assert self._process.stdin is not None
        self._process.stdin.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                if not line.startswith("{"):
                    continue  # a client's own log, which some write to standard output
                said = json.loads(line)
                with _news:
                    if "assigned" in said:
                        self.assigned = said["assigned"]
                    else:
                        self.records.append(said)
                    _news.notify_all()

    def _read_errors(self) -> None:
        assert self._process.stderr is not None
        with self._process.stderr as lines:
            for line in lines:
                self._errors.append(line)
