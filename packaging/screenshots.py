"""Pictures of every panel, of a real cluster at work: `python packaging/screenshots.py DIR [--seconds N] [--readme]`.

Starts an engine in a temporary folder and a small shop on it (`demo_load.py`), opens the window offscreen, stops a broker
and starts it again, and writes `<panel>-<light|dark|ko>.png` at 1440x900, some at 1100x700 too. With `--readme` the README's picture
is made anew. Ends by itself; every wait has a deadline.
"""

# ruff: noqa: E402 - the platform and the path to the package come before the imports that need them
from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop_broker.control.launch import EngineProcess, LaunchError, launch_engine
from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.controller import WindowController
from desktop_broker.gui.engine_keeper import EngineKeeper
from desktop_broker.gui.settings import WindowSettings
from desktop_broker.gui.shell.build import make_window
from desktop_broker.gui.shell.window import MainWindow

README_PICTURE = ROOT / "docs" / "screenshot.png"
LARGE, SMALL = (1440, 900), (1100, 700)
SMALL_PANELS = ("overview", "throughput", "topics", "messages")
OPENED_WITH: dict[str, dict[str, object]] = {
    "topics": {"topic": "orders"},
    "messages": {"topic": "orders"},
    "publish": {"topic": "orders"},
    "consumers": {"group": "analytics"},
}
_STARTED_S, _SETTLED_S, _PORTS = 60.0, 1.5, (9092, 19092, 29092, 39092)
_STOPPED_BEFORE_END_S, _BACK_BEFORE_END_S = 42.0, 27.0


def let_pass(seconds: float) -> None:
    """Let the window work for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def until(condition: Callable[[], bool], what: str, seconds: float = _STARTED_S) -> None:
    """Let the window work until something is the case; SystemExit when it is not in time."""
    clock = QElapsedTimer()
    clock.start()
    while not condition():
        if clock.elapsed() > seconds * 1000:
            raise SystemExit(f"{what} did not happen within {seconds:.0f} s.")
        let_pass(0.02)


@contextmanager
def engine_in(folder: Path) -> Iterator[EngineProcess]:
    """An engine on the usual ports when they are free, else on others."""
    engine = None
    for port in (*_PORTS, 0):
        try:
            engine = launch_engine(folder, brokers=3, port=port)
            break
        except LaunchError as error:
            if not port:
                raise SystemExit(f"No engine: {error}") from error
    assert engine is not None
    try:
        yield engine
    finally:
        engine.stop()


@contextmanager
def shop_on(bootstrap: str) -> Iterator[None]:
    """The demo load, in a process of its own, until the block ends."""
    command = [sys.executable, str(ROOT / "packaging" / "demo_load.py"), bootstrap]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            if process.stdout.readline().strip() != "READY":
                raise SystemExit("The demo load did not start; what it said is above.")
            yield
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def window_on(application: QApplication, data_dir: Path, settings: Path) -> Iterator[tuple[MainWindow, PanelContext]]:
    """The window over the engine of a folder, with its first view."""
    window_settings = WindowSettings(settings)
    window_settings.set("look/theme", "light")
    window_settings.set("look/language", "en")
    window_settings.set("window/panel", "overview")
    window_settings.set("throughput/span", "1")
    window = make_window(application, window_settings)
    controller = WindowController(window, window_settings, keeper=EngineKeeper(data_dir))
    opened: list[PanelContext] = []
    ended: list[bool] = []
    controller.opened.connect(opened.append)
    controller.ended.connect(lambda: ended.append(True))
    window.resize(*LARGE)
    window.show()
    controller.open()
    until(lambda: bool(opened) and opened[0].feeds.view is not None, "Opening the cluster")
    try:
        yield window, opened[0]
    finally:
        window.close()
        controller.close()
        until(lambda: bool(ended), "Closing the window")


def lose_a_broker_and_get_it_back(context: PanelContext, seconds: float) -> None:
    """Let the shop work for so long; near the end one broker is away for a while."""
    assert context.engine is not None
    done: list[object] = []
    let_pass(max(1.0, seconds - _STOPPED_BEFORE_END_S))
    context.engine.stop_broker(3, done=done.append)
    until(lambda: len(done) == 1, "Stopping a broker")
    let_pass(_STOPPED_BEFORE_END_S - _BACK_BEFORE_END_S)
    context.engine.start_broker(3, done=done.append)
    until(lambda: len(done) == 2, "Starting the broker")
    let_pass(_BACK_BEFORE_END_S)


def picture(window: QWidget, path: Path) -> None:
    """Write what the window shows, as small as PNG makes it without loss."""
    if not window.grab().toImage().save(str(path), "PNG", 0):  # type: ignore[call-overload]  # the stub wants bytes
        raise SystemExit(f"{path} cannot be written.")


def point_at_the_past(window: MainWindow) -> None:
    """The mouse over the upper plot of Throughput, a while back: the crosshair and its values are part of the picture."""
    panel = window.panel("throughput")
    if panel is None:
        return
    from desktop_broker.gui.widgets.plot_canvas import PlotCanvas

    canvas = panel.findChildren(PlotCanvas)[0]
    start, end = canvas.plot.shown_range_ms
    canvas.hovered.emit(round(start + (end - start) * 0.62))
    let_pass(0.1)


def show(window: MainWindow, panel: str) -> None:
    """A panel as a user would have it before them."""
    if OPENED_WITH.get(panel):
        window.navigate(panel, **OPENED_WITH[panel])
    else:
        window.show_panel(panel)
    let_pass(_SETTLED_S)
    if panel == "throughput":
        point_at_the_past(window)


def all_pictures(window: MainWindow, folder: Path, panels: Sequence[str]) -> None:
    """These panels, light, dark and Korean; some small."""
    for name, theme, language in (("light", "light", "en"), ("dark", "dark", "en"), ("ko", "light", "ko")):
        window.choices.set_theme(theme)
        window.choices.set_language(language)
        for panel in panels:
            show(window, panel)
            picture(window, folder / f"{panel}-{name}.png")
    window.choices.set_language("en")
    window.resize(*SMALL)
    for panel in SMALL_PANELS:
        if panel in panels:
            show(window, panel)
            picture(window, folder / f"{panel}-light-{SMALL[0]}x{SMALL[1]}.png")
    window.resize(*LARGE)


def readme_picture(window: MainWindow) -> None:
    window.choices.set_theme("light")
    window.choices.set_language("en")
    show(window, "overview")
    README_PICTURE.parent.mkdir(exist_ok=True)
    picture(window, README_PICTURE)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go; made when it is not there")
    parser.add_argument(
        "--seconds", type=float, default=90.0, help="how long the shop works before (default 90; 310 fills every plot)"
    )
    parser.add_argument("--panels", default="", metavar="ID,...", help="only these, such as overview,throughput")
    parser.add_argument("--readme", action="store_true", help=f"write {README_PICTURE.relative_to(ROOT)} too")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([sys.argv[0]])
    application.setQuitOnLastWindowClosed(False)
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="screenshots-")))
        engine = stack.enter_context(engine_in(work / "shop"))
        window, context = stack.enter_context(window_on(application, work / "shop", work / "window.ini"))
        stack.enter_context(shop_on(engine.bootstrap))
        lose_a_broker_and_get_it_back(context, options.seconds)
        all_pictures(window, options.folder, options.panels.split(",") if options.panels else window.panel_ids)
        if options.readme:
            readme_picture(window)
    return 0


if __name__ == "__main__":
    sys.exit(main())
