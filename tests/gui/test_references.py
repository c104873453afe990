"""PySide6 6.12.0 on Python below 3.12 drops references to True and None (PYSIDE-3474): it must never be installed here."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


class _Sender(QObject):
    sent = Signal(bool)


def test_emits_and_texts_keep_the_references_of_constants(qtbot: QtBot) -> None:
    sender, label = _Sender(), QLabel()
    qtbot.addWidget(label)
    heard: list[bool] = []
    sender.sent.connect(heard.append)
    before_true, before_none = sys.getrefcount(True), sys.getrefcount(None)
    for number in range(50):
        sender.sent.emit(True)
        label.setText(str(number))
    kept = len(heard)
    assert kept == 50
    assert sys.getrefcount(True) >= before_true
    assert sys.getrefcount(None) >= before_none - 5  # frames of pytest itself come and go
