"""A JSON value as a tree that opens and closes; names, strings, numbers and keywords in their own colours."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from desktop_broker.gui.panels.messages.decode import Node
from desktop_broker.gui.theme import color, font

_COLOURS = {"string": "j_str", "number": "j_num", "keyword": "j_kw"}
_OPEN_BELOW = 200


class JsonTree(QTreeWidget):
    """Ctrl+C copies the value of the chosen line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nodes: tuple[Node, ...] = ()
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setIndentation(18)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def set_nodes(self, nodes: tuple[Node, ...]) -> None:
        """Show other lines; small values stand open."""
        self._nodes = nodes
        self.clear()
        self._add(self.invisibleRootItem(), nodes)
        if _count(nodes) <= _OPEN_BELOW:
            self.expandAll()

    def find_text(self, text: str) -> int:
        """Choose the first line that has the text; returns how many have it."""
        if not text:
            self.clearSelection()
            return 0
        flags = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
        found = [*self.findItems(text, flags, 0), *self.findItems(text, flags, 1)]
        if found:
            self.setCurrentItem(found[0])
            self.scrollToItem(found[0])
        return len(found)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange) and self._nodes:
            self.set_nodes(self._nodes)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        item = self.currentItem()
        if item is not None and event.key() == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            QApplication.clipboard().setText(item.text(1))
        else:
            super().keyPressEvent(event)

    def _add(self, parent: QTreeWidgetItem, nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            item = QTreeWidgetItem(parent, [node.name, self._value(node)])
            item.setFont(0, font(12, mono=True))
            item.setForeground(0, color("j_key"))
            container = node.kind in ("object", "array")
            item.setFont(1, font(12, mono=not container))
            item.setForeground(1, color("muted" if container else _COLOURS[node.kind]))
            self._add(item, node.children)

    def _value(self, node: Node) -> str:
        if node.kind == "object":
            return self.tr("%n field(s)", "", int(node.value))
        if node.kind == "array":
            return self.tr("%n item(s)", "", int(node.value))
        return node.value


def _count(nodes: tuple[Node, ...]) -> int:
    return sum(1 + _count(node.children) for node in nodes)
