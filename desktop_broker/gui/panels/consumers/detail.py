"""One group beside the list: its verdict, lag by partition, members, and its offsets over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Signal, SignalInstance
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from desktop_broker.common.types import TopicPartition
from desktop_broker.gui.feeds.model import GroupSummary
from desktop_broker.gui.i18n import format_count
from desktop_broker.gui.panels.consumers.offsets_plot import OffsetsPlot
from desktop_broker.gui.panels.consumers.words import kind_words, verdict_look, verdict_reason
from desktop_broker.gui.theme import Text
from desktop_broker.gui.theme.measures import ROW_DENSE
from desktop_broker.gui.widgets import (
    Button,
    Callout,
    Card,
    Column,
    ElidedLabel,
    EmptyState,
    IconButton,
    RowsModel,
    Table,
    Tabs,
    box,
    column,
    horizontal_rule,
    row,
)
from desktop_broker.kafka.model import GroupOffset, MemberInfo


@dataclass(frozen=True, slots=True)
class PartitionRow:
    """One partition of a group: where it stands, and whose it is."""

    offset: GroupOffset
    member: str
    worst: int


class GroupDetail(Card):
    """Signals: `closed()`, `reset_requested(id)`, `delete_requested(id)`, `topic_requested(name)`."""

    closed = Signal()
    reset_requested = Signal(str)
    delete_requested = Signal(str)
    topic_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(pad=False, parent=parent)
        self._group: GroupSummary | None = None
        self._name, self._facts = ElidedLabel("", Text.TITLE), ElidedLabel("", Text.SMALL)
        self._reset = Button("", "rewind", small=True)
        self._menu_button, self._close = IconButton("ellipsis", ""), IconButton("x", "")
        self.menu = QMenu(self)
        self._delete = self.menu.addAction("", lambda: self._emit(self.delete_requested))
        self._why = Callout("info", "", "")
        self._tabs = Tabs([("partitions", ""), ("members", "")], name="")
        self._partitions = RowsModel(
            self._partition_columns(), key=lambda line: (line.offset.topic, line.offset.partition)
        )
        self._members = RowsModel(self._member_columns(), key=lambda member: member.id)
        self._no_members = EmptyState("users", "", "")
        self._partition_table = Table(self._partitions, name="", row_height=ROW_DENSE)
        self._member_table = Table(self._members, name="", row_height=ROW_DENSE, empty=self._no_members)
        self._plot = OffsetsPlot()
        self._pages = QStackedLayout()
        for page in (self._partition_table, self._member_table):
            self._pages.addWidget(page)
        self._close.clicked.connect(self.closed)
        self._reset.clicked.connect(lambda: self._emit(self.reset_requested))
        self._menu_button.clicked.connect(self._open_menu)
        self._tabs.changed.connect(lambda name: self._pages.setCurrentIndex(("partitions", "members").index(name)))
        self._partition_table.row_opened.connect(lambda line: self.topic_requested.emit(line.offset.topic))
        head = column(
            row((self._name, 99), (self._facts, 1), self._reset, self._menu_button, self._close, gap=8),
            self._why,
            gap=8,
            margins=(15, 10, 12, 6),
        )
        self.add(head, self._tabs, (box(self._pages), 3), horizontal_rule(), (self._plot, 2))
        self.retranslate()

    def set_group(self, group: GroupSummary) -> None:
        """Show a group as it is now."""
        self._group = group
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """All texts."""
        self._reset.set_text(self.tr("Reset offsets…"))
        self._menu_button.set_name(self.tr("More actions"))
        self._close.set_name(self.tr("Close"))
        self._delete.setText(self.tr("Delete the group…"))
        self._tabs.setAccessibleName(self.tr("Parts of the group"))
        self._tabs.set_texts(self.tr("By partition"), self.tr("By member"))
        self._partition_table.setAccessibleName(self.tr("Lag by partition"))
        self._member_table.setAccessibleName(self.tr("Members"))
        self._no_members.set_message(
            self.tr("No members"), self.tr("No consumer of this group is connected now. Its offsets are kept.")
        )
        self._partitions.set_columns(self._partition_columns())
        self._members.set_columns(self._member_columns())
        self._refresh()

    def _refresh(self) -> None:
        group = self._group
        if group is None:
            return
        self._name.set_text(group.id)
        self._name.setMaximumWidth(self._name.sizeHint().width())
        self._facts.set_text(self.tr("%n member(s)", "", len(group.members)) + f", {kind_words(group.kind)}")
        state, words, _icon = verdict_look(group)
        self._why.set_message(state, words, verdict_reason(group))
        self._reset.set_disabled_because("" if group.offsets else self.tr("It has no offsets yet."))
        self._delete.setEnabled(not group.members)
        self._delete.setToolTip(self.tr("Its members must stop first.") if group.members else "")
        self._partitions.set_rows(_partition_rows(group))
        self._members.set_rows(group.members)
        self._plot.set_group(group)

    def _partition_columns(self) -> list[Column]:
        return [
            Column(
                key="topic",
                title=self.tr("Topic"),
                value=lambda line: line.offset.topic,
                width=110,
                stretch=True,
                sort=lambda line: (line.offset.topic, line.offset.partition),
            ),
            Column(key="partition", title="#", value=lambda line: line.offset.partition, kind="id", width=40),
            Column(
                key="member",
                title=self.tr("Member"),
                value=lambda line: line.member or None,
                kind="mono",
                width=104,
                priority=1,
            ),
            Column(
                key="committed",
                title=self.tr("Committed"),
                value=lambda line: line.offset.committed,
                kind="number",
                width=86,
            ),
            Column(
                key="end", title=self.tr("End offset"), value=lambda line: line.offset.latest, kind="number", width=92
            ),
            Column(
                key="lag",
                title=self.tr("Lag"),
                value=_lag_bar,
                kind="bar",
                width=116,
                sort=lambda line: line.offset.lag or 0,
            ),
        ]

    def _member_columns(self) -> list[Column]:
        return [
            Column(
                key="client",
                title=self.tr("Client"),
                value=lambda member: member.client_id,
                kind="strong",
                width=120,
                stretch=True,
            ),
            Column(
                key="host", title=self.tr("Host"), value=lambda member: member.host.lstrip("/"), kind="mono", width=110
            ),
            Column(
                key="partitions",
                title=self.tr("Partitions"),
                value=lambda member: len(member.assignment),
                kind="number",
                width=84,
            ),
            Column(key="assigned", title=self.tr("Which"), value=_assigned, kind="muted", width=170),
        ]

    def _emit(self, signal: SignalInstance) -> None:
        if self._group is not None:
            signal.emit(self._group.id)

    def _open_menu(self) -> None:
        self.menu.popup(self._menu_button.mapToGlobal(QPoint(0, self._menu_button.height())))


def _partition_rows(group: GroupSummary) -> Sequence[PartitionRow]:
    owners = {tp: member.client_id for member in group.members for tp in member.assignment}
    worst = max((offset.lag or 0 for offset in group.offsets), default=0)
    return [
        PartitionRow(offset, owners.get(TopicPartition(offset.topic, offset.partition), ""), worst)
        for offset in group.offsets
    ]


def _lag_bar(line: PartitionRow) -> tuple[float, str, str]:
    lag = line.offset.lag
    return (lag / line.worst if lag and line.worst else 0.0, format_count(lag), "accent_fill")


def _assigned(member: MemberInfo) -> str:
    by_topic: dict[str, list[int]] = {}
    for tp in member.assignment:
        by_topic.setdefault(tp.topic, []).append(tp.partition)
    return ", ".join(f"{topic} {','.join(map(str, sorted(numbers)))}" for topic, numbers in sorted(by_topic.items()))
