"""Where things live on this machine when nobody says otherwise (appdirs)."""

from __future__ import annotations

from pathlib import Path

APP_NAME = "desktop-broker"


def default_data_dir() -> Path:
    """The folder of the default embedded cluster."""
    return _folder("user_data_dir") / "cluster"


def settings_file() -> Path:
    """The window's own settings (INI)."""
    return _folder("user_config_dir") / "window.ini"


def log_dir() -> Path:
    """Where an engine that a window started writes its log."""
    return _folder("user_log_dir")


def _folder(kind: str) -> Path:
    import appdirs  # type: ignore[import-untyped]  # it has no types

    return Path(getattr(appdirs.AppDirs(APP_NAME, appauthor=False), kind))
