"""What to send: topic, partition, key, value and headers, checked while typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_broker.gui.feeds.model import TopicSummary
from desktop_broker.gui.i18n import format_bytes
from desktop_broker.gui.panels.publish.colours import ValueColours
from desktop_broker.gui.panels.publish.draft import COUNTER, Draft, is_hex, json_problem
from desktop_broker.gui.panels.publish.headers import HeaderEditor
from desktop_broker.gui.theme import STATE_ICONS, Text
from desktop_broker.gui.widgets import (
    Card,
    Chip,
    ComboBox,
    Field,
    IconLabel,
    Label,
    LineEdit,
    Segmented,
    State,
    TextEditor,
    box,
    column,
    horizontal_rule,
    row,
)

BY_KEY, ROUND_ROBIN = "key", "round-robin"
_EXAMPLE = '{\n  "id": "o-{{counter}}",\n  "status": "PAID",\n  "total": 318.20\n}'


class MessageEditor(Card):
    """Signals: `changed()`; `problem` says why it cannot be sent."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(pad=False, parent=parent)
        self._partition_count = 0
        self.topic = ComboBox([], name="")
        self.partition = ComboBox([(BY_KEY, ""), (ROUND_ROBIN, "")], BY_KEY, name="")
        self.key = LineEdit("o-{{counter}}", mono=True)
        self.kind = Segmented(
            [("json", "JSON"), ("text", ""), ("hex", "Hex"), ("tombstone", "")], "json", name="", small=True
        )
        self.value = TextEditor(_EXAMPLE, name="")
        self.value.setMinimumHeight(116)
        self.value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._colours = ValueColours(self.value.document())
        self.headers = HeaderEditor()
        self._topic_field, self._partition_field = Field("", self.topic), Field("", self.partition)
        self._key_field = Field("", self.key)
        self._value_label = Label("", Text.SMALL_TEXT)
        self._icon, self._note = IconLabel("circle-check", "ok", 14), Label("", Text.SMALL)
        self._insert_label = Label("", Text.SMALL)
        self._insert = Chip("counter")
        self._insert.clicked.connect(self._insert_counter)
        self._last: QWidget = self.value
        for field in (self.key, self.value):
            field.installEventFilter(self)
        fields = row(
            (self._topic_field, 3), (self._partition_field, 2), (self._key_field, 2), gap=12, margins=(15, 12, 15, 10)
        )
        self.add(
            fields,
            row(self._value_label, None, self.kind, margins=(15, 0, 15, 6)),
            (box(row(self.value, margins=(15, 0, 15, 0))), 1),
            row(self._icon, (self._note, 1), self._insert_label, self._insert, gap=6, margins=(15, 6, 15, 6)),
            horizontal_rule(),
            column(self.headers, margins=(15, 10, 11, 12)),
        )
        self.topic.chosen.connect(lambda _topic: self.changed.emit())
        self.partition.chosen.connect(lambda _partition: self._refresh())
        self.key.textChanged.connect(lambda _text: self._refresh())
        self.value.textChanged.connect(self._refresh)
        self.kind.changed.connect(lambda _kind: self._refresh())
        self.headers.changed.connect(self._refresh)
        self.retranslate()

    @property
    def draft(self) -> Draft:
        """What is typed."""
        chosen = self.partition.current
        return Draft(
            key=self.key.text(),
            value=self.value.toPlainText(),
            kind=self.kind.current,
            headers=self.headers.headers(),
            partition=int(chosen) if chosen.isdigit() else None,
        )

    @property
    def round_robin(self) -> bool:
        """Whether the messages go over the partitions in turn."""
        return self.partition.current == ROUND_ROBIN

    @property
    def problem(self) -> str:
        """Why this cannot be sent, in a sentence."""
        if not self.topic.current:
            return self.tr("Choose a topic.")
        if self.kind.current == "hex" and not is_hex(self.value.toPlainText()):
            return self.tr("Hex is written as pairs of 0-9 and a-f, such as 4b 61.")
        if self.kind.current == "tombstone" and not self.key.text():
            return self.tr("A tombstone deletes a key: type the key.")
        return ""

    def choose_kind(self, kind: str) -> None:
        """Say what the value is: json, text, hex or tombstone."""
        self.kind.choose(kind)
        self._refresh()

    def set_topics(self, topics: Sequence[TopicSummary]) -> None:
        """Those that can be written to. What is chosen stays."""
        names = [topic.name for topic in topics if not topic.internal]
        if names != [self.topic.itemData(number) for number in range(self.topic.count())]:
            self.topic.set_choices([(name, name) for name in names], self.topic.current or (names[0] if names else ""))
        chosen = next((topic for topic in topics if topic.name == self.topic.current), None)
        if chosen is not None and chosen.partitions != self._partition_count:
            self._partition_count = chosen.partitions
            self._set_partitions()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.StyleChange:
            self._colours.rehighlight()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """All texts."""
        self._topic_field.set_label(self.tr("Topic"))
        self._partition_field.set_label(self.tr("Partition"))
        self._key_field.set_label(self.tr("Key"))
        self.key.setPlaceholderText(self.tr("none"))
        self._value_label.set_text(self.tr("Value"))
        self.value.setAccessibleName(self.tr("Value"))
        self.kind.set_texts("JSON", self.tr("Text"), "Hex", self.tr("Tombstone"), name=self.tr("What the value is"))
        self._insert_label.set_text(self.tr("Insert"))
        self._insert.setToolTip(self.tr("The number of each message, from 1"))
        self._set_partitions()
        self._refresh()

    def _set_partitions(self) -> None:
        self.partition.set_choices(
            [
                (BY_KEY, self.tr("Chosen by key")),
                (ROUND_ROBIN, self.tr("Round robin")),
                *((str(n), self.tr("Partition {n}").format(n=n)) for n in range(self._partition_count)),
            ],
            self.partition.current or BY_KEY,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Remember which field was typed into last: the button takes the focus from it."""
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, LineEdit | TextEditor):
            self._last = watched
        return super().eventFilter(watched, event)

    def _insert_counter(self) -> None:
        if self._last is self.key:
            self.key.insert(COUNTER)
        else:
            self.value.insertPlainText(COUNTER)
        self._last.setFocus()

    def _refresh(self) -> None:
        state, words = self._judge()
        self._icon.set_icon(STATE_ICONS[state], state)
        self._note.set_text(words)
        self._note.set_colour(state if state != "idle" else "muted")
        self.value.setEnabled(self.kind.current != "tombstone")
        self._colours.set_json(self.kind.current == "json")
        self.changed.emit()

    def _judge(self) -> tuple[State, str]:
        kind, text = self.kind.current, self.value.toPlainText()
        if kind == "tombstone":
            return "info", self.tr("No value: in a compacted topic this deletes the key.")
        size = format_bytes(len(bytes.fromhex(text)) if kind == "hex" and is_hex(text) else len(text.encode()))
        if kind == "hex":
            return ("ok", size) if is_hex(text) else ("err", self.problem)
        if kind == "text":
            return "ok", self.tr("About {size}").format(size=size)
        problem = json_problem(text)
        if problem is None:
            return "ok", self.tr("Valid JSON, about {size}").format(size=size)
        return "warn", self.tr("Not JSON at line {line}, column {column}. It can be sent all the same.").format(
            line=problem.line, column=problem.column
        )
