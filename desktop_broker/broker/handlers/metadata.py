"""Metadata: brokers, topics, leaders; makes topics that do not exist where that is allowed.

Counterpart: `KafkaApis.handleTopicMetadataRequest`, `KRaftMetadataCache`, `AutoTopicCreationManager`. Rules 7, 8 and 10.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desktop_broker.broker.context import RequestContext
from desktop_broker.broker.operations import NOT_ASKED, ON_CLUSTER, ON_TOPIC
from desktop_broker.cluster.image import MetadataImage, PartitionImage, TopicImage
from desktop_broker.cluster.names import check_name, is_internal
from desktop_broker.cluster.requests import NewTopic
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.metadata import (
    MetadataRequest,
    MetadataRequestTopic,
    MetadataResponse,
    MetadataResponseBroker,
    MetadataResponsePartition,
    MetadataResponseTopic,
)

_AUTO_CREATION_SAID_SINCE: Final = 4
_IDS_ASKED_SINCE: Final = 12


def describe(context: RequestContext, request: MetadataRequest) -> MetadataResponse:
    """Answer what was asked for, as this broker knows it."""
    topics = _topics(context, request)
    image = context.services.image
    return MetadataResponse(
        brokers=[
            MetadataResponseBroker(
                node_id=broker.id, host=broker.endpoint.host, port=broker.endpoint.port, rack=broker.rack
            )
            for broker in image.brokers.values()
            if not broker.fenced
        ],
        cluster_id=image.cluster_id,
        controller_id=image.controller_id,
        topics=topics,
        cluster_authorized_operations=ON_CLUSTER if request.include_cluster_authorized_operations else NOT_ASKED,
    )


def _topics(context: RequestContext, request: MetadataRequest) -> list[MetadataResponseTopic]:
    version, image = context.api_version, context.services.image
    operations = ON_TOPIC if request.include_topic_authorized_operations else NOT_ASKED
    if request.topics is None or (version == 0 and not request.topics):
        return [_describe(image, topic, version, operations) for topic in image.topics.values()]
    _check(request.topics, version)
    if any(asked.topic_id != ZERO_UUID for asked in request.topics):
        return [_by_id(image, asked, version, operations) for asked in request.topics]
    missing = [asked.name or "" for asked in request.topics if image.topics.get(asked.name or "") is None]
    errors = _create_missing(context, request, missing) if missing else {}
    answer = []
    for asked in request.topics:
        name = asked.name or ""
        topic = image.topics.get(name)
        if topic is None:
            answer.append(MetadataResponseTopic(error_code=errors[name], name=name, is_internal=is_internal(name)))
        else:
            answer.append(_describe(image, topic, version, operations))
    return answer


def _check(topics: Sequence[MetadataRequestTopic], version: int) -> None:
    for asked in topics:
        if asked.topic_id != ZERO_UUID and version < _IDS_ASKED_SINCE:
            raise KafkaError(ErrorCode.INVALID_REQUEST, f"Metadata version {version} looks topics up by name only.")
        if asked.name is None and (version < _IDS_ASKED_SINCE or asked.topic_id == ZERO_UUID):
            raise KafkaError(ErrorCode.INVALID_REQUEST, "A topic was asked for without a name.")


def _by_id(image: MetadataImage, asked: MetadataRequestTopic, version: int, operations: int) -> MetadataResponseTopic:
    topic = image.topics_by_id.get(asked.topic_id)
    if topic is None:
        return MetadataResponseTopic(error_code=ErrorCode.UNKNOWN_TOPIC_ID, name=None, topic_id=asked.topic_id)
    return _describe(image, topic, version, operations)


def _create_missing(context: RequestContext, request: MetadataRequest, names: list[str]) -> dict[str, ErrorCode]:
    """What to say of topics that do not exist. Those that may be made are made now; the client asks again (rule 8)."""
    services = context.services
    wanted = request.allow_auto_topic_creation or context.api_version < _AUTO_CREATION_SAID_SINCE
    allowed = wanted and services.settings.boolean("auto.create.topics.enable")
    errors: dict[str, ErrorCode] = {}
    new: list[NewTopic] = []
    for name in dict.fromkeys(names):
        errors[name] = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
        try:
            check_name(name)
            if allowed and is_internal(name):
                services.internal_topics.ensure(name)
            elif allowed:
                new.append(NewTopic(name=name))
        except KafkaError as error:
            errors[name] = error.code
    if new:
        for result in services.controller.create_topics(new):
            if result.error is not None and result.error.code is not ErrorCode.TOPIC_ALREADY_EXISTS:
                errors[result.name] = result.error.code
    return errors


def _describe(image: MetadataImage, topic: TopicImage, version: int, operations: int) -> MetadataResponseTopic:
    return MetadataResponseTopic(
        name=topic.name,
        topic_id=topic.id,
        is_internal=topic.internal,
        partitions=[_partition(image, partition, version) for partition in topic.partitions],
        topic_authorized_operations=operations,
    )


def _partition(image: MetadataImage, partition: PartitionImage, version: int) -> MetadataResponsePartition:
    leader = image.brokers.get(partition.leader)
    led = leader is not None and not leader.fenced
    offline = offline_replicas(image, partition)
    replicas, isr = list(partition.replicas), list(partition.isr)
    if version == 0:  # which cannot say who is offline
        replicas = [broker for broker in replicas if broker not in offline]
        isr = [broker for broker in isr if broker not in offline]
    return MetadataResponsePartition(
        error_code=ErrorCode.NONE if led else ErrorCode.LEADER_NOT_AVAILABLE,
        partition_index=partition.index,
        leader_id=partition.leader if led else -1,
        leader_epoch=partition.leader_epoch,
        replica_nodes=replicas,
        isr_nodes=isr,
        offline_replicas=offline,
    )


def offline_replicas(image: MetadataImage, partition: PartitionImage) -> list[int]:
    """Replicas that cannot be reached: their broker is down, or their files failed."""
    failed = partition.offline_replicas
    found = []
    for replica in partition.replicas:
        broker = image.brokers.get(replica)
        if broker is None or broker.fenced or replica in failed:
            found.append(replica)
    return found


HANDLERS = {ApiKey.METADATA: describe}
