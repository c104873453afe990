"""The configs of a topic as a client is shown them: each key's settings over topic, broker and default.

Counterpart: `ConfigHelper.createTopicConfigEntry`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop_broker.broker.settings import ConfigSource, Setting, Settings
from desktop_broker.common.config import BROKER_KEYS, TOPIC_KEYS


def effective_configs(
    settings: Settings, overrides: Mapping[str, str], names: Iterable[str]
) -> list[tuple[str, list[Setting]]]:
    """For each key its settings, the one that counts first."""
    return [(name, _explain(settings, overrides, name)) for name in names]


def _explain(settings: Settings, overrides: Mapping[str, str], name: str) -> list[Setting]:
    key = TOPIC_KEYS[name]
    found = [Setting(name, overrides[name], ConfigSource.DYNAMIC_TOPIC)] if name in overrides else []
    if key.broker_key in BROKER_KEYS:
        found += settings.explain(key.broker_key)
    else:
        found.append(Setting(name, key.format(key.default), ConfigSource.DEFAULT))
    return found
