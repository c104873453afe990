"""Starts an engine process for a window, or attaches to the one that runs on the folder already.

The child gets the reading end of a pipe that only the window holds the other end of. When the window dies, however it dies, the
pipe ends and the engine stops cleanly. Standard input is left alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_broker.common.threads import start_thread
from desktop_broker.control.client import EngineClient, EngineGone

Progress = Callable[[str], None]

_KEPT_LINES = 40


class LaunchError(Exception):
    """The engine did not come up; the message is the sentence it said, or what is known of its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedEngine:
    """An engine to work with. `process` is None when it ran already: then whoever started it ends it."""

    client: EngineClient
    bootstrap: str
    process: EngineProcess | None


class EngineProcess:
    """A running child engine. `stop` from any thread; the readers of its output end with it.

    Attributes:
        bootstrap: the advertised addresses, `host:port,...`.
    """

    def __init__(self, process: subprocess.Popen[str], pipe: int, on_progress: Progress) -> None:
        self._process = process
        self._pipe: int | None = pipe
        self._on_progress = on_progress
        self._lock = threading.Lock()  # guards _pipe
        self._said: deque[str] = deque(maxlen=_KEPT_LINES)
        self._ready = threading.Event()
        self.bootstrap = ""
        self._readers = [
            start_thread("engine/stdout", self._read_stdout, self._crashed),
            start_thread("engine/stderr", self._read_stderr, self._crashed),
        ]

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the child still lives."""
        return self._process.poll() is None

    @property
    def last_words(self) -> str:
        """The last lines of its standard error, for the sentence that says why it ended."""
        return "\n".join(self._said)

    def wait_until_ready(self, timeout_s: float) -> None:
        """Wait for the BOOTSTRAP line.

        Raises:
            LaunchError: the engine ended first, or did not become ready in time (it is stopped then).
        """
        came = self._ready.wait(timeout_s)
        if self.bootstrap:
            return
        if not came:
            self.stop()
            raise LaunchError(f"The engine was not ready within {timeout_s:.0f} s. {self.last_words}".strip())
        self._process.wait()
        self._readers[1].join()
        raise LaunchError(self._failure())

    def wait(self, timeout_s: float | None = None) -> int | None:
        """The exit code once the child has ended; None when it still runs after so long."""
        try:
            return self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return None

    def stop(self, timeout_s: float = 20.0) -> None:
        """End the engine: cleanly by closing the pipe, and when that takes too long, by force. Idempotent."""
        self.close_pipe()
        if self.wait(timeout_s) is None:
            self._process.kill()
            self._process.wait()
        for reader in self._readers:
            reader.join()

    def close_pipe(self) -> None:
        """Ask the engine to stop, without waiting."""
        with self._lock:
            pipe, self._pipe = self._pipe, None
        if pipe is not None:
            os.close(pipe)

    def _failure(self) -> str:
        sentences = [line for line in self._said if line.strip()]
        code = self._process.returncode
        return sentences[-1] if sentences else f"The engine ended at once (exit code {code}) and said nothing."

    def _read_stdout(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                if line.startswith("BOOTSTRAP="):
                    self.bootstrap = line.strip().removeprefix("BOOTSTRAP=")
                    self._ready.set()
        self._ready.set()  # the end of its output is an answer too

    def _read_stderr(self) -> None:
        assert self._process.stderr is not None
        with self._process.stderr as lines:
            for line in lines:
                self._said.append(line.rstrip())
                self._on_progress(line.rstrip())

    def _crashed(self, thread: str, error: BaseException) -> None:
        self._said.append(f"{thread}: {error}")
        self._ready.set()


def launch_engine(
    data_dir: Path,
    *,
    brokers: int | None = None,
    port: int | None = None,
    arguments: Sequence[str] = (),
    on_progress: Progress = lambda line: None,
    timeout_s: float = 120.0,
) -> EngineProcess:
    """Start an engine as a child and wait until it serves.

    Args:
        brokers, port: as for `desktop-broker serve`; None leaves the folder's own or the default.
        arguments: further words for `serve`.
        on_progress: called with each line that the engine says on its standard error, on a thread of its own.

    Raises:
        LaunchError: with the engine's own sentence, such as which port is taken.
    """
    words = ["--data-dir", str(data_dir), *arguments]
    if brokers is not None:
        words += ["--brokers", str(brokers)]
    if port is not None:
        words += ["--port", str(port)]
    reading, writing = os.pipe()
    try:
        process = _spawn(words, reading)
    except OSError as error:
        os.close(writing)
        raise LaunchError(f"The engine cannot be started: {error.strerror}.") from error
    finally:
        os.close(reading)
    engine = EngineProcess(process, writing, on_progress)
    engine.wait_until_ready(timeout_s)
    return engine


def attach_or_launch(
    data_dir: Path, *, on_progress: Progress = lambda line: None, brokers: int | None = None, port: int | None = None
) -> AttachedEngine:
    """The engine of this folder: the running one, or a new child.

    Raises:
        LaunchError: none runs and none can be started.
    """
    running = _attach(data_dir)
    if running is not None:
        return running
    try:
        process = launch_engine(data_dir, brokers=brokers, port=port, on_progress=on_progress)
    except LaunchError:
        # Two windows opened at once: the other one's engine has the folder by now.
        running = _attach(data_dir)
        if running is not None:
            return running
        raise
    return AttachedEngine(client=EngineClient.connect(data_dir), bootstrap=process.bootstrap, process=process)


def _attach(data_dir: Path) -> AttachedEngine | None:
    try:
        client = EngineClient.connect(data_dir)
        return AttachedEngine(client=client, bootstrap=client.describe().bootstrap, process=None)
    except EngineGone:
        return None


def _spawn(words: list[str], reading: int) -> subprocess.Popen[str]:
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop_broker"]
    handle, options = _inherit(reading)
    spawned: subprocess.Popen[str] = subprocess.Popen(
        [*program, "serve", *words, "--parent-pipe", str(handle)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        **options,
    )
    return spawned


if sys.platform == "win32":
    import msvcrt

    def _inherit(reading: int) -> tuple[int, dict[str, Any]]:
        handle = msvcrt.get_osfhandle(reading)
        os.set_handle_inheritable(handle, True)
        startup = subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]})
        return handle, {"startupinfo": startup, "creationflags": subprocess.CREATE_NO_WINDOW}

else:

    def _inherit(reading: int) -> tuple[int, dict[str, Any]]:
        return reading, {"pass_fds": (reading,)}
