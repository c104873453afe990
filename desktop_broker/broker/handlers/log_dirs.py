"""DescribeLogDirs and AlterReplicaLogDirs: what lies in the broker's one folder (KIP-113, KIP-827)."""

from __future__ import annotations

import shutil

from desktop_broker.broker.context import RequestContext
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.types import TopicPartition
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.alter_replica_log_dirs import (
    AlterReplicaLogDirPartitionResult,
    AlterReplicaLogDirsRequest,
    AlterReplicaLogDirsResponse,
    AlterReplicaLogDirTopicResult,
)
from desktop_broker.protocol.messages.describe_log_dirs import (
    DescribeLogDirsPartition,
    DescribeLogDirsRequest,
    DescribeLogDirsResponse,
    DescribeLogDirsResult,
    DescribeLogDirsTopic,
)


def describe(context: RequestContext, request: DescribeLogDirsRequest) -> DescribeLogDirsResponse:
    """Answer the size of every replica asked for (all, when none is named) that this broker holds."""
    services = context.services
    wanted: set[TopicPartition] | None = None
    if request.topics is not None:
        wanted = {TopicPartition(topic.topic, index) for topic in request.topics for index in topic.partitions}
    topics: dict[str, DescribeLogDirsTopic] = {}
    for partition in services.replicas.partitions():
        tp = partition.topic_partition
        if wanted is not None and tp not in wanted:
            continue
        topic = topics.setdefault(tp.topic, DescribeLogDirsTopic(name=tp.topic))
        topic.partitions.append(
            DescribeLogDirsPartition(
                partition_index=tp.partition,
                partition_size=partition.log.size_bytes,
                offset_lag=max(partition.high_watermark - partition.log.log_end_offset, 0),
            )
        )
    try:
        usage = shutil.disk_usage(services.directory)
    except OSError as error:
        raise KafkaError(ErrorCode.KAFKA_STORAGE_ERROR, f"{services.directory} cannot be read.") from error
    result = DescribeLogDirsResult(
        log_dir=str(services.directory), topics=list(topics.values()), total_bytes=usage.total, usable_bytes=usage.free
    )
    return DescribeLogDirsResponse(results=[result])


def alter(context: RequestContext, request: AlterReplicaLogDirsRequest) -> AlterReplicaLogDirsResponse:
    """Say that replicas stay in the one folder that there is: moving them there is done already, elsewhere is nowhere."""
    response = AlterReplicaLogDirsResponse()
    own = str(context.services.directory)
    for directory in request.dirs:
        for topic in directory.topics:
            result = AlterReplicaLogDirTopicResult(topic_name=topic.name)
            for index in topic.partitions:
                code = ErrorCode.LOG_DIR_NOT_FOUND
                if directory.path == own:
                    held = context.services.replicas.partition(topic.name, index) is not None
                    code = ErrorCode.NONE if held else ErrorCode.REPLICA_NOT_AVAILABLE
                result.partitions.append(AlterReplicaLogDirPartitionResult(partition_index=index, error_code=code))
            response.results.append(result)
    return response


HANDLERS = {ApiKey.DESCRIBE_LOG_DIRS: describe, ApiKey.ALTER_REPLICA_LOG_DIRS: alter}
