"""Configs of topics and brokers: read with their sources, set, reset.

Counterpart: `connection.py` offers these as methods. Types, defaults and help of the keys are in `common/config`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop_broker.kafka.admin import REQUEST_TIMEOUT_S, Admin
from desktop_broker.kafka.model import ConfigEntry, ConfigSource

if TYPE_CHECKING:
    from confluent_kafka.admin import ConfigResource

# DescribeConfigs' config_source; librdkafka hands the numbers on.
_SOURCES = {
    1: ConfigSource.TOPIC,
    2: ConfigSource.BROKER,
    3: ConfigSource.CLUSTER,
    4: ConfigSource.STATIC,
    5: ConfigSource.DEFAULT,
    8: ConfigSource.GROUP,
}


def topic_configs(admin: Admin, topic: str) -> list[ConfigEntry]:
    """Every config of a topic with the value in force, by name."""
    from confluent_kafka.admin import ConfigResource, ResourceType

    return _describe(admin, ConfigResource(ResourceType.TOPIC, topic), topic=topic)


def broker_configs(admin: Admin, broker: int) -> list[ConfigEntry]:
    """Every config of a broker with the value in force, by name."""
    from confluent_kafka.admin import ConfigResource, ResourceType

    return _describe(admin, ConfigResource(ResourceType.BROKER, str(broker)))


def set_topic_configs(admin: Admin, topic: str, values: Mapping[str, str | None], validate_only: bool) -> None:
    """Set configs of a topic; None puts one back to the broker's default. Others stay (IncrementalAlterConfigs, KIP-339)."""
    from confluent_kafka.admin import AlterConfigOpType, ConfigResource, ResourceType
    from confluent_kafka.admin import ConfigEntry as Change

    changes = [
        Change(
            name,
            value if value is not None else "",
            incremental_operation=AlterConfigOpType.DELETE if value is None else AlterConfigOpType.SET,
        )
        for name, value in values.items()
    ]
    resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=changes)
    client = admin.client()
    futures = admin.call(
        lambda: client.incremental_alter_configs(
            [resource], request_timeout=REQUEST_TIMEOUT_S, validate_only=validate_only
        )
    )
    admin.wait(futures[resource], topic=topic)


def _describe(admin: Admin, resource: ConfigResource, **names: object) -> list[ConfigEntry]:
    client = admin.client()
    futures = admin.call(lambda: client.describe_configs([resource], request_timeout=REQUEST_TIMEOUT_S))
    found = admin.wait(futures[resource], **names)
    return [
        ConfigEntry(
            name=name,
            value=None if entry.is_sensitive else entry.value,
            source=_SOURCES.get(int(entry.source), ConfigSource.UNKNOWN),
            read_only=bool(entry.is_read_only),
            sensitive=bool(entry.is_sensitive),
        )
        for name, entry in sorted(found.items())
    ]
