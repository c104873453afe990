"""What has to come from the operating system: the libraries that Qt loads, and Debian's own package of `venv`.

A library is looked for by loading it, so it counts wherever it came from. What is missing is installed where that needs no
question (root on a Debian or Ubuntu), and named in one line to run where it does.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import shutil
import sys
from pathlib import Path

# soname -> Debian package. Qt's wheels carry everything else that they load.
LIBRARIES = {
    "qt": {
        "libglib-2.0.so.0": "libglib2.0-0",
        "libEGL.so.1": "libegl1",
        "libGL.so.1": "libgl1",
        "libdbus-1.so.3": "libdbus-1-3",
        "libfontconfig.so.1": "libfontconfig1",
        "libxkbcommon.so.0": "libxkbcommon0",
        "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    },
    "x11": {
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    },
    "wayland": {
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
        "libwayland-egl.so.1": "libwayland-egl1",
    },
}
# Debian 13 and Ubuntu 24.04 renamed what has 64-bit times in its interface; elsewhere apt finds the old name, or both.
RENAMED = {"libglib2.0-0": "libglib2.0-0t64"}
RENAMED_SINCE = {"debian": (13,), "ubuntu": (24, 4)}


def missing_libraries(sets: list[str]) -> dict[str, str]:
    """soname -> Debian package, of those in `sets` that this system cannot load."""
    wanted = {soname: package for name in sets for soname, package in LIBRARIES[name].items()}
    return {soname: package for soname, package in wanted.items() if not loads(soname)}


def loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def has_venv() -> bool:
    """Debian ships Python without ensurepip, and `venv` without it makes an environment that nothing can be put into."""
    importlib.invalidate_caches()
    return all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))


def venv_package() -> str:
    """`python3-venv` belongs to the distribution's default Python; another one has a package with its version."""
    default = os.path.realpath("/usr/bin/python3") == os.path.realpath(base_python())
    return "python3-venv" if default else f"python3.{sys.version_info[1]}-venv"


def base_python() -> str:
    """The interpreter behind this one, in or out of an environment, by the name that only its own version has."""
    found = getattr(sys, "_base_executable", None) or sys.executable
    return found if os.name == "nt" else os.path.realpath(found)


def package_names(packages: list[str], release: dict[str, str]) -> list[str]:
    """`packages` by the names that the distribution described by `release` (see `os_release`) gives them."""
    since = RENAMED_SINCE.get(release.get("ID", ""))
    version = release.get("VERSION_ID")
    newer = since is not None and (version is None or tuple(int(part) for part in version.split(".")) >= since)
    return sorted({RENAMED.get(package, package) if newer else package for package in packages})


def os_release(path: str = "/etc/os-release") -> dict[str, str]:
    """The fields of os-release(5); empty where there is none. A release without VERSION_ID is one in the making."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {key: value.strip("\"'") for key, _, value in pairs}


def may_install() -> bool:
    """Whether packages can be installed here and now: Debian's tools, and root."""
    return shutil.which("apt-get") is not None and os.name == "posix" and os.geteuid() == 0


def install_commands(packages: list[str]) -> list[list[str]]:
    return [["apt-get", "update"], ["apt-get", "install", "--yes", "--no-install-recommends", *packages]]


def what_to_do(packages: list[str], sonames: list[str], without_venv: bool) -> str:
    """The sentence for a person who has to install these packages without us."""
    if shutil.which("apt-get"):
        names = " ".join(packages)
        if shutil.which("sudo"):
            line = "sudo apt-get update && sudo apt-get install --yes --no-install-recommends " + names
            return "Some system packages are missing. Run this line, then start again:\n\n    " + line + "\n"
        line = "apt-get update && apt-get install --yes --no-install-recommends " + names
        return "Some system packages are missing. Run this line as root, then start again:\n\n    " + line + "\n"
    parts = []
    if without_venv:
        parts.append(
            f"This Python ({sys.executable}) has no venv or no ensurepip module. "
            "Install your system's package with them, or another Python."
        )
    if sonames:
        parts.append(
            f"Qt needs system libraries that cannot be loaded here: {', '.join(sorted(sonames))}. "
            "Install the packages that carry them."
        )
    return "\n".join(parts) + "\nThen start again."
