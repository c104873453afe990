"""CreateTopics, DeleteTopics, CreatePartitions, DeleteRecords. What is allowed is the controller's to say; here fields are moved.

Counterpart: `ControllerApis`, and `KafkaApis.handleDeleteRecordsRequest`.
"""

from __future__ import annotations

from uuid import UUID

from desktop_broker.broker.context import RequestContext
from desktop_broker.broker.topic_configs import effective_configs
from desktop_broker.cluster.requests import NewPartitions, NewTopic, TopicResult
from desktop_broker.common.config import TOPIC_KEYS
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.create_partitions import (
    CreatePartitionsRequest,
    CreatePartitionsResponse,
    CreatePartitionsTopicResult,
)
from desktop_broker.protocol.messages.create_topics import (
    CreatableTopic,
    CreatableTopicConfigs,
    CreatableTopicResult,
    CreateTopicsRequest,
    CreateTopicsResponse,
)
from desktop_broker.protocol.messages.delete_records import (
    DeleteRecordsPartition,
    DeleteRecordsPartitionResult,
    DeleteRecordsRequest,
    DeleteRecordsResponse,
    DeleteRecordsTopicResult,
)
from desktop_broker.protocol.messages.delete_topics import (
    DeletableTopicResult,
    DeleteTopicsRequest,
    DeleteTopicsResponse,
)

_IDS_SINCE = 6
_NO_WATERMARK = -1


def create(context: RequestContext, request: CreateTopicsRequest) -> CreateTopicsResponse:
    """Make topics, or only check them."""
    results = context.services.controller.create_topics(
        [_new_topic(topic) for topic in request.topics], validate_only=request.validate_only
    )
    return CreateTopicsResponse(topics=[_created(context, result) for result in results])


def _new_topic(topic: CreatableTopic) -> NewTopic:
    assignments = {each.partition_index: each.broker_ids for each in topic.assignments} or None
    configs = {config.name: config.value for config in topic.configs}
    return NewTopic(
        name=topic.name,
        partitions=topic.num_partitions,
        replication=topic.replication_factor,
        assignments=assignments,
        configs=configs,
    )


def _created(context: RequestContext, result: TopicResult) -> CreatableTopicResult:
    if result.error is not None:
        return CreatableTopicResult(
            name=result.name, error_code=result.error.code, error_message=result.error.message, configs=None
        )
    return CreatableTopicResult(
        name=result.name,
        topic_id=result.id or ZERO_UUID,
        error_message=None,
        num_partitions=result.partitions,
        replication_factor=result.replication,
        configs=[
            CreatableTopicConfigs(
                name=name, value=settings[0].text, read_only=False, config_source=settings[0].source, is_sensitive=False
            )
            for name, settings in effective_configs(context.services.settings, result.configs, TOPIC_KEYS)
        ],
    )


def delete(context: RequestContext, request: DeleteTopicsRequest) -> DeleteTopicsResponse:
    """Delete topics by name; since version 6 also by id."""
    wanted: list[str | UUID] = list(request.topic_names)
    for topic in request.topics:
        if (topic.name is None) == (topic.topic_id == ZERO_UUID):
            raise KafkaError(ErrorCode.INVALID_REQUEST, "Name each topic either by its name or by its id.")
        wanted.append(topic.topic_id if topic.name is None else topic.name)
    results = context.services.controller.delete_topics(wanted)
    return DeleteTopicsResponse(
        responses=[_deleted(asked, result) for asked, result in zip(wanted, results, strict=True)]
    )


def _deleted(asked: str | UUID, result: TopicResult) -> DeletableTopicResult:
    by_id = isinstance(asked, UUID)
    error = result.error
    return DeletableTopicResult(
        name=None if by_id and error is not None else result.name,
        topic_id=asked if isinstance(asked, UUID) else result.id or ZERO_UUID,
        error_code=ErrorCode.NONE if error is None else error.code,
        error_message=None if error is None else error.message,
    )


def grow(context: RequestContext, request: CreatePartitionsRequest) -> CreatePartitionsResponse:
    """Add partitions, or only check whether they could be."""
    wanted = [
        NewPartitions(
            topic=topic.name,
            count=topic.count,
            assignments=None if topic.assignments is None else [each.broker_ids for each in topic.assignments],
        )
        for topic in request.topics
    ]
    results = context.services.controller.create_partitions(wanted, validate_only=request.validate_only)
    return CreatePartitionsResponse(
        results=[
            CreatePartitionsTopicResult(
                name=result.name,
                error_code=ErrorCode.NONE if result.error is None else result.error.code,
                error_message=None if result.error is None else result.error.message,
            )
            for result in results
        ]
    )


def delete_records(context: RequestContext, request: DeleteRecordsRequest) -> DeleteRecordsResponse:
    """Drop what lies below an offset, on every replica (rule 36)."""
    return DeleteRecordsResponse(
        topics=[
            DeleteRecordsTopicResult(
                name=topic.name, partitions=[_delete_below(context, topic.name, asked) for asked in topic.partitions]
            )
            for topic in request.topics
        ]
    )


def _delete_below(context: RequestContext, topic: str, asked: DeleteRecordsPartition) -> DeleteRecordsPartitionResult:
    replicas = context.services.replicas
    try:
        partition = replicas.leader_partition(topic, asked.partition_index)
        if "delete" not in partition.log.config.cleanup_policy:
            raise KafkaError(ErrorCode.POLICY_VIOLATION, f"'{topic}' is compacted and never deletes records by offset.")
        low = replicas.delete_records(partition, asked.offset)
    except KafkaError as error:
        return DeleteRecordsPartitionResult(
            partition_index=asked.partition_index, low_watermark=_NO_WATERMARK, error_code=error.code
        )
    return DeleteRecordsPartitionResult(partition_index=asked.partition_index, low_watermark=low)


HANDLERS = {
    ApiKey.CREATE_TOPICS: create,
    ApiKey.DELETE_TOPICS: delete,
    ApiKey.CREATE_PARTITIONS: grow,
    ApiKey.DELETE_RECORDS: delete_records,
}
