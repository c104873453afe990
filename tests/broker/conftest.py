"""One small cluster for all tests of a file that only talk to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from desktop_broker.broker.engine import Engine
from desktop_broker.protocol.messages.create_topics import (
    CreatableReplicaAssignment,
    CreatableTopic,
    CreatableTopicConfig,
    CreateTopicsRequest,
)
from tests.broker.wire import Wire


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """Three brokers on free ports, nothing kept."""
    with Engine(brokers=3, port=0, ephemeral=True) as running:
        yield running


@pytest.fixture
def wire(engine: Engine) -> Iterator[Wire]:
    """A connection to broker 1."""
    with Wire(address(engine, 1)) as one:
        yield one


@pytest.fixture
def make_topic(engine: Engine) -> Callable[..., str]:
    """Make a topic of a fresh name whose partitions are led by broker 1 (then 2, then 3), and wait for nothing: it is there."""
    return lambda **options: create_topic(engine, **options)


_numbers = count(1)


def create_topic(engine: Engine, *, partitions: int = 1, replication: int = 1, name: str = "", **configs: str) -> str:
    """Configs with `_` for `.`. Partition 0 is led by broker 1 when it has all three replicas or only one."""
    name = name or f"topic{next(_numbers)}"
    assignments = [
        CreatableReplicaAssignment(
            partition_index=index, broker_ids=[(index + place) % 3 + 1 for place in range(replication)]
        )
        for index in range(partitions)
    ]
    topic = CreatableTopic(
        name=name,
        num_partitions=-1,
        replication_factor=-1,
        assignments=assignments,
        configs=[CreatableTopicConfig(name=key.replace("_", "."), value=value) for key, value in configs.items()],
    )
    with Wire(address(engine, 1)) as one:
        (result,) = one.ask(CreateTopicsRequest(topics=[topic], timeout_ms=10_000)).topics
    assert result.error_code == 0, result.error_message
    return name


def address(engine: Engine, broker: int) -> str:
    """Where a broker is reached."""
    return engine.bootstrap_servers.split(",")[broker - 1]
