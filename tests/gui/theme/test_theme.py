from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QImage
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop_broker.gui.theme import (
    as_theme_mode,
    color,
    font,
    icon,
    icon_pixmap,
    resources_path,
    scaled,
    text_width,
    value,
)
from desktop_broker.gui.theme.fonts import load_fonts
from desktop_broker.gui.theme.stylesheet import style_sheet
from desktop_broker.gui.widgets import Button
from tests.support.window import WindowKit


def inked(image: QImage) -> set[str]:
    """The colours that are opaque somewhere in a picture."""
    found = set()
    for x in range(image.width()):
        for y in range(image.height()):
            pixel = image.pixelColor(x, y)
            if pixel.alpha() == 255:
                found.add(pixel.name())
    return found


def test_fonts_are_the_bundled_ones() -> None:
    assert {"Pretendard", "JetBrains Mono"} <= set(load_fonts())
    assert "Pretendard" in QFontDatabase.families()
    assert font().families()[0] == "Pretendard"
    assert font(mono=True).families()[0] == "JetBrains Mono"
    assert font(16, 600).weight() == QFont.Weight.DemiBold


def test_figures_have_equal_widths() -> None:
    assert text_width("111111") == text_width("888888")


def test_licences_are_shipped_with_fonts_and_icons() -> None:
    assert "SIL OPEN FONT LICENSE" in (resources_path() / "fonts" / "Pretendard-LICENSE.txt").read_text("utf-8").upper()
    assert (resources_path() / "fonts" / "JetBrainsMono-LICENSE.txt").exists()
    assert "ISC" in (resources_path() / "icons" / "LICENSE.txt").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(path.stem for path in (resources_path() / "icons").glob("*.svg")))
def test_every_icon_can_be_recoloured(name: str) -> None:
    picture = icon_pixmap(name, "#ff0000", 24, 2.0)
    assert picture.size() == QSize(48, 48)
    assert picture.devicePixelRatio() == 2.0
    assert "currentColor" in (resources_path() / "icons" / f"{name}.svg").read_text("utf-8")
    assert inked(picture.toImage()) == {"#ff0000"}


def test_an_icon_follows_theme_and_state(window_kit: WindowKit) -> None:
    made = icon("server", "accent")
    size = QSize(32, 32)
    assert inked(made.pixmap(size).toImage()) == {"#1d5bd8"}
    assert inked(made.pixmap(size, QIcon.Mode.Disabled).toImage()) == {"#5f6b7c"}
    window_kit.theme.set_mode("dark")
    assert inked(made.pixmap(size).toImage()) == {"#79a9ff"}


def test_style_sheet_has_no_gaps_and_grows_with_the_scale(window_kit: WindowKit) -> None:
    assert not re.search(r"@[\[{]", style_sheet())
    assert "min-height: 30px" in style_sheet()
    window_kit.theme.set_scale(1.5)
    assert "min-height: 45px" in style_sheet()
    assert scaled(34) == 51
    assert font().pixelSize() == 20


def test_focus_does_not_move_a_button(qtbot: QtBot) -> None:
    button = Button("Publish")
    qtbot.addWidget(button)
    with qtbot.waitActive(button):
        button.show()
        button.activateWindow()
    button.clearFocus()
    before = button.sizeHint()
    button.setFocus()
    assert button.hasFocus()
    assert button.sizeHint() == before


def test_system_follows_the_desktop_and_never_fails(window_kit: WindowKit, qtbot: QtBot) -> None:
    window_kit.theme.set_mode("dark")
    assert window_kit.theme.dark
    window_kit.theme.set_mode("system")
    wanted = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert window_kit.theme.dark is wanted
    assert as_theme_mode("dark") == "dark"
    assert as_theme_mode("purple") == "system"


def test_changed_comes_once_and_only_for_a_change(window_kit: WindowKit, qtbot: QtBot) -> None:
    heard: list[bool] = []
    window_kit.theme.changed.connect(lambda: heard.append(window_kit.theme.dark))
    window_kit.theme.set_mode("light")
    window_kit.theme.set_mode("dark")
    window_kit.theme.set_mode("dark")
    assert heard == [True]
    assert color("panel").name() == value("panel") == "#151a21"


def test_plain_qt_buttons_have_the_look_too(qtbot: QtBot) -> None:
    button = QPushButton("OK")
    qtbot.addWidget(button)
    button.resize(100, 32)
    assert button.grab().toImage().pixelColor(50, 4).name() == "#ffffff"
