"""FindCoordinator: which broker answers for a group. It is the leader of the group's partition of `__consumer_offsets`.

Counterpart: `KafkaApis.getCoordinator`.
"""

from __future__ import annotations

from typing import Final

from desktop_broker.broker.context import RequestContext
from desktop_broker.common.errors import ErrorCode
from desktop_broker.coordinator.shards import GROUPS_TOPIC
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.find_coordinator import (
    Coordinator,
    FindCoordinatorRequest,
    FindCoordinatorResponse,
)

_MANY_KEYS_SINCE: Final = 4
_GROUP_KEYS: Final = 0
_NOBODY: Final = -1


def find(context: RequestContext, request: FindCoordinatorRequest) -> FindCoordinatorResponse:
    """Name the coordinator of each key: many keys since version 4, one before."""
    if context.api_version >= _MANY_KEYS_SINCE:
        return FindCoordinatorResponse(
            coordinators=[_find_one(context, request.key_type, key) for key in request.coordinator_keys]
        )
    found = _find_one(context, request.key_type, request.key)
    return FindCoordinatorResponse(
        error_code=found.error_code,
        error_message=found.error_message,
        node_id=found.node_id,
        host=found.host,
        port=found.port,
    )


def _find_one(context: RequestContext, key_type: int, key: str) -> Coordinator:
    if key_type != _GROUP_KEYS:
        return _nobody(key, ErrorCode.INVALID_REQUEST, "This cluster coordinates consumer groups only.")
    services = context.services
    services.internal_topics.ensure(GROUPS_TOPIC)
    image = services.image
    topic = image.topics.get(GROUPS_TOPIC)
    partition = services.groups.partition_for(key)
    if topic is None or partition >= len(topic.partitions):
        return _nobody(key, ErrorCode.COORDINATOR_NOT_AVAILABLE, f"{GROUPS_TOPIC} is being made; ask again.")
    leader = image.brokers.get(topic.partitions[partition].leader)
    if leader is None or leader.fenced:
        return _nobody(key, ErrorCode.COORDINATOR_NOT_AVAILABLE, f"{GROUPS_TOPIC}-{partition} has no leader.")
    return Coordinator(
        key=key, node_id=leader.id, host=leader.endpoint.host, port=leader.endpoint.port, error_message=None
    )


def _nobody(key: str, code: ErrorCode, message: str) -> Coordinator:
    return Coordinator(key=key, node_id=_NOBODY, port=_NOBODY, error_code=code, error_message=message)


HANDLERS = {ApiKey.FIND_COORDINATOR: find}
