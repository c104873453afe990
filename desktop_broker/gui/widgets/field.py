"""A label above, a control, and one line below that is help or error in the same place, so that a form does not jump."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_broker.gui.theme import STATE_ICONS, Text
from desktop_broker.gui.widgets.badge import State
from desktop_broker.gui.widgets.label import IconLabel, Label
from desktop_broker.gui.widgets.layout import column, row
from desktop_broker.gui.widgets.painted import mark_bad


class Field(QWidget):
    """`Field("Name", LineEdit(...), help="Letters, digits, dot, dash")`.

    `set_error` takes the place of the help and marks the control; `set_note("ok", ...)` does so without marking. The
    label gives the control its accessible name, the line below its description.
    """

    def __init__(
        self, label: str, control: QWidget, help: str = "", *, reserve: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._help = help
        self._label = Label(label, Text.SMALL_TEXT)
        self._label.setBuddy(control)
        self._icon = IconLabel("info", "muted", 14)
        self._line = Label("", Text.SMALL, wrap=True)
        self._reserve = reserve
        top = Qt.AlignmentFlag.AlignTop
        below = row((self._icon, top), (self._line, 1), gap=6)
        grows = control.sizePolicy().verticalPolicy() in (
            QSizePolicy.Policy.Expanding,
            QSizePolicy.Policy.MinimumExpanding,
        )
        layout = column(self._label, (control, 1 if grows else 0), below, gap=5)
        if not grows:
            layout.addStretch(1)
        self.setLayout(layout)
        if not control.accessibleName():
            control.setAccessibleName(label)
        self._show("", help)

    @property
    def error(self) -> str:
        """The error that is shown; empty when there is none."""
        return self._line.plain_text if self.control.property("bad") else ""

    @property
    def line(self) -> str:
        """What is shown below the control: help, note or error."""
        return self._line.plain_text

    def set_label(self, label: str) -> None:
        self._label.set_text(label)
        self.control.setAccessibleName(label)

    def set_help(self, help: str) -> None:
        self._help = help
        if not self.control.property("bad"):
            self._show("", help)

    def set_error(self, error: str) -> None:
        """Show an error in a sentence; an empty one brings the help back."""
        mark_bad(self.control, bool(error))
        self._show("err" if error else "", error or self._help)

    def set_note(self, state: State, text: str) -> None:
        """Show a remark with its icon in place of the help; an empty text brings the help back."""
        mark_bad(self.control, False)
        self._show(state if text else "", text or self._help)

    def _show(self, state: str, text: str) -> None:
        self._line.set_text(text)
        self._line.set_colour(state)
        self._line.setVisible(bool(text) or self._reserve)
        self._icon.setVisible(bool(state))
        if state:
            self._icon.set_icon(STATE_ICONS[state], state)
        self.control.setAccessibleDescription(text)
