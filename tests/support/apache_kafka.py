"""Apache Kafka from Maven: a real cluster of several nodes, and its own tools, as the oracle for behaviour, files and speed.

The jars (130 MB) are fetched once into the user's cache folder; `DESKTOP_BROKER_KAFKA_LIBS` names a folder that has them.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Self

from tests.support.tools import ToolMissingError, cache_folder, fetch, only_one_process, or_skip, require

VERSION = "4.3.0"
HERE = Path(__file__).resolve().parent
LOGGING = HERE / "apache_kafka_log4j2.properties"
START_SECONDS = 120
CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw"

_TOOLS = "org.apache.kafka.tools"
MAIN_CLASSES = {
    "dump-log": f"{_TOOLS}.DumpLogSegments",
    "topics": f"{_TOOLS}.TopicCommand",
    "configs": "kafka.admin.ConfigCommand",
    "groups": f"{_TOOLS}.consumer.group.ConsumerGroupCommand",
    "log-dirs": f"{_TOOLS}.LogDirsCommand",
    "offsets": f"{_TOOLS}.GetOffsetShell",
    "api-versions": f"{_TOOLS}.BrokerApiVersionsCommand",
    "console-producer": f"{_TOOLS}.ConsoleProducer",
    "console-consumer": f"{_TOOLS}.consumer.ConsoleConsumer",
    "verifiable-producer": f"{_TOOLS}.VerifiableProducer",
    "verifiable-consumer": f"{_TOOLS}.VerifiableConsumer",
    "producer-perf": f"{_TOOLS}.ProducerPerformance",
    "consumer-perf": f"{_TOOLS}.ConsumerPerformance",
    "compatibility": f"{_TOOLS}.ClientCompatibilityTest",
}


def libraries() -> Path:
    """The folder with Apache Kafka's jars, fetched if need be; skips the test where Maven or Java is missing."""
    return or_skip(find_libraries)


def missing() -> str:
    """Why Apache Kafka cannot run here, or an empty string. May take the time of a download."""
    try:
        find_libraries()
    except ToolMissingError as reason:
        return str(reason)
    return ""


@functools.cache
def find_libraries() -> Path:
    """As `libraries`, outside a test. Raises ToolMissingError."""
    require("java")
    given = os.environ.get("DESKTOP_BROKER_KAFKA_LIBS")
    if given:
        if not list(Path(given).glob("kafka-server-*.jar")):
            raise ToolMissingError(f"DESKTOP_BROKER_KAFKA_LIBS={given} holds no Apache Kafka jars")
        return Path(given)
    folder = cache_folder() / f"apache-kafka-{VERSION}"
    with only_one_process("apache-kafka"):
        if not folder.exists():
            _fetch_jars(folder)
    return folder


def _fetch_jars(folder: Path) -> None:
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    copy = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
    pom = str(HERE / "apache_kafka_pom.xml")
    waits = ["-Dmaven.wagon.http.readTimeout=60000", "-Dmaven.wagon.rto=60000"]
    fetch([require("mvn"), "-B", "-q", *waits, "-f", pom, copy, f"-DoutputDirectory={part}", "-DincludeScope=runtime"])
    part.rename(folder)


def java_command(*words: str, heap: str = "512m") -> list[str]:
    """The command line of a main class of Apache Kafka's, with its arguments. Raises ToolMissingError."""
    classpath = f"{find_libraries()}/*"
    return [require("java"), f"-Xmx{heap}", f"-Dlog4j2.configurationFile={LOGGING}", "-cp", classpath, *words]


def run_tool(tool: str, *words: str, seconds: float = 120, feed: str = "") -> str:
    """Run one of MAIN_CLASSES to its end and return its output.

    Skips the test where Apache Kafka cannot run; raises AssertionError, with what the tool said, when it fails.
    """
    libraries()
    done = subprocess.run(
        java_command(MAIN_CLASSES[tool], *words),
        input=feed,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, f"{tool} {' '.join(words)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


class ApacheKafka:
    """A cluster of combined KRaft nodes (ids from 1, racks RACK1 ...) on free ports, with data under `folder`.

    Owned by the thread that made it. Use as a context manager, or call `start` and `stop`.
    """

    def __init__(
        self, folder: Path, nodes: int = 3, properties: dict[str, str] | None = None, heap: str = "1g"
    ) -> None:
        self._folder = folder
        self._properties = properties or {}
        self._heap = heap
        ports = free_ports(2 * nodes)
        self._ports, self._controller_ports = ports[:nodes], ports[nodes:]
        self._processes: list[subprocess.Popen[bytes]] = []
        self.bootstrap = ",".join(f"127.0.0.1:{port}" for port in self._ports)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def pids(self) -> list[int]:
        return [process.pid for process in self._processes]

    def start(self) -> None:
        """Format and run all nodes; returns when every one answers. Raises RuntimeError, ToolMissingError."""
        try:
            for index in range(len(self._ports)):
                self._start_node(index)
            deadline = time.monotonic() + START_SECONDS
            for index in range(len(self._ports)):
                self._wait_for_node(index, deadline)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End all nodes at once: one that is left without a quorum never finishes its shutdown."""
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._processes = []

    def _start_node(self, index: int) -> None:
        home = self._folder / f"node{index + 1}"
        home.mkdir(parents=True)
        config = home / "server.properties"
        config.write_text("".join(f"{key}={value}\n" for key, value in self._node_properties(index, home).items()))
        formatting = java_command("kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", str(config))
        done = subprocess.run(formatting, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"Apache Kafka's storage cannot be formatted:\n{done.stdout}{done.stderr}")
        collector = [
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            f"-Xms{self._heap}",
        ]
        command = java_command("kafka.Kafka", str(config), heap=self._heap)
        command[1:1] = collector
        with (home / "log").open("wb") as log:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        self._processes.append(process)

    def _node_properties(self, index: int, home: Path) -> dict[str, str]:
        voters = ",".join(f"{i}@127.0.0.1:{port}" for i, port in enumerate(self._controller_ports, start=1))
        replicas = str(min(3, len(self._ports)))
        in_sync = str(2 if len(self._ports) > 1 else 1)
        here = f"PLAINTEXT://127.0.0.1:{self._ports[index]}"
        return {
            "process.roles": "broker,controller",
            "node.id": str(index + 1),
            "broker.rack": f"RACK{index + 1}",
            "controller.quorum.voters": voters,
            "listeners": f"{here},CONTROLLER://127.0.0.1:{self._controller_ports[index]}",
            "advertised.listeners": here,
            "controller.listener.names": "CONTROLLER",
            "inter.broker.listener.name": "PLAINTEXT",
            "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
            "log.dirs": str(home / "data"),
            "num.partitions": "4",
            "default.replication.factor": replicas,
            "offsets.topic.replication.factor": replicas,
            "offsets.topic.num.partitions": "10",
            "transaction.state.log.replication.factor": replicas,
            "transaction.state.log.num.partitions": "10",
            "transaction.state.log.min.isr": in_sync,
            "share.coordinator.state.topic.replication.factor": replicas,
            "share.coordinator.state.topic.min.isr": in_sync,
            "group.initial.rebalance.delay.ms": "0",
            **self._properties,
        }

    def _wait_for_node(self, index: int, deadline: float) -> None:
        """Until the node takes connections: it opens its port for clients when it is in the cluster, not before."""
        process = self._processes[index]
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._ports[index]), timeout=1):
                return
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.1)
                break
        tail = (self._folder / f"node{index + 1}" / "log").read_text(errors="replace")[-3000:]
        raise RuntimeError(f"Node {index + 1} of Apache Kafka does not serve:\n{tail}")


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody uses now."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
