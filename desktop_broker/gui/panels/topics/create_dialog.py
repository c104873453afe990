"""The form for a new topic: presets, checks beside each field while typing, and what the choice means, drawn live."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop_broker.common.config import TOPIC_KEYS, ConfigError
from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.panels.topics.extra_configs import ExtraConfigs
from desktop_broker.gui.panels.topics.form import (
    NewTopic,
    command,
    min_in_sync_problem,
    name_problem,
    replication_problem,
)
from desktop_broker.gui.panels.topics.placement_preview import PlacementPreview
from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.code_block import CodeBlock
from desktop_broker.gui.widgets.dialog import Sheet
from desktop_broker.gui.widgets.drawings import Legend
from desktop_broker.gui.widgets.field import Field
from desktop_broker.gui.widgets.inputs import LineEdit
from desktop_broker.gui.widgets.label import IconLabel, Label
from desktop_broker.gui.widgets.layout import box, column, horizontal_rule, row, scroll_body
from desktop_broker.gui.widgets.number_field import NumberField
from desktop_broker.gui.widgets.segmented import Segmented
from desktop_broker.kafka.errors import ClusterError

_DAY_MS = 86_400_000
_MAX_PARTITIONS = 10_000


@dataclass(frozen=True, slots=True)
class _Preset:
    """What a preset puts into the form."""

    retention_ms: int | None
    configs: dict[str, str]


_PRESETS = {
    "log": _Preset(7 * _DAY_MS, {}),
    "table": _Preset(None, {"cleanup.policy": "compact"}),
    "dead": _Preset(30 * _DAY_MS, {}),
    "throwaway": _Preset(3_600_000, {"segment.ms": "600000"}),
}


class CreateTopicDialog(Sheet):
    """Signals: `created(name)`.

    Args:
        brokers: ids of those that run.
        taken: names that exist.
    """

    created = Signal(str)

    def __init__(self, context: PanelContext, brokers: Sequence[int], taken: Collection[str], parent: QWidget) -> None:
        super().__init__(
            parent,
            parent.tr("Create topic"),
            parent.tr("On {cluster}, {n} brokers").format(cluster=context.session.name, n=len(brokers)),
            primary=parent.tr("Create topic"),
            primary_icon="plus",
            width=920,
            pad=False,
        )
        self._context = context
        self._brokers = tuple(brokers)
        self._taken = frozenset(taken)
        self._sending = False
        self.body.addLayout(row((self._make_form(), 1), self._make_preview(), gap=0))
        self.note.set_text(self.tr("Ctrl+Enter creates"))
        self.primary.clicked.connect(self._send)
        self._choose_preset("log")
        self._refresh()
        self.name.setFocus()

    def topic(self) -> NewTopic:
        """What is filled in."""
        configs = dict(self._extra.values())
        retention = self.retention.value
        if retention is not None and retention != 7 * _DAY_MS:
            configs["retention.ms"] = str(retention)
        if self.max_bytes.value is not None:
            configs["retention.bytes"] = str(self.max_bytes.value)
        return NewTopic(
            name=self.name.text().strip(),
            partitions=self.partitions.value or 1,
            replication=self.replication.value or 1,
            min_in_sync=self.min_in_sync.value or 1,
            configs=configs,
        )

    def _make_form(self) -> QWidget:
        self.presets = Segmented(
            [
                ("log", self.tr("Event log")),
                ("table", self.tr("Latest per key")),
                ("dead", self.tr("Dead letters")),
                ("throwaway", self.tr("Throw-away")),
            ],
            "log",
            name=self.tr("Start from"),
        )
        self.presets.changed.connect(self._choose_preset)
        self._preset_words = Label("", Text.SMALL, wrap=True)
        self.name = LineEdit()
        self.name_field = Field(
            self.tr("Name"), self.name, self.tr("Letters, digits, dots, dashes and underscores"), reserve=True
        )
        default = min(3, len(self._brokers))
        self.partitions = NumberField(
            3, name=self.tr("Partitions"), low=1, high=_MAX_PARTITIONS, stepper=True, width=132
        )
        self.replication = NumberField(default, name=self.tr("Replicas"), low=1, high=32, stepper=True, width=132)
        self.min_in_sync = NumberField(
            2 if default > 2 else 1, name=self.tr("Needed in sync"), low=1, high=32, stepper=True, width=132
        )
        self.partitions_field = Field(self.tr("Partitions"), self.partitions)
        self.replication_field = Field(self.tr("Replicas"), self.replication)
        self.min_in_sync_field = Field(self.tr("Needed in sync"), self.min_in_sync)
        times = [
            ("min", self.tr("minutes"), 60_000),
            ("h", self.tr("hours"), 3_600_000),
            ("d", self.tr("days"), _DAY_MS),
        ]
        sizes = [("MiB", "MiB", 1 << 20), ("GiB", "GiB", 1 << 30)]
        self.retention = NumberField(
            7 * _DAY_MS, name=self.tr("Keep for"), low=1, units=times, unit="d", hint=self.tr("default")
        )
        self.max_bytes = NumberField(
            None, name=self.tr("Keep at most, per partition"), low=1, units=sizes, unit="GiB", hint=self.tr("no limit")
        )
        self._extra = ExtraConfigs()
        self._partition_words = Label("", Text.SMALL, wrap=True)
        for control in (
            self.partitions,
            self.replication,
            self.min_in_sync,
            self.retention,
            self.max_bytes,
            self._extra,
        ):
            control.changed.connect(self._refresh)
        self.name.textChanged.connect(lambda _text: self._refresh())
        self._problem = Label("", Text.BODY, "err", wrap=True)
        top = Qt.AlignmentFlag.AlignTop
        numbers = row(
            (self.partitions_field, top), (self.replication_field, top), (self.min_in_sync_field, top), None, gap=16
        )
        limits = row(
            (Field(self.tr("Keep for"), self.retention), 1),
            (Field(self.tr("Keep at most, per partition"), self.max_bytes), 1),
            gap=16,
        )
        return scroll_body(
            column(
                Label(self.tr("Start from"), Text.SMALL_TEXT),
                row(self.presets, None),
                self._preset_words,
                4,
                self.name_field,
                numbers,
                self._partition_words,
                4,
                limits,
                4,
                self._extra,
                self._problem,
                None,
                gap=8,
                margins=(24, 16, 20, 16),
            )
        )

    def _make_preview(self) -> QFrame:
        self._placement = PlacementPreview()
        self._placement_words = Label("", Text.SMALL, wrap=True)
        self._survives = Label("", Text.STRONG, wrap=True)
        self._losses = [
            (IconLabel("info", "muted", 16), Label("", Text.STRONG), Label("", Text.SMALL, wrap=True)) for _ in range(3)
        ]
        self._command = CodeBlock("", name=self.tr("The same on the command line"))
        top = Qt.AlignmentFlag.AlignTop
        self._loss_rows = [
            box(row((icon, top), (column(what, then, gap=1), 1), gap=10)) for icon, what, then in self._losses
        ]
        legend = Legend(replicas=[("leader", self.tr("Leader")), ("sync", self.tr("Replica"))])
        content = column(
            row(Label(self.tr("Where replicas will go"), Text.STRONG), None, legend),
            self._placement,
            self._placement_words,
            4,
            horizontal_rule(),
            4,
            self._survives,
            *self._loss_rows,
            4,
            horizontal_rule(),
            4,
            Label(self.tr("The same on the command line"), Text.STRONG),
            self._command,
            None,
            gap=6,
            margins=(20, 16, 20, 16),
        )
        side = box(row(scroll_body(content)), "side", width=424)
        side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        side.setMinimumHeight(480)
        return side

    def _choose_preset(self, identity: str) -> None:
        preset = _PRESETS[identity]
        self.retention.set_value(preset.retention_ms)
        self._extra.set_values(preset.configs)
        self._preset_words.set_text(
            {
                "log": self.tr("Messages are kept for seven days, whoever has read them."),
                "table": self.tr("Compacted: the last value of each key is kept for good."),
                "dead": self.tr("For messages that could not be handled: kept for 30 days."),
                "throwaway": self.tr("For trying things out: kept for an hour."),
            }[identity]
        )
        self._refresh()

    def _refresh(self) -> None:
        topic = self.topic()
        problems = self._problems(topic)
        typed = bool(self.name.text())
        self.name_field.set_error(problems["name"] if typed else "")
        if typed and not problems["name"]:
            self.name_field.set_note("ok", self.tr("This name is free."))
        self.partitions_field.set_error(problems["partitions"])
        self.replication_field.set_error(problems["replication"])
        self.min_in_sync_field.set_error(problems["min_in_sync"])
        self._problem.set_text(problems["configs"])
        self._problem.setVisible(bool(problems["configs"]))
        self._partition_words.set_text(
            self.tr(
                "%n partition(s) let as many members of a group read at once. You can add partitions later, never take any away.",
                "",
                topic.partitions,
            )
        )
        first = next((problem for problem in problems.values() if problem), "")
        self.primary.set_disabled_because(self.tr("Being created") if self._sending else first)
        self._show_meaning(topic)

    def _problems(self, topic: NewTopic) -> dict[str, str]:
        return {
            "name": name_problem(topic.name, self._taken),
            "partitions": self.partitions.problem or self._missing(self.partitions),
            "replication": self.replication.problem
            or self._missing(self.replication)
            or replication_problem(topic.replication, len(self._brokers)),
            "min_in_sync": self.min_in_sync.problem
            or self._missing(self.min_in_sync)
            or min_in_sync_problem(topic.min_in_sync, topic.replication),
            "configs": self.retention.problem
            or self.max_bytes.problem
            or self._extra.problem
            or _config_problem(topic.configs),
        }

    def _missing(self, field: NumberField) -> str:
        return self.tr("Type a whole number.") if field.value is None else ""

    def _show_meaning(self, topic: NewTopic) -> None:
        count = len(self._brokers)
        self._placement.set_plan(self._brokers, min(topic.partitions, _MAX_PARTITIONS), topic.replication)
        replicas = topic.partitions * min(topic.replication, count)
        self._placement_words.set_text(
            self.tr(
                "Each broker leads about {leaders} and holds about {replicas} replicas. The first leader is drawn by lot."
            ).format(
                leaders=max(1, round(topic.partitions / max(1, count))),
                replicas=max(1, round(replicas / max(1, count))),
            )
        )
        writes = max(0, topic.replication - topic.min_in_sync)
        self._survives.set_text(
            self.tr("Survives the loss of %n broker(s)", "", writes)
            if writes
            else self.tr("Every broker is needed for writing with acks=all")
        )
        for lost, (icon, what, then) in enumerate(self._losses, start=1):
            self._loss_rows[lost - 1].setVisible(lost <= min(3, count))
            what.set_text(self.tr("%n broker(s) lost", "", lost))
            if lost <= writes:
                icon.set_icon("circle-check", "ok")
                then.set_text(self.tr("Reading and writing go on."))
            elif lost < topic.replication:
                icon.set_icon("triangle-alert", "warn")
                then.set_text(
                    self.tr("Reading goes on. Writing with acks=all is refused: it needs {n} replicas in sync.").format(
                        n=topic.min_in_sync
                    )
                )
            else:
                icon.set_icon("circle-x", "err")
                then.set_text(self.tr("Partitions whose replicas are all lost wait until one comes back."))
        self._command.set_text(command(topic, self._context.session.bootstrap))

    def _send(self) -> None:
        topic = self.topic()
        if self._sending or any(self._problems(topic).values()):
            self._refresh()
            return
        self._sending = True
        self._refresh()
        connection = self._context.session.connection
        self._context.jobs.run(
            lambda: connection().create_topic(topic.name, topic.partitions, topic.replication, topic.all_configs()),
            done=lambda _result: self._done(topic.name),
            failed=self._failed,
            owner=self,
        )

    def _done(self, name: str) -> None:
        self.created.emit(name)
        self.accept()

    def _failed(self, error: ClusterError) -> None:
        self._sending = False
        self._refresh()
        self._problem.set_text(f"{error.what} {error.todo}".strip())
        self._problem.setVisible(True)
        if error.code in ("TOPIC_ALREADY_EXISTS", "INVALID_TOPIC_EXCEPTION", "TOPIC_EXCEPTION"):
            self.name_field.set_error(error.what)


def _config_problem(configs: dict[str, str]) -> str:
    for name, value in configs.items():
        try:
            TOPIC_KEYS[name].parse(value)
        except ConfigError as error:
            return str(error)
    return ""
