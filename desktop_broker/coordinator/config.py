"""The broker configs that groups obey, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_broker.common.config import BROKER_KEYS, ConfigValue

NEW_MEMBER_JOIN_TIMEOUT_S = 300.0
"""How long a member that has just been added may wait in its first JoinGroup (`classicGroupNewMemberJoinTimeoutMs`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupConfig:
    """`group.*`, `offset.*` and `offsets.*`, in the units that the keys name."""

    initial_rebalance_delay_ms: int = 0
    min_session_timeout_ms: int = 6_000
    max_session_timeout_ms: int = 1_800_000
    max_size: int = 2_147_483_647
    offset_metadata_max_bytes: int = 4_096
    offsets_retention_minutes: int = 10_080
    offsets_retention_check_interval_ms: int = 600_000

    @property
    def offsets_retention_ms(self) -> int:
        """How long offsets stay once their group is empty."""
        return self.offsets_retention_minutes * 60_000

    @classmethod
    def from_values(cls, values: Mapping[str, ConfigValue | None]) -> GroupConfig:
        """From broker configs by name; a key that is missing has its declared default."""

        def number(name: str) -> int:
            value = values.get(name)
            if value is None:
                value = BROKER_KEYS[name].default
            assert isinstance(value, int)  # every key below is declared as a whole number with a default
            return value

        return cls(
            initial_rebalance_delay_ms=number("group.initial.rebalance.delay.ms"),
            min_session_timeout_ms=number("group.min.session.timeout.ms"),
            max_session_timeout_ms=number("group.max.session.timeout.ms"),
            max_size=number("group.max.size"),
            offset_metadata_max_bytes=number("offset.metadata.max.bytes"),
            offsets_retention_minutes=number("offsets.retention.minutes"),
            offsets_retention_check_interval_ms=number("offsets.retention.check.interval.ms"),
        )
