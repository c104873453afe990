"""One broker's configs as they stand now, and where each value comes from.

Counterpart: Kafka's `KafkaConfig` and `DynamicBrokerConfig`. First the broker's own dynamic value, then the cluster's dynamic default, then
what the engine was started with, then the default.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import NamedTuple, cast

from desktop_broker.cluster.image import MetadataImage
from desktop_broker.common.config import BROKER_KEYS, ConfigValue


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
    """The configs of one broker (or, with no id, of the cluster). Values are worked out once per change of the metadata.

    Any thread may ask: the cache is replaced whole.
    """

    def __init__(self, broker_id: int | None, static: Mapping[str, str], image: Callable[[], MetadataImage]) -> None:
        """`static`: what the broker was started with, as texts that were checked."""
        self._broker_id = broker_id
        self._static = static
        self._image = image
        defaults = {name: key.default for name, key in BROKER_KEYS.items() if key.default is not None}
        self._base: dict[str, ConfigValue] = defaults | _parse(static)
        self._cached: tuple[Mapping[str, str], Mapping[str, str], dict[str, ConfigValue]] = (_NONE, _NONE, self._base)

    def values(self) -> Mapping[str, ConfigValue]:
        """Every broker config that has a value."""
        image = self._image()
        common, own = image.broker_overrides(None), self._own(image)
        cached = self._cached
        if cached[0] is not common or cached[1] is not own:
            cached = (common, own, self._base | _parse(common) | _parse(own))
            self._cached = cached
        return cached[2]

    def boolean(self, name: str) -> bool:
        """A BOOLEAN config."""
        return cast(bool, self.values()[name])

    def integer(self, name: str) -> int:
        """An INT or LONG config."""
        return cast(int, self.values()[name])

    def explain(self, name: str) -> list[Setting]:
        """All settings of one key that exist, the one that counts first; at least the default."""
        image = self._image()
        layers = (
            (self._own(image), ConfigSource.DYNAMIC_BROKER),
            (image.broker_overrides(None), ConfigSource.DYNAMIC_DEFAULT_BROKER),
            (self._static, ConfigSource.STATIC_BROKER),
        )
        found = [Setting(name, texts[name], source) for texts, source in layers if name in texts]
        key = BROKER_KEYS[name]
        if not found or key.default is not None:
            found.append(Setting(name, key.format(key.default), ConfigSource.DEFAULT))
        return found

    def _own(self, image: MetadataImage) -> Mapping[str, str]:
        return image.broker_overrides(self._broker_id) if self._broker_id is not None else _NONE


_NONE: Mapping[str, str] = {}


def _parse(texts: Mapping[str, str]) -> dict[str, ConfigValue]:
    """Values of the keys that are known; others may be in an old folder's log."""
    return {name: BROKER_KEYS[name].parse(text) for name, text in texts.items() if name in BROKER_KEYS}
