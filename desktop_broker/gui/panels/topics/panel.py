"""Topics: the list, one topic beside it, and making, growing, emptying and deleting topics.

Understands `navigate("topics", topic="orders")` and `navigate("topics", create=True)`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from desktop_broker.common.types import TopicPartition
from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.error_words import sentences
from desktop_broker.gui.feeds.model import GroupSummary, TopicSummary
from desktop_broker.gui.i18n import format_bytes, format_count, format_time
from desktop_broker.gui.panels.base import Panel
from desktop_broker.gui.panels.topics.create_dialog import CreateTopicDialog
from desktop_broker.gui.panels.topics.detail import TopicDetail
from desktop_broker.gui.panels.topics.grow_dialog import GrowDialog
from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.button import Button, IconButton
from desktop_broker.gui.widgets.card import Card
from desktop_broker.gui.widgets.dialog import ConfirmDialog
from desktop_broker.gui.widgets.empty_state import EmptyState
from desktop_broker.gui.widgets.inputs import SearchField
from desktop_broker.gui.widgets.label import Label
from desktop_broker.gui.widgets.layout import PAGE_MARGINS, column, footer, row
from desktop_broker.gui.widgets.page import PageHeader
from desktop_broker.gui.widgets.switch import Switch
from desktop_broker.gui.widgets.table.column import Column
from desktop_broker.gui.widgets.table.model import RowsModel
from desktop_broker.gui.widgets.table.view import Table
from desktop_broker.kafka.errors import ClusterError

_DETAIL = 424


class TopicsPanel(Panel):
    """The list of topics."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted = ""
        self._create = Button("", "plus", "primary")
        self._create.clicked.connect(self.open_create_dialog)
        self._header = PageHeader("", "", self._create)
        self._search = SearchField("")
        self._internal = Switch("")
        self._columns_button = IconButton("columns-3", "")
        self._model = RowsModel(self._columns(), key=lambda topic: topic.name)
        self._model.sort_by("name")
        self._empty = EmptyState("layers", "", "")
        self._table = Table(
            self._model, name="", empty=self._empty, multiple=True, settings=context.settings, remember="topics"
        )
        self._detail = TopicDetail(context)
        self._detail.setFixedWidth(_DETAIL)
        self._detail.hide()
        self._shown = Label("", Text.SMALL)
        self._copy_hint = Label("", Text.SMALL)
        self._connect()
        listing = Card(pad=False)
        listing.add((self._table, 1), footer(self._shown, None, self._copy_hint))
        bar = row(self._search, self._internal, None, self._columns_button, gap=8)
        self.setLayout(
            column(self._header, bar, (row((listing, 1), self._detail, gap=12), 1), gap=12, margins=PAGE_MARGINS)
        )
        self.retranslate()
        self._show_topics(context.feeds.topics)

    def retranslate(self) -> None:
        """All texts."""
        self._header.set_title(self.tr("Topics"))
        self._create.set_text(self.tr("Create topic"))
        self._search.set_hint(self.tr("Filter topics"))
        self._internal.set_text(self.tr("Internal topics"))
        self._columns_button.set_name(self.tr("Choose columns"))
        self._copy_hint.set_text(self.tr("Ctrl+C copies the selected rows"))
        self._table.setAccessibleName(self.tr("Topics"))
        self._model.set_columns(self._columns())
        self._empty.set_message(
            self.tr("No topics yet"), self.tr("Create one, or let a client write to one: it is made by itself.")
        )
        self._refresh_facts()

    def open_with(self, **arguments: object) -> None:
        """Show a topic, or the form for a new one."""
        if arguments.get("create"):
            self.open_create_dialog()
        topic = arguments.get("topic")
        if isinstance(topic, str):
            self._select(topic)

    def open_create_dialog(self) -> None:
        """The form for a new topic."""
        view = self.context.feeds.view
        running = [broker.id for broker in view.brokers if broker.state == "running"] if view is not None else []
        dialog = CreateTopicDialog(self.context, running, [topic.name for topic in self.context.feeds.topics], self)
        dialog.created.connect(self._created)
        dialog.open()

    def _connect(self) -> None:
        feeds = self.context.feeds
        feeds.topics_updated.connect(self._show_topics)
        feeds.groups_updated.connect(lambda _groups: self._refresh_detail())
        self._search.searched.connect(self._model.set_filter)
        self._model.shown_changed.connect(lambda _shown, _all: self._refresh_facts())
        self._internal.toggled.connect(lambda _on: self._show_topics(self.context.feeds.topics))
        self._columns_button.clicked.connect(self._open_columns)
        self._table.row_selected.connect(lambda _row: self._refresh_detail())
        self._table.row_opened.connect(lambda topic: self.context.navigate("messages", topic=topic.name))
        self._table.menu_requested.connect(lambda _row, place: self._table.copy_menu().popup(place))
        detail = self._detail
        detail.closed.connect(self._table.clearSelection)
        detail.messages_requested.connect(lambda name: self.context.navigate("messages", topic=name))
        detail.publish_requested.connect(lambda name: self.context.navigate("publish", topic=name))
        detail.group_requested.connect(lambda group: self.context.navigate("consumers", group=group))
        detail.grow_requested.connect(self._grow)
        detail.empty_requested.connect(self._empty_topic)
        detail.delete_requested.connect(self._delete)

    def _columns(self) -> list[Column]:
        return [
            Column(key="name", title=self.tr("Topic"), value=lambda t: (t.name, self.tr("internal") if t.internal else ""), kind="tagged", width=200, stretch=True),
            Column(key="messages", title=self.tr("Messages"), value=lambda t: t.messages, kind="number", width=98),
            Column(key="size", title=self.tr("Size"), value=lambda t: t.size_bytes, kind="number", text=format_bytes, width=88, priority=2),
            Column(key="partitions", title=self.tr("Partitions"), value=lambda t: t.partitions, kind="number", width=84, priority=3),
            Column(
                key="in_sync",
                title=self.tr("In sync"),
                value=lambda t: f"{t.in_sync} / {t.replicas}",
                width=80,
                right=True,
                priority=1,
                sort=lambda t: t.in_sync - t.replicas,
                colour=lambda t: "warn" if t.in_sync < t.replicas else "",
                tip=self.tr("Replicas in sync, of all replicas"),
            ),
            Column(
                key="lag",
                title=self.tr("Worst lag"),
                value=lambda t: _worst_lag(t.name, self.context.feeds.groups),
                kind="number",
                width=84,
                colour=lambda t: "warn" if t.lagging_groups else "",
                tip=self.tr("How far the slowest group is behind, in messages"),
            ),
            Column(key="in", title=self.tr("In/s"), value=lambda t: (t.rates.messages_in, t.trend), kind="rate", width=144),
            Column(key="out", title=self.tr("Out/s"), value=lambda t: t.rates.messages_out, kind="number", width=76, priority=4),
            Column(key="last", title=self.tr("Last record"), value=lambda t: t.last_record_ms, kind="muted", text=lambda ms: format_time(ms, date=True), width=186, priority=5, hidden=True, right=True),
        ]  # fmt: skip

    def _show_topics(self, topics: Sequence[TopicSummary]) -> None:
        shown = [topic for topic in topics if self._internal.isChecked() or not topic.internal]
        self._model.set_rows(shown)
        self._refresh_facts()
        if self._wanted:
            self._select(self._wanted)
        self._refresh_detail()

    def _select(self, name: str) -> None:
        known = {topic.name: topic for topic in self.context.feeds.topics}
        if name in known and known[name].internal and not self._internal.isChecked():
            self._internal.setChecked(True)
        self._wanted = "" if self._table.select_key(name) else name

    def _refresh_facts(self) -> None:
        topics = self._model.rows
        messages = sum(topic.messages or 0 for topic in topics)
        self._header.set_facts(
            ", ".join(
                (
                    self.tr("%n topic(s)", "", len(topics)),
                    self.tr("%n partition(s)", "", sum(topic.partitions for topic in topics)),
                    self.tr("{n} messages").format(n=format_count(messages)),
                )
            )
        )
        hidden = len(self.context.feeds.topics) - len(topics)
        text = self.tr("{shown} of {all} topics").format(shown=len(self._model.shown), all=len(topics))
        unseen = self.tr("%n internal one(s) hidden", "", hidden)
        self._shown.set_text(f"{text}, {unseen}" if hidden else text)

    def _refresh_detail(self) -> None:
        topic = self._table.current_row()
        self._detail.setVisible(topic is not None)
        if topic is not None:
            self._detail.set_topic(topic, self.context.feeds.groups)

    def _open_columns(self) -> None:
        self._table.column_menu().popup(self._columns_button.mapToGlobal(QPoint(0, self._columns_button.height())))

    def _created(self, name: str) -> None:
        self._wanted = name
        self.context.notify(self.tr("{topic} was created.").format(topic=name), "good")
        self.context.feeds.refresh_now()

    def _grow(self, name: str) -> None:
        topic = self._known(name)
        if topic is not None:
            dialog = GrowDialog(self.context, name, topic.partitions, self)
            dialog.accepted.connect(self.context.feeds.refresh_now)
            dialog.open()

    def _empty_topic(self, name: str) -> None:
        topic = self._known(name)
        if topic is None:
            return
        ends = {TopicPartition(name, part.partition): -1 for part in topic.partition_details}
        lost = self.tr("{n} messages are lost. Settings, partitions and offsets stay.").format(
            n=format_count(topic.messages)
        )
        dialog = ConfirmDialog(
            self, self.tr("Delete all messages of {topic}?").format(topic=name), lost, self.tr("Delete messages")
        )
        connection = self.context.session.connection
        dialog.accepted.connect(
            lambda: self._run(
                lambda: connection().delete_records(ends), self.tr("{topic} is empty now.").format(topic=name)
            )
        )
        dialog.open()

    def _delete(self, name: str) -> None:
        topic = self._known(name)
        if topic is None:
            return
        lost = self.tr("{n} messages are lost, and the place of %n group(s) in it.", "", topic.groups).format(
            n=format_count(topic.messages)
        )
        dialog = ConfirmDialog(
            self,
            self.tr("Delete {topic}?").format(topic=name),
            lost,
            self.tr("Delete topic"),
            type_to_confirm=name if topic.messages else "",
        )
        connection = self.context.session.connection
        dialog.accepted.connect(
            lambda: self._run(
                lambda: connection().delete_topics([name]), self.tr("{topic} was deleted.").format(topic=name)
            )
        )
        dialog.open()

    def _run(self, call: Callable[[], object], said: str) -> None:
        self.context.jobs.run(call, done=lambda _result: self._done(said), failed=self._failed, owner=self)

    def _done(self, said: str) -> None:
        self.context.notify(said, "good")
        self.context.feeds.refresh_now()

    def _failed(self, error: ClusterError) -> None:
        self.context.notify(sentences(error), "error")

    def _known(self, name: str) -> TopicSummary | None:
        return next((topic for topic in self.context.feeds.topics if topic.name == name), None)


def _worst_lag(topic: str, groups: Sequence[GroupSummary]) -> int | None:
    worst: int | None = None
    for group in groups:
        lags = [offset.lag for offset in group.offsets if offset.topic == topic and offset.lag is not None]
        if lags:
            worst = max(worst or 0, sum(lags))
    return worst
