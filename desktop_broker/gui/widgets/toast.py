"""Short notices at the bottom right of the window, gone by themselves; with Undo or another button where there is one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop_broker.gui.theme import STATE_ICONS
from desktop_broker.gui.widgets.badge import State
from desktop_broker.gui.widgets.button import Button, IconButton
from desktop_broker.gui.widgets.label import IconLabel, Label
from desktop_broker.gui.widgets.layout import put, row

_MARGIN = 16
_TOP = Qt.AlignmentFlag.AlignTop


class Toast(QFrame):
    """One notice. It goes after `seconds`; errors stay until they are closed. Signals: `dismissed()`."""

    dismissed = Signal()

    def __init__(
        self,
        parent: QWidget,
        state: State,
        text: str,
        action: str = "",
        run: Callable[[], object] | None = None,
        seconds: int = 6,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setAccessibleName(text)
        self.setFixedWidth(380)
        close = IconButton("x", self.tr("Close"), small=True)
        close.clicked.connect(self.dismiss)
        layout = row(
            (IconLabel(STATE_ICONS[state], state, 18), _TOP),
            (_text(text), 1),
            gap=10,
            margins=(14, 10, 8, 10),
        )
        if run is not None:
            button = Button(action, small=True)
            button.clicked.connect(lambda: run())
            button.clicked.connect(self.dismiss)
            put(layout, button)
        put(layout, (close, _TOP))
        self.setLayout(layout)
        if state != "err":
            timer = QTimer(self)
            timer.setSingleShot(True)
            timer.timeout.connect(self.dismiss)
            timer.start(seconds * 1000)

    def dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()
        self.deleteLater()


def _text(text: str) -> Label:
    label = Label(text, wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return label


class Toaster(QObject):
    """Stacks the notices of one window, newest at the bottom, at most three."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._toasts: list[Toast] = []
        window.installEventFilter(self)

    @property
    def toasts(self) -> tuple[Toast, ...]:
        return tuple(self._toasts)

    def show(self, state: State, text: str, action: str = "", run: Callable[[], object] | None = None) -> Toast:
        toast = Toast(self._window, state, text, action, run)
        self._toasts.append(toast)
        toast.dismissed.connect(lambda: self._forget(toast))
        if len(self._toasts) > 3:
            self._toasts[0].dismiss()
        toast.show()
        self._place()
        return toast

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _forget(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
            self._place()

    def _place(self) -> None:
        bottom = self._window.height() - _MARGIN - 28
        for toast in reversed(self._toasts):
            toast.resize(toast.width(), toast.heightForWidth(toast.width()))
            toast.move(self._window.width() - toast.width() - _MARGIN, bottom - toast.height())
            toast.raise_()
            bottom -= toast.height() + 8
