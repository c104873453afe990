"""OffsetCommit, OffsetFetch and OffsetDelete of one group. Counterpart: Kafka's `OffsetMetadataManager`."""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.types import TopicPartition
from desktop_broker.coordinator import records
from desktop_broker.coordinator.classic_group import CONSUMER_PROTOCOL_TYPE, ClassicGroup
from desktop_broker.coordinator.config import GroupConfig
from desktop_broker.coordinator.deletion import delete_offsets_of
from desktop_broker.coordinator.effects import Moment, Reply, Write
from desktop_broker.coordinator.offsets import CommittedOffset
from desktop_broker.coordinator.shard import Shard
from desktop_broker.protocol.messages.offset_commit import (
    OffsetCommitRequest,
    OffsetCommitRequestPartition,
    OffsetCommitResponse,
    OffsetCommitResponsePartition,
    OffsetCommitResponseTopic,
)
from desktop_broker.protocol.messages.offset_delete import (
    OffsetDeleteRequest,
    OffsetDeleteResponse,
    OffsetDeleteResponsePartition,
    OffsetDeleteResponseTopic,
)
from desktop_broker.protocol.messages.offset_fetch import (
    OffsetFetchRequestGroup,
    OffsetFetchResponseGroup,
    OffsetFetchResponsePartitions,
    OffsetFetchResponseTopics,
)

_GROUP_ID_NOT_FOUND_SINCE = 9
_NO_RETENTION_OF_ITS_OWN = -1
_NO_OFFSET = -1


def commit(shard: Shard, request: OffsetCommitRequest, version: int, config: GroupConfig) -> OffsetCommitResponse:
    """Write a group's offsets with one append, and wait for it.

    Raises:
        KafkaError: nothing was committed: the group does not take it, or the append failed.
    """
    response = OffsetCommitResponse()
    outcome: Reply[KafkaError | bool] = Reply()

    def write(now: Moment) -> None:
        _check_commit(shard, request, version, now)
        accepted = _accept(request, response, config, now)

        def done(error: KafkaError | None, now: Moment) -> None:
            if error is None:
                shard.group_or_simple(request.group_id, now)
                for (topic, partition), committed in accepted:
                    shard.offsets.put(request.group_id, topic, partition, committed)
            outcome.answer(error or True)

        if accepted:
            shard.write(Write([records.offset_record(request.group_id, *tp, one) for tp, one in accepted], done))

    shard.run(write)
    if isinstance(outcome.value, KafkaError):
        raise outcome.value
    return response


def refused_commit(request: OffsetCommitRequest, code: ErrorCode) -> OffsetCommitResponse:
    """One error for everything that was to be committed."""
    return OffsetCommitResponse(
        topics=[
            OffsetCommitResponseTopic(
                name=topic.name,
                topic_id=topic.topic_id,
                partitions=[
                    OffsetCommitResponsePartition(partition_index=one.partition_index, error_code=code)
                    for one in topic.partitions
                ],
            )
            for topic in request.topics
        ]
    )


def _check_commit(shard: Shard, request: OffsetCommitRequest, version: int, now: Moment) -> None:
    group = shard.groups.get(request.group_id)
    if group is not None:
        shard.requests.check_commit(group, request, now)
    elif request.generation_id_or_member_epoch >= 0:
        known = version >= _GROUP_ID_NOT_FOUND_SINCE
        raise KafkaError(ErrorCode.GROUP_ID_NOT_FOUND if known else ErrorCode.ILLEGAL_GENERATION)


def _accept(
    request: OffsetCommitRequest, response: OffsetCommitResponse, config: GroupConfig, now: Moment
) -> list[tuple[TopicPartition, CommittedOffset]]:
    """What may be written; the response gets an entry for every partition."""
    retention_ms = request.retention_time_ms
    expire_ms = -1 if retention_ms == _NO_RETENTION_OF_ITS_OWN else now.ms + retention_ms
    accepted = []
    for topic in request.topics:
        answer = OffsetCommitResponseTopic(name=topic.name, topic_id=topic.topic_id)
        response.topics.append(answer)
        for one in topic.partitions:
            code = ErrorCode.NONE
            if len(one.committed_metadata or "") > config.offset_metadata_max_bytes:
                code = ErrorCode.OFFSET_METADATA_TOO_LARGE
            else:
                tp = TopicPartition(topic.name, one.partition_index)
                accepted.append((tp, _committed(one, topic.topic_id, now.ms, expire_ms)))
            answer.partitions.append(
                OffsetCommitResponsePartition(partition_index=one.partition_index, error_code=code)
            )
    return accepted


def _committed(one: OffsetCommitRequestPartition, topic_id: UUID, now_ms: int, expire_ms: int) -> CommittedOffset:
    return CommittedOffset(
        offset=one.committed_offset,
        leader_epoch=one.committed_leader_epoch,
        metadata=one.committed_metadata or "",
        commit_timestamp_ms=now_ms,
        expire_timestamp_ms=expire_ms,
        topic_id=topic_id,
    )


def fetch(shard: Shard, request: OffsetFetchRequestGroup) -> OffsetFetchResponseGroup:
    """What a group has committed (the lock held); offset -1 where it has not. A group that does not exist has committed nothing."""
    response = OffsetFetchResponseGroup(group_id=request.group_id)
    if request.topics is None:
        for name, partitions in shard.offsets.topics(request.group_id).items():
            response.topics.append(
                OffsetFetchResponseTopics(
                    name=name,
                    topic_id=next(iter(partitions.values())).topic_id,
                    partitions=[_fetched(partition, one) for partition, one in partitions.items()],
                )
            )
        return response
    for topic in request.topics:
        known = shard.offsets.topics(request.group_id).get(topic.name, {})
        response.topics.append(
            OffsetFetchResponseTopics(
                name=topic.name,
                topic_id=topic.topic_id,
                partitions=[_fetched(partition, known.get(partition)) for partition in topic.partition_indexes],
            )
        )
    return response


def _fetched(partition: int, committed: CommittedOffset | None) -> OffsetFetchResponsePartitions:
    if committed is None:
        return OffsetFetchResponsePartitions(partition_index=partition, committed_offset=_NO_OFFSET)
    return OffsetFetchResponsePartitions(
        partition_index=partition,
        committed_offset=committed.offset,
        committed_leader_epoch=committed.leader_epoch,
        metadata=committed.metadata,
    )


def delete(shard: Shard, request: OffsetDeleteRequest) -> OffsetDeleteResponse:
    """Delete offsets, except those of topics that members read. Blocks until that is committed.

    Raises:
        KafkaError: GROUP_ID_NOT_FOUND; NON_EMPTY_GROUP for members whose topics cannot be known; what befell the append.
    """
    response = OffsetDeleteResponse()

    def delete(_: Moment) -> Reply[KafkaError | bool]:
        group = shard.groups.get(request.group_id)
        if group is None:
            raise KafkaError(ErrorCode.GROUP_ID_NOT_FOUND, f"There is no group '{request.group_id}'.")
        if not group.is_empty and group.protocol_type != CONSUMER_PROTOCOL_TYPE:
            raise KafkaError(ErrorCode.NON_EMPTY_GROUP)
        return delete_offsets_of(shard, [(request.group_id, tp) for tp in _deletable(shard, group, request, response)])

    outcome = shard.run(delete)
    if isinstance(outcome.value, KafkaError):
        raise outcome.value
    return response


def _deletable(
    shard: Shard, group: ClassicGroup, request: OffsetDeleteRequest, response: OffsetDeleteResponse
) -> list[TopicPartition]:
    found = []
    for topic in request.topics:
        in_use = group.is_subscribed_to(topic.name)
        code = ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC if in_use else ErrorCode.NONE
        partitions = [one.partition_index for one in topic.partitions]
        response.topics.append(
            OffsetDeleteResponseTopic(
                name=topic.name,
                partitions=[OffsetDeleteResponsePartition(partition_index=one, error_code=code) for one in partitions],
            )
        )
        if not in_use:
            known = shard.offsets.topics(request.group_id).get(topic.name, {})
            found += [TopicPartition(topic.name, one) for one in partitions if one in known]
    return found
