"""Frozen snapshots of groups, for whoever observes a coordinator."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberStatistics:
    """One member of a group."""

    member_id: str
    instance_id: str | None
    client_id: str
    client_host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStatistics:
    """One group. `state` is Empty, PreparingRebalance, CompletingRebalance or Stable; `offsets` counts partitions."""

    group_id: str
    partition: int
    state: str
    generation: int
    protocol_type: str
    protocol: str
    leader: str | None
    members: tuple[MemberStatistics, ...]
    offsets: int
