"""The window's figures: time to its first paint in a fresh process, and how late a 16 ms timer is while a producer runs flat out.

Each window is a child: `python -m tests.bench.window paint|lateness ...`; the producer and the engine are processes of their own too.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.clusters import ROOT
from tests.bench.figures import run_client

_PAINT_AIM_S, _LATE_AIM_MS, _TICK_MS = 1.5, 33, 16
_OPENED_WITHIN_S = 60.0


def print_window_figures(short: bool) -> None:
    """Measure and print, a line per figure with its aim. Medians of the rounds."""
    paints = [_first_paint() for _ in range(2 if short else 6)][1:]  # the first one reads the files from the disk
    _print_line("window: first paint", "s", statistics.median(paints), _PAINT_AIM_S)
    for panel in ("overview", "throughput"):
        late = _lateness(panel, 500_000 if short else 3_000_000)
        _print_line(f"window: {_TICK_MS} ms timer late, p99, {panel}", "ms", late["p99"], _LATE_AIM_MS)
        print(
            f"{'':<46}{'':>7}{late['p50']:>17.2f}   p50; worst {late['worst']:,.0f} ms of {late['ticks']:,.0f} ticks",
            flush=True,
        )


def _print_line(name: str, unit: str, value: float, aim: float) -> None:
    print(f"{name:<46}{unit:>7}{value:>17.2f}   (<= {aim:g})", flush=True)


def _child(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bench.window", *words],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


def _first_paint() -> float:
    """Seconds from the start of the process to the first paint."""
    with tempfile.TemporaryDirectory(prefix="bench-window-") as folder:
        began = time.monotonic()
        child = _child("paint", folder)
        out, _ = child.communicate(timeout=120)
        if child.returncode or not out.strip():
            raise RuntimeError("The window did not paint; what it said is above.")
        return float(out.split()[0]) - began


def _lateness(panel: str, messages: int) -> dict[str, float]:
    """How late the timer was in ms: p50, p99, worst, and the number of ticks, over the time of one producer's run."""
    from desktop_broker.control.launch import launch_engine

    with tempfile.TemporaryDirectory(prefix="bench-window-") as folder:
        engine = launch_engine(Path(folder) / "data", brokers=3, port=0)
        try:
            run_client("create_topic", bootstrap=engine.bootstrap, topic="load", partitions=6, replication=1)
            child = _child("lateness", folder, panel)
            assert child.stdin is not None
            assert child.stdout is not None
            if child.stdout.readline().strip() != "READY":
                raise RuntimeError("The window did not open; what it said is above.")
            child.stdin.write("count\n")
            child.stdin.flush()
            run_client(
                "produce",
                bootstrap=engine.bootstrap,
                topic="load",
                size=100,
                count=messages,
                acks="1",
                warm=messages // 10,
            )
            out, _ = child.communicate("", timeout=120)  # the end of its standard input ends the counting
            return dict(json.loads(out))
        finally:
            engine.stop()


# ---- in the children ----------------------------------------------------------------------------------------------------
def _paint(folder: Path) -> int:
    """The program itself, with a look at its window's first paint; says when that was, by the machine's monotonic clock."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QMainWindow

    from desktop_broker import app
    from desktop_broker.gui.shell.window import MainWindow

    def painted(window: MainWindow, event: QPaintEvent) -> None:
        QMainWindow.paintEvent(window, event)
        if not said:
            said.append(True)
            QTimer.singleShot(
                0, window, lambda: (print(time.monotonic(), flush=True), window.close())
            )  # its children are painted by then

    said: list[bool] = []
    MainWindow.paintEvent = painted  # type: ignore[method-assign]  # to look at it from outside
    return app.main(["--data-dir", str(folder / "data"), "--port", "0", "--settings", str(folder / "window.ini")])


def _count_lateness(folder: Path, panel: str) -> int:
    """A window over the engine of a folder; counts from the first line of its standard input to its end."""
    from PySide6.QtCore import QSocketNotifier, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from desktop_broker.gui.controller import WindowController
    from desktop_broker.gui.engine_keeper import EngineKeeper
    from desktop_broker.gui.settings import WindowSettings
    from desktop_broker.gui.shell.build import make_window

    application = QApplication([sys.argv[0]])
    application.setQuitOnLastWindowClosed(False)
    settings = WindowSettings(folder / "window.ini")
    settings.set("window/panel", panel)
    window = make_window(application, settings)
    controller = WindowController(window, settings, keeper=EngineKeeper(folder / "data"))
    controller.opened.connect(lambda context: context.feeds.view_updated.connect(ready))
    controller.ended.connect(application.quit)
    QTimer.singleShot(round(_OPENED_WITHIN_S * 1000), window, lambda: None if told else application.exit(1))
    told: list[bool] = []
    late: list[float] = []
    ticks: list[float] = []

    def ready(_view: object) -> None:
        if not told:
            told.append(True)
            QTimer.singleShot(1500, window, lambda: print("READY", flush=True))  # the plots are built by then

    def tick() -> None:
        now = time.perf_counter()
        if ticks:
            late.append(max(0.0, (now - ticks[-1]) * 1000 - _TICK_MS))
        ticks.append(now)

    def heard() -> None:
        if os.read(0, 64):
            timer.start()
        else:
            timer.stop()
            notifier.setEnabled(False)
            controller.close()

    timer = QTimer(window)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(_TICK_MS)
    timer.timeout.connect(tick)
    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, window)
    notifier.activated.connect(heard)
    window.show()
    controller.open()
    code = application.exec()
    if code or not late:
        return code or 1
    ordered = sorted(late)
    print(
        json.dumps(
            {
                "p50": ordered[len(ordered) // 2],
                "p99": ordered[len(ordered) * 99 // 100],
                "worst": ordered[-1],
                "ticks": len(ordered),
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(_paint(Path(sys.argv[2])) if sys.argv[1] == "paint" else _count_lateness(Path(sys.argv[2]), sys.argv[3]))
