"""A few exclusive choices, all of them visible; the chosen one is a raised tile, not only another colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from desktop_broker.gui.theme import color, font, scaled, text_width
from desktop_broker.gui.widgets.painted import ALIGN_CENTER, Painted, PaintedButton, antialiased, paint_focus


class _Segment(PaintedButton):
    def __init__(self, text: str, *, small: bool) -> None:
        super().__init__(text)
        self._small = small
        self.setCheckable(True)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        pixels, padding, height = (12, 16, 22) if self._small else (13, 24, 26)
        return QSize(text_width(self.text(), pixels, 600) + padding, scaled(height))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        rect = QRectF(self.rect())
        on = self.isChecked()
        if on:
            painter.setPen(QPen(color("ctl"), 1))
            painter.setBrush(color("panel"))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(font(12 if self._small else 13, 600 if on else 500))
        role = "faint" if not self.isEnabled() else "text" if on or self.underMouse() else "muted"
        painter.setPen(color(role))
        painter.drawText(rect, ALIGN_CENTER, self.text())
        if self.hasFocus():
            paint_focus(painter, rect, 4)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key()), 0
        )
        owner = self.parent()
        if step and isinstance(owner, Segmented):
            owner.choose_beside(step)
        else:
            super().keyPressEvent(event)


class Segmented(Painted):
    """Choices by id: `Segmented([("oldest", "Oldest"), ("live", "Live")], "live", name="Start from")`.

    Signals: `changed(str)` with the id that the user chose (not for `choose()`).
    """

    changed = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        current: str = "",
        *,
        name: str,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ids = [identity for identity, _ in choices]
        self._segments = [_Segment(text, small=small) for _, text in choices]
        self._small = small
        self.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(0)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        for number, segment in enumerate(self._segments):
            self._group.addButton(segment, number)
            layout.addWidget(segment)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.choose(current or self._ids[0])
        self._group.idClicked.connect(lambda number: self.changed.emit(self._ids[number]))

    @property
    def current(self) -> str:
        """The id of the choice."""
        return self._ids[self._group.checkedId()]

    def choose(self, identity: str) -> None:
        """Choose without a signal. Raises ValueError for an id that is no choice."""
        self._segments[self._ids.index(identity)].setChecked(True)

    def set_texts(self, *texts: str, name: str = "") -> None:
        """The texts in another language, in the order of the choices."""
        for segment, text in zip(self._segments, texts, strict=True):
            segment.set_text(text)
            segment.setAccessibleName(text)
        if name:
            self.setAccessibleName(name)

    def set_choice_enabled(self, identity: str, reason: str = "") -> None:
        """Switch one choice off with a reason, or on again with an empty one."""
        segment = self._segments[self._ids.index(identity)]
        segment.setEnabled(not reason)
        segment.setToolTip(reason)

    def choose_beside(self, step: int) -> None:
        """Move the choice left (-1) or right (1), past what is switched off."""
        number = self._group.checkedId() + step
        while 0 <= number < len(self._segments):
            if self._segments[number].isEnabled():
                self._segments[number].setFocus(Qt.FocusReason.TabFocusReason)
                self._segments[number].click()
                return
            number += step

    def segment(self, identity: str) -> PaintedButton:
        """The button of one choice."""
        return self._segments[self._ids.index(identity)]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = antialiased(self)
        painter.setPen(QPen(color("border"), 1))
        painter.setBrush(color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()
