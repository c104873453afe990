"""What a panel gets: the cluster, a way to work off the Qt thread, the feeds, and the shell's services.

Counterpart: `app.py` makes one per session; panels are made with it and forget it when the session is closed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from desktop_broker.gui.feeds.feeds import Feeds
from desktop_broker.gui.jobs import Jobs
from desktop_broker.gui.session import ClusterSession, EngineActions
from desktop_broker.gui.settings import WindowSettings


class Navigate(Protocol):
    """Show a panel: `navigate("messages", topic="orders", key=b"17")`. What a panel understands, its docstring says."""

    def __call__(self, panel_id: str, **arguments: object) -> None: ...


Notify = Callable[[str, str], None]
"""`notify(text, kind)`: a passing note; kind is info, good, warning or error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelContext:
    """Everything a panel may use. Belongs to the Qt thread.

    Args:
        session: the cluster; `session.connection()` is for jobs only.
        jobs: `jobs.run(function, *args, done=..., failed=..., owner=self)`.
        feeds: live values as signals and attributes.
        engine: commands to the embedded engine; None on an external cluster.
        settings: the window's own, kept between starts.
    """

    session: ClusterSession
    jobs: Jobs
    feeds: Feeds
    engine: EngineActions | None
    navigate: Navigate
    notify: Notify
    settings: WindowSettings
