"""Consumers: who reads, how far behind they are and why, and moving their offsets.

Understands `navigate("consumers", group="billing")`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.error_words import sentences
from desktop_broker.gui.feeds.model import GroupSummary
from desktop_broker.gui.i18n import format_count
from desktop_broker.gui.panels.base import Panel
from desktop_broker.gui.panels.consumers.detail import GroupDetail
from desktop_broker.gui.panels.consumers.reset_dialog import ResetDialog
from desktop_broker.gui.panels.consumers.verdict import NEEDS_ATTENTION, SEVERITY, judge
from desktop_broker.gui.panels.consumers.words import verdict_look, verdict_reason
from desktop_broker.gui.theme import Text
from desktop_broker.gui.theme.measures import ROW_TWO_LINES
from desktop_broker.gui.widgets import (
    PAGE_MARGINS,
    Card,
    Chip,
    Column,
    ConfirmDialog,
    EmptyState,
    IconButton,
    Label,
    PageHeader,
    RowsModel,
    SearchField,
    Table,
    column,
    footer,
    row,
)
from desktop_broker.kafka.errors import ClusterError

_DETAIL = 560


class ConsumersPanel(Panel):
    """The list of groups."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted = ""
        self._header = PageHeader("")
        self._search = SearchField("")
        self._attention = Chip("", checkable=True)
        self._columns_button = IconButton("columns-3", "")
        self._model = RowsModel(self._columns(), key=lambda group: group.id)
        self._model.sort_by("verdict")
        self._empty = EmptyState("users", "", "")
        self._table = Table(
            self._model,
            name="",
            row_height=ROW_TWO_LINES,
            empty=self._empty,
            settings=context.settings,
            remember="consumers",
        )
        self._detail = GroupDetail()
        self._detail.setFixedWidth(_DETAIL)
        self._detail.hide()
        self._order, self._meaning = Label("", Text.SMALL), Label("", Text.SMALL)
        listing = Card(pad=False)
        listing.add((self._table, 1), footer(self._order, None, self._meaning))
        bar = row(self._search, self._attention, None, self._columns_button, gap=8)
        self.setLayout(
            column(self._header, bar, (row((listing, 1), self._detail, gap=12), 1), gap=12, margins=PAGE_MARGINS)
        )
        self._connect()
        self.retranslate()
        self._show_groups(context.feeds.groups)

    def retranslate(self) -> None:
        """All texts."""
        self._header.set_title(self.tr("Consumers"))
        self._search.set_hint(self.tr("Filter groups"))
        self._columns_button.set_name(self.tr("Choose columns"))
        self._table.setAccessibleName(self.tr("Consumer groups"))
        self._order.set_text(self.tr("Worst first"))
        self._meaning.set_text(self.tr("Lag: messages written but not yet committed"))
        self._empty.set_message(
            self.tr("No consumer groups yet"),
            self.tr("A group appears when a consumer with a group.id connects. Overview has programs to start with."),
        )
        self._model.set_columns(self._columns())
        self._refresh_facts()

    def open_with(self, **arguments: object) -> None:
        """Show a group."""
        group = arguments.get("group")
        if isinstance(group, str):
            self._wanted = "" if self._table.select_key(group) else group

    def _connect(self) -> None:
        self.context.feeds.groups_updated.connect(self._show_groups)
        self._search.searched.connect(self._model.set_filter)
        self._attention.toggled.connect(self._filter_attention)
        self._columns_button.clicked.connect(self._open_columns)
        self._table.row_selected.connect(lambda _row: self._refresh_detail())
        self._table.menu_requested.connect(lambda _row, place: self._table.copy_menu().popup(place))
        self._detail.closed.connect(self._table.clearSelection)
        self._detail.reset_requested.connect(self._reset)
        self._detail.delete_requested.connect(self._delete)
        self._detail.topic_requested.connect(lambda topic: self.context.navigate("topics", topic=topic))

    def _columns(self) -> list[Column]:
        return [
            Column(key="group", title=self.tr("Group, topics"), value=lambda g: (g.id, ", ".join(g.topics)), kind="two", width=150, stretch=True),
            Column(
                key="verdict",
                title=self.tr("Verdict"),
                value=lambda g: (verdict_look(g), verdict_reason(g)),
                kind="two",
                width=184,
                sort=lambda g: (SEVERITY[judge(g).verdict], -(g.lag or 0), g.id),
            ),
            Column(key="lag", title=self.tr("Lag"), value=lambda g: g.lag, kind="number", width=92),
            Column(key="trend", title=self.tr("Lag trend"), value=lambda g: [lag for _, lag in g.lag_history[-60:]], kind="spark", width=88, priority=2),
            Column(key="members", title=self.tr("Members"), value=lambda g: len(g.members), kind="number", width=80, priority=1),
        ]  # fmt: skip

    def _show_groups(self, groups: Sequence[GroupSummary]) -> None:
        self._model.set_rows(groups)
        self._refresh_facts()
        if self._wanted and self._table.select_key(self._wanted):
            self._wanted = ""
        self._refresh_detail()

    def _refresh_facts(self) -> None:
        groups = self._model.rows
        members = sum(len(group.members) for group in groups)
        facts = (self.tr("%n group(s)", "", len(groups)), self.tr("%n member(s)", "", members))
        self._header.set_facts(", ".join(facts))
        worried = sum(judge(group).verdict in NEEDS_ATTENTION for group in groups)
        self._attention.set_chip(self.tr("Needs attention {n}").format(n=format_count(worried)))

    def _filter_attention(self, on: bool) -> None:
        self._model.set_predicate((lambda group: judge(group).verdict in NEEDS_ATTENTION) if on else None)

    def _refresh_detail(self) -> None:
        group = self._table.current_row()
        self._detail.setVisible(group is not None)
        if group is not None:
            self._detail.set_group(group)

    def _open_columns(self) -> None:
        self._table.column_menu().popup(self._columns_button.mapToGlobal(QPoint(0, self._columns_button.height())))

    def _reset(self, identity: str) -> None:
        group = next((group for group in self.context.feeds.groups if group.id == identity), None)
        if group is not None:
            dialog = ResetDialog(self.context, group, self)
            dialog.accepted.connect(
                lambda: self._done(self.tr("{group} goes on from the new offsets.").format(group=identity))
            )
            dialog.open()

    def _delete(self, identity: str) -> None:
        dialog = ConfirmDialog(
            self,
            self.tr("Delete {group}?").format(group=identity),
            self.tr("Its committed offsets are lost: a consumer of this name starts anew. Messages stay."),
            self.tr("Delete group"),
        )
        connection = self.context.session.connection
        dialog.accepted.connect(
            lambda: self.context.jobs.run(
                lambda: connection().delete_group(identity),
                done=lambda _result: self._done(self.tr("{group} was deleted.").format(group=identity)),
                failed=self._failed,
                owner=self,
            )
        )
        dialog.open()

    def _done(self, said: str) -> None:
        self.context.notify(said, "good")
        self.context.feeds.refresh_now()

    def _failed(self, error: ClusterError) -> None:
        self.context.notify(sentences(error), "error")
