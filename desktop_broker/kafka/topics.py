"""Topics and brokers of a cluster: look, create, delete, grow.

Counterpart: `connection.py` offers these as methods; the broker side is `broker/handlers/`.
"""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from desktop_broker.kafka.admin import REQUEST_TIMEOUT_S, Admin
from desktop_broker.kafka.errors import from_code, from_librdkafka
from desktop_broker.kafka.model import INTERNAL_TOPICS, BrokerInfo, ClusterInfo, NewTopicPlan, PartitionInfo, TopicInfo

if TYPE_CHECKING:
    from confluent_kafka.admin import TopicMetadata

_KNOWN_TRIES = 100
_KNOWN_PAUSE_S = 0.03


def describe_cluster(admin: Admin) -> ClusterInfo:
    """Id, controller and brokers with their racks."""
    client = admin.client()
    result = admin.wait(admin.call(lambda: client.describe_cluster(request_timeout=REQUEST_TIMEOUT_S)))
    brokers = tuple(
        BrokerInfo(id=node.id, host=node.host, port=node.port, rack=node.rack)
        for node in sorted(result.nodes, key=lambda node: node.id)
    )
    controller = result.controller.id if result.controller is not None and result.controller.id >= 0 else None
    return ClusterInfo(cluster_id=result.cluster_id or "", controller=controller, brokers=brokers)


def list_topics(admin: Admin, include_internal: bool) -> list[TopicInfo]:
    """Every topic with its partitions, by name."""
    metadata = admin.metadata()
    return [
        _from_metadata(name, topic)
        for name, topic in sorted(metadata.topics.items())
        if include_internal or name not in INTERNAL_TOPICS
    ]


def describe_topic(admin: Admin, name: str) -> TopicInfo:
    """One topic, with its id.

    Raises:
        ClusterError: there is none of that name.
    """
    from confluent_kafka import TopicCollection

    client = admin.client()
    future = admin.call(lambda: client.describe_topics(TopicCollection([name]), request_timeout=REQUEST_TIMEOUT_S))
    found = admin.wait(future[name], topic=name)
    partitions = tuple(
        PartitionInfo(
            index=partition.id,
            leader=partition.leader.id if partition.leader is not None and partition.leader.id >= 0 else None,
            replicas=tuple(node.id for node in partition.replicas),
            isr=tuple(node.id for node in partition.isr),
        )
        for partition in sorted(found.partitions, key=lambda partition: partition.id)
    )
    topic_id = str(found.topic_id) if found.topic_id is not None else None
    return TopicInfo(name=found.name, internal=found.is_internal, partitions=partitions, topic_id=topic_id)


def create_topic(admin: Admin, plan: NewTopicPlan, validate_only: bool) -> None:
    """Create (or only check) a topic; returns when the brokers know it, so that it can be used at once.

    Raises:
        ClusterError: taken or bad name, too many replicas, a config that is not accepted ...
    """
    from confluent_kafka.admin import NewTopic

    client = admin.client()

    def ask() -> Future[None]:
        if plan.assignments:
            placement = [list(ids) for ids in plan.assignments]
            new = NewTopic(plan.name, len(placement), replica_assignment=placement, config=dict(plan.configs))
        else:
            new = NewTopic(plan.name, plan.partitions, plan.replication, config=dict(plan.configs))
        return client.create_topics([new], request_timeout=REQUEST_TIMEOUT_S, validate_only=validate_only)[plan.name]

    admin.wait(admin.call(ask), topic=plan.name)
    if not validate_only:
        _wait_until_known(admin, plan.name, 1)


def delete_topics(admin: Admin, names: list[str]) -> None:
    """Delete topics and all that is in them. The first failure is raised after all were tried."""
    client = admin.client()
    futures = admin.call(lambda: client.delete_topics(names, request_timeout=REQUEST_TIMEOUT_S))
    admin.wait_all(futures.values())
    for name, future in futures.items():
        admin.wait(future, topic=name)


def create_partitions(admin: Admin, topic: str, total: int, validate_only: bool) -> None:
    """Grow a topic to `total` partitions (never fewer than it has)."""
    from confluent_kafka.admin import NewPartitions

    client = admin.client()
    futures = admin.call(
        lambda: client.create_partitions(
            [NewPartitions(topic, total)], request_timeout=REQUEST_TIMEOUT_S, validate_only=validate_only
        )
    )
    admin.wait(futures[topic], topic=topic)
    if not validate_only:
        _wait_until_known(admin, topic, total)


def partition_count(admin: Admin, topic: str) -> int:
    """How many partitions a topic has, without ever creating it."""
    metadata = admin.metadata().topics.get(topic)
    if metadata is None:
        raise from_code(3, topic=topic)
    if metadata.error is not None:
        raise from_librdkafka(metadata.error, topic=topic)
    return len(metadata.partitions)


def _wait_until_known(admin: Admin, topic: str, partitions: int) -> None:
    """A controller answers before every broker has heard of it (KRaft): wait for leaders, but no longer than some seconds."""
    for _ in range(_KNOWN_TRIES):
        found = admin.metadata().topics.get(topic)
        if (
            found is not None
            and len(found.partitions) >= partitions
            and all(p.leader >= 0 for p in found.partitions.values())
        ):
            return
        admin.pause(_KNOWN_PAUSE_S)


def _from_metadata(name: str, topic: TopicMetadata) -> TopicInfo:
    partitions = tuple(
        PartitionInfo(
            index=index,
            leader=found.leader if found.leader >= 0 else None,
            replicas=tuple(found.replicas),
            isr=tuple(found.isrs),
        )
        for index, found in sorted(topic.partitions.items())
    )
    return TopicInfo(name=name, internal=name in INTERNAL_TOPICS, partitions=partitions)
