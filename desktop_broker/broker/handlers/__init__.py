"""One file per API family. Each has `HANDLERS`: the API's key to `handle(context, request)`, which returns the response (or None for none).

Families are imported when one of their APIs is first asked for. Produce and Fetch are called by dispatch with raw frames.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.schema import Message

if TYPE_CHECKING:
    from desktop_broker.broker.context import RequestContext

    Handler = Callable[[RequestContext, Any], Message | None]

_FAMILIES: dict[str, tuple[ApiKey, ...]] = {
    "acls": (ApiKey.DESCRIBE_ACLS,),
    "api_versions": (ApiKey.API_VERSIONS,),
    "cluster": (ApiKey.DESCRIBE_CLUSTER, ApiKey.DESCRIBE_TOPIC_PARTITIONS),
    "configs": (
        ApiKey.DESCRIBE_CONFIGS,
        ApiKey.ALTER_CONFIGS,
        ApiKey.INCREMENTAL_ALTER_CONFIGS,
        ApiKey.LIST_CONFIG_RESOURCES,
    ),
    "coordinators": (ApiKey.FIND_COORDINATOR,),
    "epochs": (ApiKey.OFFSET_FOR_LEADER_EPOCH,),
    "groups": (
        ApiKey.JOIN_GROUP,
        ApiKey.SYNC_GROUP,
        ApiKey.HEARTBEAT,
        ApiKey.LEAVE_GROUP,
        ApiKey.DESCRIBE_GROUPS,
        ApiKey.LIST_GROUPS,
        ApiKey.DELETE_GROUPS,
    ),
    "list_offsets": (ApiKey.LIST_OFFSETS,),
    "log_dirs": (ApiKey.DESCRIBE_LOG_DIRS, ApiKey.ALTER_REPLICA_LOG_DIRS),
    "metadata": (ApiKey.METADATA,),
    "offsets": (ApiKey.OFFSET_COMMIT, ApiKey.OFFSET_FETCH, ApiKey.OFFSET_DELETE),
    "producer_ids": (ApiKey.INIT_PRODUCER_ID,),
    "topics": (ApiKey.CREATE_TOPICS, ApiKey.DELETE_TOPICS, ApiKey.CREATE_PARTITIONS, ApiKey.DELETE_RECORDS),
}

_family_of = {key: family for family, keys in _FAMILIES.items() for key in keys}
_loaded: dict[ApiKey, Handler] = {}


def handler_for(key: ApiKey) -> Handler:
    """The handler of a served API other than Produce and Fetch."""
    found = _loaded.get(key)
    if found is None:
        family = import_module(f"{__name__}.{_family_of[key]}")
        _loaded.update(family.HANDLERS)
        found = _loaded[key]
    return found
