"""ListPartitionReassignments (API key 46): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int16, int32, string


class ListPartitionReassignmentsTopics(Message):
    """Nested in `ListPartitionReassignmentsRequest` as `topics`."""

    name: str = string(default="")
    partition_indexes: list[int] = array("int32", default=list)


class ListPartitionReassignmentsRequest(Message, api_key=46, versions=(0, 0), flexible=0):
    """API key 46, request, version 0, flexible."""

    timeout_ms: int = int32(default=60000)
    topics: list[ListPartitionReassignmentsTopics] | None = array(
        ListPartitionReassignmentsTopics, default=None, nullable=0
    )


class OngoingPartitionReassignment(Message):
    """Nested in `OngoingTopicReassignment` as `partitions`."""

    partition_index: int = int32(default=0)
    replicas: list[int] = array("int32", default=list)
    adding_replicas: list[int] = array("int32", default=list)
    removing_replicas: list[int] = array("int32", default=list)


class OngoingTopicReassignment(Message):
    """Nested in `ListPartitionReassignmentsResponse` as `topics`."""

    name: str = string(default="")
    partitions: list[OngoingPartitionReassignment] = array(OngoingPartitionReassignment, default=list)


class ListPartitionReassignmentsResponse(Message, api_key=46, versions=(0, 0), flexible=0):
    """API key 46, response, version 0, flexible."""

    throttle_time_ms: int = int32(default=0)
    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)
    topics: list[OngoingTopicReassignment] = array(OngoingTopicReassignment, default=list)
