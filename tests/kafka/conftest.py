"""What the tests of the client side share: a cluster, a connection, topics with messages in them."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Iterator

import pytest

from desktop_broker.kafka.connection import ClusterConnection
from desktop_broker.kafka.model import OutgoingMessage, SendResult
from desktop_broker.kafka.publisher import Publisher, PublishRequest, PublishRun, SendOptions
from tests.support.cluster import bootstrap, connection

__all__ = ["bootstrap", "connection"]

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
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
