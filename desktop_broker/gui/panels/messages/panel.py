"""Messages: look through a topic from its newest, oldest, an offset, a time, or live; and one message in full.

Understands `navigate("messages", topic="orders", key=b"17", partition=2, offset=100, time_ms=...)`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.error_words import words
from desktop_broker.gui.feeds.model import TopicSummary
from desktop_broker.gui.i18n import format_bytes, format_count, format_time
from desktop_broker.gui.jobs import as_cluster_error
from desktop_broker.gui.panels.base import Panel
from desktop_broker.gui.panels.messages.decode import preview
from desktop_broker.gui.panels.messages.detail import MessageDetail
from desktop_broker.gui.panels.messages.progress import ScanBar
from desktop_broker.gui.panels.messages.query import QueryBar
from desktop_broker.gui.panels.messages.result_model import ResultModel
from desktop_broker.gui.streams import ScanStream
from desktop_broker.gui.theme import scaled
from desktop_broker.gui.theme.measures import ROW_DENSE
from desktop_broker.gui.widgets import (
    PAGE_MARGINS,
    Button,
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
from desktop_broker.kafka.scan_request import Live, Newest, ScanProgress, ScanRequest

_DETAIL_WIDTHS = (340, 420)
_LIVE_ROWS = 5_000
_LOOKS_FOR_TOPIC = 5


class MessagesPanel(Panel):
    """Lives on the Qt thread; the scan has a thread of its own (`ScanStream`)."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._scan: ScanStream | None = None
        self._asked: ScanRequest | None = None
        self._progress: ScanProgress | None = None
        self._older = False
        self._interrupted = False
        self._wanted_topic, self._looks = "", 0
        self._columns_button, self._publish = IconButton("columns-3", ""), Button("", "send")
        self._header = PageHeader("", "", self._columns_button, self._publish)
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
        self._publish.set_text(self.tr("Publish"))
        self._table.setAccessibleName(self.tr("Messages"))
        self._live_table.setAccessibleName(self.tr("Live messages"))
        self._waiting.set_message(
            self.tr("Waiting for messages"), self.tr("What is written to the topic from now on appears here.")
        )
        self._results.set_columns(self._columns())
        self._tail.set_columns(self._columns())
        self._say_empty()

    def open_with(self, **arguments: object) -> None:
        """Show a topic, and there a key, a partition, an offset or a time."""
        topic, key, partition = arguments.get("topic"), arguments.get("key"), arguments.get("partition")
        offset, time_ms = arguments.get("offset"), arguments.get("time_ms")
        if not isinstance(topic, str):
            return
        query = self._query
        self._wanted_topic, self._looks = topic, 0
        self._end_scan()
        query.reset()
        if isinstance(key, bytes):
            query.mode.choose("oldest")
            query.set_key(key)
        if isinstance(partition, int):
            query.choose_partition(partition)
        if isinstance(offset, int):
            query.mode.choose("offset")
            query.offset.set_value(offset)
        elif isinstance(time_ms, int):
            query.mode.choose("time")
            query.time.setText(format_time(time_ms, date=True))
        self._asked = None
        self._show_topics(self.context.feeds.topics)

    def refresh(self) -> None:
        """F5: the same question again."""
        if not self._query.problem:
            self._ask()

    def panel_shown(self) -> None:
        """The first time, show the newest of the first topic; a live view goes on."""
        self._show_topics(self.context.feeds.topics)
        if self._interrupted and self._asked is not None:
            self._run(self._asked)

    def panel_hidden(self) -> None:
        """What nobody sees is not read; a search that has an end goes on to it."""
        if self._scan is not None and self._live and self._bar.running:
            self._interrupted = True
            self._scan.cancel()

    @property
    def _live(self) -> bool:
        """Whether what is shown came live; the controls may say something else already."""
        return self._asked is not None and isinstance(self._asked.start, Live)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The detail takes a third, within reason."""
        super().resizeEvent(event)
        low, high = _DETAIL_WIDTHS
        self._detail.setFixedWidth(scaled(min(high, max(low, self.width() // 3))))

    def _connect(self) -> None:
        self.context.feeds.topics_updated.connect(self._look_for_topic)
        self._query.asked.connect(self._ask)
        self._bar.stop_requested.connect(self._stop)
        self._bar.resume_requested.connect(self._go_on)
        self._bar.follow_requested.connect(self._follow)
        self._columns_button.clicked.connect(self._open_columns)
        self._publish.clicked.connect(lambda: self.context.navigate("publish", topic=self._query.topic.current))
        self._tail.pending_changed.connect(self._bar.set_pending)
        self._live_table.verticalScrollBar().valueChanged.connect(self._stand_still)
        for table in (self._table, self._live_table):
            table.row_selected.connect(self._show_message)
            table.menu_requested.connect(lambda _row, place, table=table: table.copy_menu().popup(place))
        self._detail.closed.connect(self._close_detail)
        self._detail.again_requested.connect(self._publish_again)

    def _columns(self) -> list[Column]:
        return [
            Column(key="partition", title=self.tr("Part."), value=lambda m: m.partition, kind="id", colour=lambda _: "text", width=58, tip=self.tr("Partition"), sortable=False),
            Column(key="offset", title=self.tr("Offset"), value=lambda m: m.offset, kind="id", colour=lambda _: "text", width=96, sortable=False),
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
        self._publish.set_disabled_because("" if topics else self.tr("There is no topic yet."))
        if self._asked is None and not self._wanted_topic and not self._query.problem and self.isVisible():
            self._ask()
        self._say_empty()

    def _look_for_topic(self, topics: Sequence[TopicSummary]) -> None:
        """A topic that another panel sent the user to may be younger than the last look at the cluster: give it some."""
        missing = self._wanted_topic
        self._looks += 1
        if missing and self._looks > _LOOKS_FOR_TOPIC and missing not in [topic.name for topic in topics]:
            self._wanted_topic = ""
            self.context.notify(self.tr("There is no topic {name} any more.").format(name=missing), "warning")
        self._show_topics(topics)

    def _ask(self) -> None:
        """A new question: what ran is let go, the table starts anew."""
        request = self._query.request()
        self._asked, self._older = request, False
        self._results.begin(newest_first=isinstance(request.start, Newest))
        self._tail.clear()
        self._close_detail()
        self._tail.set_paused(False)
        self._tables.setCurrentWidget(self._live_table if self._live else self._table)
        self._run(request)

    def _go_on(self) -> None:
        if self._progress is not None and self._progress.resume is not None:
            request = self._progress.resume
            self._older = isinstance(request.start, Newest)
            self._run(request)

    def _run(self, request: ScanRequest) -> None:
        self._end_scan()
        self._interrupted = False
        self._say_empty()
        self._bar.begin(live=self._live)
        self._scan = ScanStream(self.context.jobs, self.context.session.connection(), request, self)
        self._scan.batch_arrived.connect(self._take_batch)
        self._scan.progressed.connect(self._bar.set_progress)
        self._scan.finished.connect(self._finished)
        self._scan.start()

    def _end_scan(self) -> None:
        self._progress = None
        if self._scan is not None:
            self._scan.forget()
            self._scan.deleteLater()
            self._scan = None

    def _stop(self) -> None:
        if self._scan is not None:
            self._scan.cancel()

    def _take_batch(self, batch: list[Message]) -> None:
        if self._live:
            self._tail.append(batch)
        else:
            self._results.add(batch, before=self._older)

    def _finished(self, progress: ScanProgress) -> None:
        self._progress = progress
        self._say_empty()

    def _say_empty(self) -> None:
        progress = self._progress
        if not self._query.topic.current:
            self._empty.set_message(
                self.tr("There is no topic yet"), self.tr("Create one in Topics, then publish to it.")
            )
        elif progress is None:
            self._empty.set_message(self.tr("Looking for messages"), "")
        elif progress.error is not None:
            self._empty.set_message(*words(as_cluster_error(progress.error)))
        elif progress.records and progress.complete and progress.resume is not None:
            self._empty.set_message(
                self.tr("Not among the newest {n}").format(n=format_count(progress.records)),
                self.tr("Older messages looks further back, Oldest through the whole topic."),
            )
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
            self._stand_still()

    def _close_detail(self) -> None:
        self._detail.hide()
        self._table.clearSelection()
        self._live_table.clearSelection()
        self._stand_still()

    def _stand_still(self) -> None:
        """Whoever scrolls down or chose a message wants to read: the live list waits until they are back on top."""
        chosen = self._live_table.current_row() is not None and not self._detail.isHidden()
        self._tail.set_paused(chosen or self._live_table.verticalScrollBar().value() > 0)

    def _follow(self) -> None:
        self._live_table.clearSelection()
        self._live_table.scrollToTop()
        self._tail.set_paused(False)

    def _open_columns(self) -> None:
        table = self._live_table if self._live else self._table
        table.column_menu().popup(self._columns_button.mapToGlobal(QPoint(0, self._columns_button.height())))

    def _publish_again(self, message: Message) -> None:
        self.context.navigate(
            "publish", topic=message.topic, key=message.key, value=message.value, headers=message.headers
        )
