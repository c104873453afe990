"""The messages that a scan found, in the order of their time: the newest on top where the newest were asked for, else the oldest."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

from desktop_broker.gui.widgets.table.model import TableModel
from desktop_broker.kafka.model import Message

_ROOT = QModelIndex()


class ResultModel(TableModel):
    """Rows are only ever added, at one end; nothing that is shown moves."""

    def __init__(self, columns: Sequence[Any]) -> None:
        super().__init__(columns)
        self._messages: list[Message] = []
        self._newest_first = False

    @property
    def messages(self) -> Sequence[Message]:
        """As they are shown, from the top."""
        return self._messages

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._messages)

    def row_at(self, number: int) -> Message | None:
        return self._messages[number] if 0 <= number < len(self._messages) else None

    def key_at(self, number: int) -> Hashable:
        message = self.row_at(number)
        return None if message is None else (message.partition, message.offset)

    def begin(self, *, newest_first: bool) -> None:
        """Forget everything: another question."""
        self.beginResetModel()
        self._messages = []
        self._newest_first = newest_first
        self.endResetModel()

    def add(self, batch: Sequence[Message], *, before: bool = False) -> None:
        """More messages, oldest first. `before`: they are older than all that is shown (a resumed search for the newest)."""
        if not batch:
            return
        rows = list(reversed(batch)) if self._newest_first else list(batch)
        at = 0 if self._newest_first and not before else len(self._messages)
        self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
        self._messages[at:at] = rows
        self.endInsertRows()
