"""`desktop-broker serve`: the engine in the foreground, until Ctrl-C, SIGTERM, a command on the control socket or the end of its window.

Standard output carries one line, `BOOTSTRAP=host:port,...`; progress and errors go to standard error. Standard input is never read.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from desktop_broker.broker.errors import EngineError
from desktop_broker.common.threads import start_thread

if TYPE_CHECKING:
    from desktop_broker.broker.engine import Engine

EXAMPLES = """examples:
  desktop-broker serve
  desktop-broker serve --brokers 1 --port 0 --ephemeral
  desktop-broker serve --data-dir ./cluster --set auto.create.topics.enable=false --set num.partitions=4
  desktop-broker serve --rack 1=Seoul --rack 2=Busan --rack 3=Daejeon
  desktop-broker serve --advertise dev.example.net:19092
"""

_SIGNALS = [signal.SIGINT, signal.SIGTERM]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `serve` takes."""
    parser.add_argument(
        "--brokers", type=int, metavar="N", help="number of brokers, 1 to 9, chosen once per folder (3)"
    )
    parser.add_argument(
        "--port", type=int, metavar="P", help="port of the first broker; the others count up (9092; 0: free ports)"
    )
    parser.add_argument(
        "--advertise",
        metavar="HOST:PORT",
        help="address clients are told for the first broker; ports count up (as listened)",
    )
    parser.add_argument("--data-dir", type=Path, metavar="D", help="data folder (your user data folder)")
    parser.add_argument("--ephemeral", action="store_true", help="keep nothing: a temporary folder, removed at the end")
    parser.add_argument("--rack", action="append", default=[], metavar="ID=NAME", help="rack of a broker (RACK1, ...)")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a broker config, Kafka's name")
    parser.add_argument("--parent-pipe", type=int, help=argparse.SUPPRESS)  # for windows: see control/launch.py


def run(options: argparse.Namespace) -> int:
    """Serve until told to end. Returns 0 after a clean stop, 1 with a sentence on standard error."""
    try:
        with _Stop() as stop:
            _serve(options, stop)
    except EngineError as error:
        _say(str(error))
        return 1
    except _StoppedEarlyError:
        return 0
    return 0


class _StoppedEarlyError(BaseException):
    """A signal came while the engine was starting. Like KeyboardInterrupt, it is nobody's to handle on the way."""


class _Stop:
    """The wish to end, from a signal, a client or the window's end. Owned by the main thread; `request` from any.

    A pipe, not an Event: a signal handler must not take a lock that the code it interrupts may hold.
    """

    def __enter__(self) -> _Stop:
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._writing, False)
        # The system may hand a signal to any thread, and only this wakes the main one then.
        signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, self._raise) for number in _SIGNALS}
        return self

    def __exit__(self, *exc: object) -> None:
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        # The pipe stays open: a control thread may still ask while the process ends.

    def request(self) -> None:
        """End; the first request counts."""
        with contextlib.suppress(OSError):
            os.write(self._writing, b"x")

    def ask_from_now_on(self) -> None:
        """The start is through: a signal no longer interrupts, it asks for the end. A second one ends the process at once."""
        for number in _SIGNALS:
            signal.signal(number, self._ask)

    def wait(self) -> None:
        """Until someone asks."""
        os.read(self._reading, 1)

    def _raise(self, number: int, frame: FrameType | None) -> None:
        raise _StoppedEarlyError

    def _ask(self, number: int, frame: FrameType | None) -> None:
        for each in _SIGNALS:
            signal.signal(each, signal.SIG_DFL)
        self.request()


def _serve(options: argparse.Namespace, stop: _Stop) -> None:
    # Imported here, so that a mistyped option is answered at once.
    from desktop_broker.broker.engine import Engine

    if options.parent_pipe is not None:
        _watch_parent(options.parent_pipe, stop)
    engine = Engine(
        options.data_dir,
        brokers=options.brokers,
        port=options.port,
        advertise=options.advertise,
        racks={int(broker): name for broker, name in _pairs("--rack", options.rack, "2=RACK2", number=True).items()},
        configs=_pairs("--set", options.set, "num.partitions=4"),
        ephemeral=options.ephemeral,
        on_progress=_say,
    )
    with engine:
        stop.ask_from_now_on()
        _serve_control(engine, stop)
    _say("Stopped.")


def _serve_control(engine: Engine, stop: _Stop) -> None:
    from desktop_broker.control.server import ControlServer

    control = ControlServer(engine, Path(engine.describe().data_dir), stop.request, os.getpid())
    control.start()
    try:
        _say("Ready. Ctrl-C stops it.")
        with contextlib.suppress(BrokenPipeError):
            print(f"BOOTSTRAP={engine.bootstrap_servers}", flush=True)  # noqa: T201 - the one line that scripts read
        stop.wait()
        _say("Stopping ...")
    finally:
        control.stop()


def _watch_parent(handle: int, stop: _Stop) -> None:
    """Ask for the end when the window's end of the pipe closes, which also a crash of the window does."""
    if sys.platform == "win32":
        import msvcrt

        handle = msvcrt.open_osfhandle(handle, os.O_RDONLY)

    def wait_for_end() -> None:
        with contextlib.suppress(OSError):
            while os.read(handle, 64):
                pass
        stop.request()

    start_thread("parent-pipe", wait_for_end, lambda thread, error: stop.request())


def _pairs(option: str, texts: list[str], example: str, *, number: bool = False) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        name = name.strip()
        if not equals or not name or (number and not (name.isascii() and name.isdigit())):
            raise EngineError(f"'{option} {text}' is not understood: write it like {option} {example}.")
        pairs[name] = value.strip()
    return pairs


_say_lock = threading.Lock()


def _say(line: str) -> None:
    """One line on standard error. Nobody may be reading it any more; that is no reason to end."""
    with _say_lock, contextlib.suppress(OSError, ValueError):
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - standard error is where progress belongs
