"""CreateTopics (API key 19): its request and response."""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.schema import Message, array, boolean, int8, int16, int32, string, uuid


class CreatableReplicaAssignment(Message):
    """Nested in `CreatableTopic` as `assignments`."""

    partition_index: int = int32(default=0)
    broker_ids: list[int] = array("int32", default=list)


class CreatableTopicConfig(Message):
    """Nested in `CreatableTopic` as `configs`."""

    name: str = string(default="")
    value: str | None = string(default="", nullable=0)


class CreatableTopic(Message):
    """Nested in `CreateTopicsRequest` as `topics`."""

    name: str = string(default="")
    num_partitions: int = int32(default=0)
    replication_factor: int = int16(default=0)
    assignments: list[CreatableReplicaAssignment] = array(CreatableReplicaAssignment, default=list)
    configs: list[CreatableTopicConfig] = array(CreatableTopicConfig, default=list)


class CreateTopicsRequest(Message, api_key=19, versions=(2, 7), flexible=5):
    """API key 19, request, versions 2 to 7, flexible from 5."""

    topics: list[CreatableTopic] = array(CreatableTopic, default=list)
    timeout_ms: int = int32(default=60000)
    validate_only: bool = boolean(default=False, since=1)


class CreatableTopicConfigs(Message):
    """Nested in `CreatableTopicResult` as `configs`."""

    name: str = string(default="", since=5)
    value: str | None = string(default="", since=5, nullable=5)
    read_only: bool = boolean(default=False, since=5)
    config_source: int = int8(default=-1, since=5, ignorable=True)
    is_sensitive: bool = boolean(default=False, since=5)


class CreatableTopicResult(Message):
    """Nested in `CreateTopicsResponse` as `topics`."""

    name: str = string(default="")
    topic_id: UUID = uuid(default=ZERO_UUID, since=7, ignorable=True)
    error_code: int = int16(default=0)
    error_message: str | None = string(default="", since=1, nullable=0, ignorable=True)
    topic_config_error_code: int = int16(default=0, since=5, tag=0, ignorable=True)
    num_partitions: int = int32(default=-1, since=5, ignorable=True)
    replication_factor: int = int16(default=-1, since=5, ignorable=True)
    configs: list[CreatableTopicConfigs] | None = array(
        CreatableTopicConfigs, default=list, since=5, nullable=5, ignorable=True
    )


class CreateTopicsResponse(Message, api_key=19, versions=(2, 7), flexible=5):
    """API key 19, response, versions 2 to 7, flexible from 5."""

    throttle_time_ms: int = int32(default=0, since=2, ignorable=True)
    topics: list[CreatableTopicResult] = array(CreatableTopicResult, default=list)
