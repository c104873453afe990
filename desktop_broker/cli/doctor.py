"""`desktop-broker doctor`: tries each step between a client and a healthy cluster, and says of the first that fails what to do."""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop_broker.cli.output import say, say_json
from desktop_broker.cli.target import add_json, add_target, data_dir
from desktop_broker.common.types import Endpoint, parse_endpoint

EXAMPLES = """examples:
  desktop-broker doctor                                    this machine and the cluster of your data folder
  desktop-broker doctor --bootstrap-server kafka:9092      any other cluster
  desktop-broker doctor --json
"""

_CONNECT_SECONDS = 5.0
_LITTLE_DISK_BYTES = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One step. `todo` is what to do when it is not ok."""

    step: str
    ok: bool
    found: str
    todo: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `doctor` takes."""
    add_target(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print every finding as it is made; 1 when one is not ok."""
    findings: list[Finding] = []
    for finding in _examine(options):
        findings.append(finding)
        if not options.json:
            say(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.step}: {finding.found}")
            if not finding.ok:
                say(f"      {finding.todo}")
    if options.json:
        say_json([asdict(finding) for finding in findings])
    return 0 if all(finding.ok for finding in findings) else 1


def _examine(options: argparse.Namespace) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(step="Python", ok=sys.version_info >= (3, 11), found=version, todo="Use Python 3.11 or later.")
    if options.bootstrap_server is None:
        folder = data_dir(options)
        yield _data_folder(folder)
        from desktop_broker.control.client import ControlError, EngineClient

        try:
            with EngineClient.connect(folder) as engine:
                bootstrap = engine.describe().bootstrap
                stopped = [broker.id for broker in engine.statistics().brokers if broker.state != "running"]
        except ControlError as error:
            yield Finding(
                step="Engine", ok=False, found=str(error), todo="Open the window, or run desktop-broker serve."
            )
            return
        yield Finding(step="Engine", ok=True, found=f"serves {bootstrap}")
        yield Finding(
            step="Brokers",
            ok=not stopped,
            found=f"stopped: {', '.join(map(str, stopped))}" if stopped else "all run",
            todo=f"Start it with desktop-broker broker start {stopped[0]}." if stopped else "",
        )
    else:
        bootstrap = options.bootstrap_server
    yield from _network(bootstrap)


def _data_folder(folder: Path) -> Finding:
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(nearest, os.W_OK):
        return Finding(
            step="Data folder", ok=False, found=f"{folder} cannot be written to", todo="Choose another with --data-dir."
        )
    free = shutil.disk_usage(nearest).free
    return Finding(
        step="Data folder",
        ok=free >= _LITTLE_DISK_BYTES,
        found=f"{folder}, {free / (1 << 30):.1f} GiB free",
        todo="Free some disk space: a full disk stops brokers from taking messages.",
    )


def _network(bootstrap: str) -> Iterator[Finding]:
    reached = False
    for text in bootstrap.split(","):
        try:
            endpoint = parse_endpoint(text)
        except ValueError as error:
            yield Finding(step="Address", ok=False, found=str(error), todo="Correct --bootstrap-server.")
            return
        finding = _reach(endpoint)
        reached = reached or finding.ok
        yield finding
    if reached:
        yield from _cluster(bootstrap)


def _reach(endpoint: Endpoint) -> Finding:
    step = f"Connection to {endpoint}"
    try:
        socket.getaddrinfo(endpoint.host, endpoint.port, type=socket.SOCK_STREAM)
    except OSError as error:
        todo = "Check the spelling, and that this machine's name service or hosts file knows it."
        return Finding(
            step=step, ok=False, found=f"the name '{endpoint.host}' is not known ({error.strerror})", todo=todo
        )
    try:
        socket.create_connection((endpoint.host, endpoint.port), timeout=_CONNECT_SECONDS).close()
    except OSError as error:
        todo = "Check that the broker runs and that no firewall stands between."
        return Finding(step=step, ok=False, found=f"no answer ({error.strerror or error})", todo=todo)
    return Finding(step=step, ok=True, found="open")


def _cluster(bootstrap: str) -> Iterator[Finding]:
    from desktop_broker.kafka.connection import ClusterConnection
    from desktop_broker.kafka.errors import ClusterError

    try:
        with closing(ClusterConnection(bootstrap)) as connection:
            cluster = connection.cluster()
            topics = connection.topics(include_internal=True)
    except ClusterError as error:
        yield Finding(
            step="Kafka protocol",
            ok=False,
            found=error.what,
            todo=error.todo or "Check that this is a Kafka broker's port.",
        )
        return
    yield Finding(
        step="Kafka protocol", ok=True, found=f"cluster {cluster.cluster_id}, {len(cluster.brokers)} broker(s)"
    )
    asked = set(bootstrap.split(","))
    for broker in cluster.brokers:
        advertised = Endpoint(broker.host, broker.port)
        if str(advertised) in asked:
            continue
        finding = _reach(advertised)
        yield (
            finding
            if finding.ok
            else Finding(
                step=f"Advertised address of broker {broker.id}",
                ok=False,
                found=f"{advertised}: {finding.found}",
                todo="The cluster tells clients to go there: set an address that this machine can reach (--advertise, advertised.listeners).",
            )
        )
    partitions = [part for topic in topics for part in topic.partitions]
    leaderless = sum(part.leader is None for part in partitions)
    behind = sum(len(part.isr) < len(part.replicas) for part in partitions)
    found = f"{len(partitions)} in {len(topics)} topic(s), {leaderless} without a leader, {behind} with replicas not in sync"
    yield Finding(
        step="Partitions", ok=not leaderless and not behind, found=found, todo="Start the brokers that are missing."
    )
