"""More partitions for a topic. Never fewer, and why."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.error_words import sentences
from desktop_broker.gui.widgets.callout import Callout
from desktop_broker.gui.widgets.dialog import Sheet
from desktop_broker.gui.widgets.field import Field
from desktop_broker.gui.widgets.number_field import NumberField


class GrowDialog(Sheet):
    """`accepted()` once the topic has grown."""

    def __init__(self, context: PanelContext, topic: str, partitions: int, parent: QWidget) -> None:
        super().__init__(
            parent,
            QCoreApplication.translate("GrowDialog", "Add partitions"),
            topic,
            primary=QCoreApplication.translate("GrowDialog", "Add partitions"),
            primary_icon="plus",
            width=480,
        )
        self._context, self._topic, self._now = context, topic, partitions
        self.total = NumberField(
            partitions + 1, name=self.tr("Partitions in all"), low=1, high=10_000, stepper=True, width=140
        )
        self.field = Field(
            self.tr("Partitions in all"), self.total, self.tr("It has %n now.", "", partitions), reserve=True
        )
        self.add(
            self.field,
            Callout(
                "info",
                self.tr("Keys may go to other partitions than before."),
                self.tr(
                    "Messages stay where they are, so the order of a key holds only within the old and the new ones. Partitions cannot be taken away: their messages would be lost."
                ),
            ),
        )
        self.total.changed.connect(self._check)
        self.primary.clicked.connect(self._send)

    def _check(self) -> str:
        problem = self.total.problem
        total = self.total.value
        if not problem and total is not None and total <= self._now:
            problem = (
                self.tr("It has so many already.")
                if total == self._now
                else self.tr("A topic can grow but never shrink: messages and the order of keys would be lost.")
            )
        if not problem and total is None:
            problem = self.tr("Type a whole number.")
        self.field.set_error(problem)
        self.primary.set_disabled_because(problem)
        return problem

    def _send(self) -> None:
        total = self.total.value
        if self._check() or total is None:
            return
        topic, connection = self._topic, self._context.session.connection
        self._context.jobs.run(
            lambda: connection().create_partitions(topic, total),
            done=lambda _result: self.accept(),
            failed=lambda error: self.field.set_error(sentences(error)),
            owner=self,
        )
