"""Overview: is the cluster well, what does each broker do, where are the replicas, how does a client connect, what happened.

Navigates to `topics` (topic=...) and `throughput`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.event_groups import EventGroups
from desktop_broker.gui.event_words import event_state, event_title
from desktop_broker.gui.feeds.model import ClusterView, Health, HealthKind
from desktop_broker.gui.panels.base import Panel
from desktop_broker.gui.panels.overview.broker_card import BrokerCard
from desktop_broker.gui.panels.overview.event_list import EventList
from desktop_broker.gui.panels.overview.replica_map import ReplicaMap
from desktop_broker.gui.panels.overview.snippets import LANGUAGES, snippet
from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.badge import State
from desktop_broker.gui.widgets.button import Button, IconButton
from desktop_broker.gui.widgets.callout import Callout
from desktop_broker.gui.widgets.card import Card
from desktop_broker.gui.widgets.code_block import CodeBlock
from desktop_broker.gui.widgets.dialog import ConfirmDialog
from desktop_broker.gui.widgets.drawings import Legend
from desktop_broker.gui.widgets.label import Label
from desktop_broker.gui.widgets.layout import PAGE_MARGINS, column, row, scroll_page
from desktop_broker.gui.widgets.page import PageHeader
from desktop_broker.gui.widgets.plot import PlotData, PlotEvent, Series, TimePlot
from desktop_broker.gui.widgets.plot_scale import write_value
from desktop_broker.gui.widgets.segmented import Segmented
from desktop_broker.gui.widgets.switch import Switch
from desktop_broker.kafka.errors import ClusterError

_SIDE = 376
_PLOT_SECONDS = 300
_CARDS_IN_A_ROW = 3
_EVENT_LINES = 5
_STATES: dict[HealthKind, State] = {
    HealthKind.OK: "ok",
    HealthKind.WARNING: "warn",
    HealthKind.ERROR: "err",
    HealthKind.UNKNOWN: "info",
}


class OverviewPanel(Panel):
    """The first thing that is seen."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._view: ClusterView | None = None
        self._cards: dict[int, BrokerCard] = {}
        self._header = PageHeader("")
        self._start_all = Button("", "play", small=True)
        self._start_all.clicked.connect(self._start_stopped)
        self._health = Callout("info", "", "", (self._start_all,))
        self._card_grid = QGridLayout()
        self._card_grid.setSpacing(12)
        page = QWidget()
        page.setLayout(
            column(
                self._header,
                self._health,
                self._card_grid,
                row((self._make_map(), 1), self._make_connect(), gap=12),
                (row((self._make_plot(), 1), self._make_events(), gap=12), 1),
                gap=12,
                margins=PAGE_MARGINS,
            )
        )
        self.setLayout(column(scroll_page(page)))
        feeds = context.feeds
        feeds.view_updated.connect(self._show_view)
        feeds.history_updated.connect(self._show_history)
        self._events = EventGroups.of(feeds)
        self._events.changed.connect(self._show_events)
        feeds.paused_changed.connect(self._paused_changed)
        self.retranslate()
        if feeds.view is not None:
            self._show_view(feeds.view)
        self._show_events()

    def panel_shown(self) -> None:
        """Draw what came while another panel was seen."""
        self._show_history()
        self._show_events()

    def retranslate(self) -> None:
        """All texts, in the language of the window."""
        self._header.set_title(self.tr("Overview"))
        self._start_all.set_text(self.tr("Start stopped brokers"))
        self._map_card.title.set_text(self.tr("Replica map"))
        self._internal.set_text(self.tr("Internal topics"))
        self._map_legend.set_replicas(
            (
                ("leader", self.tr("Leader")),
                ("sync", self.tr("In sync")),
                ("lag", self.tr("Catching up")),
                ("off", self.tr("Offline")),
            )
        )
        self._connect_card.title.set_text(self.tr("Connect a client"))
        self._languages.set_texts(*(name for _, name in LANGUAGES), name=self.tr("Language of the example"))
        self._servers_label.set_text(self.tr("Bootstrap servers"))
        self._servers.set_name(self.tr("Copy the bootstrap servers"))
        self._snippet.set_name(self.tr("Copy the example"))
        self._plot_card.title.set_text(self.tr("Messages per second"))
        self._plot_card.facts.set_text(self.tr("last 5 minutes"))
        series = self._series()
        self._plot_legend.set_lines([(line.colour, line.style, line.text) for line in series])
        self._plot.set_series(series, self._plot.data)
        self._plot.setAccessibleName(self.tr("Messages per second"))
        self._open_throughput.set_name(self.tr("Open Throughput"))
        self._events_card.title.set_text(self.tr("Recent events"))
        self._no_events.set_text(
            self.tr("Nothing has happened yet.")
            if self.context.session.embedded
            else self.tr("A cluster elsewhere does not tell its events.")
        )
        if self._view is not None:
            self._show_view(self._view)

    def _make_map(self) -> Card:
        self._map_legend = Legend()
        self._internal = Switch("")
        self._internal.toggled.connect(lambda _on: self._show_map())
        self._map_card = Card("", "", (self._internal, 8, self._map_legend))
        self._map = ReplicaMap()
        self._map.topic_clicked.connect(lambda topic: self.context.navigate("topics", topic=topic))
        self._map_empty = Label("", Text.MUTED, wrap=True)
        self._map_card.add(self._map, self._map_empty, None)
        return self._map_card

    def _make_connect(self) -> Card:
        self._languages = Segmented(LANGUAGES, "python", name="", small=True)
        self._languages.changed.connect(lambda _language: self._show_snippet())
        self._servers_label = Label("", Text.SMALL)
        self._servers = CodeBlock(self.context.session.bootstrap, break_after=",")
        self._snippet = CodeBlock(snippet("python", self.context.session.bootstrap), name="")
        self._connect_card = Card("", "", (self._languages,))
        self._connect_card.setFixedWidth(_SIDE)
        self._connect_card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._connect_card.add(self._servers_label, self._servers, 2, self._snippet, None)
        return self._connect_card

    def _make_plot(self) -> Card:
        self._plot_legend = Legend()
        self._open_throughput = IconButton("external-link", "")
        self._open_throughput.clicked.connect(lambda: self.context.navigate("throughput"))
        self._plot_card = Card("", "", (self._plot_legend, self._open_throughput), pad=False)
        self._plot = TimePlot(self._series(), name="", write=write_value, span_s=_PLOT_SECONDS, height=150)
        self._plot_card.add((self._plot, 1), 6)
        return self._plot_card

    def _make_events(self) -> Card:
        self._event_list = EventList(_EVENT_LINES)
        self._no_events = Label("", Text.MUTED, wrap=True)
        self._events_card = Card("")
        self._events_card.setFixedWidth(_SIDE)
        self._events_card.add(self._no_events, (self._event_list, 1))
        return self._events_card

    def _show_view(self, view: ClusterView) -> None:
        self._view = view
        self._show_health(view.health)
        self._show_brokers(view)
        self._show_map()

    def _show_health(self, health: Health) -> None:
        what, todo = self._health_words(health)
        self._health.set_message(_STATES[health.kind], what, todo)
        self._start_all.setVisible(bool(health.stopped) and self.context.engine is not None)

    def _health_words(self, health: Health) -> tuple[str, str]:
        up = self.tr("{up} of {all} brokers up").format(up=health.brokers_up, all=health.brokers)
        in_sync = health.partitions - health.under_replicated
        if health.kind is HealthKind.OK:
            if health.replication_factor < 2:
                return self.tr("{up}, every partition has a leader.").format(up=up), ""
            return self.tr("{up}, every partition has all its replicas in sync.").format(up=up), ""
        what = self.tr("{up}. {in_sync} of {all} partitions have all their replicas in sync.").format(
            up=up, in_sync=f"{in_sync:,}", all=f"{health.partitions:,}"
        )
        if health.offline:
            todo = self.tr(
                "%n partition(s) without a leader: clients cannot write or read there. Start the brokers that are stopped.",
                "",
                health.offline,
            )
        elif health.stopped:
            todo = self.tr("Clients go on with the other brokers. A stopped broker catches up when it is started.")
        else:
            todo = self.tr("Replicas are catching up with their leaders.")
        return what, todo

    def _show_brokers(self, view: ClusterView) -> None:
        if [broker.id for broker in view.brokers] != list(self._cards):
            self._make_cards([broker.id for broker in view.brokers])
        for broker in view.brokers:
            rates = view.broker_rates.get(broker.id)
            if rates is not None:
                self._cards[broker.id].set_broker(broker, rates)

    def _make_cards(self, brokers: Sequence[int]) -> None:
        for card in self._cards.values():
            card.deleteLater()
        self._cards = {}
        for number, broker in enumerate(brokers):
            card = BrokerCard(broker, embedded=self.context.engine is not None)
            card.stop_requested.connect(self._stop)
            card.start_requested.connect(self._start)
            card.kill_requested.connect(self._kill)
            self._cards[broker] = card
            self._card_grid.addWidget(card, number // _CARDS_IN_A_ROW, number % _CARDS_IN_A_ROW)
        for place in range(_CARDS_IN_A_ROW):
            self._card_grid.setColumnStretch(place, 1)

    def _show_map(self) -> None:
        if self._view is None:
            return
        shown = {topic.name for topic in self._view.topics if self._internal.isChecked() or not topic.internal}
        partitions = [part for part in self._view.partitions if part.topic in shown]
        self._map.set_cluster([broker.id for broker in self._view.brokers], partitions)
        self._map_card.facts.set_text(self.tr("%n partition(s)", "", len(partitions)))
        self._map_empty.set_text(
            self.tr("There are no topics yet. Create one under Topics, or let a client write to one.")
        )
        self._map_empty.setVisible(not partitions)

    def _show_snippet(self) -> None:
        self._snippet.set_text(snippet(self._languages.current, self.context.session.bootstrap))

    def _series(self) -> list[Series]:
        series = [Series(id="in", text=self.tr("In"), colour="plot_1", fill=True)]
        if self.context.session.embedded:  # nobody tells what is read from a cluster elsewhere
            series.append(Series(id="out", text=self.tr("Out"), colour="plot_2", style=Qt.PenStyle.DashLine))
        return series

    def _show_history(self) -> None:
        if not self.isVisible() or self.context.feeds.paused:
            return
        history = self.context.feeds.history
        times, values_in = history.series("messages_in")
        _, values_out = history.series("messages_out")
        self._plot.set_data(
            PlotData(times_ms=(times * 1000).tolist(), values={"in": values_in.tolist(), "out": values_out.tolist()})
        )

    def _paused_changed(self, _paused: bool) -> None:
        self._show_history()
        self._show_events()

    def _show_events(self) -> None:
        if not self.isVisible() or self.context.feeds.paused:
            return
        newest = self._events.newest(self._event_list.capacity)
        self._event_list.set_groups(newest)
        self._no_events.setVisible(not newest)
        self._plot.set_events(
            [
                PlotEvent(time_ms=group.time_ms, state=event_state(group), number=group.number, text=event_title(group))
                for group in reversed(newest)
            ]
        )

    def _stop(self, broker: int) -> None:
        self._act("stop_broker", broker)

    def _start(self, broker: int) -> None:
        self._act("start_broker", broker)

    def _kill(self, broker: int) -> None:
        dialog = ConfirmDialog(
            self,
            self.tr("Kill broker {id}?").format(id=broker),
            self.tr(
                "Its memory and connections are dropped at once, as in a crash. What was acknowledged with acks=all stays on the other replicas."
            ),
            self.tr("Kill"),
            icon="skull",
        )
        dialog.accepted.connect(lambda: self._act("kill_broker", broker))
        dialog.open()

    def _start_stopped(self) -> None:
        if self._view is not None:
            for broker in self._view.health.stopped:
                self._act("start_broker", broker)

    def _act(self, action: str, broker: int) -> None:
        if self.context.engine is not None:
            getattr(self.context.engine, action)(broker, failed=self._failed, owner=self)

    def _failed(self, error: ClusterError) -> None:
        self.context.notify(f"{error.what} {error.todo}".strip(), "error")
