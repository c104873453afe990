"""Labels: text in one of the kinds of `theme.Text`, running text, text that ends in an ellipsis, and icons."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_broker.gui.theme import Text, paint_icon


def para(text: str) -> str:
    """Running text with a line height that Hangul needs even more than Latin; a QLabel takes it only as rich text."""
    return f'<div style="line-height:120%">{escape(text, quote=False).replace(chr(10), "<br>")}</div>'


class Label(QLabel):
    """A text; `kind` is its size and weight, `colour` a token's name for another colour.

    With `wrap` it is running text over several lines. The text is always shown as it is: never read as HTML.
    """

    def __init__(
        self,
        text: str = "",
        kind: Text | str = Text.BODY,
        colour: str = "",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self.setTextFormat(Qt.TextFormat.RichText if wrap else Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("t", str(kind))
        if colour:
            self.setProperty("c", colour)
        self.set_text(text)

    @property
    def plain_text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text; costs nothing when it is the same."""
        if text != self._text:
            self._text = text
            self.setText(para(text) if self.wordWrap() else text)
            if self.wordWrap():
                self.setAccessibleName(text)
                self._hold_height()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._hold_height()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._hold_height()

    def _hold_height(self) -> None:
        """Layouts give a wrapping label less than its lines need when room is short: insist on them."""
        if not self.wordWrap():
            return
        before = self.minimumHeight()
        self.setMinimumHeight(0)  # heightForWidth never says less than this
        height = max(0, self.heightForWidth(self.width()))
        self.setMinimumHeight(height if self.width() > 0 else before)

    def set_colour(self, colour: str) -> None:
        """Another colour, by a token's name (`ok`, `warn`, `err`, `muted`, `faint`, `accent`); empty is that of the kind."""
        if colour != (self.property("c") or ""):
            self.setProperty("c", colour)
            self.style().unpolish(self)
            self.style().polish(self)


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis instead of pushing its neighbours; the whole text is then in its tooltip."""

    def __init__(
        self, text: str = "", kind: Text | str = Text.BODY, colour: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("t", str(kind))
        if colour:
            self.setProperty("c", colour)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._elide()

    @property
    def plain_text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.updateGeometry()
            self._elide()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        if len(shown) < 4 < len(self._text):  # three letters and dots tell nothing
            shown = ""
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._text if shown != self._text else "")
        self.setAccessibleName(self._text)


class IconLabel(QWidget):
    """An icon that takes the colour of the theme in force; decorative unless it is given a name."""

    def __init__(self, name: str, role: str = "muted", pixels: int = 16, *, accessible_name: str = "") -> None:
        super().__init__()
        self._name, self._role, self._pixels = name, role, pixels
        self.setAccessibleName(accessible_name)
        self.setToolTip(accessible_name)
        self.setFixedSize(pixels, pixels)

    def set_icon(self, name: str, role: str) -> None:
        if (name, role) != (self._name, self._role):
            self._name, self._role = name, role
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's signature
        painter = QPainter(self)
        paint_icon(painter, 0, 0, self._name, self._role, self._pixels)
        painter.end()
