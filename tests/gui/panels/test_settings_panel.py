from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_broker.gui.panels.settings import SettingsPanel
from desktop_broker.gui.settings import WindowSettings
from desktop_broker.gui.shell.choices import Choices
from desktop_broker.gui.widgets import CodeBlock, IconButton, PageHeader, Segmented
from tests.support.gui import assert_accessible, assert_no_cut_text, find
from tests.support.window import StillFeeds, WindowKit, still_context

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot: QtBot, window_kit: WindowKit, settings: WindowSettings, tmp_path: Path) -> SettingsPanel:
    choices = Choices(settings, window_kit.theme, window_kit.languages)
    context = still_context(settings, StillFeeds(), data_dir=tmp_path / "cluster")
    made = SettingsPanel(context, choices)
    choices.setParent(made)
    qtbot.addWidget(made)
    made.resize(1000, 800)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_theme_is_switched_and_remembered(
    panel: SettingsPanel, qtbot: QtBot, window_kit: WindowKit, settings: WindowSettings
) -> None:
    qtbot.mouseClick(find(panel, Segmented, "Theme").segment("dark"), LEFT)
    assert window_kit.theme.dark
    assert settings.text("look/theme") == "dark"


def test_language_is_switched_and_the_panel_speaks_it(
    panel: SettingsPanel, qtbot: QtBot, settings: WindowSettings
) -> None:
    qtbot.mouseClick(find(panel, Segmented, "Language").segment("ko"), LEFT)
    QApplication.processEvents()
    header = panel.findChild(PageHeader)
    assert header is not None
    assert header.title == "설정"
    assert settings.text("look/language") == "ko"
    assert_no_cut_text(panel)


def test_text_size_and_zone(
    panel: SettingsPanel, qtbot: QtBot, window_kit: WindowKit, settings: WindowSettings
) -> None:
    qtbot.mouseClick(find(panel, Segmented, "Text size").segment("1.3"), LEFT)
    assert window_kit.theme.scale == 1.3
    qtbot.mouseClick(find(panel, Segmented, "Time zone").segment("local"), LEFT)
    assert settings.flag("look/utc", True) is False
    assert settings.number("look/text_scale", 1.0) == 1.3


def test_the_data_folder_can_be_copied(panel: SettingsPanel, qtbot: QtBot, tmp_path: Path) -> None:
    qtbot.mouseClick(find(panel, IconButton, "Copy the path of the data folder"), LEFT)
    assert QApplication.clipboard().text() == str(tmp_path / "cluster")
    assert {block.text for block in panel.findChildren(CodeBlock)} == {
        str(tmp_path / "cluster"),
        str(panel.context.settings.path),
    }


def test_the_panel_is_readable_and_reachable(panel: SettingsPanel) -> None:
    assert_no_cut_text(panel)
    assert_accessible(panel)
