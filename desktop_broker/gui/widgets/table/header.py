"""The head of a table: titles, the mark of the sorted column, and the keyboard-less ways to sort and choose columns."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop_broker.gui.theme import color, font, metrics, paint_icon
from desktop_broker.gui.widgets.painted import ALIGN_LEFT, ALIGN_RIGHT
from desktop_broker.gui.widgets.table.delegate import FIRST_MARGIN, MARGIN
from desktop_broker.gui.widgets.table.model import RowsModel, TableModel


class TableHeader(QHeaderView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(32)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803 - Qt's names
        model = self.model()
        if not isinstance(model, TableModel):
            return
        column = model.columns[logicalIndex]
        sorting = model.sorted_by if isinstance(model, RowsModel) else None
        on = sorting is not None and sorting[0] == column.key
        painter.save()
        painter.setFont(font(12, 500))
        painter.setPen(color("text" if on else "muted"))
        inner = rect.adjusted(
            FIRST_MARGIN if logicalIndex == 0 else MARGIN, 0, -MARGIN - (68 if column.kind == "rate" else 0), 0
        )
        measured = metrics(12, 500)
        shown = measured.elidedText(column.title, Qt.TextElideMode.ElideRight, inner.width() - (14 if on else 0))
        if column.aligned_right:
            painter.drawText(inner.adjusted(0, 0, -14 if on else 0, 0), ALIGN_RIGHT, shown)
            x = float(inner.right() - 12)
        else:
            painter.drawText(inner, ALIGN_LEFT, shown)
            x = inner.left() + measured.horizontalAdvance(shown) + 3.0
        if on and sorting is not None:
            at = QPointF(x, rect.center().y() - 5)
            paint_icon(painter, at.x(), at.y(), "chevron-down" if sorting[1] else "chevron-up", "text", 12)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color("border"))
        painter.restore()
