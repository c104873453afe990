"""Making, growing and deleting topics: checks with sentences, and the records to write.

Counterpart: `org.apache.kafka.controller.ReplicationControlManager`. Pure functions of an image; the controller holds the lock and appends.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import cast
from uuid import UUID

from desktop_broker.cluster.configs import check_values
from desktop_broker.cluster.image import (
    NO_LEADER,
    UNASSIGNED_DIRECTORY,
    MetadataImage,
    PartitionImage,
    ResourceType,
    TopicImage,
)
from desktop_broker.cluster.image_delta import partition_record
from desktop_broker.cluster.names import check_collision, check_name
from desktop_broker.cluster.placement import PlaceableBroker, place_replicas
from desktop_broker.cluster.requests import NewPartitions, NewTopic, TopicResult
from desktop_broker.common.config import TOPIC_KEYS, ConfigValue
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.types import new_uuid
from desktop_broker.protocol.records.metadata_types import ConfigRecord, RemoveTopicRecord, TopicRecord
from desktop_broker.protocol.schema import Message

MAX_PARTITIONS = 10_000
"""The most partitions that one request may make (Kafka's `MAX_PARTITIONS_PER_BATCH`)."""


def plan_topic(
    image: MetadataImage, wanted: NewTopic, taken: Collection[str], broker_values: Mapping[str, ConfigValue]
) -> tuple[TopicResult, list[Message]]:
    """The records that make a topic.

    Args:
        taken: names that the same request makes.

    Raises:
        KafkaError: why not, in a sentence.
    """
    name = wanted.name
    check_name(name)
    if name in image.topics:
        raise KafkaError(ErrorCode.TOPIC_ALREADY_EXISTS, f"Topic '{name}' already exists.")
    check_collision(name, [*image.topics, *taken])
    configs = check_values(TOPIC_KEYS, wanted.configs)
    if wanted.assignments is None:
        partitions = cast(int, broker_values["num.partitions"]) if wanted.partitions == -1 else wanted.partitions
        replication = (
            cast(int, broker_values["default.replication.factor"]) if wanted.replication == -1 else wanted.replication
        )
        _check_count(partitions)
        assignments = place_replicas(_placeable(image), partitions, replication)
    else:
        assignments = _explicit(image, wanted)
    topic_id = new_uuid()
    records: list[Message] = [TopicRecord(name=name, topic_id=topic_id)]
    records += [
        ConfigRecord(resource_type=ResourceType.TOPIC, resource_name=name, name=key, value=value)
        for key, value in configs.items()
    ]
    records += [
        partition_record(topic_id, new_partition(image, index, replicas)) for index, replicas in enumerate(assignments)
    ]
    result = TopicResult(
        name=name, id=topic_id, partitions=len(assignments), replication=len(assignments[0]), configs=configs
    )
    return result, records


def plan_growth(image: MetadataImage, wanted: NewPartitions) -> tuple[TopicResult, list[Message]]:
    """The records that add partitions.

    Raises:
        KafkaError: why not; partitions are never taken away (INVALID_PARTITIONS).
    """
    topic = find_topic(image, wanted.topic)
    have = len(topic.partitions)
    if wanted.count < have:
        raise KafkaError(
            ErrorCode.INVALID_PARTITIONS,
            f"Topic '{topic.name}' has {have} partitions. Partitions can be added but never taken away; {wanted.count} would be fewer.",
        )
    if wanted.count == have:
        raise KafkaError(ErrorCode.INVALID_PARTITIONS, f"Topic '{topic.name}' already has {have} partitions.")
    more = wanted.count - have
    _check_count(more)
    replication = len(topic.partitions[0].replicas)
    if wanted.assignments is None:
        assignments = place_replicas(_placeable(image), more, replication, first=have)
    else:
        if len(wanted.assignments) != more:
            raise KafkaError(
                ErrorCode.INVALID_REPLICA_ASSIGNMENT,
                f"{more} partitions are to be added, but replicas are given for {len(wanted.assignments)}.",
            )
        assignments = [_check_replicas(image, replicas, replication) for replicas in wanted.assignments]
    records: list[Message] = [
        partition_record(topic.id, new_partition(image, have + number, replicas))
        for number, replicas in enumerate(assignments)
    ]
    return TopicResult(name=topic.name, id=topic.id, partitions=wanted.count, replication=replication), records


def plan_deletion(image: MetadataImage, wanted: str | UUID) -> tuple[TopicResult, list[Message]]:
    """The record that deletes a topic, by name or id. Raises KafkaError."""
    topic = find_topic(image, wanted)
    return TopicResult(name=topic.name, id=topic.id), [RemoveTopicRecord(topic_id=topic.id)]


def find_topic(image: MetadataImage, wanted: str | UUID) -> TopicImage:
    """By name or id.

    Raises:
        KafkaError: UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID.
    """
    if isinstance(wanted, UUID):
        topic = image.topics_by_id.get(wanted)
        if topic is None:
            raise KafkaError(ErrorCode.UNKNOWN_TOPIC_ID, "There is no topic with this id.")
        return topic
    topic = image.topics.get(wanted)
    if topic is None:
        raise KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, f"There is no topic named '{wanted}'.")
    return topic


def new_partition(image: MetadataImage, index: int, replicas: Sequence[int]) -> PartitionImage:
    """A partition as it begins: all running replicas are in sync, the first of them leads.

    Raises:
        KafkaError: INVALID_REPLICA_ASSIGNMENT when none of its brokers runs.
    """
    active = image.active_brokers()
    isr = tuple(broker for broker in replicas if broker in active)
    if not isr:
        raise KafkaError(
            ErrorCode.INVALID_REPLICA_ASSIGNMENT,
            f"None of the brokers {list(replicas)} of partition {index} is running.",
        )
    return PartitionImage(
        index=index,
        replicas=tuple(replicas),
        isr=isr,
        leader=isr[0] if isr else NO_LEADER,
        leader_epoch=0,
        partition_epoch=0,
        directories=tuple(
            image.brokers[broker].directory if broker in image.brokers else UNASSIGNED_DIRECTORY for broker in replicas
        ),
    )


def _placeable(image: MetadataImage) -> list[PlaceableBroker]:
    return [
        PlaceableBroker(id=broker.id, rack=broker.rack, fenced=not broker.active) for broker in image.brokers.values()
    ]


def _check_count(partitions: int) -> None:
    if partitions < 1:
        raise KafkaError(ErrorCode.INVALID_PARTITIONS, f"A topic needs at least 1 partition, not {partitions}.")
    if partitions > MAX_PARTITIONS:
        raise KafkaError(
            ErrorCode.INVALID_PARTITIONS, f"At most {MAX_PARTITIONS} partitions can be made at once, not {partitions}."
        )


def _explicit(image: MetadataImage, wanted: NewTopic) -> list[tuple[int, ...]]:
    assignments = wanted.assignments or {}
    if wanted.partitions != -1 or wanted.replication != -1:
        raise KafkaError(
            ErrorCode.INVALID_REQUEST,
            "Give either replicas for each partition or numbers of partitions and replicas, not both.",
        )
    if sorted(assignments) != list(range(len(assignments))) or not assignments:
        raise KafkaError(
            ErrorCode.INVALID_REPLICA_ASSIGNMENT,
            "Replicas must be given for partitions 0, 1, 2 and so on, without a gap.",
        )
    _check_count(len(assignments))
    replication = len(assignments[0])
    return [_check_replicas(image, assignments[index], replication) for index in range(len(assignments))]


def _check_replicas(image: MetadataImage, replicas: Sequence[int], replication: int) -> tuple[int, ...]:
    code = ErrorCode.INVALID_REPLICA_ASSIGNMENT
    if not replicas:
        raise KafkaError(code, "Each partition needs at least 1 replica.")
    if len(set(replicas)) != len(replicas):
        raise KafkaError(code, f"A broker cannot hold two replicas of one partition: {list(replicas)}.")
    if len(replicas) != replication:
        raise KafkaError(
            code, f"All partitions need the same number of replicas, {replication}; {list(replicas)} differs."
        )
    for broker in replicas:
        if broker not in image.brokers:
            raise KafkaError(code, f"There is no broker {broker}; the brokers are {sorted(image.brokers)}.")
    return tuple(replicas)
