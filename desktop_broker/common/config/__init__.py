"""Kafka's config keys, each declared once with type, default, limits and a sentence on what it does.

Command line, forms, DescribeConfigs and the engine read the same declarations.
"""

from desktop_broker.common.config.broker import BROKER_KEYS
from desktop_broker.common.config.keys import ConfigError, ConfigKey, ConfigType, ConfigValue, parse_all
from desktop_broker.common.config.topic import TOPIC_KEYS, TopicConfig

__all__ = [
    "BROKER_KEYS",
    "TOPIC_KEYS",
    "ConfigError",
    "ConfigKey",
    "ConfigType",
    "ConfigValue",
    "TopicConfig",
    "parse_all",
]
