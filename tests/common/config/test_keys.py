"""How a text becomes a config's value, and how a wrong one is explained."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.common.config import BROKER_KEYS, TOPIC_KEYS, ConfigError, ConfigType, TopicConfig, parse_all


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("retention.ms", "-1", -1),
        ("cleanup.policy", " compact , delete ", ("compact", "delete")),
        ("unclean.leader.election.enable", "TRUE", True),
        ("min.cleanable.dirty.ratio", "0.25", 0.25),
        ("compression.type", "zstd", "zstd"),
    ],
)
def test_values(name: str, text: str, value: object) -> None:
    assert TOPIC_KEYS[name].parse(text) == value


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("retention.ms", "a week", "retention.ms takes a whole number, not 'a week'."),
        ("min.insync.replicas", "0", "min.insync.replicas must be at least 1, not 0."),
        ("segment.bytes", "3000000000", "takes a whole number between"),
        ("cleanup.policy", "shred", "takes a list of delete or compact, not 'shred'."),
        ("compression.type", "rar", "uncompressed, zstd, lz4, snappy, gzip or producer, not 'rar'."),
        ("preallocate", "yes", "takes true or false, not 'yes'."),
        ("min.cleanable.dirty.ratio", "half", "takes a number, not 'half'."),
        ("min.cleanable.dirty.ratio", "2", "must be at most 1"),
    ],
)
def test_a_wrong_value_is_explained(name: str, text: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        TOPIC_KEYS[name].parse(text)
    assert sentence in str(caught.value)


def test_an_unknown_key_gets_the_nearest_name() -> None:
    with pytest.raises(ConfigError, match=r"Did you mean 'retention\.ms'"):
        parse_all(TOPIC_KEYS, {"retentoin.ms": "1"})


@given(st.sampled_from(sorted(BROKER_KEYS)))
def test_every_default_survives_its_own_text(name: str) -> None:
    key = BROKER_KEYS[name]
    text = key.format(key.default)
    if text is not None and key.type is not ConfigType.STRING:
        assert key.parse(text) == key.default


def test_a_topic_takes_its_own_value_else_the_brokers_else_kafkas() -> None:
    config = TopicConfig.from_values({"segment.bytes": 2048}, {"log.segment.bytes": 4096, "log.retention.ms": 5})
    assert (config.segment_bytes, config.retention_ms, config.max_message_bytes) == (2048, 5, 1_048_588)
    assert TopicConfig.from_values({"cleanup.policy": ("compact",)}).compacted
    assert TopicConfig.from_values({"message.timestamp.type": "LogAppendTime"}).log_append_time


def test_topic_defaults_agree_with_their_declarations() -> None:
    config = TopicConfig()
    for name, key in TOPIC_KEYS.items():
        if hasattr(config, field := name.replace(".", "_")):
            assert getattr(config, field) == key.default, name
