"""Committed offsets asked for while their coordinator moves: the client must outlive that (librdkafka's admin client does not)."""

from __future__ import annotations

import time

from desktop_broker import Engine
from desktop_broker.common.types import TopicPartition
from desktop_broker.kafka.connection import ClusterConnection
from desktop_broker.kafka.errors import ClusterError

FIRST = TopicPartition("orders", 0)


def when_there_is_a_coordinator(connection: ClusterConnection, group: str) -> dict[TopicPartition, tuple[int, str]]:
    """What a group has committed, as soon as its coordinator answers."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return connection.committed(group)
        except ClusterError:
            assert time.monotonic() < deadline, "no coordinator came"


def test_offsets_are_found_again_on_the_next_coordinator() -> None:
    with Engine(brokers=3, port=0, ephemeral=True) as engine:
        connection = ClusterConnection(engine.bootstrap_servers)
        try:
            connection.create_topic("orders", 2, 3)
            connection.set_group_offsets("readers", {FIRST: 7})
            assert connection.committed("readers") == {FIRST: (7, "")}
            coordinator = connection.group("readers").coordinator
            assert coordinator is not None
            engine.stop_broker(coordinator)
            assert when_there_is_a_coordinator(connection, "readers") == {FIRST: (7, "")}
            assert when_there_is_a_coordinator(connection, "nobody") == {}
        finally:
            connection.close()
