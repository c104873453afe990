"""The form for a new topic: presets, checks beside each field while typing, and what the choice means, drawn live."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_broker.common.config import TOPIC_KEYS, ConfigError
from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.error_words import sentences, words
from desktop_broker.gui.i18n import format_duration
from desktop_broker.gui.panels.topics.extra_configs import ExtraConfigs
from desktop_broker.gui.panels.topics.form import (
    NewTopic,
    TopicDefaults,
    min_in_sync_problem,
    name_problem,
    replication_problem,
)
from desktop_broker.gui.panels.topics.meaning import TopicMeaning
from desktop_broker.gui.panels.topics.presets import PRESETS, PresetTiles
from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.dialog import Sheet
from desktop_broker.gui.widgets.field import Field
from desktop_broker.gui.widgets.inputs import LineEdit
from desktop_broker.gui.widgets.label import Label
from desktop_broker.gui.widgets.layout import column, row, scroll_body
from desktop_broker.gui.widgets.number_field import NumberField
from desktop_broker.kafka.errors import ClusterError

_MAX_PARTITIONS, _HEIGHT = 10_000, 590
_HOUR_MS, _DAY_MS = 3_600_000, 86_400_000
_NAME_TROUBLE = ("TOPIC_ALREADY_EXISTS", "INVALID_TOPIC_EXCEPTION", "TOPIC_EXCEPTION")


class CreateTopicDialog(Sheet):
    """Signals: `created(name)`.

    It opens with Kafka's own defaults and takes the broker's as soon as that has answered, except where something was typed.

    Args:
        brokers: ids of those that run.
        taken: names that exist.
    """

    created = Signal(str)

    def __init__(self, context: PanelContext, brokers: Sequence[int], taken: Collection[str], parent: QWidget) -> None:
        super().__init__(
            parent,
            QCoreApplication.translate("CreateTopicDialog", "Create topic"),
            primary=QCoreApplication.translate("CreateTopicDialog", "Create topic"),
            primary_icon="plus",
            width=920,
            pad=False,
        )
        self.facts.set_text(
            self.tr("On {cluster}, %n broker(s)", "", len(brokers)).format(cluster=context.session.name)
        )
        self.facts.show()
        self._context = context
        self._brokers = tuple(brokers)
        self._taken = frozenset(taken)
        self._defaults = TopicDefaults(replication=min(3, max(1, len(brokers))))
        self._preset = "log"
        self._sending = False
        self._refused = ""
        self._meaning = TopicMeaning(brokers, context.session.bootstrap)
        self._make_controls()
        self._meaning.setMinimumHeight(max(360, min(_HEIGHT, parent.window().height() - 176)))
        self.body.addLayout(row((self._make_form(), 1), self._meaning, gap=0))
        self.note.set_text(self.tr("Ctrl+Enter creates"))
        self.primary.clicked.connect(self._send)
        self._say_presets()
        self._choose_preset("log")
        self.name.setFocus()
        self._ask_defaults()

    def topic(self) -> NewTopic:
        """What is filled in."""
        defaults = self._defaults
        configs: dict[str, str] = {}
        if (self.min_in_sync.value or defaults.min_in_sync) != defaults.min_in_sync:
            configs["min.insync.replicas"] = str(self.min_in_sync.value)
        configs.update(self.extra.values())
        retention, limit = self.retention.value or -1, self.max_bytes.value or -1
        if retention != defaults.retention_ms:
            configs["retention.ms"] = str(retention)
        if limit != defaults.retention_bytes:
            configs["retention.bytes"] = str(limit)
        return NewTopic(
            name=self.name.text().strip(),
            partitions=self.partitions.value or 1,
            replication=self.replication.value or 1,
            min_in_sync=self.min_in_sync.value or 1,
            configs=configs,
        )

    def _make_controls(self) -> None:
        self.presets = PresetTiles("log", name=self.tr("Start from"))
        self.presets.chosen.connect(self._choose_preset)
        self.name = LineEdit()
        self.name_field = Field(
            self.tr("Name"), self.name, self.tr("Letters, digits, dots, dashes and underscores"), reserve=True
        )
        defaults = self._defaults
        self.partitions = NumberField(
            defaults.partitions, name=self.tr("Partitions"), low=1, high=_MAX_PARTITIONS, stepper=True
        )
        self.replication = NumberField(defaults.replication, name=self.tr("Replicas"), low=1, high=32, stepper=True)
        self.min_in_sync = NumberField(
            defaults.min_in_sync, name=self.tr("Needed in sync"), low=1, high=32, stepper=True
        )
        self.partitions_field = Field(self.tr("Partitions"), self.partitions)
        self.replication_field = Field(self.tr("Replicas"), self.replication)
        self.min_in_sync_field = Field(self.tr("Needed in sync"), self.min_in_sync)
        times = [
            ("min", self.tr("minutes"), 60_000),
            ("h", self.tr("hours"), _HOUR_MS),
            ("d", self.tr("days"), _DAY_MS),
        ]
        sizes = [("MiB", "MiB", 1 << 20), ("GiB", "GiB", 1 << 30)]
        self.retention = NumberField(
            None, name=self.tr("Keep for"), low=1, units=times, unit="d", hint=self.tr("for ever")
        )
        self.max_bytes = NumberField(
            None, name=self.tr("Keep at most, per partition"), low=1, units=sizes, unit="GiB", hint=self.tr("no limit")
        )
        self.retention_field = Field(self.tr("Keep for"), self.retention)
        self.max_bytes_field = Field(self.tr("Keep at most, per partition"), self.max_bytes)
        self.extra = ExtraConfigs()
        self._partition_words = Label("", Text.SMALL, wrap=True)
        self._problem = Label("", Text.BODY, "err", wrap=True)
        numbers = (self.partitions, self.replication, self.min_in_sync, self.retention, self.max_bytes)
        for control in (*numbers, self.extra):
            control.changed.connect(self._changed)
        self.name.textChanged.connect(lambda _text: self._changed())

    def _make_form(self) -> QWidget:
        top = Qt.AlignmentFlag.AlignTop
        numbers = row(gap=16)
        for field in (self.partitions_field, self.replication_field, self.min_in_sync_field):
            numbers.addWidget(field, 1)
            numbers.setAlignment(field, top)
        limits = row((self.retention_field, 1), (self.max_bytes_field, 1), gap=16)
        for field in (self.retention_field, self.max_bytes_field):
            limits.setAlignment(field, top)
        return scroll_body(
            column(
                Label(self.tr("Start from"), Text.SMALL_TEXT),
                self.presets,
                6,
                self.name_field,
                numbers,
                self._partition_words,
                6,
                limits,
                6,
                self.extra,
                self._problem,
                None,
                gap=6,
                margins=(24, 16, 20, 16),
            )
        )

    # ---- defaults and presets ----------------------------------------------------------------------------------------
    def _ask_defaults(self) -> None:
        if not self._brokers:
            return
        broker, connection = self._brokers[0], self._context.session.connection
        self._context.jobs.run(
            lambda: TopicDefaults.of_broker(connection().broker_configs(broker)),
            done=self._take_defaults,
            failed=lambda _error: (
                None
            ),  # Kafka's own stay; what is wrong with the cluster is said when the form is sent
            owner=self,
        )

    def _take_defaults(self, found: TopicDefaults) -> None:
        former, self._defaults = self._defaults, found
        most = max(1, len(self._brokers))
        for control, before, now in (
            (self.partitions, former.partitions, found.partitions),
            (self.replication, former.replication, min(found.replication, most)),
            (self.min_in_sync, former.min_in_sync, found.min_in_sync),
            (self.retention, _limit(former.retention_ms), _limit(found.retention_ms)),
            (self.max_bytes, _limit(former.retention_bytes), _limit(found.retention_bytes)),
        ):
            if control.value == before and not control.problem:
                control.set_value(now)
        self._say_presets()
        self._refresh()

    def _say_presets(self) -> None:
        self.presets.set_words(
            [
                (self.tr("Event log"), self._kept(self._defaults.retention_ms)),
                (self.tr("Latest per key"), self.tr("compacted table")),
                (self.tr("Dead letters"), self._kept(PRESETS["dead"].retention_ms or 0)),
                (self.tr("Throw-away"), self._kept(PRESETS["throwaway"].retention_ms or 0)),
            ]
        )

    def _kept(self, time_ms: int) -> str:
        if time_ms <= 0:
            return self.tr("kept for ever")
        if time_ms % _DAY_MS == 0:
            return self.tr("kept %n day(s)", "", time_ms // _DAY_MS)
        if time_ms % _HOUR_MS == 0:
            return self.tr("kept %n hour(s)", "", time_ms // _HOUR_MS)
        return self.tr("kept {time}").format(time=format_duration(time_ms))

    def _choose_preset(self, identity: str) -> None:
        """Put in what the preset brings, take out what the one before brought; what the user added stays."""
        former, preset = PRESETS[self._preset], PRESETS[identity]
        self._preset = identity
        kept = self._defaults.retention_ms if preset.retention_ms is None else preset.retention_ms
        self.retention.set_value(_limit(kept))
        self.extra.replace(former.configs, preset.configs)
        self._refresh()

    # ---- while it is filled in ---------------------------------------------------------------------------------------
    def _changed(self) -> None:
        self._refused = ""
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
        self.retention_field.set_error(problems["retention"])
        self.max_bytes_field.set_error(problems["max_bytes"])
        said = self._refused or problems["configs"]
        self._problem.set_text(said)
        self._problem.setVisible(bool(said))
        self._partition_words.set_text(
            self.tr(
                "With one partition, one member of a group reads at a time. You can add partitions later, never take any away."
            )
            if topic.partitions == 1
            else self.tr(
                "With %n partition(s), as many members of a group can read at once. You can add partitions later, never take any away.",
                "",
                topic.partitions,
            )
        )
        first = next((problem for problem in problems.values() if problem), "")
        self.primary.set_disabled_because(self.tr("Being created") if self._sending else first)
        self._meaning.show_topic(topic)

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
            "retention": self.retention.problem,
            "max_bytes": self.max_bytes.problem,
            "configs": self.extra.problem or _config_problem(topic.configs),
        }

    def _missing(self, field: NumberField) -> str:
        return self.tr("Type a whole number.") if field.value is None else ""

    # ---- sending ------------------------------------------------------------------------------------------------------
    def _send(self) -> None:
        topic = self.topic()
        if self._sending or any(self._problems(topic).values()):
            self._refresh()
            return
        self._sending = True
        self._refresh()
        connection = self._context.session.connection
        self._context.jobs.run(
            lambda: connection().create_topic(topic.name, topic.partitions, topic.replication, topic.configs),
            done=lambda _result: self._done(topic.name),
            failed=self._failed,
            owner=self,
        )

    def _done(self, name: str) -> None:
        self.created.emit(name)
        self.accept()

    def _failed(self, error: ClusterError) -> None:
        self._sending = False
        self._refused = sentences(error)
        self._refresh()
        if error.code in _NAME_TROUBLE:
            self.name_field.set_error(words(error)[0])


def _limit(value: int) -> int | None:
    """A broker's limit as the form shows it: an empty field for none."""
    return value if value > 0 else None


def _config_problem(configs: dict[str, str]) -> str:
    for name, value in configs.items():
        try:
            TOPIC_KEYS[name].parse(value)
        except ConfigError as error:
            return str(error)
    return ""
