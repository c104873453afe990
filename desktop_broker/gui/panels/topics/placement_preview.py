"""Where replicas may go, drawn before the topic exists: a row per broker, a column per partition."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_broker.gui.theme import color, font, scaled, text_width
from desktop_broker.gui.widgets.drawings import paint_replica
from desktop_broker.gui.widgets.painted import ALIGN_CENTER, ALIGN_LEFT

_SHOWN = 12
_HEAD, _LINE, _CELL = 22, 30, 26


class PlacementPreview(QWidget):
    """Shows the first partitions; the broker decides where the first leader goes, the pattern is this one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brokers: tuple[int, ...] = ()
        self._partitions = 0
        self._replication = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_plan(self, brokers: Sequence[int], partitions: int, replication: int) -> None:
        """Draw this plan."""
        self._brokers = tuple(brokers)
        self._partitions, self._replication = partitions, min(replication, len(brokers))
        self.setFixedHeight(scaled(_HEAD) + len(brokers) * scaled(_LINE))
        self.setAccessibleName(self.tr("Where replicas will go"))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(scaled(300), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = QPainter(self)
        names = [self.tr("Broker {id}").format(id=broker) for broker in self._brokers]
        left = max((text_width(name, 12) for name in names), default=0) + 12
        shown = min(self._partitions, _SHOWN)
        step = (self.width() - left) / max(shown, 4)
        for partition in range(shown):
            x = left + partition * step
            painter.setFont(font(11, 500))
            painter.setPen(color("muted"))
            last = partition == shown - 1 and self._partitions > _SHOWN
            painter.drawText(QRectF(x, 0, step - 4, scaled(18)), ALIGN_CENTER, "…" if last else f"P{partition}")
            holders = self.replicas_of(partition)
            for number, broker in enumerate(self._brokers):
                state = "leader" if holders[:1] == [broker] else "sync" if broker in holders else "none"
                cell = QRectF(x, scaled(_HEAD) + number * scaled(_LINE), step - 4, scaled(_CELL))
                paint_replica(painter, cell, state, "L" if state == "leader" else "", 11)
        for number, name in enumerate(names):
            painter.setFont(font(12))
            painter.setPen(color("text"))
            painter.drawText(QRectF(0, scaled(_HEAD) + number * scaled(_LINE), left, scaled(_CELL)), ALIGN_LEFT, name)
        painter.end()

    def replicas_of(self, partition: int) -> list[int]:
        """Broker ids, the leader first: Kafka strides over the brokers, and shifts by one after each round."""
        count = len(self._brokers)
        if not count:
            return []
        first, shift = partition % count, partition // count
        others = [(first + 1 + (shift + i) % max(1, count - 1)) % count for i in range(self._replication - 1)]
        return [self._brokers[place] for place in [first, *others]]
