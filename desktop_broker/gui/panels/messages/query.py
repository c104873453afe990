"""What to look for: topic, where to begin, partitions, how many, filters. Makes a `ScanRequest`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_broker.gui.feeds.model import TopicSummary
from desktop_broker.gui.i18n import format_zone, uses_utc
from desktop_broker.gui.panels.messages.decode import text_of
from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets import (
    Button,
    ComboBox,
    Label,
    LineEdit,
    NumberField,
    SearchField,
    Segmented,
    Switch,
    column,
    row,
)
from desktop_broker.gui.widgets.painted import mark_bad
from desktop_broker.kafka.partitioner import partition_for_key
from desktop_broker.kafka.scan_request import AtOffset, AtTime, FromOldest, Live, Newest, ScanRequest, ScanStart

_LIMITS = (100, 500, 1_000, 10_000, 100_000)
_SOME = "some"
_MODES = ("newest", "oldest", "offset", "time", "live")


class QueryBar(QWidget):
    """Signals: `asked()`, the user wants to see it now; `problem` says why that cannot be."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._partition_count = 0
        self._topics: Sequence[TopicSummary] = ()
        self._wanted_partition = ""
        self._key_bytes: bytes | None = None
        self.topic = ComboBox([], name="")
        self.topic.setMinimumWidth(150)
        self.mode = Segmented([(mode, "") for mode in _MODES], "newest", name="")
        self.offset = NumberField(0, name="", width=130)
        self.time = LineEdit(_now_text(), mono=True, width=206)
        self.limit = ComboBox([(str(limit), "") for limit in _LIMITS], "100", name="")
        self.partition = ComboBox([("", "")], "", name="")
        self.partition.setMinimumWidth(166)
        self.some = LineEdit(mono=True, width=96)
        self.text = SearchField("", width=230)
        self.key = LineEdit(mono=True, width=170)
        self.key_only = Switch("", True)
        self.show_now = Button("", "search", "primary")
        self._note = Label("", Text.SMALL)
        self._extra = QStackedWidget()
        self._extra.addWidget(QWidget())
        self._extra.addWidget(self.offset)
        self._extra.addWidget(self.time)
        self.setLayout(
            column(
                row(self.topic, self.mode, self._extra, self.partition, self.some, None, gap=8),
                row(self.limit, self.text, self.key, self.key_only, None, self.show_now, gap=8),
                self._note,
                gap=10,
            )
        )
        self.topic.chosen.connect(lambda _topic: self._topic_chosen())
        self.mode.changed.connect(lambda _mode: self._mode_chosen())
        self.partition.chosen.connect(lambda _partition: self._partition_chosen())
        self.some.textChanged.connect(lambda _text: self._refresh())
        self.some.returnPressed.connect(self._ask)
        self.limit.chosen.connect(lambda _limit: self._ask())
        self.text.searched.connect(lambda _text: self._ask())
        self.key.returnPressed.connect(self._ask)
        self.key.textChanged.connect(lambda _text: self._key_changed())
        self.key_only.toggled.connect(lambda _on: self._ask())
        self.offset.changed.connect(self._refresh)
        self.offset.edit.returnPressed.connect(self._ask)
        self.time.textChanged.connect(lambda _text: self._refresh())
        self.time.returnPressed.connect(self._ask)
        self.show_now.clicked.connect(self.asked)
        self.retranslate()

    @property
    def problem(self) -> str:
        """Why nothing can be looked for, in a sentence."""
        if not self.topic.current:
            return self.tr("Choose a topic.")
        if self.mode.current == "offset" and self.offset.value is None:
            return self.offset.problem or self.tr("Type an offset.")
        if self.mode.current == "time" and moment_ms(self.time.text()) is None:
            return self.tr("Write the time like 2026-01-31 09:00:00.")
        if self.partition.current == _SOME and not self._partitions():
            return self.tr("Write the partitions like 0, 2-4; the last is {n}.").format(
                n=max(0, self._partition_count - 1)
            )
        return ""

    def request(self) -> ScanRequest:
        """The question; only while there is no `problem`."""
        live = self.mode.current == "live"
        return ScanRequest(
            topic=self.topic.current,
            start=self._start(),
            partitions=self._partitions(),
            limit=None if live else int(self.limit.current),
            text=self.text.text().strip(),
            key=self._key(),
            key_partition_only=self.key_only.isChecked(),
        )

    def set_topics(self, topics: Sequence[TopicSummary]) -> None:
        """Those there are; what is chosen stays."""
        names = [topic.name for topic in sorted(topics, key=lambda topic: (topic.internal, topic.name))]
        if names != [self.topic.itemData(number) for number in range(self.topic.count())]:
            self.topic.set_choices([(name, name) for name in names], self.topic.current or (names[0] if names else ""))
        self._topics = topics
        self._set_partition_count()
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """All texts."""
        self.topic.setAccessibleName(self.tr("Topic"))
        self.mode.set_texts(
            self.tr("Newest"),
            self.tr("Oldest"),
            self.tr("Offset"),
            self.tr("Time"),
            self.tr("Live"),
            name=self.tr("Start from"),
        )
        self.offset.set_name(self.tr("Offset"))
        self.time.setAccessibleName(self.tr("Time, {zone}").format(zone=format_zone()))
        self.time.setToolTip(format_zone())
        self.limit.setAccessibleName(self.tr("How many"))
        self.limit.set_choices(
            [(str(n), self.tr("at most {n}").format(n=f"{n:,}")) for n in _LIMITS], self.limit.current
        )
        self.partition.setAccessibleName(self.tr("Partitions"))
        self.some.setPlaceholderText("0, 2-4")
        self.some.setAccessibleName(self.tr("Which partitions"))
        self.text.set_hint(self.tr("Text in key, value or headers"))
        self.key.setPlaceholderText(self.tr("Exact key"))
        self.key.setAccessibleName(self.tr("Exact key"))
        self.key_only.set_text(self.tr("Only the key's partition"))
        self.show_now.set_text(self.tr("Show messages"))
        self._set_partitions()
        self._refresh()

    def reset(self) -> None:
        """As at first: the newest of all partitions, without filters."""
        self.mode.choose("newest")
        self._wanted_partition = ""
        self.partition.choose("")
        for edit in (self.text, self.key):
            edit.blockSignals(True)
            edit.clear()
            edit.blockSignals(False)
        self._key_bytes = None
        self._refresh()

    def set_key(self, key: bytes) -> None:
        """Look for this key; bytes that are no text are written in hex until something else is typed."""
        text = text_of(key)
        self.key.setText(key.hex(" ") if text is None else text)
        self._key_bytes = key
        self._refresh()

    def choose_partition(self, partition: int) -> None:
        """Choose one partition, now or as soon as the topic's partitions are known."""
        self._wanted_partition = str(partition)
        if self.partition.choose(self._wanted_partition):
            self._wanted_partition = ""

    def _start(self) -> ScanStart:
        match self.mode.current:
            case "newest":
                return Newest(int(self.limit.current))
            case "offset":
                return AtOffset(self.offset.value or 0)
            case "time":
                return AtTime(moment_ms(self.time.text()) or 0)
            case "live":
                return Live()
            case _:
                return FromOldest()

    def _key(self) -> bytes | None:
        return self._key_bytes if self._key_bytes is not None else self.key.text().encode() or None

    def _key_changed(self) -> None:
        self._key_bytes = None
        self._refresh()

    def _partitions(self) -> tuple[int, ...] | None:
        """Those to read; None for all, and for a list that does not fit the topic."""
        chosen = self.partition.current
        if chosen == _SOME:
            return numbers_in(self.some.text(), self._partition_count)
        return (int(chosen),) if chosen else None

    def _topic_chosen(self) -> None:
        self.partition.choose("")
        self._set_partition_count()
        self._ask()

    def _partition_chosen(self) -> None:
        if self.partition.current == _SOME:
            self._refresh()
            self.some.setFocus()
        else:
            self._ask()

    def _mode_chosen(self) -> None:
        self._refresh()
        if self.mode.current in ("newest", "oldest", "live"):
            self._ask()
        else:
            (self.offset.edit if self.mode.current == "offset" else self.time).setFocus()

    def _ask(self) -> None:
        self._refresh()
        if not self.problem:
            self.asked.emit()

    def _set_partition_count(self) -> None:
        chosen = next((topic for topic in self._topics if topic.name == self.topic.current), None)
        if chosen is not None and chosen.partitions != self._partition_count:
            self._partition_count = chosen.partitions
            self._set_partitions()

    def _set_partitions(self) -> None:
        choices = [("", self.tr("All partitions"))]
        choices += [(str(n), self.tr("Partition {n}").format(n=n)) for n in range(self._partition_count)]
        if self._partition_count > 2:
            choices.append((_SOME, self.tr("Some partitions")))
        self.partition.set_choices(choices, self._wanted_partition or self.partition.current)
        if self._partition_count:
            self._wanted_partition = ""

    def _refresh(self) -> None:
        mode = self.mode.current
        self._extra.setVisible(mode in ("offset", "time"))
        self._extra.setCurrentIndex({"offset": 1, "time": 2}.get(mode, 0))
        self.limit.setVisible(mode != "live")
        mark_bad(self.time, mode == "time" and moment_ms(self.time.text()) is None)
        self.show_now.set_disabled_because(self.problem)
        self.some.setVisible(self.partition.current == _SOME)
        mark_bad(self.some, self.partition.current == _SOME and not self._partitions())
        key, count = self._key(), self._partition_count
        self.key.setToolTip("" if self._key_bytes is None else self.tr("The key of a message, exactly"))
        self.key_only.setVisible(bool(key) and count > 1)
        note = self._where_key_is(key, count)
        self._note.set_text(note)
        self._note.setVisible(bool(note))

    def _where_key_is(self, key: bytes | None, count: int) -> str:
        if not key or count < 2:
            return ""
        if self.key_only.isChecked():
            where, chosen = partition_for_key(key, count), self._partitions()
            if chosen is not None and where not in chosen:
                return self.tr("This key lives in partition {n}, which is not chosen.").format(n=where)
            return self.tr("This key lives in partition {n}: only that one of {all} is searched.").format(
                n=where, all=count
            )
        return self.tr("All partitions are searched: for keys that were not placed by Kafka's own rule.")


def numbers_in(text: str, count: int) -> tuple[int, ...] | None:
    """`0, 2-4` as numbers below `count`; None when it is written otherwise or one is too large."""
    numbers: set[int] = set()
    for part in text.replace(",", " ").split():
        first, dash, last = part.partition("-")
        last = last if dash else first
        if not (_is_number(first) and _is_number(last) and int(first) <= int(last) < count):
            return None
        numbers.update(range(int(first), int(last) + 1))
    return tuple(sorted(numbers)) or None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def moment_ms(text: str) -> int | None:
    """A time as it was typed, in the zone that the window shows; None when it is none."""
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None and uses_utc():
            moment = moment.replace(tzinfo=UTC)
        return int(moment.timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        return None


def _now_text() -> str:
    now = datetime.now(UTC) if uses_utc() else datetime.now()
    return f"{now:%Y-%m-%d %H:%M:%S}"
