"""What a new topic means, drawn while it is being filled in: where replicas go, which losses it survives, the same as a command."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop_broker.gui.panels.topics.form import NewTopic, command
from desktop_broker.gui.panels.topics.placement_preview import PlacementPreview
from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.code_block import CodeBlock
from desktop_broker.gui.widgets.drawings import Legend
from desktop_broker.gui.widgets.label import IconLabel, Label
from desktop_broker.gui.widgets.layout import box, column, horizontal_rule, row, scroll_body

_LOSSES = 3
_WIDTH = 424


class TopicMeaning(QFrame):
    """The right side of the form."""

    def __init__(self, brokers: Sequence[int], bootstrap: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._brokers, self._bootstrap = tuple(brokers), bootstrap
        self._placement = PlacementPreview()
        self._placement_words = Label("", Text.SMALL, wrap=True)
        self._survives = Label("", Text.STRONG, wrap=True)
        top = Qt.AlignmentFlag.AlignTop
        self._losses = [
            (IconLabel("info", "muted", 16), Label("", Text.STRONG), Label("", Text.SMALL, wrap=True))
            for _ in range(_LOSSES)
        ]
        self._loss_rows = [
            box(row((icon, top), (column(what, then, gap=1), 1), gap=10)) for icon, what, then in self._losses
        ]
        self._command = CodeBlock("", name=self.tr("The same on the command line"))
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
        self.setLayout(row(scroll_body(content)))
        self.setFixedWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_topic(self, topic: NewTopic) -> None:
        """Draw what is filled in now."""
        count = max(1, len(self._brokers))
        self._placement.set_plan(self._brokers, topic.partitions, topic.replication)
        replicas = topic.partitions * min(topic.replication, count)
        self._placement_words.set_text(
            self.tr("Which brokers hold it is drawn by lot.")
            if topic.partitions < count
            else self.tr(
                "Each broker leads about {leaders} and holds about {replicas} replicas. The first leader is drawn by lot."
            ).format(leaders=max(1, round(topic.partitions / count)), replicas=max(1, round(replicas / count)))
        )
        spare = max(0, min(topic.replication, count) - topic.min_in_sync)
        self._survives.set_text(
            self.tr("Survives the loss of %n broker(s)", "", spare)
            if spare
            else self.tr("Every replica is needed for writing with acks=all")
        )
        for lost, (icon, what, then) in enumerate(self._losses, start=1):
            self._loss_rows[lost - 1].setVisible(lost <= min(_LOSSES, count))
            what.set_text(self.tr("%n broker(s) lost", "", lost))
            name, state, words = self._after(lost, topic)
            icon.set_icon(name, state)
            then.set_text(words)
        self._command.set_text(command(topic, self._bootstrap))

    def _after(self, lost: int, topic: NewTopic) -> tuple[str, str, str]:
        held_by = min(topic.replication, len(self._brokers))
        if lost <= held_by - topic.min_in_sync:
            return "circle-check", "ok", self.tr("Reading and writing go on.")
        if lost < held_by:
            words = self.tr("Reading goes on. Writing with acks=all is refused: it needs {n} replicas in sync.")
            return "triangle-alert", "warn", words.format(n=topic.min_in_sync)
        if lost < len(self._brokers):
            return "circle-x", "err", self.tr("Partitions whose replicas are all lost wait until one comes back.")
        return "circle-x", "err", self.tr("Nothing works until one comes back.")
