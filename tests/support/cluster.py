"""A real cluster for the tests of a module: the engine in this process, or any other by DESKTOP_BROKER_TEST_BOOTSTRAP."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from desktop_broker.kafka.connection import ClusterConnection


@pytest.fixture(scope="module")
def bootstrap() -> Iterator[str]:
    """The addresses of a cluster of one broker or more."""
    elsewhere = os.environ.get("DESKTOP_BROKER_TEST_BOOTSTRAP")
    if elsewhere:  # the same tests hold Apache Kafka to them
        yield elsewhere
        return
    from desktop_broker import Engine

    with Engine(brokers=1, port=0, ephemeral=True) as engine:
        yield engine.bootstrap_servers


@pytest.fixture(scope="module")
def connection(bootstrap: str) -> Iterator[ClusterConnection]:
    """A connection that the tests of the module share."""
    made = ClusterConnection(bootstrap)
    yield made
    made.close()
