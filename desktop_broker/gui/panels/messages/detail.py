"""One message beside the table: value and key as JSON tree, text or hex, headers, and sending it again. Nothing is decoded but what is shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop_broker.gui.i18n import format_bytes, format_count, format_time
from desktop_broker.gui.panels.messages.decode import (
    HEX_BYTES,
    TEXT_CHARACTERS,
    hex_of,
    json_of,
    pretty,
    preview,
    text_of,
)
from desktop_broker.gui.panels.messages.json_tree import JsonTree
from desktop_broker.gui.theme import Text
from desktop_broker.gui.theme.measures import ROW_DENSE
from desktop_broker.gui.widgets import (
    Card,
    Column,
    ElidedLabel,
    EmptyState,
    IconButton,
    Label,
    RowsModel,
    SearchField,
    Segmented,
    Table,
    Tabs,
    TextEditor,
    box,
    column,
    row,
)
from desktop_broker.gui.widgets.painted import mark_bad
from desktop_broker.kafka.model import Message

_TREE, _TEXT, _HEX = "tree", "text", "hex"


class MessageDetail(Card):
    """Signals: `closed()`, `again_requested(Message)`."""

    closed = Signal()
    again_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(pad=False, parent=parent)
        self._message: Message | None = None
        self._form = ""
        self._key = ElidedLabel("", Text.TITLE)
        self._facts = Label("", Text.SMALL, wrap=True)
        self._copy, self._again, self._close = IconButton("copy", ""), IconButton("repeat", ""), IconButton("x", "")
        self._tabs = Tabs([("value", ""), ("key", ""), ("headers", "")], name="")
        self._find = SearchField("", width=None)
        self._forms = Segmented([(_TREE, ""), (_TEXT, ""), (_HEX, "Hex")], _TREE, name="", small=True)
        self._tree, self._text = JsonTree(), TextEditor("", name="", read_only=True)
        self._nothing = EmptyState("info", "", "")
        self._headers = RowsModel(self._header_columns(), key=lambda header: header[0])
        self._no_headers = EmptyState("info", "", "")
        self._header_table = Table(self._headers, name="", row_height=ROW_DENSE, empty=self._no_headers)
        self._pages = QStackedWidget()
        for page in (self._tree, self._text, self._nothing, self._header_table):
            self._pages.addWidget(page)
        self._tools = box(row((self._find, 1), self._forms, gap=8, margins=(12, 10, 12, 6)))
        head = column(
            row((self._key, 1), self._copy, self._again, self._close, gap=4), self._facts, gap=2, margins=(15, 10, 8, 4)
        )
        self.add(head, self._tabs, self._tools, (self._pages, 1))
        self._close.clicked.connect(self.closed)
        self._again.clicked.connect(lambda: self.again_requested.emit(self._message))
        self._copy.clicked.connect(self._copy_shown)
        self._tabs.changed.connect(lambda _tab: self._show())
        self._forms.changed.connect(self._choose_form)
        self._find.textChanged.connect(self._find_text)
        self._find.returnPressed.connect(lambda: self._find_text(self._find.text(), further=True))
        self.retranslate()

    @property
    def message(self) -> Message | None:
        """The one that is shown."""
        return self._message

    def set_message(self, message: Message) -> None:
        """Show another."""
        if message != self._message:
            self._message = message
            self._show()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """All texts."""
        self._copy.set_name(self.tr("Copy what is shown"))
        self._again.set_name(self.tr("Publish again"))
        self._close.set_name(self.tr("Close"))
        self._tabs.setAccessibleName(self.tr("Parts of the message"))
        self._find.set_hint(self.tr("Find in this message"))
        self._forms.set_texts(self.tr("Tree"), self.tr("Text"), "Hex", name=self.tr("How it is shown"))
        self._tree.setAccessibleName(self.tr("JSON tree"))
        self._text.setAccessibleName(self.tr("Content"))
        self._header_table.setAccessibleName(self.tr("Headers"))
        self._no_headers.set_message(self.tr("No headers"), "")
        self._headers.set_columns(self._header_columns())
        self._show()

    def _header_columns(self) -> list[Column]:
        return [
            Column(key="name", title=self.tr("Name"), value=lambda header: header[1], kind="mono", width=130),
            Column(
                key="value",
                title=self.tr("Value"),
                value=lambda header: preview(header[2]),
                kind="mono",
                width=180,
                stretch=True,
            ),
        ]

    def _show(self) -> None:
        message = self._message
        if message is None:
            return
        self._key.set_text(preview(message.key) or self.tr("no key"))
        self._facts.set_text(
            " \N{MIDDLE DOT} ".join(
                (
                    self.tr("Partition {p}, offset {o}").format(p=message.partition, o=format_count(message.offset)),
                    format_time(message.timestamp_ms, date=True),
                    format_bytes(message.size_bytes),
                )
            )
        )
        count = len(message.headers)
        self._tabs.set_texts(self.tr("Value"), self.tr("Key"), self.tr("Headers") + (f"  {count}" if count else ""))
        if self._tabs.current == "headers":
            self._tools.hide()
            self._headers.set_rows([(number, name, value) for number, (name, value) in enumerate(message.headers)])
            self._pages.setCurrentWidget(self._header_table)
        else:
            self._show_bytes(message.value if self._tabs.current == "value" else message.key)

    def _show_bytes(self, data: bytes | None) -> None:
        self._tools.setVisible(data is not None and data != b"")
        if not data:
            is_value = self._tabs.current == "value"
            if data is None and is_value:
                self._nothing.set_message(
                    self.tr("No value"), self.tr("A tombstone: in a compacted topic it deletes the key.")
                )
            elif data is None:
                self._nothing.set_message(
                    self.tr("No key"), self.tr("Messages without a key are spread over the partitions.")
                )
            else:
                self._nothing.set_message(self.tr("Empty"), self.tr("It is there, but has no bytes."))
            self._pages.setCurrentWidget(self._nothing)
            return
        value, text = json_of(data), text_of(data)
        self._forms.set_choice_enabled(
            _TREE, "" if value is not None else self.tr("This is not a JSON object or array.")
        )
        self._forms.set_choice_enabled(_TEXT, "" if text is not None else self.tr("These bytes are not text."))
        possible = [
            form for form, fits in ((_TREE, value is not None), (_TEXT, text is not None), (_HEX, True)) if fits
        ]
        form = self._form if self._form in possible else possible[0]
        self._forms.choose(form)
        if form == _TREE:
            self._tree.set_value(value)
            self._pages.setCurrentWidget(self._tree)
        else:
            self._text.set_text(
                self._hex(data) if form == _HEX else self._cut(text or "" if value is None else pretty(data))
            )
            self._pages.setCurrentWidget(self._text)
        self._find_text(self._find.text())

    def _hex(self, data: bytes) -> str:
        more = len(data) - HEX_BYTES
        return hex_of(data) + ("\n" + self.tr("and %n more byte(s)", "", more) if more > 0 else "")

    def _cut(self, text: str) -> str:
        more = len(text) - TEXT_CHARACTERS
        return text if more <= 0 else text[:TEXT_CHARACTERS] + "\n" + self.tr("and %n more character(s)", "", more)

    def _choose_form(self, form: str) -> None:
        self._form = form
        self._show()

    def _find_text(self, text: str, *, further: bool = False) -> None:
        """The first place with the text, or the next one; after the last comes the first again."""
        if self._pages.currentWidget() is self._tree:
            found = self._tree.find_text(text, further=further)
        else:
            found = not text or self._find_in_text(text, further)
        mark_bad(self._find, not found)
        self._find.setToolTip("" if found else self.tr("It is not in what is shown."))

    def _find_in_text(self, text: str, further: bool) -> bool:
        cursor, start = self._text.textCursor(), self._text.textCursor().MoveOperation.Start
        if not further:
            cursor.setPosition(cursor.selectionStart())
            self._text.setTextCursor(cursor)
        if self._text.find(text):
            return True
        self._text.moveCursor(start)
        return self._text.find(text)

    def _copy_shown(self) -> None:
        message = self._message
        if message is None:
            return
        if self._tabs.current == "headers":
            self._header_table.copy("text")
            return
        data = message.value if self._tabs.current == "value" else message.key
        text = text_of(data)
        QApplication.clipboard().setText(text if text is not None else (data or b"").hex())
