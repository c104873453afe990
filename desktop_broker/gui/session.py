"""The cluster that the window looks at: the embedded one, or one elsewhere.

Counterpart: `gui/context.py` hands it to panels; `app.py` opens and closes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject

from desktop_broker.gui.engine_link import EngineLink
from desktop_broker.gui.jobs import Failed, Job, Jobs
from desktop_broker.kafka.connection import ClusterConnection


class ClusterSession:
    """One cluster while the window shows it. The connection may be used from any worker thread, never from the Qt thread.

    Args:
        name: what the cluster switcher calls it.
        bootstrap: `host:port,...`, advertised.
        link: to the engine; None on an external cluster.
        data_dir: the embedded cluster's folder.
    """

    def __init__(
        self,
        name: str,
        bootstrap: str,
        *,
        link: EngineLink | None = None,
        properties: Mapping[str, str] | None = None,
        data_dir: Path | None = None,
    ) -> None:
        self.name = name
        self.bootstrap = bootstrap
        self.link = link
        self.data_dir = data_dir
        self._connection = ClusterConnection(bootstrap, properties=properties)

    @property
    def embedded(self) -> bool:
        """Whether its engine can be asked and its brokers stopped and started."""
        return self.link is not None

    def connection(self) -> ClusterConnection:
        """For jobs: every call on it blocks."""
        return self._connection

    def close(self) -> None:
        """End every wait on the cluster and on the engine. Idempotent."""
        self._connection.close()
        if self.link is not None:
            self.link.close()


class EngineActions:
    """Commands to the embedded engine as jobs. Lives on the Qt thread; `done` and `failed` are called there.

    After each the feeds look again at once.
    """

    def __init__(self, link: EngineLink, jobs: Jobs, refresh: Callable[[], None]) -> None:
        self._link = link
        self._jobs = jobs
        self._refresh = refresh

    def start_broker(
        self,
        broker: int,
        *,
        done: Callable[[object], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Start a stopped broker; done when it serves."""
        return self._run(lambda: self._link.handle().start_broker(broker), done, failed, owner)

    def stop_broker(
        self,
        broker: int,
        *,
        done: Callable[[object], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Stop a broker; its leaders move first."""
        return self._run(lambda: self._link.handle().stop_broker(broker), done, failed, owner)

    def kill_broker(
        self,
        broker: int,
        *,
        done: Callable[[object], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Crash a broker."""
        return self._run(lambda: self._link.handle().kill_broker(broker), done, failed, owner)

    def set_config(
        self,
        name: str,
        value: str | None,
        *,
        done: Callable[[object], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Set a broker config for the whole cluster; None goes back to the default."""
        return self._run(lambda: self._link.handle().set_config(name, value), done, failed, owner)

    def configs(
        self,
        *,
        done: Callable[[dict[str, str | None]], None],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Every broker config with its value now."""
        return self._jobs.run(lambda: self._link.handle().configs(), done=done, failed=failed, owner=owner)

    def _run(
        self,
        call: Callable[[], None],
        done: Callable[[object], None] | None,
        failed: Failed | None,
        owner: QObject | None,
    ) -> Job:
        def and_look() -> None:
            try:
                call()
            finally:
                self._refresh()

        return self._jobs.run(and_look, done=done, failed=failed, owner=owner)
