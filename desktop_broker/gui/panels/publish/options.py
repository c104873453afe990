"""How many messages, how fast, how acknowledged; and the button that sends."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from desktop_broker.gui.i18n import format_count, format_duration
from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets import (
    Button,
    Card,
    Check,
    ComboBox,
    ElidedLabel,
    Field,
    Label,
    NumberField,
    Segmented,
    box,
    horizontal_rule,
    row,
)
from desktop_broker.kafka.publisher import COMPRESSIONS, SendOptions

_WIDTH = 400
_PREVIEWED = 3


class SendCard(Card):
    """Signals: `send_requested()`, `changed()`."""

    send_requested = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", gap=8, parent=parent)
        self.setFixedWidth(_WIDTH)
        self.mode = Segmented([("once", ""), ("count", ""), ("endless", "")], "once", name="")
        self.count = NumberField(1000, name="", low=1, high=1_000_000_000)
        self.rate = NumberField(None, name="", low=1, high=1_000_000)
        self.acks = ComboBox([("all", ""), ("1", ""), ("0", "")], "all", name="")
        self.compression = ComboBox([(name, name) for name in COMPRESSIONS], "none", name="")
        self.idempotent = Check("", True)
        self.send = Button("", "send", "primary")
        self._count_field, self._rate_field = Field("", self.count), Field("", self.rate)
        self._acks_field, self._compression_field = Field("", self.acks), Field("", self.compression)
        self._facts = Label("", Text.SMALL, wrap=True)
        self._first = Label("", Text.STRONG)
        self._preview = [
            (Label("", Text.MONO), Label("", Text.SMALL), ElidedLabel("", Text.MONO_MUTED)) for _ in range(_PREVIEWED)
        ]
        self._hint = Label("", Text.SMALL)
        self._numbers = box(row((self._count_field, 1), (self._rate_field, 1), gap=12))
        self.add(
            row(self.mode, None),
            self._numbers,
            self._facts,
            horizontal_rule(),
            row((self._acks_field, 3), (self._compression_field, 2), gap=12),
            row(self.idempotent, None),
            horizontal_rule(),
            self._first,
            *(row(key, where, (value, 1), gap=10) for key, where, value in self._preview),
            None,
            row(self._hint, None, self.send, gap=10),
        )
        self.mode.changed.connect(lambda _mode: self._refresh())
        self.count.changed.connect(self._refresh)
        self.rate.changed.connect(self._refresh)
        self.acks.chosen.connect(lambda _acks: self._refresh())
        self.send.clicked.connect(self.send_requested)
        self.retranslate()

    @property
    def message_count(self) -> int | None:
        """How many to send; None until stopped."""
        match self.mode.current:
            case "once":
                return 1
            case "count":
                return self.count.value
            case _:
                return None

    @property
    def per_second(self) -> float | None:
        """The highest rate; None as fast as it goes."""
        value = self.rate.value if self.mode.current != "once" else None
        return None if value is None else float(value)

    @property
    def send_options(self) -> SendOptions:
        """How to send."""
        acks = self.acks.current
        return SendOptions(
            acks=acks, compression=self.compression.current, idempotent=acks == "all" and self.idempotent.isChecked()
        )

    @property
    def problem(self) -> str:
        """What is wrong with the numbers, in a sentence."""
        if self.mode.current == "once":
            return ""
        if self.mode.current == "count" and (self.count.problem or self.count.value is None):
            return self.count.problem or self.tr("Type how many.")
        return self.rate.problem

    def set_preview(self, lines: Sequence[tuple[str, str, str]]) -> None:
        """Key, where it goes and value of the first messages."""
        for number, (key, where, value) in enumerate(self._preview):
            texts = lines[number] if number < len(lines) else ("", "", "")
            key.set_text(texts[0])
            where.set_text(texts[1])
            value.set_text(texts[2])

    def set_sendable(self, reason: str) -> None:
        """Why nothing can be sent now; empty when it can."""
        self.send.set_disabled_because(reason)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """All texts."""
        self.title.set_text(self.tr("How many"))
        self.mode.set_texts(self.tr("Once"), self.tr("Count"), self.tr("Until stopped"), name=self.tr("How many"))
        self._count_field.set_label(self.tr("Messages"))
        self._rate_field.set_label(self.tr("Per second, at most"))
        self.count.set_name(self.tr("Messages"))
        self.rate.set_name(self.tr("Per second, at most"))
        self.rate.edit.setPlaceholderText(self.tr("as fast as it goes"))
        self._acks_field.set_label(self.tr("Acknowledged by"))
        self._compression_field.set_label(self.tr("Compression"))
        self.acks.set_choices(
            [
                ("all", self.tr("all in sync (acks=all)")),
                ("1", self.tr("the leader (acks=1)")),
                ("0", self.tr("nobody (acks=0)")),
            ],
            self.acks.current,
        )
        self.compression.set_choices(
            [(name, self.tr("none") if name == "none" else name) for name in COMPRESSIONS], self.compression.current
        )
        self.idempotent.set_text(self.tr("No duplicates on retry (idempotent)"))
        self._first.set_text(self.tr("The first messages"))
        self._hint.set_text(self.tr("Ctrl+Enter"))
        self._refresh()

    def _refresh(self) -> None:
        mode = self.mode.current
        self._numbers.setVisible(mode != "once")
        self._count_field.setVisible(mode == "count")
        self.idempotent.setEnabled(self.acks.current == "all")
        self.idempotent.setToolTip("" if self.acks.current == "all" else self.tr("Needs acks=all."))
        self._count_field.set_error(self.count.problem)
        self._rate_field.set_error(self.rate.problem)
        count, rate = self.message_count, self.per_second
        facts = self.tr("As fast as the cluster takes them.") if mode != "once" else self.tr("One message.")
        if rate is not None and count is not None:
            facts = self.tr("Takes {time}.").format(time=format_duration(count * 1000 / rate))
        elif rate is not None:
            facts = self.tr("Goes on until you stop it.")
        self._facts.set_text(facts)
        if mode == "endless":
            self.send.set_text(self.tr("Start sending"))
        elif count == 1 or count is None:
            self.send.set_text(self.tr("Send message"))
        else:
            self.send.set_text(self.tr("Send {n} messages").format(n=format_count(count)))
        self.changed.emit()
