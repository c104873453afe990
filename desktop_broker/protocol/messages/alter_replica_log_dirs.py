"""AlterReplicaLogDirs (API key 34): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int16, int32, string


class AlterReplicaLogDirTopic(Message):
    """Nested in `AlterReplicaLogDir` as `topics`."""

    name: str = string(default="")
    partitions: list[int] = array("int32", default=list)


class AlterReplicaLogDir(Message):
    """Nested in `AlterReplicaLogDirsRequest` as `dirs`."""

    path: str = string(default="")
    topics: list[AlterReplicaLogDirTopic] = array(AlterReplicaLogDirTopic, default=list)


class AlterReplicaLogDirsRequest(Message, api_key=34, versions=(1, 2), flexible=2):
    """API key 34, request, versions 1 to 2, flexible from 2."""

    dirs: list[AlterReplicaLogDir] = array(AlterReplicaLogDir, default=list)


class AlterReplicaLogDirPartitionResult(Message):
    """Nested in `AlterReplicaLogDirTopicResult` as `partitions`."""

    partition_index: int = int32(default=0)
    error_code: int = int16(default=0)


class AlterReplicaLogDirTopicResult(Message):
    """Nested in `AlterReplicaLogDirsResponse` as `results`."""

    topic_name: str = string(default="")
    partitions: list[AlterReplicaLogDirPartitionResult] = array(AlterReplicaLogDirPartitionResult, default=list)


class AlterReplicaLogDirsResponse(Message, api_key=34, versions=(1, 2), flexible=2):
    """API key 34, response, versions 1 to 2, flexible from 2."""

    throttle_time_ms: int = int32(default=0)
    results: list[AlterReplicaLogDirTopicResult] = array(AlterReplicaLogDirTopicResult, default=list)
