"""DescribeCluster and DescribeTopicPartitions: the cluster for admin tools, and topics page by page.

Counterpart: `KafkaApis.handleDescribeCluster`, `DescribeTopicPartitionsRequestHandler` (KIP-700, KIP-919, KIP-966).
"""

from __future__ import annotations

from typing import Final

from desktop_broker.broker.context import RequestContext
from desktop_broker.broker.handlers.metadata import offline_replicas
from desktop_broker.broker.operations import NOT_ASKED, ON_CLUSTER, ON_TOPIC
from desktop_broker.cluster.image import MetadataImage, PartitionImage, TopicImage
from desktop_broker.cluster.names import check_name
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.describe_cluster import (
    DescribeClusterBroker,
    DescribeClusterRequest,
    DescribeClusterResponse,
)
from desktop_broker.protocol.messages.describe_topic_partitions import (
    DescribeTopicPartitionsRequest,
    DescribeTopicPartitionsResponse,
    DescribeTopicPartitionsResponseCursor,
    DescribeTopicPartitionsResponsePartition,
    DescribeTopicPartitionsResponseTopic,
)

_BROKERS: Final = 1
_CONTROLLERS: Final = 2
_MOST_PARTITIONS: Final = 2_000  # max.request.partition.size.limit


def describe_cluster(context: RequestContext, request: DescribeClusterRequest) -> DescribeClusterResponse:
    """Answer the brokers, the controller and the cluster's id."""
    if request.endpoint_type == _CONTROLLERS:
        raise KafkaError(
            ErrorCode.MISMATCHED_ENDPOINT_TYPE,
            "The request was sent to an endpoint of type BROKER, but wanted CONTROLLER.",
        )
    if request.endpoint_type != _BROKERS:
        raise KafkaError(ErrorCode.UNSUPPORTED_ENDPOINT_TYPE, f"Endpoint type {request.endpoint_type} is not known.")
    image = context.services.image
    return DescribeClusterResponse(
        cluster_id=image.cluster_id,
        controller_id=image.controller_id,
        brokers=[
            DescribeClusterBroker(
                broker_id=broker.id,
                host=broker.endpoint.host,
                port=broker.endpoint.port,
                rack=broker.rack,
                is_fenced=broker.fenced,
            )
            for broker in image.brokers.values()
            if request.include_fenced_brokers or not broker.fenced
        ],
        cluster_authorized_operations=ON_CLUSTER if request.include_cluster_authorized_operations else NOT_ASKED,
    )


def describe_topics(
    context: RequestContext, request: DescribeTopicPartitionsRequest
) -> DescribeTopicPartitionsResponse:
    """Answer topics in the order of their names, so many partitions at most; a cursor says where the next page begins."""
    image, cursor = context.services.image, request.cursor
    if cursor is not None and cursor.partition_index < 0:
        raise KafkaError(ErrorCode.INVALID_REQUEST, "A cursor's partition cannot be negative.")
    everything = not request.topics
    names = sorted(image.topics) if everything else sorted({topic.name for topic in request.topics})
    left = min(max(request.response_partition_limit, 1), _MOST_PARTITIONS)
    response = DescribeTopicPartitionsResponse()
    for name in names:
        if cursor is not None and name < cursor.topic_name:
            continue
        if left == 0:
            response.next_cursor = DescribeTopicPartitionsResponseCursor(topic_name=name, partition_index=0)
            break
        topic = image.topics.get(name)
        if topic is None:
            response.topics.append(_unknown(name))
            continue
        first = cursor.partition_index if cursor is not None and cursor.topic_name == name else 0
        answered = topic.partitions[first : first + left]
        response.topics.append(_topic(image, topic, answered))
        left -= len(answered)
        if first + len(answered) < len(topic.partitions):
            response.next_cursor = DescribeTopicPartitionsResponseCursor(
                topic_name=name, partition_index=first + len(answered)
            )
            break
    return response


def _unknown(name: str) -> DescribeTopicPartitionsResponseTopic:
    code = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    try:
        check_name(name)
    except KafkaError as error:
        code = error.code
    return DescribeTopicPartitionsResponseTopic(error_code=code, name=name)


def _topic(
    image: MetadataImage, topic: TopicImage, partitions: tuple[PartitionImage, ...]
) -> DescribeTopicPartitionsResponseTopic:
    return DescribeTopicPartitionsResponseTopic(
        name=topic.name,
        topic_id=topic.id,
        is_internal=topic.internal,
        topic_authorized_operations=ON_TOPIC,
        partitions=[_partition(image, partition) for partition in partitions],
    )


def _partition(image: MetadataImage, partition: PartitionImage) -> DescribeTopicPartitionsResponsePartition:
    leader = image.brokers.get(partition.leader)
    led = leader is not None and not leader.fenced
    return DescribeTopicPartitionsResponsePartition(
        error_code=ErrorCode.NONE if led else ErrorCode.LEADER_NOT_AVAILABLE,
        partition_index=partition.index,
        leader_id=partition.leader if led else -1,
        leader_epoch=partition.leader_epoch,
        replica_nodes=list(partition.replicas),
        isr_nodes=list(partition.isr),
        eligible_leader_replicas=[],
        last_known_elr=[],
        offline_replicas=offline_replicas(image, partition),
    )


HANDLERS = {ApiKey.DESCRIBE_CLUSTER: describe_cluster, ApiKey.DESCRIBE_TOPIC_PARTITIONS: describe_topics}
