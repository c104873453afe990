"""Changing the configs of topics and brokers: checks with sentences, and the records to write.

Counterpart: `org.apache.kafka.controller.ConfigurationControlManager`. Pure functions of an image.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop_broker.cluster.image import MetadataImage, ResourceType
from desktop_broker.cluster.requests import ConfigChange, ConfigOp, ConfigOperation, ConfigReplacement
from desktop_broker.common.config import (
    BROKER_KEYS,
    TOPIC_KEYS,
    ConfigError,
    ConfigKey,
    ConfigType,
    ConfigValue,
    parse_all,
)
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.protocol.records.metadata_types import ConfigRecord
from desktop_broker.protocol.schema import Message


def check_values(keys: Mapping[str, ConfigKey], values: Mapping[str, str | None]) -> dict[str, str]:
    """The texts as they are, once each is known to be good.

    Raises:
        KafkaError: INVALID_CONFIG, naming the key and what it takes.
    """
    checked: dict[str, str] = {}
    for name, value in values.items():
        if value is None:
            raise KafkaError(ErrorCode.INVALID_CONFIG, f"{name} needs a value.")
        checked[name] = value
    try:
        parse_all(keys, checked)
    except ConfigError as error:
        raise KafkaError(ErrorCode.INVALID_CONFIG, str(error)) from None
    return checked


def plan_change(image: MetadataImage, change: ConfigChange, defaults: Mapping[str, ConfigValue]) -> list[Message]:
    """The records of an incremental change (KIP-339). `defaults`: broker values, which lists are appended to.

    Raises:
        KafkaError: why not; then nothing of the change is done.
    """
    keys = _keys_of(image, change.resource_type, change.name)
    now = image.configs.get((change.resource_type, change.name), {})
    target = dict(now)
    seen: set[str] = set()
    for operation in change.operations:
        if operation.key in seen:
            raise KafkaError(ErrorCode.INVALID_REQUEST, f"{operation.key} is changed twice in one request.")
        seen.add(operation.key)
        _apply(target, operation, keys, defaults)
    return _records(change.resource_type, change.name, now, target)


def plan_replacement(image: MetadataImage, replacement: ConfigReplacement) -> list[Message]:
    """The records that replace all configs of a resource (AlterConfigs). Raises KafkaError."""
    keys = _keys_of(image, replacement.resource_type, replacement.name)
    now = image.configs.get((replacement.resource_type, replacement.name), {})
    target = check_values(keys, replacement.values)
    for name in target.keys() ^ now.keys() | {name for name in target.keys() & now.keys() if target[name] != now[name]}:
        _check_dynamic(keys, name)
    return _records(replacement.resource_type, replacement.name, now, target)


def describe_records(records: list[Message]) -> list[str]:
    """What config records do, as `key=value` or `key` for one that goes back to its default."""
    return [
        record.name if record.value is None else f"{record.name}={record.value}"
        for record in records
        if isinstance(record, ConfigRecord)
    ]


def _apply(
    target: dict[str, str],
    operation: ConfigOperation,
    keys: Mapping[str, ConfigKey],
    defaults: Mapping[str, ConfigValue],
) -> None:
    name = operation.key
    _check_dynamic(keys, name)
    if operation.op is ConfigOp.DELETE:
        target.pop(name, None)
        return
    if operation.value is None:
        raise KafkaError(ErrorCode.INVALID_CONFIG, f"{name} needs a value.")
    value = operation.value
    if operation.op is not ConfigOp.SET:
        value = _edit_list(target, operation, keys[name], defaults)
    target.update(check_values(keys, {name: value}))


def _edit_list(
    target: Mapping[str, str], operation: ConfigOperation, key: ConfigKey, defaults: Mapping[str, ConfigValue]
) -> str:
    if key.type is not ConfigType.LIST:
        raise KafkaError(ErrorCode.INVALID_CONFIG, f"{key.name} is not a list; set it instead.")
    default = key.format(defaults.get(key.broker_key or key.name, key.default)) or ""
    words = [word.strip() for word in target.get(key.name, default).split(",") if word.strip()]
    given = [word.strip() for word in (operation.value or "").split(",") if word.strip()]
    if operation.op is ConfigOp.APPEND:
        words += [word for word in given if word not in words]
    else:
        words = [word for word in words if word not in given]
    return ",".join(words)


def _check_dynamic(keys: Mapping[str, ConfigKey], name: str) -> None:
    key = keys.get(name)
    if key is None:
        check_values(keys, {name: ""})  # says so, and what may have been meant
    elif not key.dynamic:
        raise KafkaError(
            ErrorCode.INVALID_REQUEST, f"{name} can only be set when the cluster starts, not while it runs."
        )


def _keys_of(image: MetadataImage, kind: ResourceType, name: str) -> Mapping[str, ConfigKey]:
    if kind is ResourceType.TOPIC:
        if name not in image.topics:
            raise KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, f"There is no topic named '{name}'.")
        return TOPIC_KEYS
    if kind is ResourceType.BROKER:
        if name and not (name.isascii() and name.isdigit() and int(name) in image.brokers):
            raise KafkaError(
                ErrorCode.INVALID_REQUEST, f"There is no broker '{name}'; the brokers are {sorted(image.brokers)}."
            )
        return BROKER_KEYS
    raise KafkaError(ErrorCode.INVALID_REQUEST, "Only the configs of topics and brokers can be changed.")


def _records(kind: ResourceType, resource: str, now: Mapping[str, str], target: Mapping[str, str]) -> list[Message]:
    records: list[Message] = [
        ConfigRecord(resource_type=kind, resource_name=resource, name=name, value=None)
        for name in now
        if name not in target
    ]
    records += [
        ConfigRecord(resource_type=kind, resource_name=resource, name=name, value=value)
        for name, value in target.items()
        if now.get(name) != value
    ]
    return records
