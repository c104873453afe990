"""`desktop-broker serve` as a child process: a cluster that can be restarted or killed for real."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

_BROKERS = 3


def free_ports(count: int) -> int:
    """The first of so many free ports in a row, below those that the system gives to outgoing connections."""
    for _ in range(200):
        first = random.randrange(20_000, 32_000)
        try:
            for port in range(first, first + count):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return first
    raise AssertionError("no free ports were found")


class Serving:
    """Three brokers on one data folder, on the same ports at every start."""

    def __init__(self, data: Path, *words: str) -> None:
        self.data = data
        self._words = words
        self._process: subprocess.Popen[str] | None = None
        self._port = free_ports(_BROKERS)
        self.bootstrap = ""
        self.errors: list[str] = []
        self._reader: threading.Thread | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Returns when all brokers serve."""
        command = [
            sys.executable,
            "-m",
            "desktop_broker",
            "serve",
            "--data-dir",
            str(self.data),
            "--port",
            str(self._port),
            *self._words,
        ]
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._reader = threading.Thread(target=self._read_errors, args=(self._process.stderr,))
        self._reader.start()
        line = self._process.stdout.readline()
        if not line.startswith("BOOTSTRAP="):
            self.stop()
            raise AssertionError("serve did not start:\n" + "".join(self.errors))
        self.bootstrap = line.strip().removeprefix("BOOTSTRAP=")

    def stop(self) -> None:
        """End as a user's Ctrl-C would."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """End without a chance to write anything (`kill -9`)."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        if self._process.poll() is None:
            os.kill(self._process.pid, how)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
            raise AssertionError("serve did not end within 30 s of being asked to:\n" + "".join(self.errors)) from None
        finally:
            assert self._process.stdout is not None
            self._process.stdout.close()
            assert self._reader is not None
            self._reader.join(10)
            self._process = None

    def _read_errors(self, stream: object) -> None:
        with stream:  # type: ignore[attr-defined]  # a text stream
            self.errors.extend(stream)  # type: ignore[arg-type]  # its lines
