"""The installation behind `bootstrap.py`: system packages, `.venv/`, locked packages, the project itself, a stamp.

Only started when the stamp does not fit. The stamp is taken away first and written last; a marker stands while packages are
being laid down, so an installation that was cut off is seen and made from nothing. A lock keeps two of them apart.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import bootstrap
import system_packages
from progress import CancelledError, Progress, StepError, describe_apt, describe_pip

MARKER = os.path.join(bootstrap.VENV, "desktop-broker.installing")


def prepare(use: str, libraries: list[str]) -> int:
    """Install what `use` needs. Returns 0, or the exit code after having said what stands in the way."""
    if not os.access(bootstrap.ROOT, os.W_OK):
        bootstrap.say(
            f"{bootstrap.ROOT} cannot be written, and .venv/ is made there. Clone the project into a folder of your own."
        )
        return 1
    try:
        with one_at_a_time():
            if bootstrap.is_ready(use, libraries):  # somebody else has done it meanwhile
                return 0
            return install(use, libraries)
    except StepError as failure:
        bootstrap.say(
            f"{failure}\nNothing was started. Mend the cause (network, disk space), then give the same command again."
        )
        return 1
    except CancelledError:
        bootstrap.say("\nInterrupted. The same command starts the installation again.")
        return 130


def install(use: str, libraries: list[str]) -> int:
    began = time.monotonic()
    stamp = bootstrap.read_stamp()
    current = bootstrap.is_ready(use, [])  # then only the system lacks something
    fresh = not current and needs_fresh_venv(stamp)
    packages = system_packages_lacking(libraries, for_venv=fresh)
    if packages and not system_packages.may_install():
        return explain_lack(libraries, for_venv=fresh)

    progress = Progress(steps=bool(packages) + fresh + (0 if current else 2))
    if not current:
        bootstrap.say(
            f"Preparing {bootstrap.VENV} with Python {bootstrap.python_line()}. Later starts need none of this."
        )
        warn_of_newer_python()
    if packages:
        install_system_packages(progress, packages)
        if system_packages_lacking(libraries, for_venv=fresh):
            return explain_lack(libraries, for_venv=fresh)
    if not current:
        remove(bootstrap.STAMP)
        if fresh:
            make_venv(progress)
        with open(MARKER, "w", encoding="utf-8"):
            pass
        install_packages(progress, use)
    write_stamp(use, libraries, {} if fresh else stamp)
    remove(MARKER)
    if packages or not current:
        bootstrap.say(f"Ready after {time.monotonic() - began:.0f} s.")
    return 0


def system_packages_lacking(libraries: list[str], *, for_venv: bool) -> list[str]:
    """Debian packages that have to be there before anything else: of Qt's libraries and, to make a `.venv/`, of venv."""
    wanted = list(system_packages.missing_libraries(libraries).values())
    if for_venv and not system_packages.has_venv():
        wanted.append(system_packages.venv_package())
    return system_packages.package_names(wanted, system_packages.os_release())


def explain_lack(libraries: list[str], *, for_venv: bool) -> int:
    packages = system_packages_lacking(libraries, for_venv=for_venv)
    sonames = list(system_packages.missing_libraries(libraries))
    without_venv = for_venv and not system_packages.has_venv()
    bootstrap.say(system_packages.what_to_do(packages, sonames, without_venv))
    return 1


def needs_fresh_venv(stamp: dict[str, str]) -> bool:
    """Another Python, another place (scripts carry it), a half-laid environment: begin with nothing."""
    if not usable_venv() or os.path.exists(MARKER):
        return True
    made_for = (stamp.get("python", bootstrap.python_line()), stamp.get("root", bootstrap.ROOT))
    return made_for != (bootstrap.python_line(), bootstrap.ROOT)


def usable_venv() -> bool:
    """Whether `.venv/` has a Python of this version that runs and has pip."""
    probe = f"import sys, pip; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    if not os.path.exists(bootstrap.VENV_PYTHON):
        return False
    try:
        return (
            subprocess.run(
                [bootstrap.VENV_PYTHON, "-c", probe], env=clean_environment(), capture_output=True
            ).returncode
            == 0
        )
    except OSError:
        return False


def install_system_packages(progress: Progress, packages: list[str]) -> None:
    environment = {**clean_environment(), "DEBIAN_FRONTEND": "noninteractive"}
    with progress.step("System packages: " + " ".join(packages)) as step:
        for command in system_packages.install_commands(packages):
            step.run(command, environment, describe_apt)


def make_venv(progress: Progress) -> None:
    with progress.step("Virtual environment") as step:
        step.run([system_packages.base_python(), "-m", "venv", "--clear", bootstrap.VENV], clean_environment(), None)


def install_packages(progress: Progress, use: str) -> None:
    pip = [
        bootstrap.VENV_PYTHON,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        "install",
        "--progress-bar",
        "off",
    ]
    lock = os.path.join(bootstrap.HERE, "locks", bootstrap.LOCKS[use][-1])
    with progress.step("Packages of " + os.path.relpath(lock, bootstrap.ROOT)) as step:
        step.run(
            [*pip, "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", lock],
            clean_environment(),
            describe_pip,
        )
    with progress.step("Desktop Broker itself") as step:
        step.run([*pip, "--no-deps", "--no-build-isolation", "--editable", bootstrap.ROOT], clean_environment(), None)


def clean_environment() -> dict[str, str]:
    """The caller's, proxies and pip's settings included, without what would put packages somewhere else."""
    environment = dict(os.environ)
    for name in ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "__PYVENV_LAUNCHER__"):
        environment.pop(name, None)
    environment["PIP_USER"] = "0"
    return environment


def write_stamp(use: str, libraries: list[str], before: dict[str, str]) -> None:
    """Whole or not at all. What held before and still does, the other use and other libraries, is kept."""
    known = {"python": bootstrap.python_line(), "root": bootstrap.ROOT}
    for name in bootstrap.LOCKS:
        # test.txt holds all of run.txt: whoever can test can run.
        if name in (use, "run") or before.get(name) == bootstrap.fingerprint(name):
            known[name] = bootstrap.fingerprint(name)
    known["libraries"] = " ".join(sorted({*libraries, *before.get("libraries", "").split()}))
    part = bootstrap.STAMP + ".part"
    with open(part, "w", encoding="utf-8") as file:
        file.writelines(f"{key} {value}\n" for key, value in known.items())
    os.replace(part, bootstrap.STAMP)


def warn_of_newer_python() -> None:
    if sys.version_info[:2] > bootstrap.NEWEST_PYTHON:
        newest = bootstrap.version(bootstrap.NEWEST_PYTHON)
        bootstrap.say(
            f"Python {bootstrap.python_line()} is newer than the locked packages know. If it fails, try python{newest}."
        )


def remove(path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.remove(path)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold a lock on `install.py` itself: it is there before anything is, and the system lets go of it with the process."""
    with open(__file__, "rb+" if bootstrap.WINDOWS else "rb") as file:
        if not try_lock(file.fileno()):
            bootstrap.say("Another installation is under way in this folder: waiting for it.")
            while not try_lock(file.fileno()):
                time.sleep(0.2)
        yield


def try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 1 << 30, os.SEEK_SET)  # past the end: locked bytes could not be read
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
