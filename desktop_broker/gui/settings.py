"""What the window remembers between starts, in one INI file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings


class WindowSettings:
    """Language, theme, place of the window and of its tables. Lives on the Qt thread; Qt writes the file by itself.

    A value that cannot be read counts as never set: settings are a convenience, the window starts without them.
    """

    def __init__(self, path: Path) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def path(self) -> Path:
        return Path(self._store.fileName())

    def text(self, key: str, default: str = "") -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: float) -> float:
        try:
            return float(self.text(key, str(default)))
        except ValueError:
            return default

    def flag(self, key: str, default: bool) -> bool:
        return self.text(key, "true" if default else "false") == "true"

    def set(self, key: str, value: str | float | bool) -> None:
        self._store.setValue(key, str(value).lower() if isinstance(value, bool) else str(value))

    def geometry(self) -> QByteArray:
        value = self._store.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("window/geometry", geometry)

    def table(self, name: str) -> dict[str, Any]:
        """What a table remembers: `widths` by column, `hidden` columns, `sort` as (column, descending)."""
        return self.mapping(f"tables/{name}")

    def set_table(self, name: str, value: dict[str, Any]) -> None:
        self.set_mapping(f"tables/{name}", value)

    def mapping(self, key: str) -> dict[str, Any]:
        """A JSON object; an empty one when there is none."""
        try:
            value = json.loads(self.text(key, "{}"))
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    def set_mapping(self, key: str, value: dict[str, Any]) -> None:
        self._store.setValue(key, json.dumps(value, ensure_ascii=False))

    def sync(self) -> None:
        """Write now."""
        self._store.sync()
