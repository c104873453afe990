"""DeleteTopics (API key 20): its request and response."""

from __future__ import annotations

from uuid import UUID

from desktop_broker.common.types import ZERO_UUID
from desktop_broker.protocol.schema import Message, array, int16, int32, string, uuid


class DeleteTopicState(Message):
    """Nested in `DeleteTopicsRequest` as `topics`."""

    name: str | None = string(default=None, since=6, nullable=6)
    topic_id: UUID = uuid(default=ZERO_UUID, since=6)


class DeleteTopicsRequest(Message, api_key=20, versions=(1, 6), flexible=4):
    """API key 20, request, versions 1 to 6, flexible from 4."""

    topics: list[DeleteTopicState] = array(DeleteTopicState, default=list, since=6)
    topic_names: list[str] = array("string", default=list, until=5, ignorable=True)
    timeout_ms: int = int32(default=0)


class DeletableTopicResult(Message):
    """Nested in `DeleteTopicsResponse` as `responses`."""

    name: str | None = string(default="", nullable=6)
    topic_id: UUID = uuid(default=ZERO_UUID, since=6, ignorable=True)
    error_code: int = int16(default=0)
    error_message: str | None = string(default=None, since=5, nullable=5, ignorable=True)


class DeleteTopicsResponse(Message, api_key=20, versions=(1, 6), flexible=4):
    """API key 20, response, versions 1 to 6, flexible from 4."""

    throttle_time_ms: int = int32(default=0, since=1, ignorable=True)
    responses: list[DeletableTopicResult] = array(DeletableTopicResult, default=list)
