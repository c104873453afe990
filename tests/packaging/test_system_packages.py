"""What the system lacks, and the sentence about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packaging.loading import load

system_packages = load("system_packages")


def test_a_library_that_is_there_is_not_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(system_packages.LIBRARIES, "qt", {"libc.so.6": "libc6", "libno-such-thing.so.9": "libnothing9"})
    assert system_packages.missing_libraries(["qt"]) == {"libno-such-thing.so.9": "libnothing9"}
    assert system_packages.missing_libraries([]) == {}


@pytest.mark.parametrize(
    ("release", "name"),
    [
        ({"ID": "debian", "VERSION_ID": "12"}, "libglib2.0-0"),
        ({"ID": "debian", "VERSION_ID": "13"}, "libglib2.0-0t64"),
        ({"ID": "debian"}, "libglib2.0-0t64"),
        ({"ID": "ubuntu", "VERSION_ID": "22.04"}, "libglib2.0-0"),
        ({"ID": "ubuntu", "VERSION_ID": "24.04"}, "libglib2.0-0t64"),
        ({"ID": "linuxmint", "VERSION_ID": "22"}, "libglib2.0-0"),
        ({}, "libglib2.0-0"),
    ],
)
def test_packages_by_the_names_of_the_release(release: dict[str, str], name: str) -> None:
    assert system_packages.package_names(["libglib2.0-0", "libegl1"], release) == ["libegl1", name]


def test_os_release_is_read_with_or_without_quotes(tmp_path: Path) -> None:
    file = tmp_path / "os-release"
    file.write_text('# a comment\nID=debian\nVERSION_ID="12"\n')
    assert system_packages.os_release(str(file)) == {"ID": "debian", "VERSION_ID": "12"}
    assert system_packages.os_release(str(tmp_path / "absent")) == {}


@pytest.mark.parametrize(
    ("programs", "line"),
    [
        (
            {"apt-get", "sudo"},
            "sudo apt-get update && sudo apt-get install --yes --no-install-recommends libegl1 python3-venv",
        ),
        ({"apt-get"}, "    apt-get update && apt-get install --yes --no-install-recommends libegl1 python3-venv"),
    ],
)
def test_a_user_of_debian_gets_one_line_to_run(programs: set[str], line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}" if name in programs else None)
    assert line in system_packages.what_to_do(["libegl1", "python3-venv"], ["libEGL.so.1"], without_venv=True)


def test_elsewhere_the_libraries_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages.shutil, "which", lambda _name: None)
    text = system_packages.what_to_do(["libegl1"], ["libEGL.so.1"], without_venv=True)
    assert "libEGL.so.1" in text
    assert "ensurepip" in text
    assert "apt" not in text
