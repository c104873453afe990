"""Numbered steps with a sign of life: what runs now and for how long, on a terminal in one line, elsewhere line by line."""

from __future__ import annotations

import contextlib
import os
import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

# One line of a tool's output -> what to show of it, or None.
Describe = Callable[[str], "str | None"]

TICK_SECONDS = 0.2
SILENCE_SECONDS = 10.0
INDENT = "      "


class StepError(Exception):
    """A command ended with an error; the text holds its last lines."""


class CancelledError(Exception):
    """Ctrl-C while a command ran; the command has ended."""


class Progress:
    """Counts the steps of one installation. Used by the main thread only."""

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._done = 0

    @contextlib.contextmanager
    def step(self, title: str) -> Iterator[Step]:
        self._done += 1
        step = Step()
        write_line(f"[{self._done}/{self._steps}] {title}")
        yield step
        step.finish()


class Step:
    """One step, made of one or more commands. Used by the main thread only."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._last_shown = self._began
        self._doing = "working"
        self._terminal = sys.stderr.isatty()

    def run(self, command: list[str], environment: dict[str, str], describe: Describe | None) -> None:
        """Run `command` to its end, showing what it does. Raises StepError, CancelledError."""
        try:
            process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            )
        except OSError as error:
            raise StepError(f"{command[0]} cannot be started: {error.strerror}.") from error
        try:
            lines = self._follow(process, describe)
        except KeyboardInterrupt:
            end(process)
            raise CancelledError from None
        if process.returncode != 0:
            self._clear()
            tail = "".join(INDENT + line for line in lines[-40:])
            raise StepError(f"{tail}{os.path.basename(command[0])} ended with code {process.returncode}.")

    def finish(self) -> None:
        self._clear()
        write_line(f"{INDENT}done in {time.monotonic() - self._began:.1f} s")

    def _follow(self, process: subprocess.Popen[str], describe: Describe | None) -> list[str]:
        arrived: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        reader = threading.Thread(target=pump, args=(process, arrived), name="progress-reader", daemon=True)
        reader.start()
        lines: list[str] = []
        while True:
            try:
                line = arrived.get(timeout=TICK_SECONDS)
            except queue.Empty:
                self._tick()
                continue
            if line is None:
                break
            lines.append(line)
            shown = describe(line) if describe else None
            if shown:
                self._show(shown)
        reader.join()
        process.wait()
        return lines

    def _show(self, text: str) -> None:
        self._doing = text
        if self._terminal:
            self._tick()
        else:
            write_line(INDENT + text)
            self._last_shown = time.monotonic()

    def _tick(self) -> None:
        now = time.monotonic()
        if self._terminal:
            sys.stderr.write(f"\r\x1b[K{INDENT}{self._doing}  {now - self._began:.0f} s"[:100])
            sys.stderr.flush()
        elif now - self._last_shown >= SILENCE_SECONDS:
            write_line(f"{INDENT}{self._doing} ... {now - self._began:.0f} s")
            self._last_shown = now

    def _clear(self) -> None:
        if self._terminal:
            sys.stderr.write("\r\x1b[K")


def pump(process: subprocess.Popen[str], arrived: queue.SimpleQueue[str | None]) -> None:
    assert process.stdout is not None
    with process.stdout:
        for line in process.stdout:
            arrived.put(line)
    arrived.put(None)


def end(process: subprocess.Popen[str]) -> None:
    """The terminal has told the command too: let it tidy up, but not for ever."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=3)
        return
    process.kill()
    process.wait()


def write_line(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def describe_pip(line: str) -> str | None:
    """pip's "Downloading <file> (75.8 MB)", "Using cached <file>" and "Installing collected packages: a, b"."""
    found = re.match(r"\s*(Downloading|Using cached) (\S+?)(?:\.metadata)?(?: \(([^)]+)\))?$", line)
    if found:
        name, version = [*found[2].rpartition("/")[2].split("-"), ""][:2]
        if found[1] == "Downloading":
            return f"downloading {name} {version} ({found[3] or 'size unknown'})"
        return f"{name} {version} was downloaded before"
    if line.startswith("Installing collected packages: "):
        return f"installing {line.count(',') + 1} packages"
    return None


def describe_apt(line: str) -> str | None:
    """apt's "Get:1 <url> <suite> <arch> <name> ..." and "Setting up <name>"."""
    found = re.match(r"(Get:\d+ \S+ \S+ \S+|Setting up) (\S+)", line)
    if not found:
        return None
    verb = "downloading" if found[1].startswith("Get:") else found[1].lower()
    return f"{verb} {found[2]}"
