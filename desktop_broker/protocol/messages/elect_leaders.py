"""ElectLeaders (API key 43): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int8, int16, int32, string


class TopicPartitions(Message):
    """Nested in `ElectLeadersRequest` as `topic_partitions`."""

    topic: str = string(default="")
    partitions: list[int] = array("int32", default=list)


class ElectLeadersRequest(Message, api_key=43, versions=(0, 2), flexible=2):
    """API key 43, request, versions 0 to 2, flexible from 2."""

    election_type: int = int8(default=0, since=1)
    topic_partitions: list[TopicPartitions] | None = array(TopicPartitions, default=list, nullable=0)
    timeout_ms: int = int32(default=60000)


class PartitionResult(Message):
    """Nested in `ReplicaElectionResult` as `partition_result`."""

    partition_id: int = int32(default=0)
    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)


class ReplicaElectionResult(Message):
    """Nested in `ElectLeadersResponse` as `replica_election_results`."""

    topic: str = string(default="")
    partition_result: list[PartitionResult] = array(PartitionResult, default=list)


class ElectLeadersResponse(Message, api_key=43, versions=(0, 2), flexible=2):
    """API key 43, response, versions 0 to 2, flexible from 2."""

    throttle_time_ms: int = int32(default=0)
    error_code: int = int16(default=0, since=1)
    replica_election_results: list[ReplicaElectionResult] = array(ReplicaElectionResult, default=list)
