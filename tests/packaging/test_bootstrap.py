"""What `bootstrap.py run|test` decides before it starts anything."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.loading import FOLDER, load

bootstrap = load("bootstrap")


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["--data-dir", "/tmp/x"], True),
        (["serve"], False),
        (["topics", "--json"], False),
        (["--version"], False),
        (["--help"], False),
        (["serve", "--help"], False),
    ],
)
def test_a_command_needs_no_window(words: list[str], window: bool) -> None:
    assert bootstrap.opens_window(words) is window


@pytest.mark.parametrize(
    ("environ", "platform", "display"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_what_counts_as_a_display(environ: dict[str, str], platform: str, display: bool) -> None:
    assert bootstrap.has_display(environ, platform) is display


@pytest.mark.parametrize(
    ("use", "words", "environ", "platform", "sets"),
    [
        ("run", ["serve"], {"DISPLAY": ":0"}, "linux", []),
        ("run", [], {"DISPLAY": ":0"}, "linux", ["qt", "x11"]),
        ("run", [], {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux", ["qt", "wayland"]),
        ("run", [], {"WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "xcb"}, "linux", ["qt", "x11"]),
        ("run", [], {"QT_QPA_PLATFORM": "wayland;xcb"}, "linux", ["qt", "wayland"]),
        ("run", [], {"QT_QPA_PLATFORM": "offscreen:fontengine=freetype"}, "linux", ["qt"]),
        ("run", [], {}, "darwin", []),
        ("test", ["tests/storage"], {}, "linux", ["qt"]),
        ("test", [], {}, "win32", []),
    ],
)
def test_which_system_libraries_a_start_needs(
    use: str, words: list[str], environ: dict[str, str], platform: str, sets: list[str]
) -> None:
    assert bootstrap.libraries_needed(use, words, environ, platform) == sets


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that decide what is installed, and an environment that looks complete."""
    locks = tmp_path / "packaging" / "locks"
    locks.mkdir(parents=True)
    (locks / "run.txt").write_text("a==1\n")
    (locks / "test.txt").write_text("a==1\nb==2\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    binaries = tmp_path / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to(sys.executable)
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path))
    monkeypatch.setattr(bootstrap, "HERE", str(tmp_path / "packaging"))
    monkeypatch.setattr(bootstrap, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(bootstrap, "STAMP", str(tmp_path / ".venv" / "desktop-broker.stamp"))
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", str(binaries / "python"))
    return tmp_path


def test_no_stamp_is_not_ready(checkout: Path) -> None:
    assert not bootstrap.is_ready("run", [])


def test_a_stamp_serves_until_what_it_stands_for_changes(checkout: Path) -> None:
    install = load("install")
    install.write_stamp("test", ["qt"], {})
    assert bootstrap.is_ready("test", ["qt"])
    assert bootstrap.is_ready("run", []), "test.txt holds all of run.txt"
    assert not bootstrap.is_ready("run", ["qt", "x11"])

    (checkout / "packaging" / "locks" / "test.txt").write_text("a==1\nb==3\n")
    assert not bootstrap.is_ready("test", ["qt"])
    assert bootstrap.is_ready("run", ["qt"])

    (checkout / "pyproject.toml").write_text("[project]\nversion = '2'\n")
    assert not bootstrap.is_ready("run", ["qt"])


def test_installing_to_run_keeps_what_tests_still_have(checkout: Path) -> None:
    install = load("install")
    install.write_stamp("test", ["qt"], {})
    install.write_stamp("run", ["x11"], bootstrap.read_stamp())
    assert bootstrap.is_ready("test", ["qt"])
    assert bootstrap.is_ready("run", ["qt", "x11"])


def test_line_ends_of_a_checkout_do_not_matter(checkout: Path) -> None:
    before = bootstrap.fingerprint("test")
    (checkout / "pyproject.toml").write_bytes(b"[project]\r\n")
    assert bootstrap.fingerprint("test") == before


@pytest.mark.parametrize("line", ["python 3.9", "root /elsewhere"])
def test_another_python_or_another_place_installs_anew(checkout: Path, line: str) -> None:
    install = load("install")
    install.write_stamp("run", [], {})
    stamp = checkout / ".venv" / "desktop-broker.stamp"
    kept = [old for old in stamp.read_text().splitlines() if not old.startswith(line.split()[0])]
    stamp.write_text("\n".join([*kept, line]) + "\n")
    assert not bootstrap.is_ready("run", [])


def test_an_environment_whose_python_is_gone_is_not_ready(checkout: Path) -> None:
    install = load("install")
    install.write_stamp("run", [], {})
    link = checkout / ".venv" / "bin" / "python"
    link.unlink()
    link.symlink_to(checkout / "gone")
    assert not bootstrap.is_ready("run", [])


def test_a_damaged_stamp_counts_as_none(checkout: Path) -> None:
    (checkout / ".venv" / "desktop-broker.stamp").write_bytes(b"\xff\xfe\x00garbage")
    assert bootstrap.read_stamp() == {}


@pytest.mark.parametrize("name", ["bootstrap.py", "install.py", "progress.py", "system_packages.py"])
def test_an_old_python_can_read_it_well_enough_to_refuse(name: str) -> None:
    ast.parse((FOLDER / name).read_text(encoding="utf-8"), feature_version=(3, 9))


def test_a_ready_start_imports_next_to_nothing() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); before = set(sys.modules); import bootstrap;"
        "bootstrap.is_ready('run', []); print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code, str(FOLDER)], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"bootstrap", "hashlib", "_hashlib", "_blake2", "__future__", "collections.abc"}


@pytest.mark.parametrize("words", [[], ["dance"]])
def test_without_run_or_test_it_says_how_it_is_used(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, str(FOLDER / "bootstrap.py"), *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    assert done.returncode == 2
    assert "bootstrap.py run [words...]" in done.stderr
