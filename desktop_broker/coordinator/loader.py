"""Reads a partition of `__consumer_offsets` back into groups and offsets. The counterpart of everything that `records` writes.

Kafka: `GroupCoordinatorShard.replay` and `GroupMetadataManager.replay(GroupMetadataKey, ...)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from desktop_broker.coordinator import records
from desktop_broker.coordinator.classic_group import ClassicGroup, GroupState
from desktop_broker.coordinator.effects import Client
from desktop_broker.coordinator.log import Record
from desktop_broker.coordinator.member import ClassicMember
from desktop_broker.coordinator.offsets import CommittedOffset, OffsetStore
from desktop_broker.protocol.errors import ProtocolError
from desktop_broker.protocol.records.group_types import (
    GroupMetadataKey,
    GroupMetadataValue,
    LegacyOffsetCommitKey,
    LegacyOffsetCommitValue,
    OffsetCommitKey,
    OffsetCommitValue,
)
from desktop_broker.protocol.schema import Message


class Loader:
    """The state so far. Belongs to the thread that loads.

    Args:
        now_ms: the time, for groups whose record does not tell since when they are as they are.
        damaged: told about each record that cannot be read; it is left out, the others count.
    """

    def __init__(self, now_ms: int, damaged: Callable[[ProtocolError], None]) -> None:
        self.groups: dict[str, ClassicGroup] = {}
        self.offsets = OffsetStore()
        self._now_ms = now_ms
        self._damaged = damaged

    def replay(self, log: Iterable[Record]) -> None:
        """Take in records, oldest first."""
        for record in log:
            try:
                replayed = records.read(record)
            except ProtocolError as error:
                self._damaged(error)
                continue
            if replayed is not None:  # else it is of a kind that this program does not serve: it stays in the log
                self._take_in(*replayed)

    def _take_in(self, key: Message, value: Message | None) -> None:
        match key, value:
            case (OffsetCommitKey() | LegacyOffsetCommitKey(), None):
                self.offsets.remove(key.group, key.topic, key.partition)
            case (OffsetCommitKey() | LegacyOffsetCommitKey(), OffsetCommitValue()):
                self._add_offset(key, CommittedOffset.from_record(value))
            case (OffsetCommitKey() | LegacyOffsetCommitKey(), LegacyOffsetCommitValue()):
                committed = CommittedOffset(
                    offset=value.offset, metadata=value.metadata, commit_timestamp_ms=value.commit_timestamp
                )
                self._add_offset(key, committed)
            case (GroupMetadataKey(), None):
                self.groups.pop(key.group, None)
            case (GroupMetadataKey(), GroupMetadataValue()):
                self._add_group(key.group, value)

    def _add_offset(self, key: OffsetCommitKey | LegacyOffsetCommitKey, committed: CommittedOffset) -> None:
        if key.group not in self.groups:  # a consumer that assigns itself leaves no other trace
            self.groups[key.group] = ClassicGroup(key.group, self._now_ms)
        self.offsets.put(key.group, key.topic, key.partition, committed)

    def _add_group(self, group_id: str, value: GroupMetadataValue) -> None:
        group = self.groups[group_id] = ClassicGroup(group_id, value.current_state_timestamp)
        group.generation = value.generation
        group.protocol_type = value.protocol_type or None
        group.protocol = value.protocol
        group.recorded = True
        group.state = GroupState.STABLE if value.members else GroupState.EMPTY
        for one in value.members:
            rebalance_timeout_ms = one.rebalance_timeout if one.rebalance_timeout >= 0 else one.session_timeout
            member = ClassicMember(
                one.member_id,
                instance_id=one.group_instance_id,
                client=Client(one.client_id, one.client_host),
                rebalance_timeout_ms=rebalance_timeout_ms,
                session_timeout_ms=one.session_timeout,
                protocols=((value.protocol or "", one.subscription),),
                assignment=one.assignment,
            )
            group.add(member, None)
        if value.leader in group.members:
            group.leader = value.leader
        group.refresh_subscriptions()
