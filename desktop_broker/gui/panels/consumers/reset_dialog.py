"""Move a group's committed offsets: where to, and what that means for each partition, before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QWidget

from desktop_broker.common.types import TopicPartition
from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.error_words import sentences
from desktop_broker.gui.feeds.model import GroupSummary
from desktop_broker.gui.i18n import format_count, format_zone, uses_utc
from desktop_broker.gui.theme import Text
from desktop_broker.gui.theme.measures import ROW_DENSE
from desktop_broker.gui.widgets import (
    Callout,
    Column,
    ComboBox,
    Field,
    Label,
    LineEdit,
    NumberField,
    RowsModel,
    Segmented,
    Sheet,
    Table,
    box,
    column,
    row,
)
from desktop_broker.kafka.errors import ClusterError


@dataclass(frozen=True, slots=True)
class _Line:
    """One partition: committed now, and after."""

    topic: str
    partition: int
    before: int | None
    after: int | None

    @property
    def change(self) -> int | None:
        return None if self.before is None or self.after is None else self.after - self.before


class ResetDialog(Sheet):
    """`accepted()` once the offsets are moved. Waits, and says so, while the group has members."""

    def __init__(self, context: PanelContext, group: GroupSummary, parent: QWidget) -> None:
        super().__init__(
            parent,
            QCoreApplication.translate("ResetDialog", "Reset the offsets of {group}").format(group=group.id),
            primary=QCoreApplication.translate("ResetDialog", "Reset offsets"),
            primary_icon="rewind",
            width=720,
        )
        self._context, self._group = context, group
        self._targets: dict[TopicPartition, int] = {}
        self._asked = 0
        self._sending = False
        self._members = Callout("warn", "", "")
        self.topic = ComboBox([("", self.tr("All topics")), *((name, name) for name in group.topics)], "", name="")
        self.where = Segmented(
            [
                ("earliest", self.tr("Earliest")),
                ("latest", self.tr("Latest")),
                ("time", self.tr("A time")),
                ("offset", self.tr("An offset")),
            ],
            "earliest",
            name=self.tr("Move to"),
        )
        self.time = LineEdit(_now_text(), mono=True)
        self.offset = NumberField(0, name=self.tr("Offset"))
        self.time_field = Field(self.tr("Time ({zone})").format(zone=format_zone()), self.time, reserve=True)
        self.offset_field = Field(
            self.tr("Offset"),
            self.offset,
            self.tr("Where a partition does not reach so far, its own end is taken."),
            reserve=True,
        )
        self._facts = Label("", Text.SMALL, "warn")
        self._model = RowsModel(self._columns(), key=lambda line: (line.topic, line.partition))
        self._table = Table(self._model, name=self.tr("Before and after"), row_height=ROW_DENSE)
        self._table.setMinimumHeight(200)
        self._problem = Label("", Text.BODY, "err", wrap=True)
        self.add(
            self._members,
            Field(self.tr("Topic"), self.topic),
            Field(self.tr("Move to"), self.where),
            self.time_field,
            self.offset_field,
            row(Label(self.tr("Before and after"), Text.STRONG), None, self._facts),
            (box(column(self._table), "card"), 1),
            self._problem,
        )
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(250)
        self._wait.timeout.connect(self._ask)
        self.topic.chosen.connect(lambda _topic: self._ask())
        self.where.changed.connect(lambda _where: self._ask())
        self.time.textChanged.connect(lambda _text: self._typed())
        self.offset.changed.connect(self._typed)
        self.primary.clicked.connect(self._send)
        context.feeds.groups_updated.connect(self._look_at_members)
        self._look_at_members(context.feeds.groups)
        self._ask()

    def _columns(self) -> list[Column]:
        return [
            Column(key="topic", title=self.tr("Topic"), value=lambda line: line.topic, width=140, stretch=True),
            Column(key="partition", title="#", value=lambda line: line.partition, kind="id", width=54),
            Column(
                key="before", title=self.tr("Committed now"), value=lambda line: line.before, kind="number", width=120
            ),
            Column(key="after", title=self.tr("After"), value=lambda line: line.after, kind="number", width=110),
            Column(
                key="change",
                title=self.tr("Change"),
                value=lambda line: line.change,
                kind="number",
                text=lambda change: (
                    "\N{EN DASH}"
                    if change is None
                    else f"{change:+,}".replace("-", "\N{MINUS SIGN}")
                    if change
                    else "0"
                ),
                width=110,
                colour=lambda line: "warn" if line.change and line.change < 0 else "",
            ),
        ]

    def _look_at_members(self, groups: list[GroupSummary]) -> None:
        now = next((group for group in groups if group.id == self._group.id), self._group)
        running = bool(now.members)
        if running:
            self._members.set_message(
                "warn",
                self.tr("%n member(s) must stop first", "", len(now.members)),
                self.tr(
                    "Kafka refuses to move the offsets of a running group. Stop your consumers: this form notices."
                ),
            )
        self._members.setVisible(running)
        self.note.set_text(self.tr("Waits until its members have stopped") if running else "")
        self._group = now
        self._refresh()

    def _partitions(self) -> list[TopicPartition]:
        chosen = self.topic.current
        return [
            TopicPartition(offset.topic, offset.partition)
            for offset in self._group.offsets
            if not chosen or offset.topic == chosen
        ]

    def _typed(self) -> None:
        """What was found is no longer what is wanted: forget it at once, and ask when the typing rests."""
        self._check()
        self._wait.start()

    def _check(self) -> tuple[int | None, int | None]:
        """Show what the choice needs, and what is wrong with it. Returns moment (ms) and offset, None where there is none."""
        where = self.where.current
        self.time_field.setVisible(where == "time")
        self.offset_field.setVisible(where == "offset")
        moment = _moment_ms(self.time.text())
        self.time_field.set_error(self.tr("Write it like 2026-01-31 09:00:00.") if moment is None else "")
        self.offset_field.set_error(self.offset.problem)
        self._asked += 1
        self._targets = {}
        self._refresh()
        return moment, self.offset.value

    def _ask(self) -> None:
        """Find the target of each partition, off the Qt thread."""
        self._wait.stop()
        where = self.where.current
        moment, offset = self._check()
        if (where == "time" and moment is None) or (where == "offset" and offset is None):
            return
        asked, partitions, connection = self._asked, self._partitions(), self._context.session.connection

        def find() -> dict[TopicPartition, int]:
            bounds = connection().offsets(partitions)
            if where == "time":
                found = connection().offsets_for_time(partitions, moment or 0)
                return {tp: bound[1] if (at := found.get(tp)) is None else at for tp, bound in bounds.items()}
            if where == "offset":
                return {tp: min(max(offset or 0, bound[0]), bound[1]) for tp, bound in bounds.items()}
            return {tp: bound[where == "latest"] for tp, bound in bounds.items()}

        self._context.jobs.run(find, done=lambda targets: self._found(asked, targets), failed=self._failed, owner=self)

    def _found(self, asked: int, targets: Mapping[TopicPartition, int]) -> None:
        if asked == self._asked:
            self._targets = dict(targets)
            self._problem.set_text("")
            self._refresh()

    def _failed(self, error: ClusterError) -> None:
        self._sending = False
        self._problem.set_text(sentences(error))
        self._refresh()

    def _refresh(self) -> None:
        chosen = set(self._partitions())
        lines = [
            _Line(
                offset.topic,
                offset.partition,
                offset.committed,
                self._targets.get(TopicPartition(offset.topic, offset.partition)),
            )
            for offset in self._group.offsets
            if TopicPartition(offset.topic, offset.partition) in chosen
        ]
        self._model.set_rows(lines)
        back = -sum(line.change for line in lines if line.change is not None and line.change < 0)
        ahead = sum(line.change for line in lines if line.change is not None and line.change > 0)
        facts = []
        if back:
            facts.append(self.tr("{n} messages will be read again").format(n=format_count(back)))
        if ahead:
            facts.append(self.tr("{n} messages will be left out").format(n=format_count(ahead)))
        self._facts.set_text(", ".join(facts))
        reason = ""
        if self._group.members:
            reason = self.tr("Its members must stop first.")
        elif self._sending:
            reason = self.tr("The offsets are being moved.")
        elif not self._targets:
            reason = self.tr("Say where to.")
        self.primary.set_disabled_because(reason)

    def _send(self) -> None:
        targets, group, connection = dict(self._targets), self._group.id, self._context.session.connection
        self._sending = True
        self._refresh()
        self._context.jobs.run(
            lambda: connection().set_group_offsets(group, targets),
            done=lambda _result: self.accept(),
            failed=self._failed,
            owner=self,
        )


def _now_text() -> str:
    now = datetime.now(UTC) if uses_utc() else datetime.now()
    return f"{now:%Y-%m-%d %H:%M:%S}"


def _moment_ms(text: str) -> int | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if moment.tzinfo is None and uses_utc():
        moment = moment.replace(tzinfo=UTC)
    try:
        return int(moment.timestamp() * 1000)
    except (OverflowError, OSError, ValueError):
        return None
