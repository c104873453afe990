"""Named threads whose crash is never silent."""

from __future__ import annotations

import threading
from collections.abc import Callable

CrashHandler = Callable[[str, BaseException], None]


def start_thread(name: str, target: Callable[[], None], on_crash: CrashHandler) -> threading.Thread:
    """Start a thread that reports an uncaught exception as `on_crash(name, error)` instead of printing it.

    The thread is a daemon only so that a hang at exit stays visible as a leaked thread, not as a process that never ends:
    whoever starts it still tells it to end and joins it.
    """

    def run() -> None:
        try:
            target()
        except BaseException as error:  # noqa: BLE001 - the last frame of the thread: everything is reported
            on_crash(name, error)

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    return thread
