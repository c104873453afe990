"""One cluster for all tests of the client side: the engine in this process, or any other by DESKTOP_BROKER_TEST_BOOTSTRAP."""

from __future__ import annotations

import itertools
import os
import uuid
from collections.abc import Callable, Iterator

import pytest

from desktop_broker.kafka.connection import ClusterConnection
from desktop_broker.kafka.model import OutgoingMessage, SendResult
from desktop_broker.kafka.publisher import Publisher, PublishRequest, PublishRun, SendOptions

_numbers = itertools.count(1)


@pytest.fixture(scope="package")
def bootstrap() -> Iterator[str]:
    """The addresses of a cluster of one broker or more."""
    elsewhere = os.environ.get("DESKTOP_BROKER_TEST_BOOTSTRAP")
    if elsewhere:  # the same tests hold Apache Kafka to them
        yield elsewhere
        return
    from desktop_broker import Engine

    with Engine(brokers=1, port=0, ephemeral=True) as engine:
        yield engine.bootstrap_servers


@pytest.fixture(scope="package")
def connection(bootstrap: str) -> Iterator[ClusterConnection]:
    """A connection that the tests share."""
    made = ClusterConnection(bootstrap)
    yield made
    made.close()


@pytest.fixture(scope="package")
def publisher(connection: ClusterConnection) -> Iterator[Publisher]:
    """A publisher that the tests share."""
    made = Publisher(connection)
    yield made
    made.close()


@pytest.fixture
def name() -> str:
    """A name that nothing else has."""
    return f"t{next(_numbers)}-{uuid.uuid4().hex[:8]}"


@pytest.fixture
def topic(connection: ClusterConnection, name: str) -> str:
    """A new topic of three partitions."""
    connection.create_topic(name, 3, 1)
    return name


Fill = Callable[..., list[SendResult]]


@pytest.fixture
def fill(publisher: Publisher) -> Fill:
    """Send messages and wait for all: `fill(topic, count, make)`."""

    def send(topic: str, count: int, make: Callable[[int], OutgoingMessage]) -> list[SendResult]:
        results: list[SendResult] = []
        summaries: list[object] = []
        request = PublishRequest(topic=topic, make=make, count=count, options=SendOptions())
        PublishRun(publisher, request, results.extend, summaries.append).run_here()
        assert [result.error for result in results if result.error] == []
        assert len(results) == count
        return results

    return send


@pytest.fixture
def free_port() -> Iterator[int]:
    """A port that refuses connections: bound, and nobody listens."""
    import socket

    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]
