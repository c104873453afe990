"""The replica map: one block per topic, a column per partition, a row per broker. Blocks flow like words, so it fits any width.

Counterpart: `panel.py` feeds it from `ClusterView`; the cells are painted by `widgets/drawings.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_broker.common.statistics import PartitionStatistics
from desktop_broker.gui.theme import color, font, scaled, text_width
from desktop_broker.gui.widgets.drawings import paint_replica
from desktop_broker.gui.widgets.painted import ALIGN_LEFT

_CELL, _CELL_HEIGHT, _GAP, _NAME_HEIGHT, _BLOCK_GAP, _ROW_GAP = 16, 21, 3, 20, 16, 14
_STATES = {"leader": "leader", "in-sync": "sync", "catching-up": "lag", "offline": "off"}


@dataclass(frozen=True, slots=True)
class _Block:
    """Where a topic's cells are painted."""

    x: int
    y: int
    width: int
    title: str
    topic: str
    partitions: tuple[PartitionStatistics, ...]


class ReplicaMap(QWidget):
    """Signals: `topic_clicked(name)`."""

    topic_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brokers: tuple[int, ...] = ()
        self.topics: tuple[tuple[str, tuple[PartitionStatistics, ...]], ...] = ()
        self._blocks: tuple[_Block, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def set_cluster(self, brokers: Sequence[int], partitions: Sequence[PartitionStatistics]) -> None:
        """Show these partitions, the topics with most of them first: so they fill the lines."""
        by_topic: dict[str, list[PartitionStatistics]] = {}
        for partition in partitions:
            by_topic.setdefault(partition.topic, []).append(partition)
        ordered = sorted(by_topic.items(), key=lambda item: (-len(item[1]), item[0]))
        topics = tuple((name, tuple(parts)) for name, parts in ordered)
        if (tuple(brokers), topics) != (self._brokers, self.topics):
            self._brokers, self.topics = tuple(brokers), topics
            self._lay_out()
            self.update()

    def place_of(self, topic: str) -> QPoint:
        """The upper left corner of a topic's first cells. Raises StopIteration for a topic that is not shown."""
        return next(QPoint(block.x, block.y) for block in self._blocks if block.topic == topic)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(400, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        if event.oldSize().width() != event.size().width():
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            self._lay_out()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = QPainter(self)
        seen = event.rect()
        labels = max((text_width(self._broker_name(broker), 12) for broker in self._brokers), default=0) + 8
        for y in sorted({block.y for block in self._blocks}):
            painter.setFont(font(12))
            painter.setPen(color("muted"))
            for number, broker in enumerate(self._brokers):
                painter.drawText(
                    QRectF(0, self._cell_top(y, number), labels, scaled(_CELL_HEIGHT)),
                    ALIGN_LEFT,
                    self._broker_name(broker),
                )
        for block in self._blocks:
            if QRect(block.x, block.y, block.width, self._block_height()).intersects(seen):
                self._paint_block(painter, block)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self._tip_at(event.pos())
            QToolTip.showText(event.globalPos(), text, self) if text else QToolTip.hideText()
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        block = self._block_at(event.position().toPoint())
        if block is not None and event.button() is Qt.MouseButton.LeftButton:
            self.topic_clicked.emit(block.topic)

    def _paint_block(self, painter: QPainter, block: _Block) -> None:
        painter.setFont(font(12, 500))
        painter.setPen(color("text"))
        painter.drawText(QRectF(block.x, block.y - 1, block.width + 2, scaled(16)), ALIGN_LEFT, block.title)
        step = scaled(_CELL + _GAP)
        for column, partition in enumerate(block.partitions):
            states = {replica.broker: _STATES[replica.state] for replica in partition.replicas}
            for number, broker in enumerate(self._brokers):
                state = states.get(broker, "none")
                cell = QRectF(
                    block.x + column * step, self._cell_top(block.y, number), scaled(_CELL), scaled(_CELL_HEIGHT)
                )
                paint_replica(painter, cell, state, "L" if state == "leader" else "")

    def _lay_out(self) -> None:
        left = max((text_width(self._broker_name(broker), 12) for broker in self._brokers), default=0) + 14
        step, x, y, blocks = scaled(_CELL + _GAP), left, 0, []
        for name, partitions in self.topics:
            per_line = max(1, (max(self.width(), left + step) - left) // step)
            for first in range(0, len(partitions), per_line):  # a topic wider than the map goes on in the next line
                part = partitions[first : first + per_line]
                title = name if first == 0 else f"{name} ({first} \N{EN DASH} {first + len(part) - 1})"
                width = max(len(part) * step, text_width(title, 12, 500) + 4)
                if x > left and x + width > self.width():
                    x, y = left, y + self._block_height() + scaled(_ROW_GAP)
                blocks.append(_Block(x, y, width, title, name, part))
                x += width + scaled(_BLOCK_GAP)
        self._blocks = tuple(blocks)
        self.setFixedHeight(y + self._block_height() if blocks else 0)
        self._name()

    def _name(self) -> None:
        states = [replica.state for _, partitions in self.topics for part in partitions for replica in part.replicas]
        self.setAccessibleName(self.tr("Replica map"))
        self.setAccessibleDescription(
            self.tr("%n replica(s)", "", len(states))
            + ", "
            + self.tr("%n not in sync", "", sum(state not in ("leader", "in-sync") for state in states))
        )

    def _block_at(self, position: QPoint) -> _Block | None:
        for block in self._blocks:
            if QRect(block.x, block.y, block.width, self._block_height()).contains(position):
                return block
        return None

    def _tip_at(self, position: QPoint) -> str:
        block = self._block_at(position)
        if block is None:
            return ""
        column = (position.x() - block.x) // scaled(_CELL + _GAP)
        number = (position.y() - block.y - scaled(_NAME_HEIGHT)) // scaled(_CELL_HEIGHT + _GAP)
        if not (0 <= column < len(block.partitions) and 0 <= number < len(self._brokers)):
            return block.topic
        partition, broker = block.partitions[column], self._brokers[number]
        head = self.tr("{topic}, partition {partition}, broker {broker}").format(
            topic=partition.topic, partition=partition.partition, broker=broker
        )
        for replica in partition.replicas:
            if replica.broker == broker:
                return f"{head}\n{self._state_words(replica.state, replica.lag)}"
        return f"{head}\n" + self.tr("no replica here")

    def _state_words(self, state: str, lag: int | None) -> str:
        match state:
            case "leader":
                return self.tr("leader: clients write to and read from this one")
            case "in-sync":
                return self.tr("in sync: has everything the leader has")
            case "catching-up" if lag is not None:
                return self.tr("catching up: %n message(s) behind", "", lag)
            case "catching-up":
                return self.tr("catching up")
            case _:
                return self.tr("offline: its broker does not run")

    def _broker_name(self, broker: int) -> str:
        return self.tr("Broker {id}").format(id=broker)

    def _cell_top(self, y: int, number: int) -> int:
        return y + scaled(_NAME_HEIGHT) + number * scaled(_CELL_HEIGHT + _GAP)

    def _block_height(self) -> int:
        return scaled(_NAME_HEIGHT) + len(self._brokers) * scaled(_CELL_HEIGHT + _GAP)
