"""The figures: what is done on a cluster, which number comes of it, and what is aimed at.

A rate's ratio is ours divided by theirs; a time's or a size's too (so there, less is better).
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from tests.bench.clusters import ROOT, Cluster

_serial = itertools.count()
_CLIENT_SECONDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table.

    Attributes:
        measure: does it once on a cluster and gives the number(s), by column suffix.
        more_is_better: whether a high ratio is good.
        aims: by cluster name, the ratio aimed at.
        on_mock: whether the mock can do it.
    """

    name: str
    unit: str
    measure: Callable[[Cluster, float], dict[str, float]]
    more_is_better: bool = True
    aims: dict[str, float] = field(default_factory=dict)
    on_mock: bool = True


def run_client(job: str, **options: object) -> dict[str, float]:
    """Run one job of `tests/bench/client.py` to its end."""
    with _client(job, options) as process:
        return _result(process)


@contextmanager
def _client(job: str, options: dict[str, object]) -> Iterator[subprocess.Popen[str]]:
    """A client's process, which does not outlive the `with`."""
    command = [sys.executable, "-m", "tests.bench.client", job, json.dumps(options)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()  # does nothing to one that has ended


def _result(process: subprocess.Popen[str]) -> dict[str, float]:
    out, _ = process.communicate(timeout=_CLIENT_SECONDS)
    if process.returncode:
        raise RuntimeError(f"the benchmark client failed: {' '.join(map(str, process.args))}")  # type: ignore[arg-type]  # a list
    return dict(json.loads(out))


@contextmanager
def _topic(cluster: Cluster, partitions: int, replication: int) -> Iterator[str]:
    """A new topic, deleted afterwards: what one measurement has left to be written to the disk must not slow the next."""
    name = f"bench-{next(_serial)}"
    if (
        cluster.name == "C mock"
    ):  # it makes topics when they are first asked for, keeps a few MB of each, and deletes none
        yield name
        return
    run_client("create_topic", bootstrap=cluster.bootstrap, topic=name, partitions=partitions, replication=replication)
    yield name
    run_client("delete_topic", bootstrap=cluster.bootstrap, topic=name)
    os.sync()


def _produce(
    size: int, count: int, replication: int, acks: str, producers: int = 1
) -> Callable[[Cluster, float], dict[str, float]]:
    def measure(cluster: Cluster, scale: float) -> dict[str, float]:
        each = int(count * scale) // producers
        with _topic(cluster, 4, replication) as topic, ExitStack() as stack:
            options = {
                "bootstrap": cluster.bootstrap,
                "topic": topic,
                "size": size,
                "count": each,
                "acks": acks,
                "warm": each // 5,
            }
            running = [stack.enter_context(_client("produce", dict(options))) for _ in range(producers)]
            results = [_result(process) for process in running]
        return {
            "": sum(result["messages"] / result["seconds"] for result in results) * (1 if size < 1000 else size / 1e6)
        }

    return measure


def _latency(replication: int, acks: str) -> Callable[[Cluster, float], dict[str, float]]:
    def measure(cluster: Cluster, scale: float) -> dict[str, float]:
        with _topic(cluster, 1, replication) as topic:
            result = run_client(
                "one_at_a_time",
                bootstrap=cluster.bootstrap,
                topic=topic,
                count=int(5_000 * scale),
                acks=acks,
                warm=int(1_000 * scale),
            )
        return {" p50": result["p50"], " p99": result["p99"]}

    return measure


def _requests(replication: int, acks: str) -> Callable[[Cluster, float], dict[str, float]]:
    def measure(cluster: Cluster, scale: float) -> dict[str, float]:
        with _topic(cluster, 1, replication) as topic:
            result = run_client(
                "one_record_requests",
                bootstrap=cluster.bootstrap,
                topic=topic,
                count=int(100_000 * scale),
                acks=acks,
                warm=int(10_000 * scale),
            )
        return {"": result["messages"] / result["seconds"]}

    return measure


def _consume(size: int, count: int) -> Callable[[Cluster, float], dict[str, float]]:
    def measure(cluster: Cluster, scale: float) -> dict[str, float]:
        scaled = int(count * scale)
        with _topic(cluster, 4, 1) as topic:
            run_client("produce", bootstrap=cluster.bootstrap, topic=topic, size=size, count=scaled, acks="1", warm=0)
            result = run_client("consume", bootstrap=cluster.bootstrap, topic=topic, count=scaled)
        return {"": result["bytes"] / result["seconds"] / 1e6}

    return measure


FIGURES = (
    Figure(name="produce 100 B", unit="msg/s", measure=_produce(100, 2_000_000, 1, "1"), aims={"C mock": 0.8, "Apache Kafka": 1.1}),
    Figure(name="produce 1 kB", unit="MB/s", measure=_produce(1000, 800_000, 1, "1"), aims={"C mock": 0.8, "Apache Kafka": 1.5}),
    Figure(name="produce 1 kB, 3 replicas, acks=all", unit="MB/s", measure=_produce(1000, 500_000, 3, "all"),
           aims={"Apache Kafka": 2}, on_mock=False),
    Figure(name="four producers, 1 kB, 3 replicas, acks=all", unit="MB/s", measure=_produce(1000, 500_000, 3, "all", 4),
           aims={"Apache Kafka": 2}, on_mock=False),
    Figure(name="one message at a time", unit="us", measure=_latency(1, "1"), more_is_better=False,
           aims={"C mock": 2, "Apache Kafka": 1}),
    Figure(name="one message at a time, 3 replicas, acks=all", unit="us", measure=_latency(3, "all"), more_is_better=False,
           aims={"Apache Kafka": 0.5}, on_mock=False),
    Figure(name="one-record requests", unit="req/s", measure=_requests(1, "1"), aims={"C mock": 0.5, "Apache Kafka": 2}),
    Figure(name="one-record requests, 3 replicas, acks=all", unit="req/s", measure=_requests(3, "all"),
           aims={"Apache Kafka": 4}, on_mock=False),
    Figure(name="consume 1 kB", unit="MB/s", measure=_consume(1000, 800_000), aims={"Apache Kafka": 1.0},
           on_mock=False),  # the mock keeps only the newest megabytes
)  # fmt: skip
"""What is measured on running clusters, in the order of the table."""


def measure_in_turn(
    figure: Figure, clusters: list[Cluster], rounds: int, scale: float
) -> dict[str, dict[str, list[float]]]:
    """The numbers of one figure, by line name and cluster: the clusters take turns, so a drift of the machine hits all."""
    numbers: dict[str, dict[str, list[float]]] = {}
    for turn in range(rounds + 1):  # the first turn warms up and is not counted
        for cluster in clusters:
            if cluster.name == "C mock" and not figure.on_mock:
                continue
            measured = figure.measure(cluster, scale if turn else scale / 4)
            if turn:
                for suffix, number in measured.items():
                    numbers.setdefault(figure.name + suffix, {}).setdefault(cluster.name, []).append(number)
    return numbers


def start_and_memory(make: Callable[[], Cluster]) -> Iterator[tuple[str, float]]:
    """Start a fresh cluster: seconds to the first acknowledged write to a topic that makes itself, and idle memory after it."""
    from tests.bench.clusters import memory_mb

    cluster = make()
    began = time.perf_counter()
    cluster.start()
    try:
        yield "memory when idle", memory_mb(cluster)
        # What the client itself needs to start is the same for all: it is left out.
        before_client = time.perf_counter()
        run_client("first_write", bootstrap=cluster.bootstrap, topic="first")
        first = time.perf_counter() - before_client
        again = time.perf_counter()
        run_client("first_write", bootstrap=cluster.bootstrap, topic="first")
        yield (
            "start to the first acknowledged write",
            before_client - began + max(0.0, first - (time.perf_counter() - again)),
        )
    finally:
        cluster.stop()
