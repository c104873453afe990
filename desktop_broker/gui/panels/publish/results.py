"""What became of each message: where it is, how long it took, or why it was not stored."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtWidgets import QWidget

from desktop_broker.gui.error_words import sentences
from desktop_broker.gui.i18n import format_count, format_duration, format_rate
from desktop_broker.gui.theme import Text
from desktop_broker.gui.theme.measures import ROW_DENSE
from desktop_broker.gui.widgets import Button, Card, Column, EmptyState, IconButton, Label, Meter, RingModel, Table
from desktop_broker.kafka.model import SendResult
from desktop_broker.kafka.publisher import PublishSummary

KEPT = 5_000  # lines of the list


_JUDGED = 20_000  # latencies that the percentiles are of


@dataclass(frozen=True, slots=True)
class _Line:
    """A result with the key it was sent with."""

    result: SendResult
    key: str


class ResultsCard(Card):
    """Signals: `stop_requested()`."""

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._meter = Meter(0.0, name="")
        self._meter.setFixedWidth(120)
        self._words = Label("", Text.SMALL)
        self._failed = Label("", Text.SMALL, "err")
        self._stop = Button("", "circle-stop", small=True)
        self._export = IconButton("copy", "", small=True)
        super().__init__(
            "", "", (self._meter, self._words, 8, self._failed, self._stop, self._export), pad=False, parent=parent
        )
        self._stop.clicked.connect(self.stop_requested)
        self._export.clicked.connect(self._open_export)
        self._empty = EmptyState("send", "", "")
        self._model = RingModel(self._columns(), KEPT)
        self._table = Table(self._model, name="", row_height=ROW_DENSE, empty=self._empty)
        self.add((self._table, 1))
        self._count: int | None = None
        self._sent = self._bad = 0
        self._began = 0.0
        self._latencies: list[int] = []
        self._summary: PublishSummary | None = None
        self.running = False
        self.retranslate()

    def begin(self, count: int | None) -> None:
        """A run starts."""
        self._model.clear()
        self._count, self._sent, self._bad, self._latencies = count, 0, 0, []
        self._summary, self.running, self._began = None, True, time.monotonic()
        self._refresh()

    def add_results(self, results: Sequence[SendResult], keys: Mapping[int, str]) -> None:
        """Results, oldest first, and the keys of the last ones by their number; what the list does not keep is only counted."""
        self._model.append([_Line(result, keys.get(result.number, "")) for result in results[-KEPT:]])
        self._sent += len(results)
        self._bad += sum(result.error is not None for result in results)
        self._latencies += [result.latency_us for result in results if result.error is None]
        del self._latencies[:-_JUDGED]
        self._refresh()

    def end(self, summary: PublishSummary) -> None:
        """The run is over."""
        self._summary, self.running = summary, False
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """All texts."""
        self.title.set_text(self.tr("Results"))
        self._stop.set_text(self.tr("Stop"))
        self._export.set_name(self.tr("Copy the results"))
        self._meter.setAccessibleName(self.tr("Share that was sent"))
        self._table.setAccessibleName(self.tr("Results"))
        self._empty.set_message(
            self.tr("Nothing sent yet"),
            self.tr("Each message appears here with its partition and offset, or why it was not stored."),
        )
        self._model.set_columns(self._columns())
        self._refresh()

    def _columns(self) -> list[Column]:
        return [
            Column(key="number", title="#", value=lambda line: line.result.number + 1, kind="number", width=76),
            Column(key="result", title=self.tr("Result"), value=self._state, kind="status", width=150),
            Column(key="key", title=self.tr("Key"), value=lambda line: line.key, kind="mono", width=130),
            Column(
                key="partition",
                title=self.tr("Partition"),
                value=lambda line: line.result.partition,
                kind="id",
                width=80,
                right=True,
            ),
            Column(key="offset", title=self.tr("Offset"), value=lambda line: line.result.offset, kind="id", width=92),
            Column(
                key="latency",
                title=self.tr("Latency"),
                value=_latency_ms,
                kind="number",
                text=format_duration,
                width=84,
            ),
            Column(
                key="note",
                title=self.tr("Note"),
                value=lambda line: line.result.error or "",
                kind="muted",
                width=200,
                stretch=True,
            ),
        ]

    def _state(self, line: _Line) -> tuple[str, str]:
        return ("err", self.tr("Not stored")) if line.result.error is not None else ("ok", self.tr("Acknowledged"))

    def _refresh(self) -> None:
        active = self.running or self._summary is not None
        self._stop.setVisible(self.running)
        self._meter.setVisible(self.running and self._count is not None and self._count > 1)
        if self._count:
            self._meter.set_share(self._sent / self._count)
        self._failed.setVisible(self._bad > 0)
        self._failed.set_text(self.tr("%n not stored", "", self._bad))
        self._export.set_disabled_because("" if self._sent else self.tr("There are no results yet."))
        self._words.setVisible(active)
        if active:
            self._words.set_text(" \N{MIDDLE DOT} ".join(self._facts()))

    def _facts(self) -> list[str]:
        seconds = self._summary.elapsed_s if self._summary is not None else time.monotonic() - self._began
        if self._summary is not None and self._summary.error is not None:
            return [sentences(self._summary.error)]
        sent = format_count(self._sent)
        facts = [
            self.tr("{n} of {all} sent").format(n=sent, all=format_count(self._count))
            if self._count
            else self.tr("{n} sent").format(n=sent)
        ]
        if self._summary is not None and self._summary.stopped:
            facts.append(self.tr("stopped"))
        if self._sent > 1 and seconds > 0:
            facts.append(format_rate(self._sent / seconds))
            facts.append(format_duration(seconds * 1000))
        if self._latencies:
            ordered = sorted(self._latencies)
            p50, p99 = ordered[len(ordered) // 2] / 1000, ordered[len(ordered) * 99 // 100] / 1000
            facts.append(f"p50 {format_duration(p50)}, p99 {format_duration(p99)}")
        return facts

    def _open_export(self) -> None:
        self._table.copy_menu().popup(self._export.mapToGlobal(QPoint(0, self._export.height())))


def _latency_ms(line: _Line) -> float | None:
    return line.result.latency_us / 1000 if line.result.error is None else None
