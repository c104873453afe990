from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop_broker.gui.settings import WindowSettings
from desktop_broker.gui.shell.choices import Choices
from desktop_broker.gui.shell.panels import window_panels
from tests.support.window import WindowKit


def test_panels_have_their_order_sections_and_titles(
    qtbot: QtBot, window_kit: WindowKit, settings: WindowSettings
) -> None:
    specs = window_panels(Choices(settings, window_kit.theme, window_kit.languages))
    assert [spec.id for spec in specs] == [
        "overview",
        "topics",
        "messages",
        "publish",
        "consumers",
        "throughput",
        "settings",
    ]
    assert [spec.section for spec in specs] == ["main"] * 5 + ["watch", "foot"]
    assert specs[1].title() == "Topics"
    window_kit.languages.set_language("ko")
    assert specs[1].title() == "토픽"
