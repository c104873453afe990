"""Where things live on this machine when nobody says otherwise (appdirs)."""

from __future__ import annotations

from pathlib import Path

APP_NAME = "desktop-broker"


def default_data_dir() -> Path:
    """The folder of the default embedded cluster."""
    return Path(_appdirs().user_data_dir) / "cluster"


def settings_file() -> Path:
    """The window's own settings (INI)."""
    return Path(_appdirs().user_config_dir) / "window.ini"


def log_dir() -> Path:
    """Where an engine that a window started writes its log."""
    return Path(_appdirs().user_log_dir)


def _appdirs():  # type: ignore[no-untyped-def]  # appdirs has no types
    from appdirs import AppDirs

    return AppDirs(APP_NAME, appauthor=False)
