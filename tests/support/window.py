"""A window over a cluster that stands still: real shell and panels, feeds that a test fills by hand."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.feeds.model import ClusterView, GroupSummary, Health, HealthKind, LagTrend, Rates, TopicSummary
from desktop_broker.gui.i18n import Languages, use_utc
from desktop_broker.gui.settings import WindowSettings
from desktop_broker.gui.theme import ThemeManager

BOOTSTRAP = "127.0.0.1:9092,127.0.0.1:9093,127.0.0.1:9094"
HEALTHY = Health(kind=HealthKind.OK, brokers=3, brokers_up=3, partitions=12, replication_factor=3)


class WindowKit:
    """The theme and the language of the test application, as the shell would hold them."""

    def __init__(self, application: QApplication) -> None:
        self.theme = ThemeManager(application, "light")
        self.languages = Languages(application, "en")

    def restore(self) -> None:
        self.theme.set_mode("light")
        self.theme.set_scale(1.0)
        self.languages.set_language("en")
        use_utc(True)


class StillFeeds(QObject):
    """The feeds' signals and latest values, without the threads that fill them."""

    statistics_updated = Signal(object)
    view_updated = Signal(object)
    topics_updated = Signal(object)
    groups_updated = Signal(object)
    health_changed = Signal(object)
    history_updated = Signal()
    events_added = Signal(object)
    engine_lost = Signal(str)
    engine_back = Signal()
    cluster_lost = Signal(object)
    cluster_back = Signal()
    paused_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.period_s = 1.0
        self.statistics = None
        self.view: ClusterView | None = None
        self.topics: list[TopicSummary] = []
        self.groups: list[GroupSummary] = []
        self.events: list[Any] = []
        self.health = HEALTHY
        self.refreshed = 0
        self._paused = False

    @property
    def paused(self) -> bool:
        return self._paused

    @paused.setter
    def paused(self, paused: bool) -> None:
        self._paused = paused
        self.paused_changed.emit(paused)

    def refresh_now(self) -> None:
        self.refreshed += 1


def topic(name: str, partitions: int = 6, *, internal: bool = False) -> TopicSummary:
    return TopicSummary(
        name=name,
        internal=internal,
        partitions=partitions,
        replication_factor=3,
        messages=0,
        size_bytes=0,
        last_record_ms=None,
        replicas=partitions * 3,
        in_sync=partitions * 3,
        offline=0,
        groups=0,
        lagging_groups=0,
        lag=0,
        rates=Rates(),
        trend=(),
        partition_details=(),
    )


def group(identity: str, lag: int, *topics: str) -> GroupSummary:
    return GroupSummary(
        id=identity,
        state="Stable",
        kind="classic",
        assignor="range",
        coordinator=1,
        members=(),
        topics=topics,
        offsets=(),
        lag=lag,
        trend=LagTrend.STEADY,
        committed_rate=None,
        lag_history=(),
        committed_history=(),
    )


def view(messages_in: float, messages_out: float, *topics: TopicSummary) -> ClusterView:
    return ClusterView(
        time_ms=0,
        cluster_id="cluster",
        brokers=(),
        broker_rates={},
        partitions=(),
        topics=topics,
        health=HEALTHY,
        totals=Rates(messages_in=messages_in, messages_out=messages_out),
    )


def still_context(
    settings: WindowSettings,
    feeds: StillFeeds,
    *,
    navigate: Any = None,
    notify: Any = None,
    data_dir: Path | None = None,
) -> PanelContext:
    """What panels get, with nothing behind it that could answer."""
    session = SimpleNamespace(name="shop-local", bootstrap=BOOTSTRAP, embedded=True, data_dir=data_dir)
    return PanelContext(
        session=cast(Any, session),
        jobs=cast(Any, None),
        feeds=cast(Any, feeds),
        engine=None,
        navigate=navigate or (lambda *_, **__: None),
        notify=notify or (lambda *_: None),
        settings=settings,
    )
