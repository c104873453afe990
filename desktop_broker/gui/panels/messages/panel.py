"""Messages: look through a topic from its newest, oldest, an offset, a time, or live; and one message in full.

Understands `navigate("messages", topic="orders", key=b"17", partition=2, offset=100, time_ms=...)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.feeds.model import TopicSummary
from desktop_broker.gui.i18n import format_bytes, format_time
from desktop_broker.gui.panels.base import Panel
from desktop_broker.gui.panels.messages.decode import preview
from desktop_broker.gui.panels.messages.detail import MessageDetail
from desktop_broker.gui.panels.messages.progress import ScanBar
from desktop_broker.gui.panels.messages.query import QueryBar
from desktop_broker.gui.panels.messages.result_model import ResultModel
from desktop_broker.gui.streams import ScanStream
from desktop_broker.gui.theme.measures import ROW_DENSE
from desktop_broker.gui.widgets import (
    PAGE_MARGINS,
    Card,
    Column,
    EmptyState,
    IconButton,
    PageHeader,
    RingModel,
    Table,
    column,
    horizontal_rule,
    row,
)
from desktop_broker.kafka.model import Message
from desktop_broker.kafka.scan_request import ScanProgress, ScanRequest

_DETAIL = 400
_LIVE_ROWS = 5_000


class MessagesPanel(Panel):
    """Lives on the Qt thread; the scan has a thread of its own (`ScanStream`)."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._scan: ScanStream | None = None
        self._resume: ScanRequest | None = None
        self._older = False
        self._wanted_topic = ""
        self._asked_once = False
        self._columns_button = IconButton("columns-3", "")
        self._header = PageHeader("", "", self._columns_button)
        self._query, self._bar, self._detail = QueryBar(), ScanBar(), MessageDetail()
        self._results = ResultModel(self._columns())
        self._tail = RingModel(self._columns(), _LIVE_ROWS)
        self._empty, self._waiting = EmptyState("inbox", "", ""), EmptyState("radio", "", "")
        settings = context.settings
        self._table = Table(
            self._results,
            name="",
            row_height=ROW_DENSE,
            empty=self._empty,
            multiple=True,
            settings=settings,
            remember="messages",
        )
        self._live_table = Table(
            self._tail, name="", row_height=ROW_DENSE, empty=self._waiting, settings=settings, remember="messages"
        )
        self._tables = QStackedWidget()
        self._tables.addWidget(self._table)
        self._tables.addWidget(self._live_table)
        self._detail.setFixedWidth(_DETAIL)
        self._detail.hide()
        listing = Card(pad=False)
        listing.add((self._tables, 1), horizontal_rule(), self._bar)
        self.setLayout(
            column(
                self._header, self._query, (row((listing, 1), self._detail, gap=12), 1), gap=12, margins=PAGE_MARGINS
            )
        )
        self._connect()
        self.retranslate()
        self._show_topics(context.feeds.topics)

    def retranslate(self) -> None:
        """All texts."""
        self._header.set_title(self.tr("Messages"))
        self._columns_button.set_name(self.tr("Choose columns"))
        self._table.setAccessibleName(self.tr("Messages"))
        self._live_table.setAccessibleName(self.tr("Live messages"))
        self._waiting.set_message(
            self.tr("Waiting for messages"), self.tr("What is written to the topic from now on appears here.")
        )
        self._results.set_columns(self._columns())
        self._tail.set_columns(self._columns())
        self._say_empty(None)

    def open_with(self, **arguments: object) -> None:
        """Show a topic, and there a key, a partition, an offset or a time."""
        topic, key, partition = arguments.get("topic"), arguments.get("key"), arguments.get("partition")
        offset, time_ms = arguments.get("offset"), arguments.get("time_ms")
        if not isinstance(topic, str):
            return
        query = self._query
        self._wanted_topic = topic
        query.text.clear()
        query.key.setText(key.decode("utf-8", "replace") if isinstance(key, bytes) else "")
        query.mode.choose("oldest" if isinstance(key, bytes) else "newest")
        if isinstance(partition, int):
            query.choose_partition(partition)
        if isinstance(offset, int):
            query.mode.choose("offset")
            query.offset.set_value(offset)
        elif isinstance(time_ms, int):
            query.mode.choose("time")
            query.time.setText(f"{datetime.fromtimestamp(time_ms / 1000, UTC).isoformat(' ', 'milliseconds')}")
        self._asked_once = False
        self._show_topics(self.context.feeds.topics)

    def refresh(self) -> None:
        """F5: the same question again."""
        if not self._query.problem:
            self._ask()

    def panel_shown(self) -> None:
        """The first time, show the newest of the first topic."""
        self._show_topics(self.context.feeds.topics)

    def panel_hidden(self) -> None:
        """What nobody sees is not read."""
        if self._scan is not None and self._query.live:
            self._scan.cancel()

    def _connect(self) -> None:
        self.context.feeds.topics_updated.connect(self._show_topics)
        self._query.asked.connect(self._ask)
        self._bar.stop_requested.connect(self._stop)
        self._bar.resume_requested.connect(self._go_on)
        self._bar.follow_requested.connect(self._follow)
        self._columns_button.clicked.connect(self._open_columns)
        self._tail.pending_changed.connect(self._bar.set_pending)
        self._live_table.verticalScrollBar().valueChanged.connect(self._scrolled)
        for table in (self._table, self._live_table):
            table.row_selected.connect(self._show_message)
            table.menu_requested.connect(lambda _row, place, table=table: table.copy_menu().popup(place))
        self._detail.closed.connect(self._close_detail)
        self._detail.again_requested.connect(self._publish_again)

    def _columns(self) -> list[Column]:
        return [
            Column(key="partition", title=self.tr("Part."), value=lambda m: m.partition, kind="number", width=58, tip=self.tr("Partition"), sortable=False),
            Column(key="offset", title=self.tr("Offset"), value=lambda m: m.offset, kind="number", width=96, sortable=False),
            Column(key="time", title=self.tr("Time"), value=lambda m: m.timestamp_ms, kind="mono", text=lambda ms: format_time(ms, date=True), width=206, sortable=False),
            Column(key="key", title=self.tr("Key"), value=lambda m: preview(m.key) or None, kind="mono", width=130, sortable=False),
            Column(key="value", title=self.tr("Value"), value=lambda m: None if m.value is None else preview(m.value), kind="mono", width=220, stretch=True, sortable=False),
            Column(key="headers", title=self.tr("Headers"), value=lambda m: len(m.headers), kind="number", width=72, priority=2, sortable=False),
            Column(key="size", title=self.tr("Size"), value=lambda m: m.size_bytes, kind="number", text=format_bytes, width=76, priority=1, sortable=False),
        ]  # fmt: skip

    def _show_topics(self, topics: Sequence[TopicSummary]) -> None:
        self._query.set_topics(topics)
        if self._wanted_topic and self._query.topic.choose(self._wanted_topic):
            self._wanted_topic = ""
            self._query.set_topics(topics)
        if not self._asked_once and not self._wanted_topic and not self._query.problem and self.isVisible():
            self._ask()

    def _ask(self) -> None:
        """A new question: what ran is let go, the table starts anew."""
        self._asked_once = True
        self._results.begin(newest_first=self._query.newest_first)
        self._tail.clear()
        self._tail.set_paused(False)
        self._tables.setCurrentWidget(self._live_table if self._query.live else self._table)
        self._older = False
        self._close_detail()
        self._run(self._query.request())

    def _go_on(self) -> None:
        if self._resume is not None:
            self._older = self._query.newest_first
            self._run(self._resume)

    def _run(self, request: ScanRequest) -> None:
        self._end_scan()
        self._resume = None
        self._say_empty(None)
        self._bar.begin(live=self._query.live)
        self._scan = ScanStream(self.context.jobs, self.context.session.connection(), request, self)
        self._scan.batch_arrived.connect(self._take_batch)
        self._scan.progressed.connect(self._bar.set_progress)
        self._scan.finished.connect(self._finished)
        self._scan.start()

    def _end_scan(self) -> None:
        if self._scan is not None:
            self._scan.forget()
            self._scan.deleteLater()
            self._scan = None

    def _stop(self) -> None:
        if self._scan is not None:
            self._scan.cancel()

    def _take_batch(self, batch: list[Message]) -> None:
        if self._query.live:
            self._tail.append(batch)
        else:
            self._results.add(batch, before=self._older)

    def _finished(self, progress: ScanProgress) -> None:
        self._resume = progress.resume
        self._say_empty(progress)

    def _say_empty(self, progress: ScanProgress | None) -> None:
        if progress is None:
            self._empty.set_message(self.tr("Nothing to show yet"), self.tr("Choose a topic and where to begin."))
        elif progress.error is not None:
            self._empty.set_message(self.tr("The topic could not be read"), self.tr("The line below says why."))
        elif progress.records:
            self._empty.set_message(
                self.tr("No message passes the filters"),
                self.tr("Change the text or the key, or look from another place."),
            )
        else:
            self._empty.set_message(self.tr("No messages here"), self.tr("Publish one, or look from another place."))

    def _show_message(self, message: Message | None) -> None:
        if message is not None:
            self._detail.set_message(message)
            self._detail.show()

    def _close_detail(self) -> None:
        self._detail.hide()
        self._table.clearSelection()
        self._live_table.clearSelection()

    def _scrolled(self, position: int) -> None:
        """Whoever scrolls down wants to read: the list stands still until they are back on top."""
        self._tail.set_paused(position > 0)

    def _follow(self) -> None:
        self._live_table.scrollToTop()
        self._tail.set_paused(False)

    def _open_columns(self) -> None:
        table = self._live_table if self._query.live else self._table
        table.column_menu().popup(self._columns_button.mapToGlobal(QPoint(0, self._columns_button.height())))

    def _publish_again(self, message: Message) -> None:
        self.context.navigate(
            "publish", topic=message.topic, key=message.key, value=message.value, headers=message.headers
        )
