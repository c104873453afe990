"""The honest bar: how much of what was asked for has been looked at, what came of it, and going on or stopping."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop_broker.gui.error_words import sentences
from desktop_broker.gui.i18n import format_count, format_duration, format_rate
from desktop_broker.gui.jobs import as_cluster_error
from desktop_broker.gui.theme import Text, scaled
from desktop_broker.gui.widgets import Badge, Button, ElidedLabel, Meter, row
from desktop_broker.kafka.scan_request import FromOffsets, ScanProgress


class ScanBar(QFrame):
    """Signals: `stop_requested()`, `resume_requested()`, `follow_requested()` (live: show what came while it stood still)."""

    stop_requested = Signal()
    resume_requested = Signal()
    follow_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress: ScanProgress | None = None
        self._live = False
        self._pending = 0
        self._state = Badge("idle", "")
        self._meter = Meter(0.0, name="")
        self._meter.setFixedWidth(110)
        self._facts = ElidedLabel("", Text.SMALL_TEXT)
        self._follow = Button("", "chevron-up", small=True)
        self._stop, self._resume = Button("", "circle-stop", small=True), Button("", "play", small=True)
        self._stop.clicked.connect(self.stop_requested)
        self._resume.clicked.connect(self.resume_requested)
        self._follow.clicked.connect(self.follow_requested)
        self.setLayout(
            row(
                self._state,
                self._meter,
                (self._facts, 1),
                self._follow,
                self._stop,
                self._resume,
                gap=12,
                margins=(16, 0, 10, 0),
            )
        )
        self.setFixedHeight(scaled(42))
        self.retranslate()

    @property
    def running(self) -> bool:
        """Whether a scan is under way."""
        return self._progress is not None and not self._progress.finished

    def begin(self, *, live: bool) -> None:
        """A scan starts."""
        self._live, self._pending, self._progress = live, 0, ScanProgress()
        self._refresh()

    def set_progress(self, progress: ScanProgress) -> None:
        """How far it is."""
        self._progress = progress
        self._refresh()

    def set_pending(self, count: int) -> None:
        """Live: so many wait while the list stands still."""
        self._pending = count
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """All texts."""
        self._meter.setAccessibleName(self.tr("Share that was searched"))
        self._stop.set_text(self.tr("Stop"))
        self._refresh()

    def _refresh(self) -> None:
        progress = self._progress
        self._state.setVisible(progress is not None)
        self._meter.setVisible(progress is not None and bool(progress.total))
        self._stop.setVisible(self.running)
        self._follow.setVisible(self._pending > 0)
        self._follow.set_text(self.tr("%n new", "", self._pending))
        self._resume.setVisible(progress is not None and progress.finished and progress.resume is not None)
        older = progress is not None and progress.complete
        self._resume.set_text(self.tr("Older messages") if older else self.tr("Continue"))
        if progress is None:
            self._facts.set_text("")
            return
        self._show_state(progress)
        if progress.total:
            self._meter.set_share(
                min(1.0, progress.scanned / progress.total),
                "accent_fill" if not progress.finished or progress.complete else "warn",
            )
        self._facts.set_text(self._words(progress))

    def _show_state(self, progress: ScanProgress) -> None:
        if progress.error is not None:
            self._state.set_badge("err", self.tr("Failed"))
        elif not progress.finished:
            self._state.set_badge(
                "info", self.tr("Live") if self._live else self.tr("Searching"), "radio" if self._live else "search"
            )
        elif progress.complete and progress.resume is not None:  # the newest were asked for, and older ones exist
            self._state.set_badge("info", self.tr("Older ones left"), "search")
        elif progress.complete:
            self._state.set_badge("ok", self.tr("Complete"))
        elif not progress.cancelled:
            self._state.set_badge("info", self.tr("Limit reached"), "circle-stop")
        else:
            self._state.set_badge("warn", self.tr("Stopped"), "circle-stop")

    def _words(self, progress: ScanProgress) -> str:
        if progress.error is not None:
            return sentences(as_cluster_error(progress.error))
        if progress.total is None:
            searched = self.tr("{n} read").format(n=format_count(progress.records))
        else:
            searched = self.tr("{n} of {all} searched").format(
                n=format_count(min(progress.scanned, progress.total)), all=format_count(progress.total)
            )
        facts = [
            searched,
            self.tr("{n} found").format(n=format_count(progress.matches)),
            format_rate(progress.rate),
            format_duration(progress.elapsed_s * 1000),
        ]
        if progress.finished and not progress.complete:
            facts += self._stopped_at(progress)
        return " \N{MIDDLE DOT} ".join(facts)

    def _stopped_at(self, progress: ScanProgress) -> list[str]:
        """Where reading would go on, of partitions that were not read to their end."""
        start = progress.resume.start if progress.resume is not None else None
        places = sorted((start.offsets if isinstance(start, FromOffsets) else progress.positions).items())
        if not places:
            return []
        if len(places) == 1:
            return [
                self.tr("stopped at offset {offset} of partition {n}").format(
                    offset=format_count(places[0][1]), n=places[0][0]
                )
            ]
        listed = "; ".join(f"{index}: {format_count(offset)}" for index, offset in places)
        return [self.tr("stopped at (partition: offset) {places}").format(places=listed)]
