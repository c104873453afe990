from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_broker.gui.widgets import CodeBlock, IconButton
from tests.support.window import WindowKit


class Listening(QWidget):
    heard = 0

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        self.heard += event.type() == QEvent.Type.LanguageChange


def test_every_widget_hears_of_another_language_and_qt_speaks_it_too(qtbot: QtBot, window_kit: WindowKit) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    inner = Listening(outer)
    window_kit.languages.set_language("ko")
    QApplication.processEvents()
    assert inner.heard >= 1
    assert QCoreApplication.translate("CodeBlock", "Copy") == "복사"
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    assert "취소" in buttons.button(QDialogButtonBox.StandardButton.Cancel).text()
    window_kit.languages.set_language("en")
    assert QCoreApplication.translate("CodeBlock", "Copy") == "Copy"


def test_a_widget_of_the_kit_changes_its_own_texts(qtbot: QtBot, window_kit: WindowKit) -> None:
    block = CodeBlock("127.0.0.1:9092")
    qtbot.addWidget(block)
    button = block.findChild(IconButton)
    assert button is not None
    assert button.toolTip() == "Copy"
    window_kit.languages.set_language("ko")
    QApplication.processEvents()
    assert button.toolTip() == "복사"


def test_english_has_plurals(window_kit: WindowKit) -> None:
    def brokers(count: int) -> str:
        return QCoreApplication.translate("LiveLink", "%n broker(s)", "", count)

    assert (brokers(1), brokers(3)) == ("1 broker", "3 brokers")
    window_kit.languages.set_language("ko")
    assert brokers(3) == "브로커 3대"


def test_an_unknown_language_is_english(window_kit: WindowKit) -> None:
    window_kit.languages.set_language("xx")
    assert window_kit.languages.language == "en"
