"""Scans and sends of a real cluster as signals on the Qt thread."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from desktop_broker.gui.jobs import Jobs
from desktop_broker.gui.streams import PublishStream, ScanStream
from desktop_broker.kafka.connection import ClusterConnection
from desktop_broker.kafka.model import Message, OutgoingMessage, SendResult
from desktop_broker.kafka.publisher import Publisher, PublishRequest
from desktop_broker.kafka.scan_request import Live, ScanProgress, ScanRequest
from tests.support.cluster import bootstrap, connection

__all__ = ["bootstrap", "connection"]

pytestmark = pytest.mark.keeps_threads("the cluster of the module serves connections")


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.stop(10)


@pytest.fixture
def publisher(connection: ClusterConnection) -> Iterator[Publisher]:
    made = Publisher(connection)
    yield made
    made.close()


@pytest.fixture
def topic(connection: ClusterConnection) -> str:
    name = f"s-{uuid4().hex[:8]}"
    connection.create_topic(name, 3, 1)
    return name


def sending(
    jobs: Jobs, publisher: Publisher, topic: str, count: int | None, rate: float | None = None
) -> PublishStream:
    make = lambda number: OutgoingMessage(key=b"%d" % number, value=b"v")  # noqa: E731 - one line says it
    return PublishStream(jobs, publisher, PublishRequest(topic=topic, make=make, count=count, rate=rate))


def test_what_is_sent_is_found(
    jobs: Jobs, publisher: Publisher, connection: ClusterConnection, topic: str, qtbot: QtBot
) -> None:
    stream = sending(jobs, publisher, topic, 5000)
    results: list[SendResult] = []
    stream.results_arrived.connect(results.extend)
    with qtbot.waitSignal(stream.finished, timeout=30_000) as finished:
        stream.start()
    assert finished.args is not None
    assert finished.args[0].acknowledged == len(results) == 5000
    scan = ScanStream(jobs, connection, ScanRequest(topic=topic))
    messages: list[Message] = []
    scan.batch_arrived.connect(messages.extend)
    with qtbot.waitSignal(scan.finished, timeout=30_000) as done:
        scan.start()
    assert done.args is not None
    assert done.args[0].complete
    assert len(messages) == 5000  # every batch came before `finished`


def test_a_run_without_end_stops(jobs: Jobs, publisher: Publisher, topic: str, qtbot: QtBot) -> None:
    stream = sending(jobs, publisher, topic, None, 500.0)
    with qtbot.waitSignal(stream.results_arrived, timeout=30_000):
        stream.start()
    with qtbot.waitSignal(stream.finished, timeout=30_000) as finished:
        stream.stop()
    assert finished.args is not None
    assert finished.args[0].stopped


def test_a_live_scan_is_cancelled(jobs: Jobs, connection: ClusterConnection, topic: str, qtbot: QtBot) -> None:
    scan = ScanStream(jobs, connection, ScanRequest(topic=topic, start=Live()))
    with qtbot.waitSignal(scan.progressed, timeout=30_000):
        scan.start()
    with qtbot.waitSignal(scan.finished, timeout=30_000) as finished:
        scan.cancel()
    assert finished.args is not None
    assert finished.args[0].cancelled


@pytest.mark.parametrize("how", ["forget", "delete"])
def test_a_scan_that_nobody_wants_any_more_ends_in_silence(
    jobs: Jobs, connection: ClusterConnection, topic: str, qtbot: QtBot, how: str
) -> None:
    scan = ScanStream(jobs, connection, ScanRequest(topic=topic, start=Live()))
    heard: list[ScanProgress] = []
    with qtbot.waitSignal(scan.progressed, timeout=30_000):
        scan.start()
    running = scan._scan
    scan.progressed.connect(heard.append)
    if how == "forget":
        scan.forget()
    else:
        shiboken6.delete(scan)
    assert running.join(30)
    qtbot.wait(100)
    assert heard == []


def test_stopping_the_jobs_ends_scans_and_runs(
    publisher: Publisher, connection: ClusterConnection, topic: str, qtbot: QtBot
) -> None:
    jobs = Jobs()
    scan = ScanStream(jobs, connection, ScanRequest(topic=topic, start=Live()))
    stream = sending(jobs, publisher, topic, None, 100.0)
    with qtbot.waitSignals([scan.progressed, stream.results_arrived], timeout=30_000):
        scan.start()
        stream.start()
    assert jobs.stop(10)
