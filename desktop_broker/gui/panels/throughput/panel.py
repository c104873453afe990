"""Throughput: messages and bytes per second, in and out, in total or by topic, and the lag of consumer groups, with what happened.

Understands `topic` (split by topic). Navigates nowhere.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.event_groups import EventGroups
from desktop_broker.gui.event_words import event_state, event_title
from desktop_broker.gui.i18n import format_time
from desktop_broker.gui.panels.base import Panel
from desktop_broker.gui.panels.throughput.curves import (
    MOST_TOPICS,
    Curves,
    Direction,
    Looks,
    lag_curves,
    topic_curves,
    total_curves,
)
from desktop_broker.gui.panels.throughput.event_lines import EventLines
from desktop_broker.gui.panels.throughput.plots import PlotRow, PlotStack
from desktop_broker.gui.panels.throughput.readings import ReadingList, readings_at
from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.button import Button, IconButton
from desktop_broker.gui.widgets.card import Card
from desktop_broker.gui.widgets.label import ElidedLabel, Label
from desktop_broker.gui.widgets.layout import PAGE_MARGINS, column, horizontal_rule, row, scroll_body
from desktop_broker.gui.widgets.page import PageHeader
from desktop_broker.gui.widgets.plot import PlotEvent
from desktop_broker.gui.widgets.segmented import Segmented

_SIDE = 284
_SPANS = {"1": 60, "5": 300, "15": 900}
_EVENTS_SHOWN = 20


class ThroughputPanel(Panel):
    """Draws once a second while it is seen and not paused."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._topic_looks, self._group_looks = Looks(), Looks()
        self._now_ms = 0
        self._zoom: tuple[int, int] | None = None
        self._pinned_ms: int | None = None
        self._header = PageHeader("")
        bar = self._make_bar()
        self._messages, self._bytes, self._lag = PlotRow(flags=True), PlotRow(), PlotRow(axis=True)
        self._stack = PlotStack((self._messages, self._bytes, self._lag))
        self._stack.crosshair_moved.connect(self._hovered)
        self._stack.time_clicked.connect(self._pin)
        self._stack.range_selected.connect(self._zoom_in)
        self.setLayout(
            column(
                self._header, bar, (row((self._stack, 1), self._make_side(), gap=12), 1), gap=12, margins=PAGE_MARGINS
            )
        )
        feeds = context.feeds
        self._events = EventGroups.of(feeds)
        feeds.history_updated.connect(self._live)
        feeds.groups_updated.connect(lambda _groups: self._show_lag())
        feeds.paused_changed.connect(self._paused)
        self._events.changed.connect(self._show_events)
        self._stack.set_span(_SPANS[self._spans.current])
        self.retranslate()

    # ---- building -----------------------------------------------------------------------------------------------------
    def _make_bar(self) -> QWidget:
        span = self.context.settings.text("throughput/span", "5")
        self._spans = Segmented([(key, "") for key in _SPANS], span if span in _SPANS else "5", name="")
        self._spans.changed.connect(self._span_chosen)
        self._split_label = Label("", Text.MUTED)
        self._split = Segmented([("nothing", ""), ("topic", "")], "nothing", name="")
        self._split.changed.connect(lambda _split: self._split_chosen())
        self._direction = Segmented([("in", ""), ("out", "")], "in", name="")
        self._direction.changed.connect(lambda _direction: self._show())
        self._direction.hide()
        self._hint = ElidedLabel("", Text.SMALL)
        self._whole = Button("", "undo-2")
        self._whole.clicked.connect(self._zoom_out)
        self._whole.hide()
        self._pause = Button("", "pause")
        self._pause.clicked.connect(self._toggle_pause)
        bar = QWidget()
        bar.setLayout(
            row(
                self._spans,
                self._split_label,
                self._split,
                self._direction,
                (self._hint, 1),
                self._whole,
                self._pause,
                gap=10,
            )
        )
        return bar

    def _make_side(self) -> Card:
        self._moment = Label("", Text.H2)
        self._unpin = IconButton("x", "", small=True)
        self._unpin.clicked.connect(lambda: self._pin(None))
        self._readings = ReadingList()
        self._event_title = Label("", Text.H2)
        self._no_events = Label("", Text.SMALL, wrap=True)
        self._event_lines = EventLines()
        self._event_lines.chosen.connect(self._pin)
        body = column(
            self._readings,
            horizontal_rule(),
            8,
            self._event_title,
            self._no_events,
            self._event_lines,
            None,
            gap=4,
            margins=(0, 0, 10, 0),
        )
        side = Card(None, gap=6)
        side.setFixedWidth(_SIDE)
        side.body.setContentsMargins(15, 10, 5, 8)
        side.add(row(self._moment, None, self._unpin), (scroll_body(body), 1))
        return side

    def retranslate(self) -> None:
        """All texts."""
        self._header.set_title(self.tr("Throughput"))
        self._spans.set_texts(self.tr("1 min"), self.tr("5 min"), self.tr("15 min"), name=self.tr("Time shown"))
        self._split_label.set_text(self.tr("Split by"))
        self._split.set_texts(self.tr("Nothing"), self.tr("Topic"), name=self.tr("Split by"))
        self._direction.set_texts(self.tr("In"), self.tr("Out"), name=self.tr("Direction"))
        self._hint.set_text(self.tr("Drag to zoom, click to keep a moment"))
        self._whole.set_text(self.tr("Back to now"))
        self._unpin.set_name(self.tr("Take the line away"))
        self._event_title.set_text(self.tr("Events in view"))
        if not self.context.session.embedded:
            self._direction.set_choice_enabled("out", self._unknown_reason())
        self._paused(self.context.feeds.paused)
        self._show()

    # ---- what the user does ---------------------------------------------------------------------------------------------
    def open_with(self, **arguments: object) -> None:
        """`topic`: split by topic."""
        if "topic" in arguments:
            self._split.choose("topic")
            self._split_chosen()

    def panel_shown(self) -> None:
        """Draw what came meanwhile."""
        self._live()

    def _span_chosen(self, span: str) -> None:
        self.context.settings.set("throughput/span", span)
        self._zoom_out()

    def _split_chosen(self) -> None:
        self._direction.setVisible(self._split.current == "topic")
        self._show()

    def _toggle_pause(self) -> None:
        self.context.feeds.paused = not self.context.feeds.paused

    def _paused(self, paused: bool) -> None:
        self._pause.set_icon("play" if paused else "pause")
        self._pause.set_text(self.tr("Continue") if paused else self.tr("Pause"))
        self._live()

    def _zoom_in(self, start_ms: int, end_ms: int) -> None:
        self._zoom = (start_ms, end_ms)
        self._whole.show()
        self._stack.set_range(start_ms, end_ms)
        self._show_events()

    def _zoom_out(self) -> None:
        self._zoom = None
        self._whole.hide()
        self._stack.set_span(_SPANS[self._spans.current])
        self._show_events()

    def _hovered(self, time_ms: int | None) -> None:
        self._stack.set_crosshair(self._pinned_ms if time_ms is None else time_ms)
        self._show_readings()

    def _pin(self, time_ms: int | None) -> None:
        self._pinned_ms = time_ms
        self._stack.set_crosshair(time_ms)
        self._show_readings()

    # ---- drawing ------------------------------------------------------------------------------------------------------
    def _live(self) -> None:
        if not self.context.feeds.paused and self.isVisible():
            view = self.context.feeds.view
            self._now_ms = view.time_ms if view is not None else 0
            self._show()

    def _show(self) -> None:
        if not self.isVisible():
            return
        self._show_traffic()
        self._show_lag()
        self._show_events()

    def _show_traffic(self) -> None:
        embedded = self.context.session.embedded
        messages, volume = self._curves()
        self._messages.set_curves(messages, self._now_ms)
        self._messages.set_texts(
            self.tr("Messages per second"),
            "" if embedded else self.tr("In: counted from the growth of the logs. Out: not known on this cluster."),
        )
        self._bytes.set_curves(volume, self._now_ms)
        self._bytes.set_texts(self.tr("{unit} per second").format(unit=volume.unit or "B"))
        self._bytes.set_reason("" if embedded else self._unknown_reason())
        self._show_readings()

    def _curves(self) -> tuple[Curves, Curves]:
        history = self.context.feeds.history
        if self._split.current == "topic":
            direction: Direction = "out" if self._direction.current == "out" else "in"
            names = self._topic_looks.give(
                history.busiest("messages_out" if direction == "out" else "messages_in", MOST_TOPICS)
            )
            other = self.tr("Other topics")
            return (
                topic_curves(history, "messages", direction, names, other),
                topic_curves(history, "bytes", direction, names, other),
            )
        texts: dict[Direction, str] = {"in": self.tr("In")}
        if self.context.session.embedded:
            texts["out"] = self.tr("Out")
        return total_curves(history, "messages", texts), total_curves(history, "bytes", texts)

    def _show_lag(self) -> None:
        feeds = self.context.feeds
        if not self.isVisible() or (feeds.paused and self._lag.plot.series):
            return
        curves = lag_curves(feeds.groups, self._group_looks)
        self._lag.set_curves(curves, self._now_ms)
        self._lag.set_texts(self.tr("Consumer lag, messages"))
        self._lag.set_reason(
            "" if curves.known else self.tr("No consumer group has committed offsets yet: then its lag is drawn here.")
        )
        self._show_readings()

    def _show_readings(self) -> None:
        moment = self._messages.plot.crosshair_ms
        if moment is None and self.context.feeds.paused and self._now_ms:
            moment = self._now_ms
        self._moment.set_text(
            self.tr("Now")
            if moment is None
            else self.tr("At {time}").format(time=format_time(moment, milliseconds=False))
        )
        self._unpin.setVisible(self._pinned_ms is not None)
        self._readings.set_groups(
            [
                readings_at(line.title, line.curves, moment)
                for line in (self._messages, self._bytes, self._lag)
                if not line.reason and line.curves.series
            ]
        )

    def _show_events(self) -> None:
        if not self.isVisible():
            return
        start, end = self._messages.plot.shown_range_ms
        groups = self._events.between(start, end)[-_EVENTS_SHOWN:]
        self._stack.set_events(
            [
                PlotEvent(time_ms=group.time_ms, state=event_state(group), number=group.number, text=event_title(group))
                for group in groups
            ]
        )
        self._event_lines.set_groups(groups[::-1])
        self._no_events.setVisible(not groups)
        self._no_events.set_text(
            self.tr("Nothing happened in this time.")
            if self.context.session.embedded
            else self.tr("A cluster elsewhere does not tell its events.")
        )

    def _unknown_reason(self) -> str:
        return self.tr("Not known: a cluster elsewhere does not tell its bytes, nor what is read from it.")
