"""Run kcat and librdkafka's tests against a cluster of three brokers, or against any cluster by its address."""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from desktop_broker import Engine
from tests.conformance import kcat, librdkafka
from tests.support import tools


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("--bootstrap-server", metavar="HOST:PORT,...", help="a cluster that runs (three of its own)")
    parser.add_argument(
        "--tests", nargs="+", default=librdkafka.SMOKE, metavar="NNNN", help="of librdkafka's (a small list)"
    )
    parser.add_argument(
        "--librdkafka", type=Path, metavar="FOLDER", help="where it is built already (fetched by npm and built)"
    )
    parser.add_argument("--logs", type=Path, metavar="FOLDER", help="where its output goes (a new temporary folder)")
    options = parser.parse_args()
    logs = options.logs or Path(tempfile.mkdtemp(prefix="conformance-"))
    with _cluster(options.bootstrap_server) as bootstrap:
        failed = _kcat(bootstrap)
        try:
            folder = options.librdkafka or librdkafka.built()
        except tools.ToolMissingError as missing:
            print(f"SKIP librdkafka: {missing}")
        else:
            failed += _librdkafka(folder.resolve(), bootstrap, options.tests, logs.resolve())
    print(f"{failed} failed" if failed else "all passed")
    return 1 if failed else 0


@contextlib.contextmanager
def _cluster(bootstrap: str | None) -> Iterator[str]:
    if bootstrap:
        yield bootstrap
        return
    with Engine(brokers=3, port=0, ephemeral=True, configs={"num.partitions": "4"}) as engine:
        yield engine.bootstrap_servers


def _kcat(bootstrap: str) -> int:
    try:
        client = kcat.Kcat(tools.find_kcat(), bootstrap)
    except tools.ToolMissingError as missing:
        print(f"SKIP kcat: {missing}")
        return 0
    failed = 0
    for check in kcat.CHECKS:
        try:
            check(client, kcat.fresh_topic())
        except kcat.CheckFailedError as error:
            failed += 1
            _tell("kcat", check.__name__, str(error))
        else:
            _tell("kcat", check.__name__)
    return failed


def _librdkafka(folder: Path, bootstrap: str, numbers: list[str], logs: Path) -> int:
    failed = 0
    for verdict in librdkafka.run(folder, bootstrap, numbers, logs):
        failed += not verdict.passed
        _tell("librdkafka", verdict.number, verdict.reason)
    print(f"librdkafka's output: {logs}")
    return failed


def _tell(suite: str, name: str, failure: str = "") -> None:
    print(f"FAIL {suite} {name}: {failure}" if failure else f"PASS {suite} {name}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
