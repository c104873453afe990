"""CreatePartitions (API key 37): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, boolean, int16, int32, string


class CreatePartitionsAssignment(Message):
    """Nested in `CreatePartitionsTopic` as `assignments`."""

    broker_ids: list[int] = array("int32", default=list)


class CreatePartitionsTopic(Message):
    """Nested in `CreatePartitionsRequest` as `topics`."""

    name: str = string(default="")
    count: int = int32(default=0)
    assignments: list[CreatePartitionsAssignment] | None = array(CreatePartitionsAssignment, default=list, nullable=0)


class CreatePartitionsRequest(Message, api_key=37, versions=(0, 3), flexible=2):
    """API key 37, request, versions 0 to 3, flexible from 2."""

    topics: list[CreatePartitionsTopic] = array(CreatePartitionsTopic, default=list)
    timeout_ms: int = int32(default=0)
    validate_only: bool = boolean(default=False)


class CreatePartitionsTopicResult(Message):
    """Nested in `CreatePartitionsResponse` as `results`."""

    name: str = string(default="")
    error_code: int = int16(default=0)
    error_message: str | None = string(default=None, nullable=0)


class CreatePartitionsResponse(Message, api_key=37, versions=(0, 3), flexible=2):
    """API key 37, response, versions 0 to 3, flexible from 2."""

    throttle_time_ms: int = int32(default=0)
    results: list[CreatePartitionsTopicResult] = array(CreatePartitionsTopicResult, default=list)
