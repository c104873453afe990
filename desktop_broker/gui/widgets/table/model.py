"""Item models over plain rows. They hold the rows and nothing else; the delegate paints straight from `row_at`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop_broker.gui.widgets.table.column import Column

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class TableModel(QAbstractTableModel):
    """What a Table needs of its model. Signals: `columns_changed()`."""

    columns_changed = Signal()

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._columns

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other columns, or the same ones with their titles in another language."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self.endResetModel()
        self.columns_changed.emit()

    def row_at(self, number: int) -> Any:
        """The row shown at a position; None while it is not there yet."""
        raise NotImplementedError

    def key_at(self, number: int) -> Hashable:
        """What tells this row from the others over refreshes."""
        return number

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self.row_at(index.row())
            return "" if row is None else self._columns[index.column()].text_of(row)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 - Qt's name
        if orientation != Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip or None
        return None


class RowsModel(TableModel):
    """All rows in memory (good to some ten thousands): sorted, filtered, refreshed as a whole.

    `key` makes selection and scroll position survive a refresh. Signals: `shown_changed(int, int)`, rows shown and rows
    in all, after a refresh or another filter.
    """

    shown_changed = Signal(int, int)

    def __init__(
        self, columns: Sequence[Column], key: Callable[[Any], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(columns, parent)
        self._key = key
        self._all: tuple[Any, ...] = ()
        self._shown: list[Any] = []
        self._keys: list[Hashable] = []
        self._filter = ""
        self._predicate: Callable[[Any], bool] | None = None
        self._sort: tuple[str, bool] | None = None

    @property
    def rows(self) -> tuple[Any, ...]:
        """All rows, unsorted, those that the filter hides too."""
        return self._all

    @property
    def shown(self) -> tuple[Any, ...]:
        """The rows as they are shown."""
        return tuple(self._shown)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._shown)

    def row_at(self, number: int) -> Any:
        return self._shown[number] if 0 <= number < len(self._shown) else None

    def key_at(self, number: int) -> Hashable:
        return self._keys[number]

    def position(self, key: Hashable) -> int:
        """Where the row with this key is shown; -1 when it is not."""
        try:
            return self._keys.index(key)
        except ValueError:
            return -1

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Replace all rows; what is selected stays selected by its key."""
        self._all = tuple(rows)
        self._refresh()

    def set_filter(self, text: str) -> None:
        """Show only rows in which some column's text contains every word of `text`, without regard to case."""
        if text != self._filter:
            self._filter = text
            self._refresh()

    def set_predicate(self, predicate: Callable[[Any], bool] | None) -> None:
        """A second filter beside the text, such as that of a chip; None takes it away."""
        self._predicate = predicate
        self._refresh()

    @property
    def sorted_by(self) -> tuple[str, bool] | None:
        """(column key, descending), None for the order in which rows were given."""
        return self._sort

    def sort_by(self, key: str, descending: bool = False) -> None:
        """Sort by the column with this key; rows with equal values keep the order in which they were given."""
        self._sort = (key, descending)
        self._refresh()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, len(self._columns) - 1))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self._columns) and self._columns[column].sortable:
            self.sort_by(self._columns[column].key, order == Qt.SortOrder.DescendingOrder)

    def set_columns(self, columns: Sequence[Column]) -> None:
        super().set_columns(columns)
        self._refresh()

    def _wanted(self) -> list[Any]:
        rows: list[Any] = list(self._all)
        if self._predicate is not None:
            rows = [row for row in rows if self._predicate(row)]
        words = self._filter.casefold().split()
        if words:
            texts = [column.text_of for column in self._columns if column.kind not in ("spark", "bar", "replicas")]
            rows = [row for row in rows if _matches("\n".join(text(row) for text in texts), words)]
        column = next((c for c in self._columns if self._sort is not None and c.key == self._sort[0]), None)
        if column is not None and self._sort is not None:
            rows.sort(key=column.sort_key, reverse=self._sort[1])
        return rows

    def _refresh(self) -> None:
        rows = self._wanted()
        keys = [self._key(row) for row in rows]
        if keys == self._keys:
            self._shown = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, max(0, len(self._columns) - 1)))
        else:
            self._change_layout(rows, keys)
        self.shown_changed.emit(len(rows), len(self._all))

    def _change_layout(self, rows: list[Any], keys: list[Hashable]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = {key: number for number, key in enumerate(keys)} if before else {}
        old_keys = self._keys
        self._shown, self._keys = rows, keys
        after = []
        for index in before:
            number = places.get(old_keys[index.row()], -1)
            after.append(self.index(number, index.column()) if number >= 0 else QModelIndex())
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


def _matches(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)
