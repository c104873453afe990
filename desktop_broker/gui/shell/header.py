"""The line at the top: which cluster, find anything, live or paused, and the window's own choices."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_broker.gui.theme import color, font, metrics, paint_icon, scaled, text_width
from desktop_broker.gui.theme.measures import HEADER
from desktop_broker.gui.widgets.badge import Badge
from desktop_broker.gui.widgets.button import IconButton
from desktop_broker.gui.widgets.layout import ScaledFrame, row, vertical_rule
from desktop_broker.gui.widgets.painted import (
    ALIGN_CENTER,
    ALIGN_LEFT,
    ALIGN_RIGHT,
    PaintedButton,
    antialiased,
    paint_focus,
)


class ClusterSwitcher(PaintedButton):
    """The name of the cluster and a fact about it; opens the menu of clusters and of the application."""

    def __init__(self) -> None:
        super().__init__("")
        self._facts = ""

    def set_cluster(self, name: str, facts: str) -> None:
        self._facts = facts
        self.set_text(name)
        self.setToolTip(f"{name}, {facts}" if facts else name)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(scaled(236), scaled(34))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        rect = QRectF(self.rect())
        painter.setPen(QPen(color("ctl"), 1))
        painter.setBrush(color("hover" if self.underMouse() else "panel"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        middle, right = self.height() / 2, self.width() - 30
        paint_icon(painter, 11, middle - 8, "server", "accent", 16)
        paint_icon(painter, self.width() - 24, middle - 7, "chevron-down", "muted", 14)
        facts = text_width(self._facts, 12) if self._facts else 0
        painter.setFont(font(12))
        painter.setPen(color("muted"))
        painter.drawText(QRect(right - facts, 0, facts, self.height()), ALIGN_RIGHT, self._facts)
        painter.setFont(font(13, 600))
        painter.setPen(color("text"))
        room = QRect(36, 0, right - facts - 44, self.height())
        name = metrics(13, 600).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, ALIGN_LEFT, name)
        if self.hasFocus():
            paint_focus(painter, rect, 6)
        painter.end()


class FindButton(PaintedButton):
    """Looks like a field and opens the palette."""

    def __init__(self) -> None:
        super().__init__("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(160)
        self.setMaximumWidth(380)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(380, scaled(34))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(160, scaled(34))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        rect, height = QRectF(self.rect()), self.height()
        painter.setPen(QPen(color("ctl"), 1))
        painter.setBrush(color("field"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        paint_icon(painter, 11, height / 2 - 8, "search", "muted", 16)
        key = text_width("Ctrl K", 11, 500) + 12
        painter.setFont(font())
        painter.setPen(color("faint"))
        room = QRect(36, 0, self.width() - key - 52, height)
        painter.drawText(room, ALIGN_LEFT, metrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width()))
        painter.setPen(QPen(color("border"), 1))
        painter.setBrush(color("raised"))
        tile = QRectF(self.width() - key - 8.5, height / 2 - 9.5, key, 19)
        painter.drawRoundedRect(tile, 4, 4)
        painter.setPen(color("muted"))
        painter.setFont(font(11, 500))
        painter.drawText(tile, ALIGN_CENTER, "Ctrl K")
        if self.hasFocus():
            paint_focus(painter, rect, 6)
        painter.end()


class Header(ScaledFrame):
    """Signals: `pause_requested(bool)`; the buttons are attributes, the window gives them their menus."""

    pause_requested = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(HEADER, parent)
        self.setObjectName("header")
        self.switcher = ClusterSwitcher()
        self.finder = FindButton()
        self.live = Badge("idle", "")
        self.pause = IconButton("pause")
        self.theme = IconButton("sun")
        self.language = IconButton("languages")
        self.notices = IconButton("bell")
        self._paused = False
        self._period_s = 0.0
        self.pause.clicked.connect(lambda: self.pause_requested.emit(not self._paused))
        buttons = (self.live, self.pause, vertical_rule(), self.theme, self.language, self.notices)
        self.setLayout(row(self.switcher, (self.finder, 8), None, *buttons, gap=10, margins=(20, 0, 16, 0)))
        self.set_live(0.0, paused=False)
        self.retranslate()

    def set_live(self, period_s: float, *, paused: bool) -> None:
        """How often the panels are refreshed, in seconds; 0 while there is no cluster."""
        self._period_s, self._paused = period_s, paused
        self.live.setVisible(period_s > 0)
        self.pause.setVisible(period_s > 0)
        self.pause.set_icon("play" if paused else "pause")
        if paused:
            self.live.set_badge("warn", self.tr("Paused"), "pause")
            self.pause.set_name(self.tr("Go on showing live values"))
        else:
            self.live.set_badge("ok", self.tr("Live · {n} s").format(n=f"{period_s:g}"), "radio")
            self.pause.set_name(self.tr("Pause all live views"))

    def retranslate(self) -> None:
        self.finder.set_text(self.tr("Find a topic, group, action or setting"))
        self.finder.setAccessibleName(self.tr("Find anything"))
        self.switcher.setAccessibleName(self.tr("Cluster and application"))
        self.theme.set_name(self.tr("Theme"))
        self.language.set_name(self.tr("Language"))
        self.notices.set_name(self.tr("Notices"))
        self.set_live(self._period_s, paused=self._paused)
