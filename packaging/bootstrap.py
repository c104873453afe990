"""Start Desktop Broker, or its tests, from a checkout: `python3 packaging/bootstrap.py run|test [words...]`.

Needs nothing but a Python. The first start makes `.venv/` in the project's folder and installs the locked versions into it
(`install.py`); every later start finds the stamp of that installation unchanged and replaces itself by the program. So this
file imports nothing but os and sys until something has to be installed: it costs some milliseconds, not the user's patience.

`run` hands its words to `desktop-broker` (without a display: to `desktop-broker serve`), `test` hands them to pytest.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # as in typing, whose import would cost more than all the rest
if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "desktop-broker.stamp")
OLDEST_PYTHON = (3, 11)
NEWEST_PYTHON = (3, 14)
WINDOWS = os.name == "nt"
BIN = os.path.join(VENV, "Scripts" if WINDOWS else "bin")
VENV_PYTHON = os.path.join(BIN, "python.exe" if WINDOWS else "python")
USAGE = """usage: python3 packaging/bootstrap.py run [words...]    starts Desktop Broker; the words go on to desktop-broker
       python3 packaging/bootstrap.py test [words...]   runs the tests; the words go on to pytest
"""

# The files that say what has to be installed for each of the two uses. A change in one of them installs anew.
LOCKS = {"run": ("run.txt",), "test": ("run.txt", "test.txt")}


def main(argv: list[str]) -> int:
    """Bring the environment up to date if need be, then become the program. Returns an exit code only if it cannot."""
    if len(argv) < 2 or argv[1] not in LOCKS:
        wanted_help = len(argv) > 1 and argv[1] in ("-h", "--help")
        (sys.stdout if wanted_help else sys.stderr).write(USAGE)
        return 0 if wanted_help else 2
    if sys.version_info[:2] < OLDEST_PYTHON:
        return become_newer_python(argv)
    use, words = argv[1], argv[2:]
    if use == "run" and opens_window(words) and not has_display(os.environ, sys.platform):
        say("No display was found (DISPLAY, WAYLAND_DISPLAY): starting `desktop-broker serve`, without a window.")
        words = ["serve", *words]
    libraries = libraries_needed(use, words, os.environ, sys.platform)
    if not is_ready(use, libraries):
        sys.path.insert(0, HERE)
        import install

        code = install.prepare(use, libraries)
        if code != 0:
            return code
    return start(use, words)


def opens_window(words: list[str]) -> bool:
    """Whether `desktop-broker WORDS` is the window: a first word that is no option names a command, which is not."""
    if any(word in ("-h", "--help", "--version") for word in words):
        return False
    return not words or words[0].startswith("-")


def has_display(environ: Mapping[str, str], platform: str) -> bool:
    """A chosen Qt platform counts as a display, `offscreen` too: whoever set it wants a window there."""
    if not platform.startswith("linux"):
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def libraries_needed(use: str, words: list[str], environ: Mapping[str, str], platform: str) -> list[str]:
    """Which sets of the system's libraries (see system_packages.py) this start needs: of `qt`, `x11` and `wayland`."""
    if not platform.startswith("linux") or (use == "run" and not opens_window(words)):
        return []
    if use == "test":
        return ["qt"]
    chosen = environ.get("QT_QPA_PLATFORM", "").replace(":", ";").split(";")[0]
    if chosen == "xcb" or (not chosen and not environ.get("WAYLAND_DISPLAY")):
        return ["qt", "x11"]
    if chosen.startswith("wayland") or not chosen:
        return ["qt", "wayland"]
    return ["qt"]


def fingerprint(use: str) -> str:
    """One line that changes with everything that decides what is installed for `use`."""
    from hashlib import sha256

    digest = sha256()
    for path in (os.path.join(ROOT, "pyproject.toml"), *(os.path.join(HERE, "locks", name) for name in LOCKS[use])):
        with open(path, "rb") as file:
            content = file.read().replace(b"\r\n", b"\n")  # git may have checked it out with either line end
        digest.update(b"%d:" % len(content) + content)
    return digest.hexdigest()


def version(parts: tuple[int, ...]) -> str:
    return f"{parts[0]}.{parts[1]}"


def python_line() -> str:
    return version(sys.version_info[:2])


def read_stamp() -> dict[str, str]:
    """What the last complete installation wrote; empty where there is none."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            return dict(line.rstrip("\n").partition(" ")[::2] for line in file)
    except (OSError, ValueError):
        return {}


def is_ready(use: str, libraries: list[str]) -> bool:
    """Whether the installation of `use` is complete, of today's locks, in this place and for this Python."""
    stamp = read_stamp()
    return (
        stamp.get("python") == python_line()
        and stamp.get("root") == ROOT
        and stamp.get(use) == fingerprint(use)
        and set(libraries) <= set(stamp.get("libraries", "").split())
        and os.path.exists(VENV_PYTHON)  # a link: gone with the Python that it was made from
    )


def start(use: str, words: list[str]) -> int:
    """Replace this process by the program (on Windows, which cannot: run it and hand on its exit code)."""
    environ = dict(os.environ)
    for name in (
        "PYTHONHOME",
        "PYTHONPATH",
        "__PYVENV_LAUNCHER__",
    ):  # they would mix other packages into the locked ones
        environ.pop(name, None)
    if use == "test":
        os.chdir(ROOT)
        environ["QT_QPA_PLATFORM"] = environ.get("DESKTOP_BROKER_TEST_PLATFORM", "offscreen")
        command = [VENV_PYTHON, "-m", "pytest", *words]
    elif WINDOWS:
        command = [os.path.join(BIN, "desktop-broker.exe"), *words]
    else:
        command = [VENV_PYTHON, os.path.join(BIN, "desktop-broker"), *words]
    sys.stdout.flush()
    sys.stderr.flush()
    if not WINDOWS:
        os.execve(command[0], command, environ)
    import signal
    import subprocess

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the program too, and it decides
    return subprocess.call(command, env=environ)


def become_newer_python(argv: list[str]) -> int:
    """Go on with the newest supported Python on PATH; where there is none, say what to do."""
    import shutil
    import subprocess

    for minor in range(NEWEST_PYTHON[1], OLDEST_PYTHON[1] - 1, -1):
        path = shutil.which(f"python3.{minor}")
        if path is None:
            continue
        # A version manager may put a name on PATH without a Python behind it.
        probe = [path, "-c", f"import sys; sys.exit(sys.version_info[:2] != (3, {minor}))"]
        if subprocess.call(probe, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
            command = [path, os.path.abspath(argv[0]), *argv[1:]]
            if WINDOWS:
                return subprocess.call(command)
            os.execv(path, command)
    oldest = version(OLDEST_PYTHON)
    say(
        f"Desktop Broker needs Python {oldest} or later. This is Python {python_line()} ({sys.executable}), "
        "and no newer python3.x is on PATH.\n"
        f"Install one, then start this command with it: python{oldest} packaging/bootstrap.py {argv[1]}"
    )
    return 1


def say(text: str) -> None:
    """To the error stream: what `desktop-broker --json` prints stays alone on the output."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv))
