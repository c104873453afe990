"""One topic beside the list: partitions, settings with their source, groups that read it; and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Signal, SignalInstance
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from desktop_broker.common.statistics import PartitionStatistics
from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.feeds.model import GroupSummary, TopicSummary
from desktop_broker.gui.i18n import format_bytes, format_count
from desktop_broker.gui.panels.topics.config_table import ConfigTable
from desktop_broker.gui.panels.topics.highlights import SettingHighlights
from desktop_broker.gui.theme import Text
from desktop_broker.gui.theme.measures import ROW_DENSE
from desktop_broker.gui.widgets.button import Button, IconButton
from desktop_broker.gui.widgets.card import Card
from desktop_broker.gui.widgets.empty_state import EmptyState
from desktop_broker.gui.widgets.label import ElidedLabel, IconLabel, Label
from desktop_broker.gui.widgets.layout import box, column, row
from desktop_broker.gui.widgets.table.column import Column
from desktop_broker.gui.widgets.table.model import RowsModel
from desktop_broker.gui.widgets.table.view import Table
from desktop_broker.gui.widgets.tabs import Tabs

_STATES = {"leader": "leader", "in-sync": "sync", "catching-up": "lag", "offline": "off"}


class TopicDetail(Card):
    """Signals: `closed()`, `messages_requested(name)`, `publish_requested(name)`, `grow_requested(name)`, `empty_requested(name)`,
    `delete_requested(name)`, `group_requested(id)`.
    """

    closed = Signal()
    messages_requested = Signal(str)
    publish_requested = Signal(str)
    grow_requested = Signal(str)
    empty_requested = Signal(str)
    delete_requested = Signal(str)
    group_requested = Signal(str)

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(pad=False, parent=parent)
        self._topic: TopicSummary | None = None
        self._groups: Sequence[GroupSummary] = ()
        self._name = ElidedLabel("", Text.TITLE)
        self._facts = Label("", Text.SMALL, wrap=True)
        self._menu_button, self._close = IconButton("ellipsis", ""), IconButton("x", "")
        self._messages = Button("", "message-square-text", small=True)
        self._publish = Button("", "send", small=True)
        self._delete = Button("", "trash-2", "danger", small=True)
        self.menu = QMenu(self)
        self._grow = self.menu.addAction("", lambda: self._emit(self.grow_requested))
        self._empty = self.menu.addAction("", lambda: self._emit(self.empty_requested))
        self._close.clicked.connect(self.closed)
        self._menu_button.clicked.connect(self._open_menu)
        self._messages.clicked.connect(lambda: self._emit(self.messages_requested))
        self._publish.clicked.connect(lambda: self._emit(self.publish_requested))
        self._delete.clicked.connect(lambda: self._emit(self.delete_requested))
        self._tabs = Tabs([("partitions", ""), ("configs", ""), ("groups", "")], name="")
        self._tabs.changed.connect(self._show_tab)
        self._partitions = RowsModel(self._partition_columns(), key=lambda part: part.partition)
        self._readers = RowsModel(self._group_columns(), key=lambda group: group.id)
        self._configs = ConfigTable(context)
        self._pages = QStackedLayout()
        self._partition_table = Table(self._partitions, name="", row_height=ROW_DENSE)
        self._no_readers = EmptyState("users", "", "")
        self._reader_table = Table(self._readers, name="", row_height=ROW_DENSE, empty=self._no_readers)
        self._reader_table.row_opened.connect(lambda group: self.group_requested.emit(group.id))
        highlights = SettingHighlights()
        self._configs.entries_changed.connect(highlights.set_entries)
        highlights.all_requested.connect(self._show_all_settings)
        partitions = box(column((self._partition_table, 1), highlights, gap=0))
        for page in (partitions, self._configs, self._reader_table):
            self._pages.addWidget(page)
        head = column(
            row(IconLabel("layers", "accent", 18), (self._name, 1), self._menu_button, self._close, gap=6),
            self._facts,
            8,
            row(self._messages, self._publish, None, self._delete, gap=6),
            gap=2,
            margins=(15, 12, 10, 8),
        )
        self.add(head, self._tabs, (box(self._pages), 1))
        self.retranslate()

    @property
    def topic(self) -> str:
        """The topic that is shown; empty for none."""
        return self._topic.name if self._topic is not None else ""

    def set_topic(self, topic: TopicSummary, groups: Sequence[GroupSummary]) -> None:
        """Show a topic as it is now."""
        new = topic.name != self.topic
        self._topic, self._groups = topic, groups
        if new:
            self._configs.set_topic(topic.name)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """All texts."""
        self._menu_button.set_name(self.tr("More actions"))
        self._close.set_name(self.tr("Close"))
        self._messages.set_text(self.tr("Messages"))
        self._publish.set_text(self.tr("Publish"))
        self._delete.set_text(self.tr("Delete…"))
        self._grow.setText(self.tr("Add partitions…"))
        self._empty.setText(self.tr("Delete all messages…"))
        self._tabs.setAccessibleName(self.tr("Parts of the topic"))
        self._partition_table.setAccessibleName(self.tr("Partitions"))
        self._reader_table.setAccessibleName(self.tr("Groups that read this topic"))
        self._partitions.set_columns(self._partition_columns())
        self._readers.set_columns(self._group_columns())
        self._no_readers.set_message(
            self.tr("No group reads this topic"),
            self.tr("A consumer with a group.id appears here once it has committed an offset."),
        )
        self._refresh()

    def _refresh(self) -> None:
        topic = self._topic
        readers = [group for group in self._groups if topic is not None and topic.name in group.topics]
        self._tabs.set_texts(
            self.tr("Partitions"), self.tr("Settings"), self.tr("Groups") + (f"  {len(readers)}" if readers else "")
        )
        if topic is None:
            return
        self._name.set_text(topic.name)
        facts = [
            self.tr("%n partition(s)", "", topic.partitions),
            self.tr("%n replica(s) each", "", topic.replication_factor),
        ]
        facts.append(self.tr("{n} messages").format(n=format_count(topic.messages)))
        facts.append(format_bytes(topic.size_bytes))
        self._facts.set_text(" \N{MIDDLE DOT} ".join(facts))
        self._delete.set_disabled_because(self.tr("Kafka needs its internal topics.") if topic.internal else "")
        self._empty.setEnabled(not topic.internal)
        self._partitions.set_rows(topic.partition_details)
        self._readers.set_rows(readers)

    def _partition_columns(self) -> list[Column]:
        return [
            Column(key="partition", title="#", value=lambda part: part.partition, kind="id", width=44, right=False),
            Column(
                key="replicas",
                title=self.tr("Leader, replicas"),
                value=_replicas,
                kind="replicas",
                width=120,
                stretch=True,
                sort=lambda part: -1 if part.leader is None else part.leader,
            ),
            Column(
                key="epoch",
                title=self.tr("Epoch"),
                value=lambda part: part.leader_epoch,
                kind="number",
                width=58,
                priority=2,
            ),
            Column(
                key="start",
                title=self.tr("Start"),
                value=lambda part: part.log_start_offset,
                kind="number",
                width=70,
                priority=1,
            ),
            Column(
                key="end", title=self.tr("End offset"), value=lambda part: part.high_watermark, kind="number", width=92
            ),
            Column(key="size", title=self.tr("Size"), value=_size, kind="number", text=format_bytes, width=84),
        ]

    def _group_columns(self) -> list[Column]:
        return [
            Column(
                key="id", title=self.tr("Group"), value=lambda group: group.id, kind="strong", width=140, stretch=True
            ),
            Column(
                key="members", title=self.tr("Members"), value=lambda group: len(group.members), kind="number", width=80
            ),
            Column(key="lag", title=self.tr("Lag"), value=self._lag, kind="number", width=90),
        ]

    def _lag(self, group: GroupSummary) -> int | None:
        known = [offset.lag for offset in group.offsets if offset.topic == self.topic and offset.lag is not None]
        return sum(known) if known else None

    def _show_tab(self, identity: str) -> None:
        self._pages.setCurrentIndex(("partitions", "configs", "groups").index(identity))
        if identity == "configs":
            self._configs.refresh()

    def _show_all_settings(self) -> None:
        self._tabs.choose("configs")
        self._show_tab("configs")

    def _emit(self, signal: SignalInstance) -> None:
        if self._topic is not None:
            signal.emit(self._topic.name)

    def _open_menu(self) -> None:
        self.menu.popup(self._menu_button.mapToGlobal(QPoint(0, self._menu_button.height())))


def _replicas(part: PartitionStatistics) -> list[tuple[int, str]]:
    return [
        (replica.broker, _STATES[replica.state])
        for replica in sorted(part.replicas, key=lambda replica: replica.broker)
    ]


def _size(part: PartitionStatistics) -> int | None:
    sizes = [replica.size_bytes for replica in part.replicas if replica.size_bytes is not None]
    return max(sizes, default=None)
