"""What holds for every test of the window: the look and English are loaded, nothing is left behind, Qt does not complain."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication

from desktop_broker.gui.settings import WindowSettings
from tests.support.window import WindowKit

# Daily runs need no display; a window on a real one is asked for with DESKTOP_BROKER_TEST_PLATFORM.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def _kit(qapp: QApplication) -> WindowKit:
    return WindowKit(qapp)


@pytest.fixture(autouse=True)
def window_kit(_kit: WindowKit) -> Iterator[WindowKit]:
    """Light theme, English, text scale 1 and times in UTC; whatever a test changes is put back."""
    _kit.restore()
    yield _kit
    _kit.restore()


@pytest.fixture
def settings(tmp_path: Path) -> WindowSettings:
    """The window's settings in a file of their own."""
    return WindowSettings(tmp_path / "window.ini")


@pytest.fixture(autouse=True)
def no_timer_left_behind(qapp: QApplication) -> Iterator[None]:
    """Fail a test whose widgets are gone while one of their timers still runs."""
    yield
    for widget in QApplication.topLevelWidgets():
        if widget.parent() is None and not widget.isVisible():
            widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    running = [timer for timer in qapp.findChildren(QTimer) if timer.isActive() and timer.parent() is qapp]
    assert not running, f"timers of the application itself still run: {running}"
