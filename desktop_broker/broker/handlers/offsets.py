"""Committed offsets: OffsetCommit, OffsetFetch, OffsetDelete. Topics are looked up here, because a coordinator knows no metadata.

Counterpart: the methods of these names in Kafka's `KafkaApis`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop_broker.broker.context import RequestContext
from desktop_broker.common.errors import ErrorCode
from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.offset_commit import (
    OffsetCommitRequest,
    OffsetCommitRequestTopic,
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
    OffsetFetchRequest,
    OffsetFetchRequestGroup,
    OffsetFetchRequestTopics,
    OffsetFetchResponse,
    OffsetFetchResponseGroup,
    OffsetFetchResponsePartition,
    OffsetFetchResponsePartitions,
    OffsetFetchResponseTopic,
    OffsetFetchResponseTopics,
)

if TYPE_CHECKING:
    from desktop_broker.cluster.image import MetadataImage

_TOPIC_IDS_SINCE: Final = 10
_MANY_GROUPS_SINCE: Final = 8
_ERROR_OF_GROUP_SINCE: Final = 2


def commit(context: RequestContext, request: OffsetCommitRequest) -> OffsetCommitResponse:
    """Commit offsets of topics that exist; the others get an error each."""
    image, by_id = context.services.image, context.api_version >= _TOPIC_IDS_SINCE
    known, refused = [], []
    for topic in request.topics:
        if _name_commit_topic(image, topic, by_id):
            known.append(topic)
        else:
            code = ErrorCode.UNKNOWN_TOPIC_ID if by_id else ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
            refused.append(_refused_commit(topic, code))
    if not known:
        return OffsetCommitResponse(topics=refused)
    request.topics = known
    response = context.services.groups.offset_commit(request, context.api_version)
    response.topics[:0] = refused
    return response


def _name_commit_topic(image: MetadataImage, topic: OffsetCommitRequestTopic, by_id: bool) -> bool:
    """Give a topic the half of name and id that it came without; False when there is no such topic."""
    found = image.topics_by_id.get(topic.topic_id) if by_id else image.topics.get(topic.name)
    if found is None:
        return False
    topic.name, topic.topic_id = found.name, found.id
    return True


def _refused_commit(topic: OffsetCommitRequestTopic, code: ErrorCode) -> OffsetCommitResponseTopic:
    return OffsetCommitResponseTopic(
        name=topic.name,
        topic_id=topic.topic_id,
        partitions=[
            OffsetCommitResponsePartition(partition_index=one.partition_index, error_code=code)
            for one in topic.partitions
        ],
    )


def fetch(context: RequestContext, request: OffsetFetchRequest) -> OffsetFetchResponse:
    """Fetch what groups have committed: many groups since version 8, one before."""
    if context.api_version >= _MANY_GROUPS_SINCE:
        groups = [_fetch_group(context, group, request.require_stable) for group in request.groups]
        return OffsetFetchResponse(groups=groups)
    topics = None
    if request.topics is not None:
        topics = [
            OffsetFetchRequestTopics(name=one.name, partition_indexes=one.partition_indexes) for one in request.topics
        ]
    group = OffsetFetchRequestGroup(group_id=request.group_id, topics=topics)
    return _as_single_group(request, _fetch_group(context, group, request.require_stable), context.api_version)


def _fetch_group(
    context: RequestContext, group: OffsetFetchRequestGroup, require_stable: bool
) -> OffsetFetchResponseGroup:
    image, by_id = context.services.image, context.api_version >= _TOPIC_IDS_SINCE
    unknown = _name_fetch_topics(image, group) if by_id else []
    response = context.services.groups.offset_fetch(group, require_stable=require_stable)
    if by_id:
        for topic in response.topics:
            if topic.topic_id == ZERO_UUID:  # committed by name, or all of the group's topics were asked for
                found = image.topics.get(topic.name)
                topic.topic_id = ZERO_UUID if found is None else found.id
        response.topics = [topic for topic in response.topics if topic.topic_id != ZERO_UUID]
        if response.error_code == ErrorCode.NONE:
            response.topics[:0] = unknown
    return response


def _name_fetch_topics(image: MetadataImage, group: OffsetFetchRequestGroup) -> list[OffsetFetchResponseTopics]:
    """Give the topics of a request their names; those that do not exist are taken out of it and answered here."""
    known, unknown = [], []
    for topic in group.topics or []:
        found = image.topics_by_id.get(topic.topic_id)
        if found is None:
            unknown.append(_unknown_fetch_topic(topic))
        else:
            topic.name = found.name
            known.append(topic)
    if group.topics is not None:
        group.topics = known
    return unknown


def _unknown_fetch_topic(topic: OffsetFetchRequestTopics) -> OffsetFetchResponseTopics:
    return OffsetFetchResponseTopics(
        topic_id=topic.topic_id,
        partitions=[
            OffsetFetchResponsePartitions(
                partition_index=one, committed_offset=-1, error_code=ErrorCode.UNKNOWN_TOPIC_ID
            )
            for one in topic.partition_indexes
        ],
    )


def _as_single_group(request: OffsetFetchRequest, group: OffsetFetchResponseGroup, version: int) -> OffsetFetchResponse:
    """The response before version 8. Version 1 has no error for the group: each partition says it."""
    if group.error_code != ErrorCode.NONE and version < _ERROR_OF_GROUP_SINCE:
        topics = [
            OffsetFetchResponseTopic(
                name=topic.name,
                partitions=[
                    OffsetFetchResponsePartition(partition_index=one, committed_offset=-1, error_code=group.error_code)
                    for one in topic.partition_indexes
                ],
            )
            for topic in request.topics or []
        ]
        return OffsetFetchResponse(topics=topics)
    return OffsetFetchResponse(
        error_code=group.error_code,
        topics=[
            OffsetFetchResponseTopic(
                name=topic.name,
                partitions=[
                    OffsetFetchResponsePartition(
                        partition_index=one.partition_index,
                        committed_offset=one.committed_offset,
                        committed_leader_epoch=one.committed_leader_epoch,
                        metadata=one.metadata,
                        error_code=one.error_code,
                    )
                    for one in topic.partitions
                ],
            )
            for topic in group.topics
        ],
    )


def delete(context: RequestContext, request: OffsetDeleteRequest) -> OffsetDeleteResponse:
    """Delete offsets of topics that exist; the others get an error each."""
    image = context.services.image
    unknown = [topic for topic in request.topics if topic.name not in image.topics]
    request.topics = [topic for topic in request.topics if topic.name in image.topics]
    response = context.services.groups.offset_delete(request)
    if response.error_code == ErrorCode.NONE:
        response.topics[:0] = [
            OffsetDeleteResponseTopic(
                name=topic.name,
                partitions=[
                    OffsetDeleteResponsePartition(
                        partition_index=one.partition_index, error_code=ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                    )
                    for one in topic.partitions
                ],
            )
            for topic in unknown
        ]
    return response


HANDLERS = {
    ApiKey.OFFSET_COMMIT: commit,
    ApiKey.OFFSET_FETCH: fetch,
    ApiKey.OFFSET_DELETE: delete,
}
