"""One process per data folder, and the second is told about the first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_broker.storage.folder_lock import FolderInUse, FolderLock

HOLD = """
import sys
from pathlib import Path
from desktop_broker.storage.folder_lock import FolderLock
lock = FolderLock.acquire(Path(sys.argv[1]))
lock.publish("127.0.0.1:9092")
print("held", flush=True)
sys.stdin.read()
"""


def test_another_process_is_refused_until_the_owner_dies(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "held\n"
        with pytest.raises(FolderInUse, match=r"127\.0\.0\.1:9092") as refused:
            FolderLock.acquire(folder)
        assert (refused.value.pid, refused.value.bootstrap) == (owner.pid, "127.0.0.1:9092")
        owner.kill()
    FolderLock.acquire(folder).release()


def test_the_same_process_is_refused_too_and_told_that_it_starts(tmp_path: Path) -> None:
    lock = FolderLock.acquire(tmp_path)
    with pytest.raises(FolderInUse, match="still starting") as refused:
        FolderLock.acquire(tmp_path)
    assert (refused.value.pid, refused.value.bootstrap) == (os.getpid(), None)
    lock.release()
    lock.release()
    FolderLock.acquire(tmp_path).release()


@pytest.mark.parametrize("content", ["", "nonsense", "[]", '{"pid": "x", "bootstrap": 5}'])
def test_an_owner_that_has_not_said_who_it_is(content: str, tmp_path: Path) -> None:
    lock = FolderLock.acquire(tmp_path)
    (tmp_path / ".lock").write_text(content)
    with pytest.raises(FolderInUse, match="another process"):
        FolderLock.acquire(tmp_path)
    lock.release()
