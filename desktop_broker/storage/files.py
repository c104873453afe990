"""The seam for the disk, and the bounded pool of open files. Every file of a log is reached through here.

A test replaces one method of `FileLayer` to fill the disk or to make it fail. `FilePool` keeps few files open however many
partitions there are: 10,000 partitions of three files each pass every usual limit on handles.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable

_FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0)
_FREE_HANDLES = 256
_LEAST_CAPACITY, _MOST_CAPACITY = 64, 1024

Buffer = bytes | bytearray | memoryview


class _SeekingRead:
    """`os.pread` where the platform lacks it (Windows): one lock keeps seek and read together."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __call__(self, fd: int, length: int, position: int) -> bytes:
        with self._lock:
            os.lseek(fd, position, os.SEEK_SET)
            return os.read(fd, length)


class FileLayer:
    """The operating system's files. Stateless, so safe from any thread; all raise OSError.

    `write` and `pread` are the plain system calls: a log's hot path pays one attribute look-up for the seam.
    """

    write: Callable[[int, Buffer], int] = staticmethod(os.write)
    pread: Callable[[int, int, int], bytes] = staticmethod(getattr(os, "pread", None) or _SeekingRead())
    fsync: Callable[[int], None] = staticmethod(os.fsync)

    def open(self, path: str) -> int:
        """Open for reading and appending; create when missing."""
        return os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _FLAGS, 0o644)

    def close(self, fd: int) -> None:
        os.close(fd)

    def truncate(self, fd: int, size: int) -> None:
        os.ftruncate(fd, size)

    def rename(self, source: str, target: str) -> None:
        """Replaces the target when it exists."""
        os.replace(source, target)

    def remove(self, path: str) -> None:
        """Delete a file; none there is fine."""
        try:
            os.unlink(path)
        except FileNotFoundError:
            return

    def replace_text(self, path: str, text: str, *, sync: bool) -> None:
        """Write a small file whole: beside it first, then renamed over it, so that a crash leaves the old or the new one."""
        self.replace_bytes(path, text.encode(), sync=sync)

    def replace_bytes(self, path: str, content: bytes, *, sync: bool) -> None:
        """As `replace_text`. With `sync` the content has reached the disk on return."""
        beside = path + ".tmp"
        fd = os.open(beside, os.O_WRONLY | os.O_TRUNC | os.O_CREAT | _FLAGS, 0o644)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[self.write(fd, rest) :]
            if sync:
                self.fsync(fd)
        finally:
            os.close(fd)
        self.rename(beside, path)
        if sync:
            self.sync_folder(os.path.dirname(path))

    def sync_folder(self, path: str) -> None:
        """Make renames in a folder durable, where the platform can."""
        if os.name == "nt":
            return
        fd = os.open(path, os.O_RDONLY | _FLAGS)
        try:
            self.fsync(fd)
        finally:
            os.close(fd)


class SegmentFile:
    """One file of a log that opens when it is used. Guarded by its pool's lock.

    Between `acquire` and `release` the descriptor stays open and valid, also when the file is renamed or deleted meanwhile.
    """

    __slots__ = ("_pool", "closing", "fd", "path", "touched", "users")

    def __init__(self, pool: FilePool, path: str) -> None:
        self._pool = pool
        self.path = path
        self.fd = -1
        self.users = 0
        self.touched = False
        self.closing = False

    def acquire(self) -> int:
        """The open descriptor; raises OSError when the file cannot be opened."""
        return self._pool.acquire(self)

    def release(self) -> None:
        """One use less."""
        self._pool.release(self)

    def rename(self, path: str) -> None:
        """Give the file another name; its idle handle is closed first, as Windows demands."""
        self._pool.rename(self, path)

    def close(self) -> None:
        """Close the handle once nobody uses it."""
        self._pool.close(self)


class FilePool:
    """The open files of one broker, at most about `capacity`; the ones longest unused are closed first (second chance).

    Used from every thread of the broker; `_lock` guards it and all its `SegmentFile`s. Files in use may push it over capacity.
    """

    def __init__(self, files: FileLayer, capacity: int | None = None) -> None:
        self.files = files
        self.capacity = capacity or usual_capacity()
        self._lock = threading.Lock()
        self._open: deque[SegmentFile] = deque()

    def acquire(self, file: SegmentFile) -> int:
        with self._lock:
            fd = file.fd
            if fd < 0:
                fd = self._open_file(file)
            file.users += 1
            file.touched = True
            file.closing = False
            return fd

    def release(self, file: SegmentFile) -> None:
        with self._lock:
            file.users -= 1
            if file.closing and not file.users:
                self._close_file(file)

    def rename(self, file: SegmentFile, path: str) -> None:
        with self._lock:
            if not file.users:
                self._close_file(file)
            self.files.rename(file.path, path)
            file.path = path

    def close(self, file: SegmentFile) -> None:
        """An idle file is closed now, one in use when its last user lets go."""
        with self._lock:
            file.closing = True
            if not file.users:
                self._close_file(file)

    def close_all(self) -> None:
        """At the end of the broker: close everything, what connections still send from when they are done."""
        with self._lock:
            for file in list(self._open):
                file.closing = True
                if not file.users:
                    self._close_file(file)

    @property
    def open_count(self) -> int:
        """Handles open now."""
        return len(self._open)

    def _open_file(self, file: SegmentFile) -> int:
        self._make_room()
        file.fd = self.files.open(file.path)
        self._open.append(file)
        return file.fd

    def _close_file(self, file: SegmentFile) -> None:
        if file.fd >= 0:
            fd, file.fd = file.fd, -1
            self._open.remove(file)
            self.files.close(fd)

    def _make_room(self) -> None:
        for _ in range(2 * len(self._open)):
            if len(self._open) < self.capacity:
                return
            file = self._open[0]
            if file.users or file.touched:
                file.touched = False
                self._open.rotate(-1)
            else:
                self._close_file(file)


def usual_capacity() -> int:
    """How many segment files a broker may keep open: a share of the process's limit, which is raised as far as it goes."""
    limit = _raise_handle_limit()
    return max(_LEAST_CAPACITY, min(_MOST_CAPACITY, (limit - _FREE_HANDLES) // 16))


def _raise_handle_limit() -> int:
    try:
        import resource
    except ImportError:  # Windows: the C run-time's own limit
        return 8192
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, 65_536) if hard != resource.RLIM_INFINITY else 65_536
    if soft != resource.RLIM_INFINITY and soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
        except (ValueError, OSError):  # a container may forbid it: then fewer files stay open
            return soft
    return wanted if soft == resource.RLIM_INFINITY else soft
