"""Configs of groups come from the broker's keys, and have their defaults."""

from __future__ import annotations

from desktop_broker.coordinator.config import GroupConfig


def test_defaults_are_those_declared() -> None:
    assert GroupConfig.from_values({}) == GroupConfig()


def test_values_by_name() -> None:
    config = GroupConfig.from_values({"group.max.size": 5, "offsets.retention.minutes": 2, "unrelated": "x"})
    assert (config.max_size, config.offsets_retention_ms) == (5, 120_000)
