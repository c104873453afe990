"""The response that says one error for everything a request asked: for requests that failed as a whole.

Counterpart: `AbstractRequest.getErrorResponse`. A response with an error code of its own carries it there; in the others each item does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop_broker.common.errors import ErrorCode
from desktop_broker.protocol.apis import Api, ApiKey
from desktop_broker.protocol.schema import Field, Message

# Where the items stand in the request, and how their names differ in the response.
_ITEM_LISTS: dict[ApiKey, tuple[str, str]] = {
    ApiKey.ALTER_CONFIGS: ("resources", "responses"),
    ApiKey.CREATE_PARTITIONS: ("topics", "results"),
    ApiKey.CREATE_TOPICS: ("topics", "topics"),
    ApiKey.DELETE_RECORDS: ("topics", "topics"),
    ApiKey.DESCRIBE_CONFIGS: ("resources", "results"),
    ApiKey.INCREMENTAL_ALTER_CONFIGS: ("resources", "responses"),
    ApiKey.LIST_OFFSETS: ("topics", "topics"),
    ApiKey.METADATA: ("topics", "topics"),
    ApiKey.OFFSET_COMMIT: ("topics", "topics"),
    ApiKey.OFFSET_FOR_LEADER_EPOCH: ("topics", "topics"),
}


def error_reply(api: Api, request: Any, version: int, code: ErrorCode, message: str) -> Message:
    """The response of this API that says `code` about all of the request. `message` goes along where there is a field for it."""
    special = _SPECIAL.get(api.key)
    if special is not None:
        return special(api, request, version, code, message)
    response = _fill(api.response(), version, code, message)
    names = _ITEM_LISTS.get(api.key)
    if names is None:
        return response
    asked_name, answered_name = names
    for asked in getattr(request, asked_name) or []:
        _append(response, answered_name, _mirror(response, answered_name, asked, version, code, message))
    return response


def _mirror(parent: Message, name: str, asked: Any, version: int, code: ErrorCode, message: str) -> Message:
    """One answered item for one asked item: same names and indexes, with the error at the innermost level."""
    answered = _field(parent, name).item
    assert isinstance(answered, type)
    item = answered()
    for field in item.FIELDS:
        value = getattr(asked, field.name, None)
        if field.kind == "array" and isinstance(value, list) and isinstance(field.item, type):
            setattr(item, field.name, [_mirror(item, field.name, each, version, code, message) for each in value])
        elif field.kind != "array" and value is not None:
            setattr(item, field.name, value)
    return _fill(item, version, code, message)


def _fill(target: Message, version: int, code: ErrorCode, message: str) -> Message:
    if _has(target, "error_code", version):
        target.error_code = int(code)  # type: ignore[attr-defined]  # looked up just now
    if _has(target, "error_message", version):
        target.error_message = message  # type: ignore[attr-defined]  # looked up just now
    return target


def _has(target: Message, name: str, version: int) -> bool:
    return any(field.name == name and field.since <= version <= field.until for field in target.FIELDS)


def _field(target: Message, name: str) -> Field:
    return next(field for field in target.FIELDS if field.name == name)


def _append(target: Message, name: str, item: Message) -> None:
    getattr(target, name).append(item)


def _delete_topics(api: Api, request: Any, version: int, code: ErrorCode, message: str) -> Message:
    response = api.response()
    names = list(request.topic_names) + [topic.name for topic in request.topics]
    ids = {topic.name: topic.topic_id for topic in request.topics}
    for name in names:
        _append(response, "responses", _filled(response, "responses", version, code, message, name=name))
        if name in ids:
            response.responses[-1].topic_id = ids[name]  # type: ignore[attr-defined]  # DeleteTopicsResponse
    return response


def _delete_groups(api: Api, request: Any, version: int, code: ErrorCode, message: str) -> Message:
    response = api.response()
    for group in request.groups_names:
        _append(response, "results", _filled(response, "results", version, code, message, group_id=group))
    return response


def _describe_groups(api: Api, request: Any, version: int, code: ErrorCode, message: str) -> Message:
    response = api.response()
    for group in request.groups:
        _append(response, "groups", _filled(response, "groups", version, code, message, group_id=group))
    return response


def _find_coordinator(api: Api, request: Any, version: int, code: ErrorCode, message: str) -> Message:
    response = _fill(api.response(), version, code, message)
    for key in request.coordinator_keys:
        _append(
            response,
            "coordinators",
            _filled(response, "coordinators", version, code, message, key=key, node_id=-1, port=-1),
        )
    return response


def _offset_fetch(api: Api, request: Any, version: int, code: ErrorCode, message: str) -> Message:
    response = _fill(api.response(), version, code, message)
    for group in request.groups:
        _append(response, "groups", _filled(response, "groups", version, code, message, group_id=group.group_id))
    for topic in request.topics or []:  # versions below 2 have the error nowhere else
        result = _filled(response, "topics", version, code, message, name=topic.name)
        for index in topic.partition_indexes:
            partition = _filled(
                result, "partitions", version, code, message, partition_index=index, committed_offset=-1
            )
            _append(result, "partitions", partition)
        _append(response, "topics", result)
    return response


def _alter_log_dirs(api: Api, request: Any, version: int, code: ErrorCode, message: str) -> Message:
    response = api.response()
    for directory in request.dirs:
        for topic in directory.topics:
            result = _filled(response, "results", version, code, message, topic_name=topic.name)
            for partition in topic.partitions:
                _append(
                    result,
                    "partitions",
                    _filled(result, "partitions", version, code, message, partition_index=partition),
                )
            _append(response, "results", result)
    return response


def _describe_log_dirs(api: Api, request: Any, version: int, code: ErrorCode, message: str) -> Message:
    response = _fill(api.response(), version, code, message)
    _append(response, "results", _filled(response, "results", version, code, message))
    return response


def _describe_topic_partitions(api: Api, request: Any, version: int, code: ErrorCode, message: str) -> Message:
    response = api.response()
    for topic in request.topics:
        _append(response, "topics", _filled(response, "topics", version, code, message, name=topic.name))
    return response


def _filled(parent: Message, list_name: str, version: int, code: ErrorCode, message: str, **values: object) -> Message:
    answered = _field(parent, list_name).item
    assert isinstance(answered, type)
    return _fill(answered(**values), version, code, message)


_SPECIAL: dict[ApiKey, Callable[[Api, Any, int, ErrorCode, str], Message]] = {
    ApiKey.ALTER_REPLICA_LOG_DIRS: _alter_log_dirs,
    ApiKey.DELETE_GROUPS: _delete_groups,
    ApiKey.DELETE_TOPICS: _delete_topics,
    ApiKey.DESCRIBE_GROUPS: _describe_groups,
    ApiKey.DESCRIBE_LOG_DIRS: _describe_log_dirs,
    ApiKey.DESCRIBE_TOPIC_PARTITIONS: _describe_topic_partitions,
    ApiKey.FIND_COORDINATOR: _find_coordinator,
    ApiKey.OFFSET_FETCH: _offset_fetch,
}
