"""The fonts that the window brings along: Pretendard for everything, JetBrains Mono for what a machine reads."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFontDatabase

from desktop_broker.gui.theme.resources import resources_path


@cache
def load_fonts() -> tuple[str, ...]:
    """Make the fonts known to Qt, once per process; returns the families. Needs a QGuiApplication."""
    families: list[str] = []
    for path in sorted((resources_path() / "fonts").iterdir()):
        if path.suffix in (".otf", ".ttf"):
            families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    return tuple(dict.fromkeys(families))
