"""ListOffsets: offsets by time, and the special times -1 to -6 (rule 18). Counterpart: `ListOffsetsRequest`, `UnifiedLog.fetchOffsetByTimestamp`."""

from __future__ import annotations

from typing import Final

from desktop_broker.broker.context import RequestContext
from desktop_broker.cluster.partition import Partition
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.list_offsets import (
    ListOffsetsPartition,
    ListOffsetsPartitionResponse,
    ListOffsetsRequest,
    ListOffsetsResponse,
    ListOffsetsTopicResponse,
)

LATEST: Final = -1
EARLIEST: Final = -2
MAX_TIMESTAMP: Final = -3
EARLIEST_LOCAL: Final = -4
LATEST_TIERED: Final = -5
EARLIEST_PENDING_UPLOAD: Final = -6

# The first version that knows each special time (KIP-734, KIP-405, KIP-1005, KIP-1023).
_SINCE: Final = {
    LATEST: 0,
    EARLIEST: 0,
    MAX_TIMESTAMP: 7,
    EARLIEST_LOCAL: 8,
    LATEST_TIERED: 9,
    EARLIEST_PENDING_UPLOAD: 11,
}
_NOT_AVAILABLE_SINCE: Final = 5
_EPOCH_SINCE: Final = 4
_CONSUMER: Final = -1
_DEBUGGER: Final = -2
_COMMITTED: Final = 1


def list_all(context: RequestContext, request: ListOffsetsRequest) -> ListOffsetsResponse:
    """Answer for each partition that this broker leads."""
    seen: set[tuple[str, int]] = set()
    twice: set[tuple[str, int]] = set()
    for topic in request.topics:
        for asked in topic.partitions:
            key = (topic.name, asked.partition_index)
            (twice if key in seen else seen).add(key)
    return ListOffsetsResponse(
        topics=[
            ListOffsetsTopicResponse(
                name=topic.name,
                partitions=[_one(context, request, topic.name, asked, twice) for asked in topic.partitions],
            )
            for topic in request.topics
        ]
    )


def _one(
    context: RequestContext,
    request: ListOffsetsRequest,
    topic: str,
    asked: ListOffsetsPartition,
    twice: set[tuple[str, int]],
) -> ListOffsetsPartitionResponse:
    index = asked.partition_index
    try:
        if (topic, index) in twice:
            raise KafkaError(ErrorCode.INVALID_REQUEST, f"{topic}-{index} was asked for twice.")
        if context.api_version < _SINCE.get(asked.timestamp, 0):
            raise KafkaError(
                ErrorCode.UNSUPPORTED_VERSION, f"Time {asked.timestamp} needs a newer version of ListOffsets."
            )
        partition = _partition(context, request.replica_id, topic, asked)
        bound = _bound(partition, request)
        offset, timestamp, epoch = _find(partition, asked.timestamp, bound)
        if bound < partition.epoch_start_offset and (asked.timestamp == LATEST or offset < 0):
            # A new leader whose high watermark is not settled yet must not seem to go back (KIP-207).
            settled_since = context.api_version >= _NOT_AVAILABLE_SINCE
            code = ErrorCode.OFFSET_NOT_AVAILABLE if settled_since else ErrorCode.LEADER_NOT_AVAILABLE
            raise KafkaError(code, f"The high watermark of {topic}-{index} is not settled yet.")
    except KafkaError as error:
        return ListOffsetsPartitionResponse(partition_index=index, error_code=error.code, timestamp=-1, offset=-1)
    if context.api_version < _EPOCH_SINCE:
        epoch = -1  # older versions have no field for it
    return ListOffsetsPartitionResponse(partition_index=index, offset=offset, timestamp=timestamp, leader_epoch=epoch)


def _partition(context: RequestContext, replica_id: int, topic: str, asked: ListOffsetsPartition) -> Partition:
    replicas = context.services.replicas
    if replica_id == _DEBUGGER:
        found = replicas.partition(topic, asked.partition_index)
        if found is not None:
            return found
    return replicas.leader_partition(topic, asked.partition_index, asked.current_leader_epoch)


def _bound(partition: Partition, request: ListOffsetsRequest) -> int:
    """The end of what the asker may know of."""
    if request.replica_id != _CONSUMER:
        return partition.log.log_end_offset
    return partition.last_stable_offset if request.isolation_level == _COMMITTED else partition.high_watermark


def _find(partition: Partition, time: int, bound: int) -> tuple[int, int, int]:
    """Offset, timestamp and leader epoch; -1 each where there is none."""
    log = partition.log
    match time:
        case -1:
            return bound, -1, partition.leader_epoch
        case -2 | -4:
            # Nothing is tiered here, so what is local begins where the log does.
            return log.log_start_offset, -1, _epoch_at(partition, log.log_start_offset)
        case -5 | -6:
            return -1, -1, -1
        case -3:
            found = log.max_timestamp()
        case _ if time < 0:
            raise KafkaError(ErrorCode.INVALID_REQUEST, f"Time {time} has no meaning.")
        case _:
            found = log.offset_for_timestamp(time)
    if found is None or found.offset >= bound:
        return -1, -1, -1
    return found.offset, found.timestamp_ms, found.leader_epoch


def _epoch_at(partition: Partition, offset: int) -> int:
    epoch = partition.log.leader_epochs.epoch_of(offset)
    return partition.leader_epoch if epoch < 0 else epoch


HANDLERS = {ApiKey.LIST_OFFSETS: list_all}
