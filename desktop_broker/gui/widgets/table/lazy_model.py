"""The model of a list that is too long to hold: only what is seen is fetched, page by page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_broker.gui.widgets.table.column import Column
from desktop_broker.gui.widgets.table.model import _ROOT, Index, TableModel

PAGE = 200
_KEPT_PAGES = 100


class LazyModel(TableModel):
    """`count` rows by number. What is painted and not there is asked for with `page_wanted(first, count)`, once per page;
    answer with `put_rows(first, rows)` whenever it is there (a job off the Qt thread). The last 20,000 rows seen are kept.
    """

    page_wanted = Signal(int, int)

    def __init__(self, columns: Sequence[Column], count: int = 0, parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._count = count
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._asked: set[int] = set()
        self._to_ask: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else self._count

    def row_at(self, number: int) -> Any:
        if not 0 <= number < self._count:
            return None
        page, place = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            if page not in self._asked:
                self._to_ask.add(page)
                self._timer.start(0)
            return None
        self._pages.move_to_end(page)
        return rows[place] if place < len(rows) else None

    def set_count(self, count: int, *, keep: bool = False) -> None:
        """Another list, or with `keep` the same one grown at its end."""
        if keep and count >= self._count:
            if count > self._count:
                last = self._count // PAGE  # it was asked for when it was shorter
                self._pages.pop(last, None)
                self._asked.discard(last)
                self.beginInsertRows(self.index(-1, -1), self._count, count - 1)
                self._count = count
                self.endInsertRows()
            return
        self.beginResetModel()
        self._count = count
        self._pages.clear()
        self._asked.clear()
        self._to_ask.clear()
        self.endResetModel()

    def put_rows(self, first: int, rows: Sequence[Any]) -> None:
        """The rows of one page; `first` is the number that `page_wanted` gave."""
        page = first // PAGE
        self._asked.discard(page)
        self._pages[page] = rows
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        last = min(self._count, first + len(rows)) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    def forget_page(self, first: int) -> None:
        """The page could not be fetched: it is asked for again when it is next painted."""
        self._asked.discard(first // PAGE)

    def _ask(self) -> None:
        pages, self._to_ask = sorted(self._to_ask), set()
        self._asked.update(pages)
        for page in pages:
            first = page * PAGE
            self.page_wanted.emit(first, min(PAGE, self._count - first))
