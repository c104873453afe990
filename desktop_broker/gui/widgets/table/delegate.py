"""One delegate paints every cell: selection and rule belong to the row, the content to the column's kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_broker.gui.theme import color, font, metrics, text_width
from desktop_broker.gui.widgets.badge import badge_width, paint_badge
from desktop_broker.gui.widgets.drawings import paint_replica, paint_sparkline
from desktop_broker.gui.widgets.meter import paint_meter
from desktop_broker.gui.widgets.painted import ALIGN_LEFT, ALIGN_RIGHT
from desktop_broker.gui.widgets.table.column import NONE, Column, number_text
from desktop_broker.gui.widgets.table.model import TableModel

FIRST_MARGIN, MARGIN = 16, 10
_SPARK = 58


class RowDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._kinds: dict[str, Callable[[QPainter, QRect, Column, Any, str], None]] = {
            "number": _paint_number,
            "id": _paint_id,
            "badge": _paint_badge,
            "status": _paint_status,
            "two": _paint_two,
            "tagged": _paint_tagged,
            "spark": _paint_spark,
            "rate": _paint_rate,
            "bar": _paint_bar,
            "replicas": _paint_replicas,
        }

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's
        return QSize(10, 10)  # rows and columns have set sizes: nothing is measured

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        if not isinstance(model, TableModel):
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        column = model.columns[index.column()]
        first = rect.left() <= 0 or index.column() == 0
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, color("sel"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color("line"))
        if selected and first:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), color("accent"))
        inner = rect.adjusted(FIRST_MARGIN if index.column() == 0 else MARGIN, 0, -MARGIN, -1)
        row = model.row_at(index.row())
        if row is None:
            _text(
                painter,
                inner,
                "\N{HORIZONTAL ELLIPSIS}",
                "muted" if selected else "faint",
                column.aligned_right,
                font(),
            )
        elif column.paint is not None:
            column.paint(painter, inner, row, selected)
        else:
            role = column.colour(row) if column.colour is not None else ""
            self._kinds.get(column.kind, _paint_text)(painter, inner, column, column.value(row), _on(role, selected))
        painter.restore()


def _on(role: str, selected: bool) -> str:
    """Faint text is never put on a selection: its contrast would not do."""
    return "muted" if role == "faint" and selected else role


def _text(painter: QPainter, rect: QRect, text: str, role: str, right: bool, used: QFont) -> int:
    painter.setFont(used)
    painter.setPen(color(role))
    measured = painter.fontMetrics()
    shown = text
    if measured.horizontalAdvance(text) > rect.width():
        shown = measured.elidedText(text.split("\n", 1)[0], Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, ALIGN_RIGHT if right else ALIGN_LEFT, shown)
    return measured.horizontalAdvance(shown)


def _paint_text(painter: QPainter, rect: QRect, column: Column, value: Any, role: str) -> None:
    text = column.write(value)
    mono = column.kind == "mono"
    used = font(12, mono=True) if mono else font(13, 500 if column.kind == "strong" else 400)
    own = "muted" if column.kind == "muted" or text == NONE else "text"
    _text(painter, rect, text, role or own, column.aligned_right, used)


def _paint_number(painter: QPainter, rect: QRect, column: Column, value: Any, role: str) -> None:
    _text(painter, rect, column.write(value), role or ("muted" if not value else "text"), column.aligned_right, font())


def _paint_id(painter: QPainter, rect: QRect, column: Column, value: Any, role: str) -> None:
    own = "muted" if value is None else "text"
    _text(painter, rect, column.write(value), role or own, column.aligned_right, font())


def _paint_badge(painter: QPainter, rect: QRect, column: Column, value: Any, role: str) -> None:
    if value is not None:
        paint_badge(painter, rect.left(), rect.center().y() + 0.5, *value)


def _paint_status(painter: QPainter, rect: QRect, column: Column, value: Any, role: str) -> None:
    if value is not None:
        painter.setClipRect(rect.adjusted(-8, 0, 0, 0))
        paint_badge(painter, rect.left() - 7, rect.center().y() + 0.5, *value, plain=True)


def _paint_two(painter: QPainter, rect: QRect, column: Column, value: Any, role: str) -> None:
    first, second = value
    middle = rect.height() // 2
    upper, lower = rect.adjusted(0, 5, 0, 1 - middle), rect.adjusted(0, middle - 2, 0, -5)
    right = column.aligned_right
    if isinstance(first, tuple):
        paint_badge(painter, rect.left() - 7, upper.center().y() + 1, *first, plain=True)
    else:
        shown = number_text(first) if isinstance(first, int | float) else str(first)
        _text(painter, upper, shown, role or "text", right, font(13, 400 if right else 500))
    _text(painter, lower, str(second), "muted", right, font(12))


def _paint_tagged(painter: QPainter, rect: QRect, column: Column, value: Any, role: str) -> None:
    text, tag = value
    room = badge_width(tag, icon=False) + 8 if tag else 0
    width = _text(painter, rect.adjusted(0, 0, -room, 0), str(text), role or "text", False, font(13, 500))
    if tag:
        paint_badge(painter, rect.left() + width + 8, rect.center().y() + 0.5, "idle", tag, "")


def _paint_spark(painter: QPainter, rect: QRect, column: Column, value: Any, role: str) -> None:
    paint_sparkline(painter, QRectF(rect).adjusted(0, 8, 0, -7), value or (), role or "accent")


def _paint_rate(painter: QPainter, rect: QRect, column: Column, value: Any, role: str) -> None:
    number, samples = value
    paint_sparkline(painter, QRectF(rect.right() - _SPARK, rect.top() + 8, _SPARK, rect.height() - 15), samples)
    _text(
        painter,
        rect.adjusted(0, 0, -_SPARK - 10, 0),
        column.write(value),
        role or ("text" if number else "muted"),
        True,
        font(),
    )


def _paint_bar(painter: QPainter, rect: QRect, column: Column, value: Any, role: str) -> None:
    share, text, bar_role = value
    width = max(20, rect.width() - max(66, text_width(text) + 10))
    paint_meter(painter, QRectF(rect.left(), rect.center().y() - 2, width, 5), share, bar_role)
    _text(painter, rect, text, role or "text", True, font())


def _paint_replicas(painter: QPainter, rect: QRect, column: Column, value: Any, role: str) -> None:
    x = rect.left()
    for broker, state in value:
        width = max(20, metrics(11, 600).horizontalAdvance(str(broker)) + 8)
        if x + width > rect.right() + 1:
            _text(
                painter,
                QRect(x, rect.top(), rect.right() - x, rect.height()),
                "\N{HORIZONTAL ELLIPSIS}",
                "muted",
                False,
                font(12),
            )
            return
        paint_replica(painter, QRectF(x, rect.center().y() - 8, width, 17), state, str(broker), 11)
        x += width + 4
