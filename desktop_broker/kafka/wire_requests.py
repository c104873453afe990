"""What is asked through `wire_client.py`: sizes on disk, committed offsets, offsets deleted one by one.

Counterpart: `connection.py` offers these as methods.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from desktop_broker.common.errors import ErrorCode
from desktop_broker.common.types import Endpoint, TopicPartition, parse_endpoint
from desktop_broker.kafka import error_sentences
from desktop_broker.kafka.errors import ClusterError, from_code
from desktop_broker.kafka.model import BrokerInfo, ReplicaSize
from desktop_broker.kafka.wire_client import WireClient
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.describe_log_dirs import DescribeLogDirsRequest, DescribeLogDirsResponse
from desktop_broker.protocol.messages.find_coordinator import FindCoordinatorRequest, FindCoordinatorResponse
from desktop_broker.protocol.messages.offset_delete import (
    OffsetDeleteRequest,
    OffsetDeleteRequestPartition,
    OffsetDeleteRequestTopic,
    OffsetDeleteResponse,
)
from desktop_broker.protocol.messages.offset_fetch import (
    OffsetFetchRequest,
    OffsetFetchRequestGroup,
    OffsetFetchResponse,
    OffsetFetchResponsePartition,
    OffsetFetchResponsePartitions,
)

_GROUP = 0
_BY_GROUP, _BY_NAME = 8, 9  # OffsetFetch: many groups since version 8 (KIP-709), topics without names after 9


def log_dirs(brokers: Iterable[BrokerInfo], properties: Mapping[str, str]) -> list[ReplicaSize]:
    """Every replica on every broker's disk. A broker that does not answer is left out; when none does, its error is raised."""
    sizes: list[ReplicaSize] = []
    failure, answered = None, False
    for broker in brokers:
        try:
            sizes += _log_dirs_of(broker, properties)
            answered = True
        except ClusterError as error:
            failure = error
    if failure is not None and not answered:
        raise failure
    return sizes


def delete_group_offsets(
    bootstrap: str, properties: Mapping[str, str], group: str, partitions: Collection[TopicPartition]
) -> None:
    """Forget what a group committed in these partitions (KIP-496). No member may be subscribed to their topics.

    Raises:
        ClusterError: the group or the cluster refuses.
    """
    with WireClient(coordinator_of(bootstrap, properties, group), properties) as client:
        by_topic: dict[str, list[OffsetDeleteRequestPartition]] = {}
        for tp in partitions:
            by_topic.setdefault(tp.topic, []).append(OffsetDeleteRequestPartition(partition_index=tp.partition))
        topics = [OffsetDeleteRequestTopic(name=name, partitions=rows) for name, rows in by_topic.items()]
        answer = client.ask(OffsetDeleteRequest(group_id=group, topics=topics), OffsetDeleteResponse)
    _check(answer.error_code, group=group)
    for topic in answer.topics:
        for partition in topic.partitions:
            _check(partition.error_code, group=group, topic=topic.name, partition=partition.partition_index)


def committed(bootstrap: str, properties: Mapping[str, str], group: str) -> dict[TopicPartition, tuple[int, str]]:
    """Every offset that a group has committed, with its metadata text.

    Not through librdkafka: its ListConsumerGroupOffsets ends the whole process when the coordinator moves (it asks for the new one
    in the name of a consumer, and an admin client has none).

    Raises:
        ClusterError: the group's coordinator cannot be asked now, or refuses.
    """
    topics: list[tuple[str, Sequence[OffsetFetchResponsePartition | OffsetFetchResponsePartitions]]]
    with WireClient(coordinator_of(bootstrap, properties, group), properties) as client:
        if client.version_of(ApiKey.OFFSET_FETCH, _BY_NAME) >= _BY_GROUP:
            request = OffsetFetchRequest(groups=[OffsetFetchRequestGroup(group_id=group, topics=None)])
            found = client.ask(request, OffsetFetchResponse, most=_BY_NAME).groups[0]
            code, topics = found.error_code, [(topic.name, topic.partitions) for topic in found.topics]
        else:
            answer = client.ask(OffsetFetchRequest(group_id=group, topics=None), OffsetFetchResponse, most=_BY_NAME)
            code, topics = answer.error_code, [(topic.name, topic.partitions) for topic in answer.topics]
    _check(code, group=group)
    return {
        TopicPartition(name, partition.partition_index): (partition.committed_offset, partition.metadata or "")
        for name, partitions in topics
        for partition in partitions
        if partition.error_code == 0 and partition.committed_offset >= 0
    }


def first_reachable(bootstrap: str, properties: Mapping[str, str]) -> WireClient:
    """A connection to the first bootstrap server that accepts one.

    Raises:
        ClusterError: none does, or the text is not a list of addresses.
    """
    failure: ClusterError | None = None
    for text in filter(None, (part.strip() for part in bootstrap.split(","))):
        try:
            endpoint = parse_endpoint(text, 9092)
        except ValueError as error:
            raise ClusterError(str(error)) from error
        try:
            return WireClient(endpoint, properties)
        except ClusterError as error:
            failure = error
    raise failure or ClusterError(*error_sentences.NO_BOOTSTRAP)


def coordinator_of(bootstrap: str, properties: Mapping[str, str], group: str) -> Endpoint:
    """Where a group's coordinator listens.

    Raises:
        ClusterError: it has none now, or no broker can be asked.
    """
    with first_reachable(bootstrap, properties) as client:
        answer = client.ask(FindCoordinatorRequest(key_type=_GROUP, coordinator_keys=[group]), FindCoordinatorResponse)
    found = answer.coordinators[0]
    _check(found.error_code, group=group)
    return Endpoint(found.host, found.port)


def _log_dirs_of(broker: BrokerInfo, properties: Mapping[str, str]) -> list[ReplicaSize]:
    with WireClient(Endpoint(broker.host, broker.port), properties) as client:
        answer = client.ask(DescribeLogDirsRequest(topics=None), DescribeLogDirsResponse)
    _check(answer.error_code)
    return [
        ReplicaSize(
            broker=broker.id,
            directory=directory.log_dir,
            topic=topic.name,
            partition=partition.partition_index,
            size_bytes=partition.partition_size,
            lag=partition.offset_lag,
            future=partition.is_future_key,
        )
        for directory in answer.results
        if directory.error_code == 0
        for topic in directory.topics
        for partition in topic.partitions
    ]


def _check(code: int, **names: object) -> None:
    if code != ErrorCode.NONE:
        raise from_code(code, "", "", **names)
