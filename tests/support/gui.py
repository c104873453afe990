"""What tests of the window share: finding things as a user would, and judging what is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QSizePolicy,
    QTabBar,
    QWidget,
)

from desktop_broker.gui.widgets.painted import Painted, PaintedButton

W = TypeVar("W", bound=QWidget)
_TAKES_INPUT = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView, QTabBar)


def find(root: QWidget, kind: type[W], name: str, *, visible: bool = True) -> W:
    """The one widget of a kind with this accessible name (or text), as somebody who sees or hears the window would find it."""
    found = [
        widget
        for widget in root.findChildren(kind)
        if (widget.accessibleName() or _text_of(widget)) == name and (widget.isVisibleTo(root) or not visible)
    ]
    if len(found) != 1:
        known = sorted({w.accessibleName() or _text_of(w) for w in root.findChildren(kind) if w.isVisibleTo(root)})
        raise AssertionError(f"{len(found)} visible {kind.__name__} are called {name!r}; there are {known}")
    return found[0]


def has_text(root: QWidget, text: str) -> bool:
    """Whether some visible label says this, whole or in part."""
    return any(text in _text_of(label) for label in root.findChildren(QLabel) if label.isVisibleTo(root))


def screenshot(widget: QWidget, path: Path | str) -> None:
    """A picture of a widget, after everything that waits has been laid out and painted."""
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QApplication.processEvents()
    assert widget.grab().save(str(path)), f"no picture could be written to {path}"


def assert_no_cut_text(root: QWidget) -> None:
    """Every visible text has the room it needs; ElidedLabels and tables end in an ellipsis on purpose and are left out."""
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    QApplication.processEvents()
    problems = []
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisibleTo(root) or _scrolled_out(widget, root):
            continue
        problem = _cut(widget)
        if problem:
            problems.append(f"{type(widget).__name__} {_text_of(widget) or widget.accessibleName()!r}: {problem}")
    assert not problems, "cut texts:\n" + "\n".join(problems)


def assert_accessible(root: QWidget) -> None:
    """Everything that takes input has an accessible name and, unless it is a part of another control, takes the keyboard."""
    problems = []
    for widget in [root, *root.findChildren(QWidget)]:
        if not isinstance(widget, _TAKES_INPUT) or not widget.isVisibleTo(root) or _inside_other_control(widget):
            continue
        name = widget.accessibleName() or _text_of(widget)
        if not name.strip():
            problems.append(f"{type(widget).__name__} in {_path(widget)} has no accessible name")
        if widget.isEnabled() and widget.focusPolicy() == Qt.FocusPolicy.NoFocus and widget.focusProxy() is None:
            problems.append(f"{type(widget).__name__} {name!r} cannot be reached by keyboard")
        if isinstance(widget, QPushButton) and not widget.isEnabled() and not widget.toolTip():
            problems.append(f"{name!r} is disabled and does not say why")
    assert not problems, "\n".join(problems)


def trigger(actions: list[QAction], text: str) -> None:
    """Choose an entry of a menu by its text."""
    found = [action for action in actions if action.text().replace("&", "") == text]
    assert len(found) == 1, f"{text!r} is not among {[action.text() for action in actions]}"
    assert found[0].isEnabled(), f"{text!r} is disabled"
    found[0].trigger()


def count_calls(signal: object, into: list[object]) -> Callable[..., None]:
    """Collect what a signal carries, in order."""

    def collect(*values: object) -> None:
        into.append(values[0] if len(values) == 1 else values)

    signal.connect(collect)  # type: ignore[attr-defined]  # a bound signal has no public type
    return collect


def _text_of(widget: QWidget) -> str:
    plain = getattr(widget, "plain_text", None)
    if isinstance(plain, str):
        return plain
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text().strip()
    return ""


def _cut(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        if widget.metaObject().className() == "ElidedLabel" or not widget.text():
            return ""
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            return f"needs {needed} px of height, has {widget.height()}" if needed > widget.height() + 1 else ""
        needed = widget.sizeHint().width()
        if needed > widget.width() + 1:
            return f"needs {needed} px, has {widget.width()}"
        return "" if widget.sizeHint().height() <= widget.height() + 1 else "is too low"
    if isinstance(widget, QPushButton | Painted | PaintedButton):
        hint = widget.sizeHint()
        if widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Expanding:
            hint.setWidth(widget.minimumSizeHint().width())  # it elides what it has no room for
        if hint.width() > widget.width() + 1 or hint.height() > widget.height() + 1:
            return f"needs {hint.width()} x {hint.height()} px, has {widget.width()} x {widget.height()}"
    if isinstance(widget, QLabel | QPushButton | Painted | PaintedButton):
        parent = widget.parentWidget()
        if (
            parent is not None
            and not parent.rect().contains(widget.geometry())
            and not isinstance(parent.parent(), QAbstractScrollArea)
        ):
            return f"lies outside of its parent: {widget.geometry().getRect()} in {parent.rect().getRect()}"
    return ""


def _scrolled_out(widget: QWidget, root: QWidget) -> bool:
    """Whether a scroll area between the widget and the root hides it: it can be scrolled to."""
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        if isinstance(parent, QScrollArea):
            content = parent.widget()
            if content is not None and content.isAncestorOf(widget):
                place = QRect(widget.mapTo(parent.viewport(), QPoint(0, 0)), widget.size())
                if not parent.viewport().rect().intersects(place):
                    return True
        parent = parent.parentWidget()
    return False


def _inside_other_control(widget: QWidget) -> bool:
    parent: QObject | None = widget.parent()
    while isinstance(parent, QWidget):
        if isinstance(parent, QComboBox | QLineEdit | QTabBar | QAbstractItemView | QScrollBar):
            return True
        parent = parent.parent()
    return False


def _path(widget: QWidget) -> str:
    names = []
    parent: QObject | None = widget.parent()
    while isinstance(parent, QWidget):
        names.append(type(parent).__name__)
        parent = parent.parent()
    return " < ".join(names)
