"""Metadata (API key 3): its request and response."""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.schema import Message, array, boolean, int16, int32, string, uuid


class MetadataRequestTopic(Message):
    """Nested in `MetadataRequest` as `topics`."""

    topic_id: UUID = uuid(default=ZERO_UUID, since=10, ignorable=True)
    name: str | None = string(default="", nullable=10)


class MetadataRequest(Message, api_key=3, versions=(0, 13), flexible=9):
    """API key 3, request, versions 0 to 13, flexible from 9."""

    topics: list[MetadataRequestTopic] | None = array(MetadataRequestTopic, default=list, nullable=1)
    allow_auto_topic_creation: bool = boolean(default=True, since=4)
    include_cluster_authorized_operations: bool = boolean(default=False, since=8, until=10)
    include_topic_authorized_operations: bool = boolean(default=False, since=8)


class MetadataResponseBroker(Message):
    """Nested in `MetadataResponse` as `brokers`."""

    node_id: int = int32(default=0)
    host: str = string(default="")
    port: int = int32(default=0)
    rack: str | None = string(default=None, since=1, nullable=1, ignorable=True)


class MetadataResponsePartition(Message):
    """Nested in `MetadataResponseTopic` as `partitions`."""

    error_code: int = int16(default=0)
    partition_index: int = int32(default=0)
    leader_id: int = int32(default=0)
    leader_epoch: int = int32(default=-1, since=7, ignorable=True)
    replica_nodes: list[int] = array("int32", default=list)
    isr_nodes: list[int] = array("int32", default=list)
    offline_replicas: list[int] = array("int32", default=list, since=5, ignorable=True)


class MetadataResponseTopic(Message):
    """Nested in `MetadataResponse` as `topics`."""

    error_code: int = int16(default=0)
    name: str | None = string(default="", nullable=12)
    topic_id: UUID = uuid(default=ZERO_UUID, since=10, ignorable=True)
    is_internal: bool = boolean(default=False, since=1, ignorable=True)
    partitions: list[MetadataResponsePartition] = array(MetadataResponsePartition, default=list)
    topic_authorized_operations: int = int32(default=-0x80000000, since=8)


class MetadataResponse(Message, api_key=3, versions=(0, 13), flexible=9):
    """API key 3, response, versions 0 to 13, flexible from 9."""

    throttle_time_ms: int = int32(default=0, since=3, ignorable=True)
    brokers: list[MetadataResponseBroker] = array(MetadataResponseBroker, default=list)
    cluster_id: str | None = string(default=None, since=2, nullable=2, ignorable=True)
    controller_id: int = int32(default=-1, since=1, ignorable=True)
    topics: list[MetadataResponseTopic] = array(MetadataResponseTopic, default=list)
    cluster_authorized_operations: int = int32(default=-0x80000000, since=8, until=10)
    error_code: int = int16(default=0, since=13, ignorable=True)
