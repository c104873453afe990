"""The navigation at the left: all panels with their names, in narrow windows a rail of icons with tooltips."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop_broker.gui.shell.panel_spec import PanelSpec
from desktop_broker.gui.theme import Text, color, font, metrics, paint_icon, scaled
from desktop_broker.gui.theme.measures import HEADER, NAVIGATION, NAVIGATION_ITEM, NAVIGATION_RAIL
from desktop_broker.gui.widgets.label import IconLabel, Label
from desktop_broker.gui.widgets.layout import box, row
from desktop_broker.gui.widgets.painted import ALIGN_LEFT, ALIGN_RIGHT, PaintedButton, antialiased, paint_focus


class NavigationItem(PaintedButton):
    def __init__(self, spec: PanelSpec) -> None:
        super().__init__(spec.title())
        self.spec = spec
        self._rail = False
        self._count = ""
        self._attention = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        self.set_text(self.spec.title())
        self.set_count(self._count, self._attention)

    def set_rail(self, rail: bool) -> None:
        self._rail = rail
        self.setToolTip(self.text() if rail else "")
        self.update()

    def set_count(self, count: str, attention: bool = False) -> None:
        """A small number at the right; with `attention` it is a warning."""
        self._count, self._attention = count, attention
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(count)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(36, scaled(NAVIGATION_ITEM))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        on, rect, middle = self.isChecked(), QRectF(self.rect()), self.height() / 2
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft" if on else "hover"))
            painter.drawRoundedRect(rect, 6, 6)
        if on:
            painter.setBrush(color("accent"))
            painter.drawRoundedRect(QRectF(0, middle - 8, 3, 16), 1.5, 1.5)
        x = (self.width() - 18) / 2 if self._rail else 12
        paint_icon(painter, x, middle - 9, self.spec.icon, "accent" if on else "muted", 18)
        if self._rail:
            if self._attention:
                painter.setPen(QPen(color("nav"), 2))
                painter.setBrush(color("warn"))
                painter.drawEllipse(QPointF(x + 16, middle - 7), 4.5, 4.5)
        else:
            used = metrics(13, 600 if on else 500)
            painter.setFont(font(13, 600 if on else 500))
            painter.setPen(color("text" if on else "muted"))
            room = QRect(40, 0, self.width() - 60 - (30 if self._count else 0), self.height())
            painter.drawText(room, ALIGN_LEFT, used.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width()))
            if self._count:
                width = metrics(12, 600).horizontalAdvance(self._count)
                if self._attention:
                    paint_icon(painter, self.width() - 12 - width - 18, middle - 6, "triangle-alert", "warn", 12)
                painter.setFont(font(12, 600 if self._attention else 500))
                painter.setPen(color("warn" if self._attention else "faint"))
                painter.drawText(QRect(self.width() - 72, 0, 60, self.height()), ALIGN_RIGHT, self._count)
        if self.hasFocus():
            paint_focus(painter, rect, 6)
        painter.end()


class Navigation(QFrame):
    """Signals: `panel_requested(str)` with the id of the panel that the user chose."""

    panel_requested = Signal(str)

    def __init__(self, specs: Sequence[PanelSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nav")
        self.setAccessibleName("Desktop Broker")
        self._rail = False
        self._brand = Label("Desktop Broker", Text.TITLE)
        self._watch = Label("", Text.OVER)
        self._watch_box = box(row(self._watch, margins=(12, 14, 0, 4)))
        self._items = {spec.id: NavigationItem(spec) for spec in specs}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 0, 10, 10)
        layout.setSpacing(2)
        brand = row(IconLabel("waypoints", "accent", 22), self._brand, None, gap=10, margins=(7, 0, 0, 0))
        layout.addWidget(box(brand, height=HEADER))
        layout.addSpacing(6)
        section = "main"
        for item in self._items.values():
            if item.spec.section != section:
                section = item.spec.section
                if section == "watch":
                    layout.addWidget(self._watch_box)
                else:
                    layout.addStretch(1)
            layout.addWidget(item)
            self._group.addButton(item)
            item.clicked.connect(lambda _=False, identity=item.spec.id: self.panel_requested.emit(identity))
        self.set_rail(False)
        self.retranslate()

    @property
    def rail(self) -> bool:
        return self._rail

    def item(self, identity: str) -> NavigationItem:
        return self._items[identity]

    def choose(self, identity: str) -> None:
        """Mark the panel that is shown."""
        self._items[identity].setChecked(True)

    def set_rail(self, rail: bool) -> None:
        self._rail = rail
        width = NAVIGATION_RAIL if rail else scaled(NAVIGATION)
        if self.minimumWidth() != width:
            self.setFixedWidth(width)
        self._brand.setVisible(not rail)
        self._watch.setVisible(not rail)
        for item in self._items.values():
            item.set_rail(rail)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.set_rail(self._rail)

    def retranslate(self) -> None:
        self._watch.set_text(self.tr("Watch"))
        for item in self._items.values():
            item.retranslate()
            item.set_rail(self._rail)
