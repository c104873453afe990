"""The installer's modules by their own names: its folder is no package, because it has to run before anything is installed."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).resolve().parents[2] / "packaging"


def load(name: str) -> ModuleType:
    """`bootstrap`, `install`, `progress`, `system_packages` or `lock`, as the installer itself sees it."""
    if str(FOLDER) not in sys.path:
        sys.path.append(str(FOLDER))
    return importlib.import_module(name)
