from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_broker.gui.widgets import Button, ConfirmDialog, Field, IconButton, LineEdit, Sheet, Toaster
from desktop_broker.gui.widgets.dialog import Shade
from tests.support.gui import assert_accessible, assert_no_cut_text, find, has_text

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def activate(dialog: QWidget, qtbot: QtBot) -> None:
    """`waitActive` ends when the platform's window is active, which is before the application knows of it."""
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)


def open_sheet(window: QWidget, qtbot: QtBot) -> Sheet:
    sheet = Sheet(window, "Create topic", "On shop-local, 3 brokers", primary="Create topic", primary_icon="plus")
    sheet.add(Field("Name", LineEdit()))
    sheet.primary.clicked.connect(sheet.accept)
    sheet.open()
    activate(sheet, qtbot)
    return sheet


def test_escape_rejects_and_the_window_is_dimmed_meanwhile(window: QWidget, qtbot: QtBot) -> None:
    sheet = open_sheet(window, qtbot)
    shade = window.findChild(Shade)
    assert shade is not None
    assert shade.size() == window.size()
    with qtbot.waitSignal(sheet.rejected):
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(Shade) is None)


def test_control_and_enter_do_what_the_primary_button_does(window: QWidget, qtbot: QtBot) -> None:
    sheet = open_sheet(window, qtbot)
    with qtbot.waitSignal(sheet.accepted):
        qtbot.keyClick(find(sheet, LineEdit, "Name"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_cancel_rejects_and_the_dialog_goes(window: QWidget, qtbot: QtBot) -> None:
    sheet = open_sheet(window, qtbot)
    assert_no_cut_text(sheet)
    assert_accessible(sheet)
    rejected: list[bool] = []
    sheet.rejected.connect(lambda: rejected.append(True))
    qtbot.mouseClick(find(sheet, Button, "Cancel"), LEFT)
    assert rejected == [True]
    qtbot.waitUntil(lambda: window.findChild(Sheet) is None)


def test_confirmation_names_what_is_lost_and_needs_a_click(window: QWidget, qtbot: QtBot) -> None:
    dialog = ConfirmDialog(window, "Delete orders?", "1,284,096 messages are lost.", "Delete topic")
    dialog.open()
    assert has_text(dialog, "1,284,096 messages are lost.")
    assert_no_cut_text(dialog)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(find(dialog, Button, "Delete topic"), LEFT)


def test_enter_alone_never_destroys(window: QWidget, qtbot: QtBot) -> None:
    dialog = ConfirmDialog(window, "Delete orders?", "All is lost.", "Delete topic")
    ended: list[int] = []
    dialog.finished.connect(ended.append)
    dialog.open()
    activate(dialog, qtbot)
    with qtbot.waitSignal(dialog.finished, raising=False, timeout=50):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert QDialog.DialogCode.Accepted not in ended
    dialog.reject()


def test_a_word_has_to_be_typed_first(window: QWidget, qtbot: QtBot) -> None:
    dialog = ConfirmDialog(window, "Delete orders?", "All is lost.", "Delete topic", type_to_confirm="orders")
    dialog.open()
    assert dialog.primary.toolTip() == "Type orders first"
    assert not dialog.primary.isEnabled()
    qtbot.keyClicks(find(dialog, LineEdit, "Type orders to go ahead"), "orders")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.primary, LEFT)


def test_notices_stack_at_most_three_and_can_be_undone(window: QWidget, qtbot: QtBot) -> None:
    toaster = Toaster(window)
    undone: list[str] = []
    first = toaster.show("ok", "Topic orders deleted", "Undo", lambda: undone.append("orders"))
    qtbot.mouseClick(find(first, Button, "Undo"), LEFT)
    assert undone == ["orders"]
    for number in range(4):
        toaster.show("err", f"Error {number}")
    assert [toast.accessibleName() for toast in toaster.toasts] == ["Error 1", "Error 2", "Error 3"]
    places = [toast.geometry() for toast in toaster.toasts]
    assert not places[0].intersects(places[1])
    assert not places[1].intersects(places[2])
    assert window.rect().contains(places[2])
    window.resize(800, 600)
    assert window.rect().contains(toaster.toasts[-1].geometry())
    qtbot.mouseClick(find(toaster.toasts[-1], IconButton, "Close"), LEFT)
    assert len(toaster.toasts) == 2
