"""The window's start and end: words of the command line, a display, Qt, the shell first, and only then the cluster.

Counterpart: `gui/controller.py` opens the cluster behind the window; `__main__.py` calls `main` when no command is named.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

NO_DISPLAY = 1


def main(words: Sequence[str]) -> int:
    """Open the window and stay until it is closed. Returns the exit code: 0, 1 without a display, 2 for words not understood."""
    options = _parse(words)
    problem = display_problem()
    if problem:
        print(problem, file=sys.stderr)  # noqa: T201 - the one place to say it
        return NO_DISPLAY
    return _run(options)


def display_problem() -> str:
    """Why no window can be opened, and what to do; empty when one can."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    if os.environ.get("WAYLAND_DISPLAY"):
        return ""
    display = os.environ.get("DISPLAY", "")
    instead = "'desktop-broker serve' runs the cluster without a window; QT_QPA_PLATFORM=offscreen counts as a display."
    if not display:
        return f"There is no display to open a window on (DISPLAY and WAYLAND_DISPLAY are not set). {instead}"
    number = display.removeprefix(":").partition(".")[0]
    if display.startswith(":") and number.isdigit() and not _x_server_answers(number):
        return f"No X server answers at DISPLAY={display}. {instead}"
    return ""


def _parse(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="desktop-broker",
        description="Open the window: start the cluster of a folder, or attach to the running one.",
    )
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="the cluster's folder (default: the user's data folder)"
    )
    parser.add_argument(
        "--brokers", type=_broker_count, metavar="N", help="brokers of a new cluster, 1 to 9 (default 3)"
    )
    parser.add_argument(
        "--port", type=_port, metavar="P", help="first broker's port of a new cluster (default 9092; 0: any free)"
    )
    parser.add_argument("--bootstrap-server", metavar="HOST:PORT", default="", help="look at this cluster instead")
    parser.add_argument(
        "--property",
        action="append",
        default=[],
        type=_property,
        metavar="NAME=VALUE",
        help="for it, by librdkafka's names",
    )
    parser.add_argument("--in-process", action="store_true", help="run the engine in the window's own process")
    parser.add_argument("--settings", type=Path, metavar="FILE", help="where the window remembers its size and choices")
    return parser.parse_args(words)


def _run(options: argparse.Namespace) -> int:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from desktop_broker.common.paths import default_data_dir, settings_file
    from desktop_broker.gui.controller import WindowController
    from desktop_broker.gui.engine_keeper import EngineKeeper
    from desktop_broker.gui.settings import WindowSettings
    from desktop_broker.gui.shell.build import make_window

    application = QApplication([sys.argv[0]])
    application.setApplicationName("desktop-broker")
    application.setApplicationDisplayName("Desktop Broker")
    application.setDesktopFileName("desktop-broker")
    application.setQuitOnLastWindowClosed(False)  # the engine stops first
    settings = WindowSettings(options.settings or settings_file())
    window = make_window(application, settings)
    data_dir = options.data_dir or default_data_dir()
    keeper = None
    if not options.bootstrap_server:
        keeper = EngineKeeper(data_dir, brokers=options.brokers, port=options.port, in_process=options.in_process)
    controller = WindowController(
        window, settings, keeper=keeper, bootstrap=options.bootstrap_server, properties=dict(options.property)
    )
    controller.ended.connect(application.quit)
    window.show()
    QTimer.singleShot(0, controller.open)  # the window is there first; nothing of the cluster is imported before
    with closing_on_signals(window.close):
        return application.exec()


@contextmanager
def closing_on_signals(close: Callable[[], object]) -> Iterator[None]:
    """Call `close` on the Qt thread at SIGINT and SIGTERM. Python's own handlers would run only when Python code next runs."""
    from PySide6.QtCore import QSocketNotifier

    reading, writing = socket.socketpair()
    reading.setblocking(False)
    writing.setblocking(False)
    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read)

    def heard() -> None:
        reading.recv(64)
        close()

    notifier.activated.connect(heard)
    former = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    wakeup = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in former.items():
            signal.signal(number, handler)
        notifier.setEnabled(False)
        reading.close()
        writing.close()


def _broker_count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 9:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of brokers: write 1 to 9.")
    return int(text)


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port: write 0 to 65535.")
    return int(text)


def _property(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a property: write NAME=VALUE, such as security.protocol=ssl."
        )
    return name, value


def _x_server_answers(number: str) -> bool:
    path = f"/tmp/.X11-unix/X{number}"
    for address in (f"\0{path}", path):
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(address)
            except OSError:
                continue
            return True
    return False
