"""The rules of the codebase that a tool can check: imports go down, ruff, mypy strict, file sizes, mirrored tests, lock files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "desktop_broker"
LONGEST_FILE = 400
# Path -> why it is one concept although it is long.
LONG_FILES: dict[str, str] = {}
# A layer where fewer modules than this have a test file of their own name has drifted from its tests.
MIRRORED_SHARE = 0.1
# Layer -> where its tests are instead.
TESTED_AS_A_WHOLE = {"gui": "tests/gui drives the whole window, a file per task of its user"}
# Declared tables without behaviour, covered as a whole by the tests of what reads them.
DECLARED = ("protocol/messages", "protocol/records", "gui/i18n")


def python_files(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def run_module(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False)


def test_imports_go_down_only() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_finds_nothing() -> None:
    done = run_module("ruff", "check", "--output-format", "concise", ".")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.timeout(300)
def test_mypy_strict_finds_nothing() -> None:
    done = run_module("mypy")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.timeout(300)
def test_mypy_strict_finds_nothing_in_the_installer() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "bootstrap.py", "lock.py"],
        cwd=ROOT / "packaging",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_grows_past_one_concept() -> None:
    lines = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files(PACKAGE, ROOT / "packaging", ROOT / "tests")
    }
    too_long = {name: count for name, count in lines.items() if count > LONGEST_FILE and name not in LONG_FILES}
    assert not too_long, f"over {LONGEST_FILE} lines; split them, or list them in LONG_FILES with a reason: {too_long}"
    stale = {name for name in LONG_FILES if lines.get(name, 0) <= LONGEST_FILE}
    assert not stale, f"no longer long, take them out of LONG_FILES: {stale}"


@pytest.mark.parametrize(
    "layer", sorted({path.parent.name for path in PACKAGE.glob("*/__init__.py")} - set(TESTED_AS_A_WHOLE))
)
def test_tests_mirror_the_package(layer: str) -> None:
    modules = [path for path in python_files(PACKAGE / layer) if path.name != "__init__.py" and not is_declared(path)]
    without = [path for path in modules if not mirrored_test(path).exists()]
    names = "\n".join(path.relative_to(ROOT).as_posix() for path in without)
    mirrored = len(modules) - len(without)
    assert mirrored >= MIRRORED_SHARE * len(modules), (
        f"{mirrored} of {len(modules)} have a test file of their name, not:\n{names}"
    )


def is_declared(module: Path) -> bool:
    return module.relative_to(PACKAGE).as_posix().startswith(DECLARED)


def mirrored_test(module: Path) -> Path:
    relative = module.relative_to(PACKAGE)
    return ROOT / "tests" / relative.parent / f"test_{relative.name}"


@pytest.mark.parametrize("name", ["run.txt", "test.txt"])
def test_lock_files_name_no_machine_and_hash_everything(name: str) -> None:
    text = (ROOT / "packaging" / "locks" / name).read_text(encoding="utf-8")
    assert not re.findall(r"https?://|file:|--index-url|--find-links|--extra-index-url|--trusted-host|@", text)
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if entry.strip()]
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_who_can_test_can_run() -> None:
    """The installer relies on it: test.txt pins all of run.txt, at the same versions."""
    run, test = (
        pins((ROOT / "packaging" / "locks" / name).read_text(encoding="utf-8")) for name in ("run.txt", "test.txt")
    )
    assert run <= test


def pins(lock: str) -> set[str]:
    return {line.rstrip(" \\") for line in lock.splitlines() if line and not line.startswith((" ", "#"))}


def test_the_npm_lock_names_no_machine() -> None:
    lock = json.loads((ROOT / "tests" / "clients" / "node" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name
