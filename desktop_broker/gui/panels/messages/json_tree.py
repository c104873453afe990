"""A JSON value as a tree that opens and closes; names, strings, numbers and keywords in their own colours.

Lines are made when their object or array is opened, so a value of a megabyte stands there at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from desktop_broker.gui.panels.messages.decode import children_of, scalar_of
from desktop_broker.gui.theme import color, font

_COLOURS = {"string": "j_str", "number": "j_num", "keyword": "j_kw"}
_OPEN_BELOW = 200
_LINES = 1_000
_CHARACTERS = 1_000
Path = tuple[int, ...]


class _Line(QTreeWidgetItem):
    """One line; it keeps its own JSON value (Qt's item data would turn it into Qt's types)."""

    def __init__(self, name: str, text: str, value: Any) -> None:
        super().__init__([name, text])
        self.value = value


class JsonTree(QTreeWidget):
    """Ctrl+C copies the value of the chosen line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: Any = None
        self._found: Path = ()
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setIndentation(18)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.itemExpanded.connect(self._fill)

    def set_value(self, value: Any) -> None:
        """Show another object or array; a small one stands open."""
        self._value, self._found = value, ()
        self.clear()
        self._add(self.invisibleRootItem(), value)
        if _has_at_most(value, _OPEN_BELOW):
            self._open_all()

    def find_text(self, text: str, *, further: bool = False) -> bool:
        """Choose the first line that has the text in its name or value, or the one after the last found; whether there is one."""
        if not text:
            self._found = ()
            self.clearSelection()
            return True
        needle, first = text.casefold(), None
        for path, name, value in _walk(self._value):
            if needle in name.casefold() or (not _is_container(value) and needle in scalar_of(value)[0].casefold()):
                if not further or path > self._found:
                    first = path
                    break
                first = first or path
        if first is not None:
            self._found = first
            self._choose(first)
        return first is not None

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange) and self._value is not None:
            self.set_value(self._value)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        item = self.currentItem()
        if item is not None and event.key() == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            QApplication.clipboard().setText(_whole_text(item))
        else:
            super().keyPressEvent(event)

    def _choose(self, path: Path) -> None:
        item = self.topLevelItem(min(path[0], _LINES))
        for number in path[1:]:
            if item is None or not isinstance(item, _Line):
                break
            item.setExpanded(True)
            item = item.child(min(number, _LINES))
        if item is not None:
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def _open_all(self) -> None:
        waiting = [self.topLevelItem(number) for number in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop()
            if item is not None:
                item.setExpanded(True)
                waiting += [item.child(number) for number in range(item.childCount())]

    def _fill(self, item: QTreeWidgetItem) -> None:
        if isinstance(item, _Line) and not item.childCount():
            self._add(item, item.value)

    def _add(self, parent: QTreeWidgetItem, value: Any) -> None:
        children = children_of(value)
        items: list[QTreeWidgetItem] = [self._item(name, child) for name, child in children[:_LINES]]
        if len(children) > _LINES:
            more = QTreeWidgetItem(["\N{HORIZONTAL ELLIPSIS}", self.tr("%n more", "", len(children) - _LINES)])
            more.setForeground(1, color("muted"))
            items.append(more)
        parent.addChildren(items)

    def _item(self, name: str, value: Any) -> QTreeWidgetItem:
        container = _is_container(value)
        text, kind = (self._size(value), "") if container else scalar_of(value)
        item = _Line(name, text if len(text) <= _CHARACTERS else text[:_CHARACTERS] + "\N{HORIZONTAL ELLIPSIS}", value)
        item.setFont(0, font(12, mono=True))
        item.setForeground(0, color("j_key"))
        item.setFont(1, font(12, mono=not container))
        item.setForeground(1, color("muted" if container else _COLOURS[kind]))
        if container and value:
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        return item

    def _size(self, value: dict[str, Any] | list[Any]) -> str:
        if isinstance(value, dict):
            return self.tr("%n field(s)", "", len(value))
        return self.tr("%n item(s)", "", len(value))


def _whole_text(item: QTreeWidgetItem) -> str:
    return item.text(1) if not isinstance(item, _Line) or _is_container(item.value) else scalar_of(item.value)[0]


def _is_container(value: Any) -> bool:
    return isinstance(value, dict | list)


def _walk(value: Any) -> Iterator[tuple[Path, str, Any]]:
    """Every line in the order of the tree: where it is, its name and its value. Without recursion: a message may nest deeply."""
    stack = _below((), value)
    while stack:
        path, name, child = stack.pop()
        yield path, name, child
        stack += _below(path, child)


def _below(path: Path, value: Any) -> list[tuple[Path, str, Any]]:
    return [((*path, number), name, child) for number, (name, child) in enumerate(children_of(value))][::-1]


def _has_at_most(value: Any, lines: int) -> bool:
    return all(count <= lines for count, _ in enumerate(_walk(value), start=1))
