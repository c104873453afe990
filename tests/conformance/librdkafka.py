"""librdkafka's own tests against a cluster: its sources come in an npm package, and are built once per machine.

One process per test, so that a test that ends its process spoils no other.
"""

from __future__ import annotations

import os
import re
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.support import tools

PACKAGE = "@confluentinc/kafka-javascript"
VERSION = "1.10.1"
SOURCES = "package/deps/librdkafka"
SMOKE = ("0001", "0002", "0005", "0008", "0011", "0012", "0013", "0017", "0022", "0029", "0030", "0031", "0073", "0085")
"""Producing, consuming, codecs, offsets, timestamps, topics that do not exist, headers."""
KAFKA_VERSION = "4.0.0"  # what the tests are to believe the brokers are
TEST_SECONDS = 300
BUILD_SECONDS = 1800
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How one test went. `reason`: the first failure it told, or how it ended."""

    number: str
    passed: bool
    reason: str


def built() -> Path:
    """The folder of a built librdkafka with its tests, made where this is the first time (some minutes).

    Raises:
        tools.ToolMissingError: npm or a compiler is missing, the package cannot be fetched, or it does not build.
    """
    folder = tools.cache_folder() / f"librdkafka-{VERSION}"
    with tools.only_one_process("librdkafka"):
        if not (folder / "complete").exists():
            _unpack(folder)
            _build(folder / SOURCES)
            (folder / "complete").touch()
    return folder / SOURCES


def run(folder: Path, bootstrap: str, numbers: Sequence[str], logs: Path) -> Iterator[Verdict]:
    """Run these tests one after the other; what each wrote stays in `logs`."""
    logs.mkdir(parents=True, exist_ok=True)
    settings = logs / "test.conf"
    settings.write_text(f"bootstrap.servers={bootstrap}\ntest.topic.random=true\n", encoding="utf-8")
    environment = {
        **os.environ,
        "RDKAFKA_TEST_CONF": str(settings),
        "TEST_KAFKA_VERSION": KAFKA_VERSION,
        "LD_LIBRARY_PATH": f"{folder / 'src'}:{folder / 'src-cpp'}",
    }
    for number in numbers:
        yield _run_one(folder / "tests", number, environment, logs / f"{number}.log")


def _run_one(tests: Path, number: str, environment: dict[str, str], log: Path) -> Verdict:
    command = ["./test-runner", "-L", "-p1"]  # none that needs no broker; one at a time
    with log.open("wb") as output:
        try:
            code = subprocess.run(
                command,
                cwd=tests,
                env={**environment, "TESTS": number},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=TEST_SECONDS,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            return Verdict(number=number, passed=False, reason=f"not done after {TEST_SECONDS} s")
    return judge(number, code, log.read_text(encoding="utf-8", errors="replace"))


def judge(number: str, code: int, output: str) -> Verdict:
    """Passed means that the runner's table of results says so: it also ends with 0 when it has skipped everything."""
    lines = _COLOURS.sub("", output).splitlines()
    rows = [re.split(r"\s*\|\s*", line.strip(" |")) for line in lines if re.match(rf"\|\s*{number}_", line)]
    results = {row[1] for row in rows if len(row) > 1}
    failures = [f"{line} {after}" for line, after in pairwise([*lines, ""]) if line.startswith("### Test")]
    if code == 0 and "PASSED" in results and results <= {"PASSED", "SKIPPED"}:
        return Verdict(number=number, passed=True, reason="")
    return Verdict(
        number=number, passed=False, reason=failures[0][:300] if failures else f"ended with {code}, {results}"
    )


def _unpack(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    tools.fetch([tools.require("npm"), "pack", "--silent", f"{PACKAGE}@{VERSION}"], cwd=folder)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as packed:
        members = [member for member in packed.getmembers() if member.name.startswith(f"{SOURCES}/")]
        packed.extractall(folder, members, filter="data")
    archive.unlink()


def _build(sources: Path) -> None:
    make = [tools.require("make"), f"-j{os.cpu_count()}"]
    tools.require("gcc")
    for path in (sources / "configure", *(sources / "mklove").rglob("*"), *(sources / "tests").glob("*.sh")):
        if path.is_file():
            path.chmod(0o755)
    with (sources / "build.log").open("wb") as log:
        for command in (
            ["./configure", "--disable-gssapi", "--disable-curl"],
            [*make, "libs"],
            [*make, "-C", "tests", "build"],
        ):
            done = subprocess.run(
                command,
                cwd=sources,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                timeout=BUILD_SECONDS,
                check=False,
            )
            if done.returncode != 0:
                raise tools.ToolMissingError(f"librdkafka does not build here: see {log.name}")
