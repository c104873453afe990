"""The window from its start to its end: with a cluster, without one, with an engine that dies, and at signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_broker import app
from desktop_broker.control.client import EngineClient
from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.controller import WindowController
from desktop_broker.gui.engine_keeper import EngineKeeper
from desktop_broker.gui.panels.base import Panel
from desktop_broker.gui.settings import WindowSettings
from desktop_broker.gui.shell.choices import Choices
from desktop_broker.gui.shell.panel_spec import PanelSpec
from desktop_broker.gui.shell.window import MainWindow
from tests.support.cluster import bootstrap
from tests.support.window import WindowKit

__all__ = ["bootstrap"]

pytestmark = pytest.mark.keeps_threads("the cluster of the module serves connections")

START_MS = 60_000
Make = Callable[..., WindowController]


@pytest.fixture
def window(window_kit: WindowKit, settings: WindowSettings) -> Iterator[MainWindow]:
    """The shell around one empty panel."""
    spec = PanelSpec(id="overview", title=lambda: "Overview", icon="layers", section="main", factory=Panel)
    made = MainWindow((spec,), settings, Choices(settings, window_kit.theme, window_kit.languages))
    made.show()
    yield made
    made.deleteLater()


@pytest.fixture
def control(window: MainWindow, settings: WindowSettings, qtbot: QtBot) -> Iterator[Make]:
    """Makes the controller of the window; at the end the window is closed and everything has to end."""
    made: list[WindowController] = []
    ended: list[bool] = []

    def make(**arguments: object) -> WindowController:
        made.append(WindowController(window, settings, **arguments))  # type: ignore[arg-type]  # passed on by name
        made[-1].ended.connect(lambda: ended.append(True))
        return made[-1]

    yield make
    window.close()
    qtbot.waitUntil(lambda: len(ended) == len(made), timeout=START_MS)


def opened(controller: WindowController, qtbot: QtBot) -> PanelContext:
    with qtbot.waitSignal(controller.opened, timeout=START_MS) as told:
        controller.open()
    assert told.args is not None
    context = told.args[0]
    assert isinstance(context, PanelContext)
    return context


def test_an_external_cluster_is_shown(control: Make, window: MainWindow, bootstrap: str, qtbot: QtBot) -> None:
    context = opened(control(bootstrap=bootstrap), qtbot)
    assert window.context is context
    assert not context.session.embedded
    assert context.engine is None
    with qtbot.waitSignal(context.feeds.view_updated, timeout=START_MS):
        pass


def test_a_cluster_that_is_not_there_is_explained_and_can_be_tried_again(
    control: Make, window: MainWindow, qtbot: QtBot
) -> None:
    import socket

    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
        controller = control(bootstrap=f"127.0.0.1:{port}")
        controller.open()
        said = f"No broker could be reached at 127.0.0.1:{port}"
        qtbot.waitUntil(lambda: said in window.start_page.text, timeout=START_MS)
        window.retry_requested.emit()
        qtbot.waitUntil(lambda: said in window.start_page.text, timeout=START_MS)
        assert window.context is None


def test_an_engine_is_started_restarted_when_killed_and_ended(
    control: Make, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    context = opened(control(keeper=EngineKeeper(tmp_path / "data", brokers=1, port=0)), qtbot)
    assert context.session.embedded
    assert context.engine is not None
    with EngineClient.connect(tmp_path / "data") as client:
        first = client.describe().pid
    qtbot.waitUntil(lambda: context.feeds.view is not None, timeout=START_MS)
    with qtbot.waitSignals([context.feeds.engine_lost, context.feeds.engine_back], timeout=START_MS, order="strict"):
        os.kill(first, signal.SIGKILL)
    with EngineClient.connect(tmp_path / "data") as client:
        second = client.describe().pid
    assert second != first
    assert window.context is context  # the panels stayed as they were
    window.close()
    qtbot.waitUntil(lambda: not _lives(second), timeout=START_MS)


def test_brokers_are_stopped_and_started(control: Make, tmp_path: Path, qtbot: QtBot) -> None:
    context = opened(control(keeper=EngineKeeper(tmp_path / "data", brokers=2, port=0)), qtbot)
    assert context.engine is not None

    def states() -> list[str]:
        return [broker.state for broker in context.feeds.view.brokers] if context.feeds.view else []

    qtbot.waitUntil(lambda: states() == ["running", "running"], timeout=START_MS)
    context.engine.stop_broker(2)
    qtbot.waitUntil(lambda: states() == ["running", "stopped"], timeout=START_MS)
    context.engine.start_broker(2)
    qtbot.waitUntil(lambda: states() == ["running", "running"], timeout=START_MS)
    assert context.feeds.events


def test_an_engine_in_this_process_goes_the_same_way(control: Make, tmp_path: Path, qtbot: QtBot) -> None:
    keeper = EngineKeeper(tmp_path / "data", brokers=1, port=0, in_process=True)
    context = opened(control(keeper=keeper), qtbot)
    with qtbot.waitSignal(context.feeds.view_updated, timeout=START_MS):
        pass


def test_a_running_engine_is_attached_to_and_goes_on(
    control: Make, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    from desktop_broker.control.launch import launch_engine

    with_engine = launch_engine(tmp_path / "data", brokers=1, port=0)
    try:
        controller = control(keeper=EngineKeeper(tmp_path / "data"))
        opened(controller, qtbot)
        with qtbot.waitSignal(controller.ended, timeout=START_MS):
            window.close()
        assert with_engine.running
    finally:
        with_engine.stop()


def test_a_folder_that_cannot_be_used_is_explained(
    control: Make, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "data").write_text("a file is in the way")
    control(keeper=EngineKeeper(tmp_path / "data", brokers=1, port=0)).open()
    qtbot.waitUntil(lambda: str(tmp_path / "data") in window.start_page.text, timeout=START_MS)


def start(*words: str, **variables: str) -> subprocess.Popen[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.Popen(
        [sys.executable, "-m", "desktop_broker", *words],
        env={**environment, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
@pytest.mark.parametrize("variables", [{}, {"DISPLAY": ":987"}])
def test_without_a_display_a_sentence_and_an_exit_code(variables: dict[str, str]) -> None:
    process = start(**variables)
    _, said = process.communicate(timeout=60)
    assert process.returncode == app.NO_DISPLAY
    assert "desktop-broker serve" in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window(tmp_path: Path, number: signal.Signals, qtbot: QtBot) -> None:
    settings = tmp_path / "window.ini"
    process = start("--bootstrap-server", "127.0.0.1:9", "--settings", str(settings), QT_QPA_PLATFORM="offscreen")
    # The window writes its settings when it is closed: a signal that comes too early would end Python before Qt listens.
    while process.poll() is None and not settings.exists():
        qtbot.wait(50)
        if _listens(process.pid):
            process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, "")
    assert settings.exists()


@pytest.mark.parametrize(
    "words", [["--brokers", "10"], ["--property", "x", "--bootstrap-server", "h:1"], ["--colour", "red"]]
)
def test_words_that_are_not_understood(words: list[str]) -> None:
    process = start(*words, QT_QPA_PLATFORM="offscreen")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "error:" in said


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _listens(pid: int) -> bool:
    """Whether the process handles SIGTERM by now (bit 14 of SigCgt)."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return True
    caught = next(line for line in status.read_text().splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)
