"""Colours in the value editor: the parts of JSON, and the variables that are filled in for each message."""

from __future__ import annotations

import re

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from desktop_broker.gui.panels.publish.draft import COUNTER
from desktop_broker.gui.theme import color

_PARTS = re.compile(
    r'(?P<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?P<str>"(?:[^"\\]|\\.)*")|(?P<kw>\b(?:true|false|null)\b)|(?P<num>-?\b\d[\d.eE+-]*)'
)


class ValueColours(QSyntaxHighlighter):
    """Colours are looked up at each highlight, so `rehighlight()` follows the theme."""

    def __init__(self, document: QTextDocument) -> None:
        self._json = True
        super().__init__(document)

    def set_json(self, json: bool) -> None:
        """Whether the text is meant to be JSON."""
        if json != self._json:
            self._json = json
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        if self._json:
            for part in _PARTS.finditer(text):
                self.setFormat(part.start(), len(part.group()), _format(f"j_{part.lastgroup}"))
        start = text.find(COUNTER)
        while start >= 0:
            self.setFormat(start, len(COUNTER), _format("accent", "accent_soft"))
            start = text.find(COUNTER, start + len(COUNTER))


def _format(role: str, background: str = "") -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(color(role))
    if background:
        made.setBackground(color(background))
    return made
