"""Steps with a sign of life."""

from __future__ import annotations

import os
import sys

import pytest

from tests.packaging.loading import load

progress = load("progress")


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (
            "  Downloading pyside6_essentials-6.11.3-cp310-abi3-manylinux_2_34_x86_64.whl (80.3 MB)",
            "downloading pyside6_essentials 6.11.3 (80.3 MB)",
        ),
        (
            "  Using cached numpy-2.4.6-cp311-cp311-manylinux_2_27_x86_64.whl (16.9 MB)",
            "numpy 2.4.6 was downloaded before",
        ),
        ("Installing collected packages: a, b, c", "installing 3 packages"),
        ("Collecting appdirs==1.4.4 (from -r packaging/locks/run.txt (line 1))", None),
    ],
)
def test_what_is_shown_of_pip(line: str, shown: str | None) -> None:
    assert progress.describe_pip(line) == shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Get:3 http://mirror bookworm/main amd64 libegl1 amd64 1.6.0-1 [33.7 kB]", "downloading libegl1"),
        ("Setting up libegl1:amd64 (1.6.0-1) ...", "setting up libegl1:amd64"),
        ("Reading package lists...", None),
    ],
)
def test_what_is_shown_of_apt(line: str, shown: str | None) -> None:
    assert progress.describe_apt(line) == shown


def test_a_step_shows_its_title_what_it_does_and_how_long_it_took(capfd: pytest.CaptureFixture[str]) -> None:
    with progress.Progress(steps=2).step("Count") as step:
        step.run(
            [sys.executable, "-c", "print('one'); print('two')"], dict(os.environ), lambda line: f"saw {line.strip()}"
        )
    lines = capfd.readouterr().err.splitlines()
    assert lines[:3] == ["[1/2] Count", "      saw one", "      saw two"]
    assert lines[3].startswith("      done in ")


def test_a_silent_command_shows_that_it_lives(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "SILENCE_SECONDS", 0.0)
    monkeypatch.setattr(progress, "TICK_SECONDS", 0.01)
    code = "import select; select.select([], [], [], 0.3)"
    with progress.Progress(steps=1).step("Wait") as step:
        step.run([sys.executable, "-c", code], dict(os.environ), None)
    assert "      working ... 0 s" in capfd.readouterr().err


def test_a_command_that_fails_is_quoted(capfd: pytest.CaptureFixture[str]) -> None:
    code = "import sys; print('no space left'); sys.exit(3)"
    failing = pytest.raises(progress.StepError, match=r"no space left\n.*ended with code 3")
    with failing, progress.Progress(steps=1).step("Fail") as step:
        step.run([sys.executable, "-c", code], dict(os.environ), None)


def test_a_command_that_is_not_there_is_named() -> None:
    with pytest.raises(progress.StepError, match="cannot be started"), progress.Progress(steps=1).step("Fail") as step:
        step.run(["/no/such/program"], {}, None)
