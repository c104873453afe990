"""AlterPartitionReassignments (API key 45): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, boolean, int16, int32, string


class ReassignablePartition(Message):
    """Nested in `ReassignableTopic` as `partitions`."""

    partition_index: int = int32(default=0)
    replicas: list[int] | None = array("int32", default=None, nullable=0)


class ReassignableTopic(Message):
    """Nested in `AlterPartitionReassignmentsRequest` as `topics`."""

    name: str = string(default="")
    partitions: list[ReassignablePartition] = array(ReassignablePartition, default=list)


class AlterPartitionReassignmentsRequest(Message, api_key=45, versions=(0, 1), flexible=0):
    """API key 45, request, versions 0 to 1, flexible."""

    timeout_ms: int = int32(default=60000)
    allow_replication_factor_change: bool = boolean(default=True, since=1)
    topics: list[ReassignableTopic] = array(ReassignableTopic, default=list)


class ReassignablePartitionResponse(Message):
    """Nested in `ReassignableTopicResponse` as `partitions`."""

    partition_index: int = int32(default=0)
    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)


class ReassignableTopicResponse(Message):
    """Nested in `AlterPartitionReassignmentsResponse` as `responses`."""

    name: str = string(default="")
    partitions: list[ReassignablePartitionResponse] = array(ReassignablePartitionResponse, default=list)


class AlterPartitionReassignmentsResponse(Message, api_key=45, versions=(0, 1), flexible=0):
    """API key 45, response, versions 0 to 1, flexible."""

    throttle_time_ms: int = int32(default=0)
    allow_replication_factor_change: bool = boolean(default=True, since=1, ignorable=True)
    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)
    responses: list[ReassignableTopicResponse] = array(ReassignableTopicResponse, default=list)
