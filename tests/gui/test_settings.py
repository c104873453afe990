from __future__ import annotations

from pathlib import Path

from desktop_broker.gui.settings import WindowSettings


def test_values_survive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "window.ini"
    first = WindowSettings(path)
    first.set("look/theme", "dark")
    first.set("look/utc", True)
    first.set("look/text_scale", 1.15)
    first.set_table("topics", {"widths": {"name": 210}, "sort": ["name", False]})
    first.sync()
    again = WindowSettings(path)
    assert again.text("look/theme") == "dark"
    assert again.flag("look/utc", False) is True
    assert again.number("look/text_scale", 1.0) == 1.15
    assert again.table("topics") == {"widths": {"name": 210}, "sort": ["name", False]}


def test_damaged_values_count_as_never_set(tmp_path: Path) -> None:
    path = tmp_path / "window.ini"
    path.write_text("[look]\ntext_scale=large\nutc=perhaps\n[tables]\ntopics=no json\n[window]\ngeometry=17\n", "utf-8")
    settings = WindowSettings(path)
    assert settings.number("look/text_scale", 1.0) == 1.0
    assert settings.flag("look/utc", False) is False
    assert settings.table("topics") == {}
    assert settings.geometry().isEmpty()
