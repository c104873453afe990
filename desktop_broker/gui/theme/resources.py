"""Where fonts, icons and translations lie: beside the package in a checkout, inside it in an installed build."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[2]


@cache
def resources_path() -> Path:
    """The folder of `fonts/`, `icons/` and `translations/`. Raises FileNotFoundError when the build left it out."""
    for candidate in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        if (candidate / "fonts").is_dir():
            return candidate
    raise FileNotFoundError(
        f"The fonts and icons are missing: neither {_PACKAGE / 'resources'} nor {_PACKAGE.parent / 'resources'} is there. "
        "Install Desktop Broker again."
    )
