"""Few files stay open, whoever uses one keeps it, and small files are replaced whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_broker.storage.files import FileLayer, FilePool, SegmentFile, usual_capacity
from tests.storage.helpers import SmallDisk


def test_the_pool_closes_what_was_not_used_for_longest(tmp_path: Path) -> None:
    pool = FilePool(FileLayer(), capacity=4)
    files = [SegmentFile(pool, str(tmp_path / f"{number}")) for number in range(50)]
    for file in files:
        file.acquire()
        file.release()
        files[0].acquire()
        files[0].release()
        assert pool.open_count <= 4
    assert files[0].fd >= 0
    assert sum(file.fd >= 0 for file in files) == pool.open_count
    pool.close_all()
    assert pool.open_count == 0


def test_a_file_in_use_stays_open_and_valid(tmp_path: Path) -> None:
    pool = FilePool(FileLayer(), capacity=2)
    used = SegmentFile(pool, str(tmp_path / "used"))
    fd = used.acquire()
    os.write(fd, b"content")
    for number in range(10):
        other = SegmentFile(pool, str(tmp_path / f"{number}"))
        other.acquire()
        other.release()
    used.rename(str(tmp_path / "renamed"))
    used.close()
    pool.close_all()
    assert used.fd == fd
    assert os.pread(fd, 7, 0) == b"content"
    used.release()
    used.close()
    assert used.fd == -1
    assert (tmp_path / "renamed").read_bytes() == b"content"


def test_a_small_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    disk = SmallDisk()
    path = tmp_path / "checkpoint"
    disk.replace_text(str(path), "old", sync=True)
    assert disk.syncs == (1 if os.name == "nt" else 2)
    disk.free = 2
    with pytest.raises(OSError, match="No space left"):
        disk.replace_text(str(path), "newer", sync=True)
    assert path.read_text() == "old"
    disk.free = None
    disk.replace_text(str(path), "newer", sync=False)
    assert path.read_text() == "newer"


def test_removing_what_is_not_there_is_fine(tmp_path: Path) -> None:
    FileLayer().remove(str(tmp_path / "nothing"))


def test_the_usual_capacity_leaves_handles_for_connections() -> None:
    assert 64 <= usual_capacity() <= 1024
