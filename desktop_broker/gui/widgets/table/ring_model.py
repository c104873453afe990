"""The model of a live tail: the newest rows at the top, a constant number of them, one change of data per batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Signal

from desktop_broker.gui.widgets.table.column import Column
from desktop_broker.gui.widgets.table.model import _ROOT, Index, TableModel


class RingModel(TableModel):
    """Keeps the last `capacity` rows. Call `append` at most 30 times a second, with all rows that came meanwhile.

    While `paused`, what is shown stands still and new rows wait (the last `capacity` of them).
    Signals: `pending_changed(int)`, how many rows came since the pause.
    """

    pending_changed = Signal(int)

    def __init__(self, columns: Sequence[Column], capacity: int = 5000, parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._capacity = capacity
        self._ring: list[Any] = []
        self._newest = -1
        self._waiting: list[Any] = []
        self._pending = 0
        self._paused = False

    @property
    def paused(self) -> bool:
        return self._paused

    @property
    def pending(self) -> int:
        return self._pending

    @property
    def rows(self) -> tuple[Any, ...]:
        """What is shown, newest first."""
        return tuple(self.row_at(number) for number in range(len(self._ring)))

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._ring)

    def row_at(self, number: int) -> Any:
        count = len(self._ring)
        return self._ring[(self._newest - number) % count] if 0 <= number < count else None

    def append(self, rows: Sequence[Any]) -> None:
        """Add rows, oldest first."""
        if not rows:
            return
        if self._paused:
            self._pending += len(rows)
            self._waiting = [*self._waiting, *rows][-self._capacity :]
            self.pending_changed.emit(self._pending)
            return
        rows = rows[-self._capacity :]
        room = self._capacity - len(self._ring)
        if room:
            self._grow(rows[:room])
            rows = rows[room:]
        for row in rows:
            self._newest = (self._newest + 1) % self._capacity
            self._ring[self._newest] = row
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._ring) - 1, len(self._columns) - 1))

    def set_paused(self, paused: bool) -> None:
        """Stand still, or go on with what waited."""
        if paused == self._paused:
            return
        self._paused = paused
        if not paused:
            waiting, self._waiting, self._pending = self._waiting, [], 0
            self.append(waiting)
            self.pending_changed.emit(0)

    def clear(self) -> None:
        self.beginResetModel()
        self._ring, self._newest, self._waiting, self._pending = [], -1, [], 0
        self.endResetModel()
        self.pending_changed.emit(0)

    def _grow(self, rows: Sequence[Any]) -> None:
        self.beginInsertRows(QModelIndex(), 0, len(rows) - 1)
        self._ring.extend(rows)
        self._newest = len(self._ring) - 1
        self.endInsertRows()
