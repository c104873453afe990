"""An engine's data folder: found or made, locked against a second engine, and for an ephemeral engine removed at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from desktop_broker.broker import cluster_spec
from desktop_broker.broker.cluster_spec import ClusterSpec, Wishes
from desktop_broker.broker.errors import EngineError
from desktop_broker.common.paths import default_data_dir
from desktop_broker.storage.folder_lock import FolderInUse, FolderLock


class DataFolder:
    """Opened and closed by the thread that starts and stops the engine.

    Attributes:
        path: the folder; for an ephemeral engine without one of its own, known once it is open.
    """

    def __init__(self, path: Path | None, *, ephemeral: bool) -> None:
        self._wanted = path
        self.ephemeral = ephemeral
        self.path = path if path is not None or ephemeral else default_data_dir()
        self._lock: FolderLock | None = None
        self._remove = False

    def open(self) -> None:
        """Make the folder if need be, and lock it.

        Raises:
            EngineError: another engine has it (and where that one serves), it cannot be written, or `ephemeral` would remove a cluster.
        """
        if self._wanted is None and self.ephemeral:
            self.path = Path(tempfile.mkdtemp(prefix="desktop-broker-"))
        path = self.path
        assert path is not None
        if self.ephemeral and (path / cluster_spec.FILE_NAME).exists():
            raise EngineError(
                f"{path} holds a cluster, which an ephemeral engine would remove at its end: choose another folder."
            )
        try:
            self._lock = FolderLock.acquire(path)
            _check_writable(path)
        except FolderInUse as error:
            raise EngineError(str(error)) from None
        except OSError as error:
            self.close()
            raise _unusable(path, error) from None
        self._remove = self.ephemeral

    @property
    def place(self) -> Path:
        """The folder, once it is open."""
        assert self.path is not None
        return self.path

    def resolve(self, wishes: Wishes) -> ClusterSpec:
        """The cluster in the folder, or a new one; see `cluster_spec.resolve`. Raises EngineError."""
        return cluster_spec.resolve(self.place, wishes)

    def save(self, spec: ClusterSpec) -> None:
        """Keep what the cluster is made of. Raises EngineError when the disk refuses."""
        try:
            cluster_spec.save(self.place, spec)
        except OSError as error:
            raise _unusable(self.place, error) from None

    def publish(self, bootstrap: str) -> None:
        """Tell a second engine, should one come, where this one serves."""
        if self._lock is not None:
            self._lock.publish(bootstrap)

    def close(self) -> None:
        """Let the folder go. Idempotent."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        if self._remove:
            self._remove = False
            shutil.rmtree(self.place, ignore_errors=True)


def _check_writable(path: Path) -> None:
    """Find out now, before any broker starts, whether data can be written: a full disk takes empty files but no bytes."""
    probe = path / ".probe"
    try:
        with probe.open("wb", buffering=0) as file:
            file.write(bytes(4096))
            os.fsync(file.fileno())
    finally:
        probe.unlink(missing_ok=True)


def _unusable(path: Path, error: OSError) -> EngineError:
    reason = error.strerror or str(error)
    return EngineError(
        f"The data folder {path} cannot be written to ({reason}): make room or rights, or choose another folder."
    )
