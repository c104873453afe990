"""The file `control.json` in a data folder: where its engine's control socket is, and the token that opens it.

Only the folder's owner can read it (0600); that is the whole guard, as with Jupyter's connection files.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

FILE_NAME = "control.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlAddress:
    """Where an engine takes commands. The port is one of 127.0.0.1."""

    port: int
    token: str
    pid: int


def write_address(data_dir: Path, address: ControlAddress) -> None:
    """Put the file in place at once, so that nobody reads half of it.

    Raises:
        OSError: the folder cannot be written.
    """
    target = data_dir / FILE_NAME
    draft = target.with_suffix(".json.new")
    with contextlib.suppress(FileNotFoundError):
        draft.unlink()
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="utf-8") as file:
        json.dump({"port": address.port, "token": address.token, "pid": address.pid}, file)
    draft.replace(target)


def read_address(data_dir: Path) -> ControlAddress | None:
    """What the folder's engine wrote; None when there is none or it is not readable as such."""
    try:
        plain = json.loads((data_dir / FILE_NAME).read_text(encoding="utf-8"))
        return ControlAddress(port=int(plain["port"]), token=str(plain["token"]), pid=int(plain["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remove_address(data_dir: Path) -> None:
    """Take the file away; the engine ends."""
    with contextlib.suppress(OSError):
        (data_dir / FILE_NAME).unlink()
