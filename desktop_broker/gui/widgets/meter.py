"""Shares and work in progress: Meter, Spinner, ProgressRow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_broker.gui.theme import Text, color
from desktop_broker.gui.widgets.button import Button
from desktop_broker.gui.widgets.label import ElidedLabel
from desktop_broker.gui.widgets.layout import row
from desktop_broker.gui.widgets.painted import Painted, antialiased


def paint_meter(painter: QPainter, rect: QRectF, share: float, role: str = "accent_fill") -> None:
    """A thin bar: `share` from 0 to 1 of its length filled."""
    radius = rect.height() / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("border"))
    painter.drawRoundedRect(rect, radius, radius)
    if share > 0:
        painter.setBrush(color(role))
        filled = QRectF(rect.left(), rect.top(), max(rect.height(), rect.width() * min(share, 1.0)), rect.height())
        painter.drawRoundedRect(filled, radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class Meter(QWidget):
    """A share of a whole, 0 to 1."""

    def __init__(
        self, share: float = 0.0, *, name: str, role: str = "accent_fill", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._share, self._role, self._name = share, role, name
        self.setFixedHeight(6)
        self.setMinimumWidth(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_share(share)

    @property
    def share(self) -> float:
        return self._share

    def set_share(self, share: float, role: str = "") -> None:
        self._share = share
        self._role = role or self._role
        self.setAccessibleName(f"{self._name} {share:.0%}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = QPainter(self)
        paint_meter(painter, QRectF(self.rect()), self._share, self._role)
        painter.end()


class Spinner(Painted):
    """Turns while it is seen; its timer stands still while it is not."""

    def __init__(self, pixels: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixels, self._angle = pixels, 0
        self._timer = QTimer(self)
        self._timer.setInterval(80)
        self._timer.timeout.connect(self._turn)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._pixels, self._pixels)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._timer.stop()

    def _turn(self) -> None:
        self._angle = (self._angle + 30) % 360
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        rect = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(color("border"), 2))
        painter.drawEllipse(rect)
        painter.setPen(QPen(color("accent"), 2))
        painter.drawArc(rect, -self._angle * 16, 100 * 16)
        painter.end()


class ProgressRow(QWidget):
    """Long work: a meter (or a spinner while nobody knows how long), facts in one line, and Cancel.

    Signals: `cancel_requested()`.
    """

    cancel_requested = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meter = Meter(name=name)
        self._meter.setFixedWidth(140)
        self._spinner = Spinner()
        self._facts = ElidedLabel("", Text.SMALL_TEXT)
        self._cancel = Button("", "x", small=True)
        self._cancel.clicked.connect(self.cancel_requested)
        self.setLayout(row(self._spinner, self._meter, (self._facts, 1), self._cancel, gap=10))
        self.set_progress(None, "")
        self._retranslate()

    @property
    def facts(self) -> str:
        return self._facts.plain_text

    def set_progress(self, share: float | None, facts: str) -> None:
        """`share` 0 to 1, None while unknown; `facts` such as "286,720 of 432,000, 196,400/s, 1.5 s"."""
        self._spinner.setVisible(share is None)
        self._meter.setVisible(share is not None)
        if share is not None:
            self._meter.set_share(share)
        self._facts.set_text(facts)

    def set_running(self, running: bool) -> None:
        """When the work is over the facts stay, spinner and Cancel go."""
        self._cancel.setVisible(running)
        if not running:
            self._spinner.hide()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._cancel.set_text(self.tr("Cancel"))
