"""The clusters that are measured: ours, librdkafka's mock in C and, where Maven reaches, Apache Kafka. Each in processes of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Protocol, Self

from tests.support import apache_kafka

ROOT = Path(__file__).resolve().parents[2]
_DELETE_DELAY = "log.segment.delete.delay.ms"
"""Set to 0: what a deleted topic has not yet brought to the disk must not get there during the next measurement."""


class Cluster(Protocol):
    """Three brokers that run from `start` to `stop`."""

    name: str
    bootstrap: str

    def start(self) -> None:
        """Run; returns when clients can connect."""
        ...

    def stop(self) -> None:
        """End, and remove what was written."""
        ...

    def pids(self) -> list[int]:
        """The processes whose memory counts."""
        ...


class _Process:
    """A cluster in one child process that says `BOOTSTRAP=...` when it serves."""

    name: str

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[str] | None = None
        self.bootstrap = ""

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.startswith("BOOTSTRAP="):
            raise RuntimeError(f"{self.name} did not start: {' '.join(self._command)}")
        self.bootstrap = line.strip().removeprefix("BOOTSTRAP=")

    def stop(self) -> None:
        if self._process is None:
            return
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.terminate()
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        self._process = None

    def pids(self) -> list[int]:
        return [self._process.pid] if self._process else []


class OurCluster(_Process):
    """`desktop-broker serve`, three brokers on free ports, data in a temporary folder."""

    name = "Desktop Broker"

    def __init__(self) -> None:
        words = ["serve", "--brokers", "3", "--port", "0", "--ephemeral", "--set", f"{_DELETE_DELAY}=0"]
        super().__init__([sys.executable, "-m", "desktop_broker", *words])


class MockCluster(_Process):
    """librdkafka's mock: no disk, no replication, written in C."""

    name = "C mock"

    def __init__(self) -> None:
        super().__init__([sys.executable, "-m", "tests.bench.mock_cluster"])


class ApacheCluster:
    """Apache Kafka, three combined nodes from Maven."""

    name = "Apache Kafka"

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._cluster: apache_kafka.ApacheKafka | None = None
        self.bootstrap = ""

    def start(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="bench-kafka-")
        self._cluster = apache_kafka.ApacheKafka(Path(self._folder.name), nodes=3, properties={_DELETE_DELAY: "0"})
        self._cluster.start()
        self.bootstrap = self._cluster.bootstrap

    def stop(self) -> None:
        if self._cluster is not None and self._folder is not None:
            self._cluster.stop()
            self._folder.cleanup()
            self._cluster = self._folder = None

    def pids(self) -> list[int]:
        return self._cluster.pids() if self._cluster else []


class Started:
    """A cluster that runs inside a `with`, and not beyond it."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster

    def __enter__(self) -> Self:
        try:
            self.cluster.start()
        except BaseException:
            self.cluster.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.cluster.stop()


def memory_mb(cluster: Cluster) -> float:
    """Resident memory of a cluster's processes in MB. Linux only."""
    total_kb = 0
    for pid in cluster.pids():
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                total_kb += int(line.split()[1])
    return total_kb / 1000
