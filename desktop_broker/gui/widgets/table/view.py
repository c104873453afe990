"""The table of every list: keyboard, sorting, column chooser, copying, remembered widths, and what it says when empty."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QHeaderView, QMenu, QTableView, QToolTip, QWidget

from desktop_broker.gui.settings import WindowSettings
from desktop_broker.gui.theme import scaled
from desktop_broker.gui.theme.measures import ROW, TABLE_HEAD
from desktop_broker.gui.widgets.empty_state import EmptyState
from desktop_broker.gui.widgets.table.column import Column
from desktop_broker.gui.widgets.table.columns_layout import fit_columns
from desktop_broker.gui.widgets.table.delegate import RowDelegate
from desktop_broker.gui.widgets.table.export import Format, export_rows
from desktop_broker.gui.widgets.table.header import TableHeader
from desktop_broker.gui.widgets.table.model import RowsModel, TableModel


class Table(QTableView):
    """A list over a TableModel (RowsModel, RingModel or LazyModel).

    With `settings` and `remember` (a name such as `topics`), widths, hidden columns and sorting are kept.
    Signals: `row_selected(object)`, the row that is selected now or None; `row_opened(object)`, Enter or a double click;
    `menu_requested(object, QPoint)`, a right click or the menu key on a row, with the place on the screen.
    """

    row_selected = Signal(object)
    row_opened = Signal(object)
    menu_requested = Signal(object, QPoint)

    def __init__(
        self,
        model: TableModel,
        *,
        name: str,
        row_height: int = ROW,
        empty: EmptyState | None = None,
        multiple: bool = False,
        auto_height: bool = False,
        settings: WindowSettings | None = None,
        remember: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._row_height = row_height
        self._auto_height = auto_height
        self._settings = settings if remember else None
        self._remember = remember
        self._widths: dict[str, int] = {}
        self._hidden: set[str] = {column.key for column in model.columns if column.hidden}
        self._fitting = False
        self._empty = empty
        self.setAccessibleName(name)
        self._prepare_view()
        self.setModel(model)
        self._prepare_headers()
        self._restore()
        if empty is not None:
            empty.setParent(self.viewport())
        for signal in (model.modelReset, model.layoutChanged, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._rows_changed)
        model.columns_changed.connect(self._fit)
        self._rows_changed()

    def _prepare_view(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(RowDelegate(self))
        self.viewport().setMouseTracking(True)
        if self._auto_height:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _prepare_headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(16)
        head = TableHeader(self)
        self.setHorizontalHeader(head)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(lambda place: self.column_menu().popup(head.mapToGlobal(place)))
        head.sectionClicked.connect(self._sort_clicked)
        head.sectionResized.connect(self._section_resized)
        self._rescale()

    # ---- rows -------------------------------------------------------------------------------------------------------
    @property
    def table_model(self) -> TableModel:
        return self._model

    def current_row(self) -> Any:
        """The selected row, the one with the caret if there are several; None when there is none."""
        selected = self.selectionModel().selectedRows()
        if not selected:
            return None
        current = self.currentIndex()
        number = current.row() if any(index.row() == current.row() for index in selected) else selected[0].row()
        return self._model.row_at(number)

    def selected_rows(self) -> list[Any]:
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row for row in (self._model.row_at(number) for number in numbers) if row is not None]

    def select_key(self, key: Hashable) -> bool:
        """Select the row with this key and bring it into view; False when it is not shown."""
        number = self._model.position(key) if isinstance(self._model, RowsModel) else -1
        if number >= 0:
            self.executeDelayedItemsLayout()
            index = self._model.index(number, self._first_column())
            # Not selectRow(): it would take the row out of the selection while Ctrl is held.
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)
        return number >= 0

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802 - Qt's name
        super().selectionChanged(selected, deselected)
        self.row_selected.emit(self.current_row())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy("text")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() == Qt.Key.Key_Menu:
            self._request_menu(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft()))
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self._open()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.RightButton and self.indexAt(event.position().toPoint()).isValid():
            self._request_menu(event.globalPosition().toPoint())

    def _open(self) -> None:
        row = self.current_row()
        if row is not None:
            self.row_opened.emit(row)

    def _request_menu(self, place: QPoint) -> None:
        row = self.current_row()
        if row is not None:
            self.menu_requested.emit(row, place)

    # ---- copying ----------------------------------------------------------------------------------------------------
    def export(self, form: Format, *, selected: bool = False) -> str:
        """All shown rows, or only the selected ones, with the columns that are not switched off."""
        columns = [column for column in self._model.columns if column.key not in self._hidden]
        if selected:
            return export_rows(columns, self.selected_rows(), form)
        rows = (self._model.row_at(number) for number in range(self._model.rowCount()))
        return export_rows(columns, (row for row in rows if row is not None), form)

    def copy(self, form: Format) -> None:
        """The selected rows, or all when none is, to the clipboard."""
        QApplication.clipboard().setText(self.export(form, selected=bool(self.selected_rows())))

    def copy_menu(self) -> QMenu:
        """For the button beside the table: copy as text, CSV or JSON."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy as text"), lambda: self.copy("text"))
        menu.addAction(self.tr("Copy as CSV"), lambda: self.copy("csv"))
        menu.addAction(self.tr("Copy as JSON"), lambda: self.copy("json"))
        return menu

    # ---- columns ----------------------------------------------------------------------------------------------------
    def column_menu(self) -> QMenu:
        """For the button beside the table and a right click on the head: which columns are shown."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self._model.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(column.key not in self._hidden)
            action.setEnabled(number > 0)  # the first column names the row
            action.toggled.connect(lambda on, key=column.key: self.set_column_shown(key, on))
        menu.addSeparator()
        menu.addAction(self.tr("Restore widths"), self.restore_widths)
        return menu

    def set_column_shown(self, key: str, shown: bool) -> None:
        (self._hidden.discard if shown else self._hidden.add)(key)
        self._fit()
        self._save()

    def restore_widths(self) -> None:
        self._widths.clear()
        self._fit()
        self._save()

    def _sort_clicked(self, section: int) -> None:
        model = self._model
        if not isinstance(model, RowsModel) or not model.columns[section].sortable:
            return
        column = model.columns[section]
        before = model.sorted_by
        falling = column.aligned_right if before is None or before[0] != column.key else not before[1]
        model.sort_by(column.key, falling)
        self._save()

    def _section_resized(self, section: int, before: int, after: int) -> None:
        if not self._fitting and after > 0:
            self._widths[self._model.columns[section].key] = after
            self._save()

    def _first_column(self) -> int:
        return next((n for n in range(self._model.columnCount()) if not self.isColumnHidden(n)), 0)

    def _fit(self) -> None:
        self._fitting = True
        widths = fit_columns(self._model.columns, self.viewport().width(), self._widths, self._hidden)
        for number, width in enumerate(widths):
            self.setColumnHidden(number, width == 0)
            if width:
                self.setColumnWidth(number, width)
        self._fitting = False

    # ---- what is remembered ---------------------------------------------------------------------------------------------
    def _restore(self) -> None:
        if self._settings is None:
            return
        kept = self._settings.table(self._remember)
        self._widths = {key: int(width) for key, width in kept.get("widths", {}).items()}
        self._hidden = set(kept["hidden"]) if "hidden" in kept else self._hidden
        sort = kept.get("sort")
        if sort and isinstance(self._model, RowsModel):
            self._model.sort_by(str(sort[0]), bool(sort[1]))

    def _save(self) -> None:
        if self._settings is not None:
            sort = self._model.sorted_by if isinstance(self._model, RowsModel) else None
            self._settings.set_table(
                self._remember, {"widths": self._widths, "hidden": sorted(self._hidden), "sort": sort}
            )

    # ---- size and looks -------------------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()
        self._place_empty()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.model() is not None:
            self._rescale()
            self._fit()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.ToolTip:
            self._show_tip(event)
            return True
        return super().viewportEvent(event)

    def _show_tip(self, event: Any) -> None:
        index = self.indexAt(event.pos())
        row = self._model.row_at(index.row()) if index.isValid() else None
        text = self._model.columns[index.column()].text_of(row) if row is not None else ""
        room = self.columnWidth(index.column()) - 24 if index.isValid() else 0
        QToolTip.showText(
            event.globalPos(), text if QFontMetrics(self.font()).horizontalAdvance(text) > room else "", self
        )

    def _rescale(self) -> None:
        self.verticalHeader().setDefaultSectionSize(scaled(self._row_height))
        self.horizontalHeader().setFixedHeight(scaled(TABLE_HEAD))
        self._rows_changed()

    def _rows_changed(self, *_: object) -> None:
        if self._auto_height:
            self.setFixedHeight(scaled(TABLE_HEAD) + scaled(self._row_height) * self._model.rowCount() + 2)
        self._place_empty()

    def _place_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(self._model.rowCount() == 0)

    @property
    def columns_shown(self) -> tuple[Column, ...]:
        """The columns that are seen now, in a narrow window fewer than were chosen."""
        return tuple(column for number, column in enumerate(self._model.columns) if not self.isColumnHidden(number))
