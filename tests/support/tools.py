"""Other people's programs that tests need: found, or fetched into the user's cache folder, or a reason to skip.

Everything that waits for a registry has a deadline, so a test never hangs on a network that swallows packets. Each thing is
fetched once per machine, under a file lock (tests run in several processes).
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import pytest
from appdirs import user_cache_dir

ROOT = Path(__file__).resolve().parents[2]
NODE_PROJECT = ROOT / "tests" / "clients" / "node"
FETCH_SECONDS = 300

T = TypeVar("T")


class ToolMissingError(Exception):
    """A program is not here and cannot be fetched; the text says why."""


def cache_folder() -> Path:
    """Outside the checkout, so that a fresh clone starts with what an earlier one fetched."""
    folder = Path(user_cache_dir("desktop-broker-tests", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextlib.contextmanager
def only_one_process(name: str) -> Iterator[None]:
    """Hold `name` among all processes of this user."""
    with (cache_folder() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def require(program: str) -> str:
    """The path of `program`. Raises ToolMissingError."""
    path = shutil.which(program)
    if path is None:
        raise ToolMissingError(f"{program} is not installed")
    return path


def fetch(command: list[str], *, cwd: Path | None = None, environment: Mapping[str, str] | None = None) -> None:
    """Run a command that talks to a registry. Raises ToolMissingError when it fails or takes longer than FETCH_SECONDS."""
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=FETCH_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ToolMissingError(f"{command[0]} had no answer within {FETCH_SECONDS} s") from None
    if done.returncode != 0:
        raise ToolMissingError(f"{' '.join(command[:3])} failed: {done.stdout[-500:]}")


def node_modules() -> Path:
    """The `node_modules` folder with kafkajs and its codecs; skips the test where Node.js or npm is missing."""
    return or_skip(_node_modules)


def kcat() -> str:
    """What `find_kcat` finds; skips the test where it finds nothing."""
    return or_skip(find_kcat)


@functools.cache
def _node_modules() -> Path:
    require("node")
    npm = require("npm")
    lock = (NODE_PROJECT / "package-lock.json").read_bytes()
    folder = cache_folder() / f"node-{hashlib.sha256(lock).hexdigest()[:16]}"
    with only_one_process("node"):
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for name in ("package.json", "package-lock.json"):
                shutil.copy(NODE_PROJECT / name, folder)
            fetch([npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder)
            (folder / "complete").touch()
    return folder / "node_modules"


@functools.cache
def find_kcat() -> str:
    """The path of kcat, installed by apt where this process may. Raises ToolMissingError."""
    with only_one_process("apt"):
        found = shutil.which("kcat")
        if found is None and shutil.which("apt-get") and os.geteuid() == 0:
            fetch(["apt-get", "update"])
            quiet = {"DEBIAN_FRONTEND": "noninteractive"}
            fetch(["apt-get", "install", "--yes", "--no-install-recommends", "kcat"], environment=quiet)
    return found or require("kcat")


def or_skip(find: Callable[[], T]) -> T:
    """What `find` returns; where it raises ToolMissingError, the running test skips with its text."""
    try:
        return find()
    except ToolMissingError as missing:
        pytest.skip(str(missing))
