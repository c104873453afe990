"""One broker's configs as they stand now, and where each value comes from.

Counterpart: Kafka's `KafkaConfig` and `DynamicBrokerConfig`. First the broker's own dynamic value, then the cluster's dynamic default, then
what the engine was started with, then the default. The values themselves are worked out by `cluster.Cluster`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import NamedTuple, cast

from desktop_broker.cluster.cluster import Cluster, default_broker_values
from desktop_broker.common.config import BROKER_KEYS, ConfigValue

_NONE: Mapping[str, str] = MappingProxyType({})


class ConfigSource(IntEnum):
    """Where a value was set, as DescribeConfigs numbers it (`DescribeConfigsResponse.ConfigSource`)."""

    DYNAMIC_TOPIC = 1
    DYNAMIC_BROKER = 2
    DYNAMIC_DEFAULT_BROKER = 3
    STATIC_BROKER = 4
    DEFAULT = 5


class Setting(NamedTuple):
    """One value of a config, by its key's name."""

    name: str
    text: str | None
    source: ConfigSource


class Settings:
    """The configs of one broker, or with no id those of the cluster as a whole. Keeps nothing that changes; any thread may ask."""

    def __init__(self, broker_id: int | None, cluster: Cluster, static: Mapping[str, str]) -> None:
        """`static`: what the broker was started with, as texts that were checked."""
        self._broker_id = broker_id
        self._cluster = cluster
        self._static = static
        self._defaults = default_broker_values(len(cluster.quorum.voters))

    def values(self) -> Mapping[str, ConfigValue]:
        """Every broker config that has a value."""
        return self._cluster.broker_values(self._broker_id)

    def boolean(self, name: str) -> bool:
        """A BOOLEAN config."""
        return cast(bool, self.values()[name])

    def integer(self, name: str) -> int:
        """An INT or LONG config."""
        return cast(int, self.values()[name])

    def explain(self, name: str) -> list[Setting]:
        """All settings of one key that exist, the one that counts first; at least the default."""
        image = self._cluster.image
        own = _NONE if self._broker_id is None else image.broker_overrides(self._broker_id)
        layers = (
            (own, ConfigSource.DYNAMIC_BROKER),
            (image.broker_overrides(None), ConfigSource.DYNAMIC_DEFAULT_BROKER),
            (self._static, ConfigSource.STATIC_BROKER),
        )
        found = [Setting(name, texts[name], source) for texts, source in layers if name in texts]
        default = self._defaults.get(name)
        if not found or default is not None:
            found.append(Setting(name, BROKER_KEYS[name].format(default), ConfigSource.DEFAULT))
        return found
