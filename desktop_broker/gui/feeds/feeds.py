"""Everything live that panels show, as Qt signals and as latest values.

Counterpart: the engine (`gui/engine_link.py`) or any cluster (`kafka/connection.py`) is asked on three threads: statistics, events,
groups. What they find crosses to the Qt thread through one `Bridge`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from desktop_broker.common.events import Event
from desktop_broker.common.statistics import EngineStatistics
from desktop_broker.common.types import TopicPartition
from desktop_broker.control.client import ControlError, EngineGone
from desktop_broker.gui.bridge import Bridge
from desktop_broker.gui.feeds import external
from desktop_broker.gui.feeds.cluster_look import ClusterLook
from desktop_broker.gui.feeds.groups import Bounds, GroupRows
from desktop_broker.gui.feeds.history import ThroughputHistory
from desktop_broker.gui.feeds.model import ClusterView, GroupSummary, Health, TopicSummary
from desktop_broker.gui.feeds.poller import Poller
from desktop_broker.gui.session import ClusterSession
from desktop_broker.kafka.errors import ClusterError, ConnectionClosedError

EMBEDDED_PERIOD_S = 1.0
EXTERNAL_PERIOD_S = 5.0
_EVENTS_WAIT_S = 20.0
_KEPT_EVENTS = 2_000


class Feeds(QObject):
    """Lives on the Qt thread. Between looks the attributes hold the latest values; before the first they are empty.

    Signals (all at most 25 times a second, on the Qt thread):
        statistics_updated: EngineStatistics, of an external cluster too (there without traffic out and bytes).
        view_updated: ClusterView, all in one: brokers, rates, partitions, topics, health.
        topics_updated: list[TopicSummary], internal ones too.
        groups_updated: list[GroupSummary].
        health_changed: Health, when it differs from the one before.
        history_updated: a sample was added to `history` (also while paused).
        events_added: list[Event], new ones, oldest first.
        engine_lost: a sentence: the engine ended. `engine_back`: it answers again.
        cluster_lost: ClusterError: the cluster does not answer. `cluster_back`: it does again.
        paused_changed: bool.
    """

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

    def __init__(
        self, session: ClusterSession, parent: QObject | None = None, *, period_s: float | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._period_s = period_s or (EMBEDDED_PERIOD_S if session.embedded else EXTERNAL_PERIOD_S)
        self.statistics: EngineStatistics | None = None
        self.view: ClusterView | None = None
        self.topics: list[TopicSummary] = []
        self.groups: list[GroupSummary] = []
        self.health = Health()
        self.events: list[Event] = []
        self.history = ThroughputHistory(gap_s=4 * self._period_s)
        self._paused = False
        self._show_once = False
        self._engine_gone = False
        self._cluster_gone = False
        # Read by other pollers than the one that writes; each is one reference, replaced whole.
        self._shared_groups: tuple[GroupSummary, ...] = ()
        self._shared_statistics: EngineStatistics | None = None
        self._bridge = Bridge(self)
        self._bridge.receive("look", self._take_look)
        self._bridge.receive("groups", self._take_groups)
        self._bridge.receive("events", self._take_events)
        self._bridge.receive("engine-lost", self._take_engine_lost)
        self._bridge.receive("cluster-lost", self._take_cluster_lost)
        self._look = self._make_look()
        self._group_rows = GroupRows()
        self._event_sequence = 0
        self._pollers = self._make_pollers()

    @property
    def period_s(self) -> float:
        """Seconds between looks."""
        return self._period_s

    @property
    def paused(self) -> bool:
        """Whether the panels stand still. The history goes on."""
        return self._paused

    @paused.setter
    def paused(self, paused: bool) -> None:
        if paused != self._paused:
            self._paused = paused
            self.paused_changed.emit(paused)
            if not paused:
                self._show_all()

    def start(self) -> None:
        """Begin to look."""
        for poller in self._pollers:
            poller.start()

    def refresh_now(self) -> None:
        """Look at once, and show it even while paused. From any thread."""
        self._show_once = True
        for poller in self._pollers:
            poller.wake()

    def stop(self, timeout_s: float = 2.0) -> bool:
        """End the threads; close the session first, so that none waits for an answer. Returns whether all have ended in time."""
        self._bridge.close()
        for poller in self._pollers:
            poller.ask_to_stop()
        deadline = time.monotonic() + timeout_s
        ended = [
            poller.join(max(0.0, deadline - time.monotonic())) for poller in self._pollers
        ]  # every one, even after a failure
        return all(ended)

    # On the pollers' threads.

    def _make_look(self) -> ClusterLook:
        link = self._session.link
        if link is not None:
            return ClusterLook(lambda: link.handle().statistics())
        return ClusterLook(external.ExternalLook(self._session.connection()).statistics, external.COUNTED)

    def _make_pollers(self) -> list[Poller]:
        pollers = [
            Poller("window/statistics", self._look_at_cluster, self._period_s, self._crashed),
            Poller("window/groups", self._look_at_groups, self._period_s, self._crashed),
        ]
        if self._session.link is not None:
            pollers.append(Poller("window/events", self._wait_for_events, 0.05, self._crashed))
        return pollers

    def _look_at_cluster(self) -> None:
        try:
            statistics, view = self._look.look(self._shared_groups)
        except EngineGone as error:
            self._bridge.post("engine-lost", str(error))
        except ConnectionClosedError:
            pass
        except ControlError as error:
            self._bridge.post("cluster-lost", ClusterError(str(error)))
        except ClusterError as error:
            self._bridge.post("cluster-lost", error)
        else:
            self._shared_statistics = statistics
            self._bridge.collect("look", [(statistics, view)])

    def _look_at_groups(self) -> None:
        poller = self._pollers[1]
        try:
            rows = self._group_rows.look(self._session.connection(), self._bounds, lambda: poller.stopped)
        except ClusterError:
            return  # the statistics feed says when the cluster is lost; without its groups the former rows stay
        self._shared_groups = rows
        self._bridge.post("groups", rows)

    def _bounds(self, partitions: Iterable[TopicPartition]) -> Bounds:
        if not self._session.embedded:
            try:
                return self._session.connection().offsets(partitions)
            except ConnectionClosedError:
                raise
            except ClusterError:
                return {}
        wanted, known = set(partitions), self._shared_statistics
        if known is None:
            return {}
        return {
            tp: (partition.log_start_offset, partition.high_watermark)
            for partition in known.partitions
            if (tp := TopicPartition(partition.topic, partition.partition)) in wanted
        }

    def _wait_for_events(self) -> None:
        assert self._session.link is not None
        try:
            found = self._session.link.handle().events_after(self._event_sequence, _EVENTS_WAIT_S)
        except EngineGone:
            self._event_sequence = 0  # another engine counts from the beginning
            return
        except ControlError:
            return
        if found:
            self._event_sequence = found[-1].sequence
            self._bridge.collect("events", found)

    def _crashed(self, thread: str, error: BaseException) -> None:
        from desktop_broker.gui.jobs import as_cluster_error

        failure = error if isinstance(error, Exception) else RuntimeError(f"{thread}: {error}")
        self._bridge.post("cluster-lost", as_cluster_error(failure))

    # On the Qt thread.

    def _take_look(self, looks: list[tuple[EngineStatistics, ClusterView]]) -> None:
        for statistics, view in looks:
            self.history.add(statistics.time_ms, view.totals, {topic.name: topic.rates for topic in view.topics})
        self._say_back()
        self.statistics, self.view = looks[-1]
        self.topics = list(self.view.topics)
        self.history_updated.emit()
        if self._shows():
            self._show_look()
        self._show_once = False

    def _take_groups(self, groups: tuple[GroupSummary, ...]) -> None:
        self.groups = list(groups)
        if self._shows():
            self.groups_updated.emit(self.groups)

    def _take_events(self, events: list[Event]) -> None:
        self.events = (self.events + events)[-_KEPT_EVENTS:]
        self.events_added.emit(events)

    def _take_engine_lost(self, sentence: str) -> None:
        if not self._engine_gone:
            self._engine_gone = True
            self.engine_lost.emit(sentence)

    def _take_cluster_lost(self, error: ClusterError) -> None:
        if not self._cluster_gone:
            self._cluster_gone = True
            self.cluster_lost.emit(error)

    def _say_back(self) -> None:
        if self._engine_gone:
            self._engine_gone = False
            self.engine_back.emit()
        if self._cluster_gone:
            self._cluster_gone = False
            self.cluster_back.emit()

    def _shows(self) -> bool:
        return not self._paused or self._show_once

    def _show_all(self) -> None:
        if self.view is not None:
            self._show_look()
        self.groups_updated.emit(self.groups)

    def _show_look(self) -> None:
        assert self.view is not None
        self.statistics_updated.emit(self.statistics)
        self.view_updated.emit(self.view)
        self.topics_updated.emit(self.topics)
        if self.view.health != self.health:
            self.health = self.view.health
            self.health_changed.emit(self.health)
