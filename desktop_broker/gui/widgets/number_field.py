"""A whole number with an optional unit, exact up to int64: a QSpinBox ends at 2^31."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from desktop_broker.gui.widgets.button import IconButton
from desktop_broker.gui.widgets.inputs import ComboBox
from desktop_broker.gui.widgets.layout import put, row
from desktop_broker.gui.widgets.painted import mark_bad

MAX_INT64 = 2**63 - 1


class NumberField(QFrame):
    """A number from `low` to `high`; Up and Down change it by one step.

    `units` are (id, text, factor): `[("ms", "ms", 1), ("d", "days", 86_400_000)]`; `value` is then typed number x factor.
    `value` is None for an empty field, and while what is typed is no number in the range: `problem` then says why.
    `stepper` shows buttons for less and more. Signals: `changed()` at every change of number or unit.
    """

    changed = Signal()

    def __init__(
        self,
        value: int | None = None,
        *,
        name: str,
        low: int = 0,
        high: int = MAX_INT64,
        units: Sequence[tuple[str, str, int]] = (),
        unit: str = "",
        hint: str = "",
        stepper: bool = False,
        width: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("fieldbox")
        self._low, self._high = low, high
        self._factors = {identity: factor for identity, _, factor in units}
        self.edit = QLineEdit(self)
        self.edit.setPlaceholderText(hint)
        self.edit.installEventFilter(self)
        self.setFocusProxy(self.edit)
        self.units = ComboBox([(identity, text) for identity, text, _ in units], unit, name=name)
        self.units.setVisible(bool(units))
        self.units.installEventFilter(self)
        self._less, self._more = IconButton("minus", small=True), IconButton("plus", small=True)
        layout = row(gap=0, margins=(2, 1, 2, 1))
        if stepper:
            self.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
            put(layout, self._less, (self.edit, 1), self._more)
        else:
            put(layout, 4, (self.edit, 1))
        put(layout, self.units)
        self.setLayout(layout)
        if width is not None:
            self.setFixedWidth(width)
        self.set_name(name)
        self.set_value(value)
        self.edit.textChanged.connect(lambda _: self.changed.emit())
        self.units.chosen.connect(lambda _: self.changed.emit())
        self._less.clicked.connect(lambda: self._step(-1))
        self._more.clicked.connect(lambda: self._step(1))
        self._retranslate()

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self.edit.setAccessibleName(name)
        self.units.setAccessibleName(self.tr("Unit of {name}").format(name=name))

    @property
    def value(self) -> int | None:
        number = self._number()
        return None if number is None or self.problem else number * self._factor()

    def set_value(self, value: int | None) -> None:
        """Show a value in the largest unit that it is a whole number of."""
        if value is None:
            self.edit.setText("")
            return
        fitting = [(factor, identity) for identity, factor in self._factors.items() if value and value % factor == 0]
        if fitting:
            self.units.choose(max(fitting)[1])
        self.edit.setText(str(value // self._factor()))
        self.edit.setCursorPosition(0)

    @property
    def problem(self) -> str:
        """What is wrong with what was typed, in a sentence; empty when nothing is (an empty field is not wrong)."""
        text = self.edit.text().strip()
        if not text:
            return ""
        number = self._number()
        if number is None:
            return self.tr("Type a whole number.")
        if not self._low <= number * self._factor() <= self._high:
            factor = self._factor()
            low, high = -(-self._low // factor), self._high // factor
            if self._high == MAX_INT64:
                return self.tr("Type a number from {low}.").format(low=f"{low:,}")
            return self.tr("Type a number from {low} to {high}.").format(low=f"{low:,}", high=f"{high:,}")
        return ""

    def set_bad(self, bad: bool) -> None:
        mark_bad(self, bad)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("focused", event.type() == QEvent.Type.FocusIn)
            self.style().unpolish(self)
            self.style().polish(self)
        elif watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self._step(step)
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._less.set_name(self.tr("Less"))
        self._more.set_name(self.tr("More"))

    def _factor(self) -> int:
        return self._factors.get(self.units.current, 1)

    def _number(self) -> int | None:
        text = self.edit.text().strip().replace(",", "").replace(" ", "").replace("_", "")
        digits = text.removeprefix("-")
        return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 20 else None

    def _step(self, step: int) -> None:
        factor = self._factor()
        low, high = -(-self._low // factor), self._high // factor
        current = self._number()
        self.edit.setText(str(min(high, max(low, (low - 1 if current is None and step > 0 else current or 0) + step))))
