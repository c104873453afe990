"""Topics, configs, offsets and groups of a real cluster."""

from __future__ import annotations

import threading

import pytest

from desktop_broker.common.types import TopicPartition
from desktop_broker.kafka.connection import ClusterConnection
from desktop_broker.kafka.errors import ClusterError, ConnectionClosedError
from desktop_broker.kafka.model import ConfigSource, OutgoingMessage
from tests.kafka.conftest import Fill

pytestmark = pytest.mark.keeps_threads("the cluster of the module serves connections")


def code_of(error: pytest.ExceptionInfo[ClusterError]) -> str:
    return error.value.code


def test_cluster_names_its_brokers(connection: ClusterConnection) -> None:
    cluster = connection.cluster()
    assert cluster.cluster_id
    assert cluster.controller in {broker.id for broker in cluster.brokers}
    assert f"{cluster.brokers[0].host}:{cluster.brokers[0].port}" in connection.bootstrap


def test_topic_is_created_grown_and_deleted(connection: ClusterConnection, name: str) -> None:
    connection.create_topic(name, 2, 1, {"retention.ms": "60000"})
    described = connection.topic(name)
    assert [part.index for part in described.partitions] == [0, 1]
    assert described.topic_id is not None
    assert described.replication_factor == 1
    connection.create_partitions(name, 4)
    assert connection.partition_count(name) == 4
    assert name in {topic.name for topic in connection.topics()}
    connection.delete_topics([name])
    with pytest.raises(ClusterError) as error:
        connection.delete_topics([name])
    assert code_of(error) == "UNKNOWN_TOPIC_OR_PARTITION"


def test_only_checking_creates_nothing(connection: ClusterConnection, name: str) -> None:
    connection.create_topic(name, 2, 1, validate_only=True)
    with pytest.raises(ClusterError):
        connection.partition_count(name)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ({"name": "no good"}, "INVALID_TOPIC_EXCEPTION"),
        ({"replication": 99}, "INVALID_REPLICATION_FACTOR"),
        ({"partitions": 0}, "INVALID_PARTITIONS"),
        ({"configs": {"retention.ms": "soon"}}, "INVALID_CONFIG"),
        ({"assignments": [[1, 1]]}, "INVALID_REPLICA_ASSIGNMENT"),
    ],
)
def test_what_cannot_be_created_says_why(
    connection: ClusterConnection, name: str, bad: dict[str, object], code: str
) -> None:
    arguments: dict[str, object] = {"name": name, "partitions": 1, "replication": 1, **bad}
    with pytest.raises(ClusterError) as error:
        connection.create_topic(**arguments)  # type: ignore[arg-type]  # each row changes one
    assert code_of(error) == code


def test_a_taken_name_is_refused(connection: ClusterConnection, topic: str) -> None:
    with pytest.raises(ClusterError, match=f"There is a topic '{topic}' already"):
        connection.create_topic(topic, 1, 1)


def test_partitions_never_become_fewer(connection: ClusterConnection, topic: str) -> None:
    with pytest.raises(ClusterError) as error:
        connection.create_partitions(topic, 2)
    assert code_of(error) == "INVALID_PARTITIONS"


def test_configs_are_set_and_reset(connection: ClusterConnection, topic: str) -> None:
    def retention() -> tuple[str | None, ConfigSource]:
        found = next(entry for entry in connection.topic_configs(topic) if entry.name == "retention.ms")
        return found.value, found.source

    before = retention()
    assert before[1] is not ConfigSource.TOPIC
    connection.set_topic_config(topic, "retention.ms", "123456")
    assert retention() == ("123456", ConfigSource.TOPIC)
    with pytest.raises(ClusterError) as error:
        connection.set_topic_config(topic, "retention.ms", "long")
    assert code_of(error) == "INVALID_CONFIG"
    connection.set_topic_config(topic, "retention.ms", "1", validate_only=True)
    assert retention() == ("123456", ConfigSource.TOPIC)
    connection.set_topic_config(topic, "retention.ms", None)
    assert retention() == before


def test_broker_configs_are_told(connection: ClusterConnection) -> None:
    broker = connection.cluster().brokers[0].id
    assert "num.partitions" in {entry.name for entry in connection.broker_configs(broker)}


def test_offsets_by_end_and_time(connection: ClusterConnection, topic: str, fill: Fill) -> None:
    tp = TopicPartition(topic, 1)
    fill(topic, 10, lambda n: OutgoingMessage(value=b"v", partition=1, timestamp_ms=1_000_000 + n * 1000))
    assert connection.offsets([tp, TopicPartition(topic, 0)]) == {tp: (0, 10), TopicPartition(topic, 0): (0, 0)}
    assert connection.offsets_for_time([tp], 1_004_500) == {tp: 5}
    assert connection.offsets_for_time([tp], 9_999_999) == {tp: None}
    assert connection.newest_timestamps([tp]) == {tp: 1_009_000}
    assert connection.offsets([tp, TopicPartition(topic, 99)]) == {tp: (0, 10)}


def test_records_are_deleted_up_to_an_offset(connection: ClusterConnection, topic: str, fill: Fill) -> None:
    tp = TopicPartition(topic, 0)
    fill(topic, 10, lambda _: OutgoingMessage(value=b"v", partition=0))
    assert connection.delete_records({tp: 4}) == {tp: 4}
    assert connection.offsets([tp]) == {tp: (4, 10)}
    with pytest.raises(ClusterError) as error:
        connection.delete_records({tp: 11})
    assert code_of(error) == "OFFSET_OUT_OF_RANGE"
    assert connection.delete_records({tp: -1}) == {tp: 10}


def test_group_offsets_are_moved_looked_at_and_deleted(
    connection: ClusterConnection, topic: str, name: str, fill: Fill
) -> None:
    fill(topic, 9, lambda n: OutgoingMessage(value=b"v", partition=n % 3))
    zero, one = TopicPartition(topic, 0), TopicPartition(topic, 1)
    connection.set_group_offsets(name, {zero: 1, one: 3})
    assert {offset.partition: (offset.committed, offset.lag) for offset in connection.group_offsets(name)} == {
        0: (1, 2),
        1: (3, 0),
    }
    assert connection.group(name).state == "Empty"
    assert name in {group.id for group in connection.groups()}
    connection.delete_group_offsets(name, [one])
    assert connection.committed(name) == {zero: (1, "")}
    connection.delete_group(name)
    assert name not in {group.id for group in connection.groups()}
    with pytest.raises(ClusterError) as error:
        connection.delete_group(name)
    assert code_of(error) == "GROUP_ID_NOT_FOUND"


def test_a_running_groups_offsets_stay(connection: ClusterConnection, topic: str, name: str) -> None:
    from confluent_kafka import Consumer

    consumer = Consumer(
        {
            "bootstrap.servers": connection.bootstrap,
            "group.id": name,
            "client.id": "c-1",
            "auto.offset.reset": "earliest",
        }
    )
    assigned = threading.Event()
    try:
        consumer.subscribe([topic], on_assign=lambda *_: assigned.set())
        while not assigned.is_set():
            consumer.poll(0.1)
        found = connection.group(name)
        assert found.state == "Stable"
        assert [member.client_id for member in found.members] == ["c-1"]
        assert len(found.members[0].assignment) == 3
        with pytest.raises(ClusterError, match="running members"):
            connection.set_group_offsets(name, {TopicPartition(topic, 0): 0})
        with pytest.raises(ClusterError, match="running members"):
            connection.delete_group(name)
    finally:
        consumer.close()


def test_sizes_on_disk_are_told(connection: ClusterConnection, topic: str, fill: Fill) -> None:
    fill(topic, 10, lambda _: OutgoingMessage(value=b"v" * 1000, partition=2))
    sizes = {size.partition: size.size_bytes for size in connection.log_dirs() if size.topic == topic}
    assert sizes[2] > 10_000
    assert sizes[0] == 0


def test_an_address_where_nobody_listens_fails_in_words(free_port: int) -> None:
    connection = ClusterConnection(f"127.0.0.1:{free_port}")
    try:
        with pytest.raises(ClusterError, match=r"No broker could be reached at 127\.0\.0\.1"):
            connection.check()
        with pytest.raises(ClusterError, match=r"No broker could be reached at 127\.0\.0\.1"):
            connection.topics()
    finally:
        connection.close()


def test_a_wrong_setting_fails_in_words(bootstrap: str) -> None:
    connection = ClusterConnection(bootstrap, properties={"security.protocol": "carrier-pigeon"})
    with pytest.raises(ClusterError) as error:
        connection.topics()
    assert "security.protocol" in error.value.details
    connection.close()


def test_closing_ends_a_wait(free_port: int) -> None:
    connection = ClusterConnection(f"127.0.0.1:{free_port}")
    failures: list[ClusterError] = []
    asking = threading.Event()

    def ask() -> None:
        connection.admin.client()
        asking.set()
        try:
            connection.cluster()
        except ClusterError as error:
            failures.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    asking.wait()
    connection.close()
    thread.join()
    assert isinstance(failures[0], ConnectionClosedError)
    with pytest.raises(ConnectionClosedError):
        connection.cluster()
