"""What the controller refuses, in words, and what it does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_broker.cluster.image import ResourceType
from desktop_broker.cluster.internal_topics import InternalTopics
from desktop_broker.cluster.requests import (
    ConfigChange,
    ConfigOp,
    ConfigOperation,
    ConfigReplacement,
    NewPartitions,
    NewTopic,
)
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventKind
from desktop_broker.common.types import new_uuid
from tests.cluster.harness import TestCluster, tp


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[TestCluster]:
    with TestCluster(tmp_path) as running:
        yield running


@pytest.mark.parametrize(
    ("topic", "code", "words"),
    [
        (NewTopic(name="a b"), ErrorCode.INVALID_TOPIC_EXCEPTION, "' ' in it"),
        (NewTopic(name="there"), ErrorCode.TOPIC_ALREADY_EXISTS, "'there' already exists"),
        (NewTopic(name="the.re"), ErrorCode.INVALID_TOPIC_EXCEPTION, "collides"),
        (NewTopic(name="x", partitions=0), ErrorCode.INVALID_PARTITIONS, "at least 1 partition"),
        (NewTopic(name="x", partitions=-2), ErrorCode.INVALID_PARTITIONS, "not -2"),
        (NewTopic(name="x", partitions=10_001), ErrorCode.INVALID_PARTITIONS, "At most 10000"),
        (NewTopic(name="x", replication=4), ErrorCode.INVALID_REPLICATION_FACTOR, "only 3 brokers"),
        (NewTopic(name="x", replication=0), ErrorCode.INVALID_REPLICATION_FACTOR, "at least 1 replica"),
        (NewTopic(name="x", configs={"retention": "1"}), ErrorCode.INVALID_CONFIG, "no config named 'retention'"),
        (NewTopic(name="x", configs={"retention.ms": "soon"}), ErrorCode.INVALID_CONFIG, "whole number"),
        (NewTopic(name="x", configs={"retention.ms": None}), ErrorCode.INVALID_CONFIG, "needs a value"),
        (NewTopic(name="x", configs={"min.insync.replicas": "0"}), ErrorCode.INVALID_CONFIG, "at least 1"),
        (NewTopic(name="x", assignments={1: [1]}), ErrorCode.INVALID_REPLICA_ASSIGNMENT, "without a gap"),
        (NewTopic(name="x", assignments={0: [1, 1]}), ErrorCode.INVALID_REPLICA_ASSIGNMENT, "two replicas"),
        (NewTopic(name="x", assignments={0: [9]}), ErrorCode.INVALID_REPLICA_ASSIGNMENT, "no broker 9"),
        (NewTopic(name="x", assignments={0: []}), ErrorCode.INVALID_REPLICA_ASSIGNMENT, "at least 1 replica"),
        (NewTopic(name="x", assignments={0: [1], 1: [1, 2]}), ErrorCode.INVALID_REPLICA_ASSIGNMENT, "same number"),
        (NewTopic(name="x", partitions=1, assignments={0: [1]}), ErrorCode.INVALID_REQUEST, "not both"),
    ],
)
def test_topics_that_cannot_be_made(cluster: TestCluster, topic: NewTopic, code: ErrorCode, words: str) -> None:
    cluster.create("there")
    cluster.create("the_re")
    (result,) = cluster.controller.create_topics([topic])
    assert result.error is not None
    assert result.error.code is code
    assert words in result.error.message
    assert set(cluster.cluster.image.topics) == {"there", "the_re"}


def test_defaults_fit_the_cluster_and_validation_changes_nothing(cluster: TestCluster) -> None:
    (result,) = cluster.controller.create_topics([NewTopic(name="x")], validate_only=True)
    assert (result.error, result.partitions, result.replication) == (None, 1, 3)
    assert "x" not in cluster.cluster.image.topics
    twice = cluster.controller.create_topics([NewTopic(name="x"), NewTopic(name="x"), NewTopic(name="y")])
    assert [each.error.code if each.error else None for each in twice] == [ErrorCode.INVALID_REQUEST] * 2 + [None]


def test_partitions_are_added_but_never_taken_away(cluster: TestCluster) -> None:
    cluster.create("t", partitions=3)
    fewer, same, unknown = cluster.controller.create_partitions(
        [NewPartitions(topic="t", count=2), NewPartitions(topic="t", count=3), NewPartitions(topic="no", count=3)]
    )
    assert fewer.error is not None
    assert fewer.error.code is ErrorCode.INVALID_PARTITIONS
    assert "never taken away" in fewer.error.message
    assert same.error is not None
    assert unknown.error is not None
    assert unknown.error.code is ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    (grown,) = cluster.controller.create_partitions([NewPartitions(topic="t", count=5)])
    assert grown.error is None
    assert len(cluster.cluster.image.topics["t"].partitions) == 5
    assert cluster.produce("a", index=4)[1] is ErrorCode.NONE
    (placed,) = cluster.controller.create_partitions([NewPartitions(topic="t", count=6, assignments=[[3, 1, 2]])])
    assert placed.error is None
    assert cluster.state("t", 5).replicas == (3, 1, 2)


def test_deleting_by_name_and_id(cluster: TestCluster) -> None:
    cluster.create("a")
    cluster.create("b", retention_ms="5")
    by_id = cluster.cluster.image.topics["b"].id
    results = cluster.controller.delete_topics(["a", by_id, "c", new_uuid()])
    assert [result.name for result in results[:2]] == ["a", "b"]
    assert [result.error.code if result.error else None for result in results] == [
        None,
        None,
        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
        ErrorCode.UNKNOWN_TOPIC_ID,
    ]
    assert not cluster.cluster.image.topics
    assert not cluster.cluster.image.topic_overrides("b")
    assert not any(broker.logs.get(tp("a")) for broker in cluster.brokers.values())


def alter(
    cluster: TestCluster, kind: ResourceType, name: str, *operations: tuple[str, ConfigOp, str | None]
) -> KafkaError | None:
    change = ConfigChange(
        resource_type=kind,
        name=name,
        operations=[ConfigOperation(key=key, op=op, value=value) for key, op, value in operations],
    )
    (error,) = cluster.controller.incremental_alter_configs([change])
    return error


def test_topic_configs_reach_every_replica(cluster: TestCluster) -> None:
    cluster.create()
    assert alter(cluster, ResourceType.TOPIC, "t", ("retention.ms", ConfigOp.SET, "5")) is None
    assert {cluster.replica(broker).config.retention_ms for broker in (1, 2, 3)} == {5}
    assert alter(cluster, ResourceType.TOPIC, "t", ("cleanup.policy", ConfigOp.APPEND, "compact")) is None
    assert cluster.replica(1).config.cleanup_policy == ("delete", "compact")
    assert alter(cluster, ResourceType.TOPIC, "t", ("cleanup.policy", ConfigOp.SUBTRACT, "delete")) is None
    assert cluster.replica(2).config.cleanup_policy == ("compact",)
    assert alter(cluster, ResourceType.TOPIC, "t", ("retention.ms", ConfigOp.DELETE, None)) is None
    replaced = cluster.controller.alter_configs(
        [ConfigReplacement(resource_type=ResourceType.TOPIC, name="t", values={"segment.bytes": "4096"})]
    )
    assert replaced == [None]
    assert dict(cluster.cluster.image.topic_overrides("t")) == {"segment.bytes": "4096"}
    changes = [event.details["changes"] for event in cluster.events.after(0) if event.kind is EventKind.CONFIG_CHANGED]
    assert changes[0] == ["retention.ms=5"]
    assert changes[-1] == ["cleanup.policy", "segment.bytes=4096"]


def test_broker_configs_are_defaults_of_topics_while_it_runs(cluster: TestCluster) -> None:
    cluster.create()
    assert alter(cluster, ResourceType.BROKER, "", ("log.retention.ms", ConfigOp.SET, "9")) is None
    assert cluster.replica(3).config.retention_ms == 9
    assert alter(cluster, ResourceType.BROKER, "2", ("log.retention.ms", ConfigOp.SET, "8")) is None
    assert [cluster.replica(broker).config.retention_ms for broker in (1, 2, 3)] == [9, 8, 9]
    assert cluster.cluster.broker_values()["num.partitions"] == 1
    assert alter(cluster, ResourceType.BROKER, "", ("num.partitions", ConfigOp.SET, "4")) is None
    cluster.create("four", partitions=-1)
    assert len(cluster.cluster.image.topics["four"].partitions) == 4


@pytest.mark.parametrize(
    ("kind", "name", "operation", "code", "words"),
    [
        (ResourceType.TOPIC, "t", ("retention", ConfigOp.SET, "5"), ErrorCode.INVALID_CONFIG, "no config named"),
        (ResourceType.TOPIC, "t", ("retention.ms", ConfigOp.SET, "x"), ErrorCode.INVALID_CONFIG, "whole number"),
        (ResourceType.TOPIC, "t", ("retention.ms", ConfigOp.SET, None), ErrorCode.INVALID_CONFIG, "needs a value"),
        (ResourceType.TOPIC, "t", ("retention.ms", ConfigOp.APPEND, "5"), ErrorCode.INVALID_CONFIG, "not a list"),
        (ResourceType.TOPIC, "no", ("retention.ms", ConfigOp.SET, "5"), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "'no'"),
        (ResourceType.BROKER, "7", ("num.partitions", ConfigOp.SET, "5"), ErrorCode.INVALID_REQUEST, "no broker '7'"),
        (
            ResourceType.BROKER,
            "1",
            ("log.dirs", ConfigOp.SET, "x"),
            ErrorCode.INVALID_REQUEST,
            "when the cluster starts",
        ),
        (ResourceType.BROKER_LOGGER, "1", ("a", ConfigOp.SET, "x"), ErrorCode.INVALID_REQUEST, "topics and brokers"),
    ],
)
def test_config_changes_that_are_refused(
    cluster: TestCluster,
    kind: ResourceType,
    name: str,
    operation: tuple[str, ConfigOp, str | None],
    code: ErrorCode,
    words: str,
) -> None:
    cluster.create()
    error = alter(cluster, kind, name, operation)
    assert error is not None
    assert error.code is code
    assert words in error.message


def test_producer_ids_are_never_given_twice(cluster: TestCluster) -> None:
    blocks = [cluster.controller.allocate_producer_ids(broker) for broker in (1, 2, 1)]
    assert [(block.start, len(block)) for block in blocks] == [(0, 1000), (1000, 1000), (2000, 1000)]


def test_the_internal_topics_are_made_once_with_kafkas_configs(cluster: TestCluster) -> None:
    internal = InternalTopics(cluster.cluster)
    offsets = internal.ensure("__consumer_offsets")
    assert internal.ensure("__consumer_offsets") is offsets
    assert offsets.internal
    assert (len(offsets.partitions), len(offsets.partitions[0].replicas)) == (8, 3)
    overrides = cluster.cluster.image.topic_overrides("__consumer_offsets")
    assert dict(overrides) == {
        "cleanup.policy": "compact",
        "compression.type": "producer",
        "segment.bytes": "104857600",
    }
    transactions = internal.ensure("__transaction_state")
    assert len(transactions.partitions) == 8


def test_a_stale_wish_for_an_isr_is_refused(cluster: TestCluster) -> None:
    cluster.create_on("t", [1, 2, 3])
    topic_id, state = cluster.cluster.image.topics["t"].id, cluster.state()

    def ask(
        broker: int = 1,
        epoch: int = state.leader_epoch,
        version: int = state.partition_epoch,
        isr: tuple[int, ...] = (1, 2),
    ) -> None:
        cluster.controller.alter_partition(
            broker, tp(), topic_id=topic_id, leader_epoch=epoch, partition_epoch=version, isr=isr, reason="test"
        )

    for broken, code in (
        ({"broker": 2}, ErrorCode.INVALID_REQUEST),
        ({"epoch": -1}, ErrorCode.FENCED_LEADER_EPOCH),
        ({"epoch": 99}, ErrorCode.UNKNOWN_LEADER_EPOCH),
        ({"version": 99}, ErrorCode.INVALID_UPDATE_VERSION),
        ({"isr": (2, 3)}, ErrorCode.INVALID_REQUEST),
        ({"isr": (1, 9)}, ErrorCode.INVALID_REQUEST),
    ):
        with pytest.raises(KafkaError) as refused:
            ask(**broken)  # type: ignore[arg-type]
        assert refused.value.code is code
    ask()
    assert cluster.state().isr == (1, 2)
    cluster.kill(3)
    with pytest.raises(KafkaError) as refused:
        ask(version=cluster.state().partition_epoch, isr=(1, 2, 3))
    assert refused.value.code is ErrorCode.INELIGIBLE_REPLICA
