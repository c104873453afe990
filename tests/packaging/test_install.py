"""The installation: what begins anew, what is left of the caller's environment, one at a time."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from tests.packaging.loading import load

bootstrap, install = load("bootstrap"), load("install")


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `.venv/` whose Python runs and has pip: this test's own, by a link."""
    monkeypatch.setattr(
        bootstrap, "VENV_PYTHON", os.path.join(os.path.dirname(os.path.abspath(sys.executable)), "python")
    )
    monkeypatch.setattr(install, "MARKER", str(tmp_path / "installing"))
    return tmp_path


def test_an_installation_that_was_cut_off_begins_with_nothing(venv: Path) -> None:
    assert not install.needs_fresh_venv({})
    Path(install.MARKER).touch()
    assert install.needs_fresh_venv({})


@pytest.mark.parametrize("stamp", [{"python": "3.9"}, {"root": "/elsewhere"}])
def test_another_python_or_place_begins_with_nothing(venv: Path, stamp: dict[str, str]) -> None:
    assert install.needs_fresh_venv(stamp)


def test_changed_locks_are_installed_over_what_is_there(venv: Path) -> None:
    assert not install.needs_fresh_venv({"python": bootstrap.python_line(), "root": bootstrap.ROOT, "run": "old"})


def test_an_environment_that_does_not_run_begins_with_nothing(venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = venv / "python"
    broken.write_text("not a program")
    broken.chmod(0o755)
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", str(broken))
    assert install.needs_fresh_venv({})


def test_pips_settings_stay_but_not_what_leads_packages_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_CERT", "/some/cert")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    for name in ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX"):
        monkeypatch.setenv(name, "/elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    environment = install.clean_environment()
    assert environment["PIP_CERT"] == "/some/cert"
    assert environment["HTTPS_PROXY"] == "http://127.0.0.1:1"
    assert environment["PIP_USER"] == "0"
    assert not {"PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX"} & set(environment)


def test_two_installations_wait_for_each_other(capfd: pytest.CaptureFixture[str]) -> None:
    entered, inside = threading.Event(), threading.Event()

    def second() -> None:
        entered.set()
        with install.one_at_a_time():
            inside.set()

    other = threading.Thread(target=second, name="second-installation")
    with install.one_at_a_time():
        other.start()
        assert entered.wait(10)
        assert not inside.wait(0.3), "it came in while the first was at work"
    other.join(10)
    assert inside.is_set()
    assert "waiting for it" in capfd.readouterr().err


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path / "absent"))
    assert install.prepare("run", []) == 1
    assert f"{tmp_path / 'absent'} cannot be written" in capfd.readouterr().err
