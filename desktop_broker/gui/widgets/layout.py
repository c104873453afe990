"""Layouts in one line: `row(a, b, None, c)`, and the frames that pages are made of."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop_broker.gui.theme import scaled

Plain = QWidget | QLayout | int | None
Item = Plain | tuple[QWidget | QLayout, int | Qt.AlignmentFlag]
Margins = tuple[int, int, int, int]
PAGE_MARGINS: Margins = (20, 16, 20, 16)


def row(*items: Item, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """A horizontal layout; what the items mean, see `put`."""
    layout = QHBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    put(layout, *items)
    return layout


def column(*items: Item, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """A vertical layout; what the items mean, see `put`."""
    layout = QVBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    put(layout, *items)
    return layout


def put(layout: QBoxLayout, *items: Item) -> None:
    """Add items: None is a stretch, a number a space in px, (item, n) an item with stretch n, (item, flag) an aligned one."""
    for item in items:
        stretch, alignment = 0, Qt.AlignmentFlag(0)
        if isinstance(item, tuple):
            item, extra = item
            if isinstance(extra, Qt.AlignmentFlag):
                alignment = extra
            else:
                stretch = extra
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item, stretch)
        else:
            layout.addWidget(item, stretch, alignment)


class ScaledFrame(QFrame):
    """A frame whose height is given at text scale 1 and follows the scale."""

    def __init__(self, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self.setFixedHeight(scaled(height))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.minimumHeight() != scaled(self._height):
            self.setFixedHeight(scaled(self._height))


def box(layout: QLayout, name: str = "", *, width: int | None = None, height: int | None = None) -> QFrame:
    """A frame around a layout; `name` picks its look in the style sheet (`card`, `inset`, `side`). Height follows the text scale."""
    frame = QFrame() if height is None else ScaledFrame(height)
    frame.setObjectName(name)
    frame.setLayout(layout)
    if width is not None:
        frame.setFixedWidth(width)
    return frame


def horizontal_rule() -> QFrame:
    frame = QFrame()
    frame.setObjectName("rule")
    frame.setFixedHeight(1)
    return frame


def vertical_rule(height: int = 18) -> QFrame:
    frame = QFrame()
    frame.setObjectName("vrule")
    frame.setFixedSize(1, height)
    return frame


def scroll_page(content: QWidget) -> QScrollArea:
    """A whole page that scrolls up and down when the window is too low for it."""
    content.setObjectName("page")
    area = _vertical_scroll_area(content)
    area.setObjectName("scroll")
    return area


def scroll_body(layout: QLayout) -> QScrollArea:
    """The body of a pane scrolls; its title, tabs and footer stay."""
    content = QWidget()
    content.setObjectName("scrollbody")
    content.setLayout(layout)
    area = _vertical_scroll_area(content)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area


def _vertical_scroll_area(content: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def equal_width(widget: QWidget) -> QWidget:
    """Cards in one row get equal widths, whatever they hold."""
    widget.setSizePolicy(QSizePolicy.Policy.Ignored, widget.sizePolicy().verticalPolicy())
    return widget


def splitter(*panes: QWidget, vertical: bool = False) -> QSplitter:
    """Panes with a 12 px gap that can be dragged; none can be dragged away."""
    result = QSplitter(Qt.Orientation.Vertical if vertical else Qt.Orientation.Horizontal)
    result.setHandleWidth(12)
    result.setChildrenCollapsible(False)
    for pane in panes:
        result.addWidget(pane)
    return result


def footer(*items: Item) -> QFrame:
    """The line of small facts at the foot of a card."""
    return box(row(*items, gap=10, margins=(16, 0, 12, 0)), height=36)
