"""OffsetForLeaderEpoch: where an epoch ends in the leader's log, so that a client notices lost records (KIP-101, KIP-320)."""

from __future__ import annotations

from desktop_broker.broker.context import RequestContext
from desktop_broker.common.errors import KafkaError
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.offset_for_leader_epoch import (
    EpochEndOffset,
    OffsetForLeaderEpochRequest,
    OffsetForLeaderEpochResponse,
    OffsetForLeaderPartition,
    OffsetForLeaderTopicResult,
)


def end_offsets(context: RequestContext, request: OffsetForLeaderEpochRequest) -> OffsetForLeaderEpochResponse:
    """Answer for each partition that this broker leads."""
    return OffsetForLeaderEpochResponse(
        topics=[
            OffsetForLeaderTopicResult(
                topic=topic.topic, partitions=[_one(context, topic.topic, asked) for asked in topic.partitions]
            )
            for topic in request.topics
        ]
    )


def _one(context: RequestContext, topic: str, asked: OffsetForLeaderPartition) -> EpochEndOffset:
    try:
        partition = context.services.replicas.leader_partition(topic, asked.partition, asked.current_leader_epoch)
        epoch, end_offset = partition.offsets_for_epoch(asked.leader_epoch)
    except KafkaError as error:
        return EpochEndOffset(error_code=error.code, partition=asked.partition)
    return EpochEndOffset(partition=asked.partition, leader_epoch=epoch, end_offset=end_offset)


HANDLERS = {ApiKey.OFFSET_FOR_LEADER_EPOCH: end_offsets}
