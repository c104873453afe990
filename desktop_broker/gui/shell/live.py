"""Leads what the feeds say to the shell: status bar, live badge, cluster switcher, counts in the navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.feeds.model import ClusterView, GroupSummary, Health, HealthKind, TopicSummary

if TYPE_CHECKING:
    from desktop_broker.gui.shell.window import MainWindow


class LiveLink(QObject):
    """Follows the feeds of one cluster at a time; a child of the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._context: PanelContext | None = None

    def follow(self, context: PanelContext | None) -> None:
        """Listen to these feeds from now on, and no more to those before."""
        if self._context is not None:
            feeds = self._context.feeds
            feeds.view_updated.disconnect(self._show_view)
            feeds.health_changed.disconnect(self._show_health)
            feeds.topics_updated.disconnect(self._show_topics)
            feeds.groups_updated.disconnect(self._show_groups)
            feeds.paused_changed.disconnect(self._show_live)
            feeds.engine_lost.disconnect(self._engine_lost)
            feeds.engine_back.disconnect(self._engine_back)
        self._context = context
        if context is not None:
            feeds = context.feeds
            feeds.view_updated.connect(self._show_view)
            feeds.health_changed.connect(self._show_health)
            feeds.topics_updated.connect(self._show_topics)
            feeds.groups_updated.connect(self._show_groups)
            feeds.paused_changed.connect(self._show_live)
            feeds.engine_lost.connect(self._engine_lost)
            feeds.engine_back.connect(self._engine_back)
        self._show_all()

    def retranslate(self) -> None:
        self._show_all()

    def _show_all(self) -> None:
        context, window = self._context, self._window
        window.status.set_bootstrap(context.session.bootstrap if context is not None else "")
        self._show_live()
        self._show_view(context.feeds.view if context is not None else None)
        self._show_health(context.feeds.health if context is not None else None)
        self._show_topics(context.feeds.topics if context is not None else [])
        self._show_groups(context.feeds.groups if context is not None else [])

    def _show_live(self, paused: bool = False) -> None:
        feeds = self._context.feeds if self._context is not None else None
        period = feeds.period_s if feeds is not None else 0.0
        self._window.header.set_live(period, paused=paused or (feeds is not None and feeds.paused))

    def _show_view(self, view: ClusterView | None) -> None:
        self._window.status.set_view(view)

    def _show_health(self, health: Health | None) -> None:
        context, window = self._context, self._window
        window.status.set_health(health)
        if context is None:
            window.header.switcher.set_cluster("Desktop Broker", "")
            return
        known = health is not None and health.brokers > 0
        facts = self.tr("%n broker(s)", "", health.brokers) if known and health is not None else ""
        window.header.switcher.set_cluster(context.session.name, facts)
        if "overview" in window.panel_ids:
            bad = health is not None and health.kind in (HealthKind.WARNING, HealthKind.ERROR)
            window.navigation.item("overview").set_count("", bad)

    def _show_topics(self, topics: list[TopicSummary]) -> None:
        if "topics" in self._window.panel_ids:
            count = sum(not topic.internal for topic in topics)
            self._window.navigation.item("topics").set_count(f"{count:,}" if count else "")

    def _show_groups(self, groups: list[GroupSummary]) -> None:
        if "consumers" in self._window.panel_ids:
            self._window.navigation.item("consumers").set_count(f"{len(groups):,}" if groups else "")

    def _engine_lost(self, sentence: str) -> None:
        self._window.notify(sentence, "error")

    def _engine_back(self) -> None:
        self._window.notify(self.tr("The engine answers again."), "good")
