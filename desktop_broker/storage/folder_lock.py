"""One process per data folder: a lock that the operating system drops when its owner dies, however that happens.

Counterpart: Kafka's `.lock` file (`FileLock`). The file also says where its owner serves, so that a second one can name it.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import cast

_NAME = ".lock"
_LOCKED_BYTE = 1 << 20  # Windows locks bytes, and nobody may read a locked one: lock far behind the text


class FolderInUse(Exception):  # noqa: N818 - a state of the world, not a mistake; callers attach to the owner
    """Another process owns the folder.

    Attributes:
        pid: of the owner, None when it has not said yet.
        bootstrap: where the owner serves, None while it starts.
    """

    def __init__(self, path: Path, pid: int | None, bootstrap: str | None) -> None:
        where = f", serving at {bootstrap}" if bootstrap else ", which is still starting"
        who = f"process {pid}{where}" if pid is not None else "another process"
        super().__init__(f"The data folder {path} is in use by {who}. Stop it first, or choose another folder.")
        self.path = path
        self.pid = pid
        self.bootstrap = bootstrap


class FolderLock:
    """Held from `acquire` to `release`. Owned by the thread that starts and stops the engine."""

    def __init__(self, path: Path, fd: int) -> None:
        self._path = path
        self._fd = fd
        self.publish(None)

    @classmethod
    def acquire(cls, path: Path) -> FolderLock:
        """Take the folder, which is made when it is missing.

        Raises:
            FolderInUse: somebody has it.
            OSError: the folder cannot be made or written to.
        """
        path.mkdir(parents=True, exist_ok=True)
        fd = os.open(path / _NAME, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            _lock(fd)
        except OSError:
            owner = _read_owner(fd)
            os.close(fd)
            pid, bootstrap = owner.get("pid"), owner.get("bootstrap")
            raise FolderInUse(
                path, pid if isinstance(pid, int) else None, bootstrap if isinstance(bootstrap, str) else None
            ) from None
        return cls(path, fd)

    def publish(self, bootstrap: str | None) -> None:
        """Say where this process serves."""
        content = json.dumps({"pid": os.getpid(), "bootstrap": bootstrap}).encode()
        os.lseek(self._fd, 0, os.SEEK_SET)
        os.ftruncate(self._fd, 0)
        os.write(self._fd, content)

    def release(self) -> None:
        """Give the folder back; a second call does nothing. The file stays: removing it would let two owners in."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            with suppress(OSError):
                os.ftruncate(fd, 0)
            os.close(fd)


def _read_owner(fd: int) -> dict[str, object]:
    try:
        os.lseek(fd, 0, os.SEEK_SET)
        owner = json.loads(os.read(fd, 4096))
    except (OSError, ValueError):
        return {}
    return cast("dict[str, object]", owner) if isinstance(owner, dict) else {}


if sys.platform == "win32":
    import msvcrt

    def _lock(fd: int) -> None:
        os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
