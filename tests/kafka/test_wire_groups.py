"""Groups looked at and changed while their coordinators go and come; the client must outlive that (librdkafka's admin client does not)."""

from __future__ import annotations

import threading

import pytest

from desktop_broker import Engine
from desktop_broker.common.types import TopicPartition
from desktop_broker.kafka.connection import ClusterConnection
from desktop_broker.kafka.errors import ClusterError
from desktop_broker.kafka.wire_groups import _assignment
from desktop_broker.protocol.codec import encode
from desktop_broker.protocol.messages.consumer_protocol import (
    ConsumerProtocolAssignment,
    ConsumerProtocolAssignmentTopicPartition,
)

FIRST = TopicPartition("orders", 0)
GROUPS = [f"readers-{n}" for n in range(12)]


def test_groups_are_looked_at_while_every_broker_stops_and_starts() -> None:
    with Engine(brokers=3, port=0, ephemeral=True) as engine:
        connection = ClusterConnection(engine.bootstrap_servers)
        over, rounds, broken = threading.Event(), 0, []

        def look() -> None:
            nonlocal rounds
            while not over.is_set():
                try:
                    connection.groups()
                    rounds += 1
                except ClusterError as error:
                    broken.append(error)

        try:
            connection.create_topic("orders", 1, 3)
            for group in GROUPS:
                connection.set_group_offsets(group, {FIRST: 7})
            looker = threading.Thread(target=look, name="looker")
            looker.start()
            for broker in (1, 2, 3):
                engine.stop_broker(broker)
                assert [group.id for group in connection.groups()] == sorted(GROUPS)
                for group in GROUPS:
                    connection.set_group_offsets(group, {FIRST: broker})
                engine.start_broker(broker)
            over.set()
            looker.join(60)
            assert not looker.is_alive()
            assert rounds, broken
            found = {group.id: group for group in connection.groups()}
            assert list(found) == sorted(GROUPS)
            assert {group.state for group in found.values()} == {"Empty"}
            assert connection.committed(GROUPS[0]) == {FIRST: (3, "")}
            connection.delete_group(GROUPS[0])
            with pytest.raises(ClusterError) as refused:
                connection.delete_group(GROUPS[0])
            assert refused.value.code == "GROUP_ID_NOT_FOUND"
        finally:
            over.set()
            connection.close()


def test_an_assignment_is_read_in_each_of_its_versions() -> None:
    rows = [ConsumerProtocolAssignmentTopicPartition(topic="orders", partitions=[2, 0])]
    for version in (0, 3):
        data = version.to_bytes(2, "big") + encode(ConsumerProtocolAssignment(assigned_partitions=rows), version)
        assert _assignment(data) == (TopicPartition("orders", 0), TopicPartition("orders", 2))


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x00\x01\xff\xff", b"\xff\xff\x00\x00", b"not a consumer's"])
def test_foreign_bytes_are_no_assignment(data: bytes) -> None:
    assert _assignment(data) == ()
