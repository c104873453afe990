"""Reads one partition for a fetch: which replica may answer, up to where, and what a client is told when it cannot.

Counterpart: `ReplicaManager.readFromLog`, `Partition.fetchRecords`, `RackAwareReplicaSelector`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from desktop_broker.broker.leaders import MOVED, current_leader
from desktop_broker.cluster.partition import Isolation, Partition
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.protocol.fetch_fast import AbortedTransaction, EpochEnd, FetchPartition, FetchResult
from desktop_broker.protocol.hot_path import TopicKey
from desktop_broker.storage.log_slice import LogSlice

if TYPE_CHECKING:
    from desktop_broker.broker.context import Services

_NO_EPOCH: Final = -1


class FetchParameters(NamedTuple):
    """What one request says about all its partitions.

    Attributes:
        by_follower: a replica id was given. This cluster's brokers do not pull over the wire, so nobody else may say so.
        from_any_replica: the version knows reading from followers (KIP-392).
        isolation: read_committed or not.
    """

    by_follower: bool
    from_any_replica: bool
    isolation: Isolation
    rack: str


@dataclass(slots=True)
class PartitionRead:
    """What one partition gave. `end` is where its records end, and `end_known` whether just there or only below; `partition` is None where
    there is nothing to wait for."""

    topic: TopicKey
    asked: FetchPartition
    result: FetchResult
    name: str = ""
    partition: Partition | None = None
    slice: LogSlice | None = None
    length: int = 0
    end: int = 0
    end_known: bool = True


def read_partition(
    services: Services,
    topic: TopicKey,
    asked: FetchPartition,
    parameters: FetchParameters,
    max_bytes: int,
    *,
    minimum_one: bool,
) -> PartitionRead:
    """Read one partition. What goes wrong stands in the result; the slice, when there is one, is the caller's to release."""
    name = ""
    try:
        name = _name_of(services, topic)
        partition = _partition(services, name, asked, parameters)
        return _read(services, topic, name, asked, parameters, partition, max_bytes, minimum_one)
    except KafkaError as error:
        leader = None
        if error.code in MOVED:
            leader = current_leader(services.image, name, asked.partition)
        return PartitionRead(topic, asked, FetchResult(asked.partition, error.code, current_leader=leader), name)


def _name_of(services: Services, topic: TopicKey) -> str:
    if isinstance(topic, str):
        return topic
    found = services.image.topics_by_id.get(topic)
    if found is None:
        raise KafkaError(ErrorCode.UNKNOWN_TOPIC_ID, "There is no topic with this id.")
    return found.name


def _partition(services: Services, name: str, asked: FetchPartition, parameters: FetchParameters) -> Partition:
    """The replica to read here (rules 12 and 17)."""
    if parameters.by_follower:
        raise KafkaError(ErrorCode.NOT_LEADER_OR_FOLLOWER, "Only this cluster's own brokers follow its partitions.")
    replicas = services.replicas
    find = replicas.readable_partition if parameters.from_any_replica else replicas.leader_partition
    return find(name, asked.partition, asked.current_leader_epoch)


def _read(
    services: Services,
    topic: TopicKey,
    name: str,
    asked: FetchPartition,
    parameters: FetchParameters,
    partition: Partition,
    max_bytes: int,
    minimum_one: bool,
) -> PartitionRead:
    log = partition.log
    high_watermark, stable = partition.high_watermark, partition.last_stable_offset
    result = FetchResult(asked.partition, 0, high_watermark, stable, log.log_start_offset)
    if asked.last_fetched_epoch != _NO_EPOCH:
        diverging = _diverging(partition, asked)
        if diverging is not None:
            return PartitionRead(topic, asked, result._replace(diverging_epoch=diverging), name)
    if parameters.rack and partition.is_leader:
        preferred = _preferred_replica(services, partition, asked.fetch_offset, parameters.rack)
        if preferred is not None:
            return PartitionRead(topic, asked, result._replace(preferred_read_replica=preferred), name)
    committed_only = parameters.isolation is Isolation.COMMITTED
    end = stable if committed_only else high_watermark
    try:
        piece = partition.read(
            asked.fetch_offset,
            min(max_bytes, asked.partition_max_bytes),
            isolation=parameters.isolation,
            minimum_one=minimum_one,
            from_follower=parameters.from_any_replica,
        )
    except KafkaError as error:
        if error.code is not ErrorCode.OFFSET_OUT_OF_RANGE:
            raise
        return PartitionRead(topic, asked, result._replace(error_code=error.code), name)
    if not piece.length:
        if committed_only:
            result = result._replace(aborted_transactions=())
        return PartitionRead(topic, asked, result, name, partition)
    end_known = piece.next_offset_hint >= 0
    behind = piece.next_offset_hint if end_known else end
    if committed_only:
        aborted = log.aborted_transactions(asked.fetch_offset, behind)
        result = result._replace(
            aborted_transactions=[AbortedTransaction(each.producer_id, each.first_offset) for each in aborted]
        )
    return PartitionRead(topic, asked, result, name, partition, piece, piece.length, behind, end_known)


def _diverging(partition: Partition, asked: FetchPartition) -> EpochEnd | None:
    """Where the client's log and this one part, when they do (`Partition.readRecords`)."""
    epoch, end_offset = partition.offsets_for_epoch(asked.last_fetched_epoch)
    if epoch == _NO_EPOCH or end_offset < 0:
        raise KafkaError(ErrorCode.OFFSET_OUT_OF_RANGE, f"Epoch {asked.last_fetched_epoch} is not known here.")
    if epoch < asked.last_fetched_epoch or end_offset < asked.fetch_offset:
        return EpochEnd(epoch, end_offset)
    return None


def _preferred_replica(services: Services, partition: Partition, offset: int, rack: str) -> int | None:
    """A follower in the client's rack that is in sync and has the offset; None for the leader itself."""
    image = services.image
    if services.rack == rack:
        return None
    best, best_end = None, -1
    for broker_id in partition.isr:
        broker = image.brokers.get(broker_id)
        if broker is None or broker.fenced or broker.rack != rack or broker_id == services.broker_id:
            continue
        end = partition.follower_end(broker_id)
        if end >= offset and end > best_end:
            best, best_end = broker_id, end
    return best
