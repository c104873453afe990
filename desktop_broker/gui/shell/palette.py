"""Ctrl+K: one field finds panels, topics, groups and actions; what was typed is in bold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_broker.gui.theme import Text, color, font, metrics, paint_icon, scaled
from desktop_broker.gui.widgets.dialog import Shade
from desktop_broker.gui.widgets.inputs import LineEdit
from desktop_broker.gui.widgets.label import Label
from desktop_broker.gui.widgets.layout import box, horizontal_rule, row
from desktop_broker.gui.widgets.painted import ALIGN_LEFT, ALIGN_RIGHT

_PER_SECTION = 6
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing to open or do; `facts` is said softly beside it, `right` at the right edge (a shortcut)."""

    section: str
    icon: str
    text: str
    facts: str = ""
    right: str = ""
    run: Callable[[], object]


Provider = Callable[[str], Sequence[Hit]]
"""What was typed -> what fits, best first. Called at each key on the Qt thread: it looks only at what is in memory."""


def matches(query: str, text: str) -> bool:
    """Every word of the query is in the text, without regard to case."""
    folded = text.casefold()
    return all(word in folded for word in query.casefold().split())


class _HitModel(QAbstractListModel):
    """Hits with the head of each section as an entry that cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Hit | str] = []
        self.query = ""

    def set_hits(self, query: str, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.query = query
        self.entries = []
        for section in dict.fromkeys(hit.section for hit in hits):
            self.entries += [section, *[hit for hit in hits if hit.section == section][:_PER_SECTION]]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry if isinstance(entry, str) else f"{entry.text} {entry.facts}".strip()
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if isinstance(self.entries[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _HitDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's
        model = index.model()
        head = isinstance(model, _HitModel) and isinstance(model.entries[index.row()], str)
        return QSize(100, scaled(30 if head else 38))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        if not isinstance(model, _HitModel):
            return
        rect: QRect = option.rect
        entry = model.entries[index.row()]
        painter.save()
        if isinstance(entry, str):
            painter.setFont(font(11, 600))
            painter.setPen(color("muted"))
            painter.drawText(rect.adjusted(20, 6, -20, 0), ALIGN_LEFT, entry)
        else:
            self._paint_hit(painter, rect, entry, model.query, bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _paint_hit(self, painter: QPainter, rect: QRect, hit: Hit, query: str, on: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("sel"))
            painter.drawRoundedRect(QRectF(rect).adjusted(8, 1, -8, -1), 6, 6)
        paint_icon(painter, rect.left() + 20, rect.center().y() - 7, hit.icon, "accent" if on else "muted", 16)
        right = metrics(12).horizontalAdvance(hit.right) + 12 if hit.right else 0
        end = rect.right() - 20 - right
        x = rect.left() + 48
        place = hit.text.casefold().find(query.casefold()) if query else -1
        cuts = (0, place, place + len(query), len(hit.text)) if place >= 0 else (0, 0, 0, len(hit.text))
        for number in range(3):
            part, weight = hit.text[cuts[number] : cuts[number + 1]], 600 if number == 1 else 400
            used = metrics(13, weight)
            shown = used.elidedText(part, Qt.TextElideMode.ElideRight, max(0, end - x))
            painter.setFont(font(13, weight))
            painter.setPen(color("text"))
            painter.drawText(QRect(x, rect.top(), max(0, end - x), rect.height()), ALIGN_LEFT, shown)
            x += used.horizontalAdvance(shown)
        painter.setFont(font(12))
        painter.setPen(color("muted"))
        room = QRect(x + 12, rect.top(), max(0, end - x - 12), rect.height())
        painter.drawText(room, ALIGN_LEFT, metrics(12).elidedText(hit.facts, Qt.TextElideMode.ElideRight, room.width()))
        painter.drawText(rect.adjusted(0, 0, -20, 0), ALIGN_RIGHT, hit.right)


class Palette(QDialog):
    """Opened with `open()`; deletes itself. The keyboard stays in the field: Up and Down move, Enter opens, Escape closes."""

    def __init__(self, window: QWidget, providers: Sequence[Provider]) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Find anything"))
        self._providers = tuple(providers)
        self._shade: Shade | None = None
        self._field = LineEdit("", self.tr("Find a topic, group, action or setting"), name=self.tr("Find anything"))
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._search)
        self._model = _HitModel(self)
        self._list = QListView()
        self._list.setAccessibleName(self.tr("What was found"))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_HitDelegate(self))
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(lambda index: self._run(index.row()))
        nothing = Label(self.tr("Nothing is called that."), Text.SMALL)
        self._nothing = box(row(nothing, margins=(20, 14, 20, 0)))
        help_text = Label(self.tr("Up and down to move, Enter to open, Esc to close"), Text.SMALL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(box(row(self._field, margins=(12, 12, 12, 10))))
        layout.addWidget(horizontal_rule())
        layout.addWidget(self._nothing)
        layout.addWidget(self._list, 1)
        layout.addWidget(horizontal_rule())
        layout.addWidget(box(row(help_text, None, margins=(20, 9, 20, 9))))
        width = min(640, window.width() - 48)
        self.setFixedSize(width, min(scaled(480), window.height() - 96))
        origin = window.mapToGlobal(window.rect().topLeft())
        self.move(origin.x() + (window.width() - width) // 2, origin.y() + 72)
        self._search("")

    @property
    def hits(self) -> tuple[Hit, ...]:
        return tuple(entry for entry in self._model.entries if isinstance(entry, Hit))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._move(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self._list.currentIndex().row())
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        window = self.parentWidget()
        if self._shade is None and window is not None:
            self._shade = Shade(window)
        self._field.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        if self._shade is not None:
            self._shade.deleteLater()
            self._shade = None

    def _search(self, text: str) -> None:
        query = text.strip()
        self._model.set_hits(query, [hit for provider in self._providers for hit in provider(query)])
        self._nothing.setVisible(not self._model.entries)
        if len(self._model.entries) > 1:
            self._list.setCurrentIndex(self._model.index(1))

    def _move(self, step: int) -> None:
        number = self._list.currentIndex().row() + step
        while 0 <= number < len(self._model.entries):
            if isinstance(self._model.entries[number], Hit):
                self._list.setCurrentIndex(self._model.index(number))
                return
            number += step

    def _run(self, number: int) -> None:
        if 0 <= number < len(self._model.entries):
            entry = self._model.entries[number]
            if isinstance(entry, Hit):
                self.accept()
                entry.run()
