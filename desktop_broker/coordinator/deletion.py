"""How offsets and groups end: by request, with their topic, or with time (rule 34). A tombstone each, and gone once that is committed.

Counterpart: `deleteGroups`, `cleanupExpiredOffsets` and `onPartitionsDeleted` of Kafka's group coordinator.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventKind
from desktop_broker.common.types import TopicPartition
from desktop_broker.coordinator import records
from desktop_broker.coordinator.classic_group import CONSUMER_PROTOCOL_TYPE, ClassicGroup, GroupState
from desktop_broker.coordinator.config import GroupConfig
from desktop_broker.coordinator.effects import GroupEvent, Moment, Reply, Write
from desktop_broker.coordinator.shard import Shard


def delete_group(shard: Shard, group_id: str) -> None:
    """Delete a group that has no members, with its offsets. Blocks until that is committed.

    Raises:
        KafkaError: GROUP_ID_NOT_FOUND, NON_EMPTY_GROUP, or what befell the append.
    """
    outcome: Reply[KafkaError | bool] = Reply()

    def delete(_: Moment) -> None:
        group = shard.groups.get(group_id)
        if group is None:
            raise KafkaError(ErrorCode.GROUP_ID_NOT_FOUND, f"There is no group '{group_id}'.")
        if not group.is_empty:
            raise KafkaError(ErrorCode.NON_EMPTY_GROUP, f"Group '{group_id}' has members; stop them first.")
        offsets = [tp for tp, _ in shard.offsets.of_group(group_id)]
        _end_group(shard, group, offsets, "request", outcome)

    shard.run(delete)
    if isinstance(outcome.value, KafkaError):
        raise outcome.value


def delete_offsets_of(shard: Shard, found: Sequence[tuple[str, TopicPartition]]) -> Reply[KafkaError | bool]:
    """Delete single offsets (group and partition), the lock held. The reply is answered with the append's error, or True."""
    outcome: Reply[KafkaError | bool] = Reply()

    def done(error: KafkaError | None, _: Moment) -> None:
        if error is None:
            for group_id, (topic, partition) in found:
                shard.offsets.remove(group_id, topic, partition)
        outcome.answer(error or True)

    if found:
        shard.write(Write([records.offset_tombstone(group_id, tp) for group_id, tp in found], done))
    else:
        outcome.answer(True)
    return outcome


def expire_group(shard: Shard, group_id: str, config: GroupConfig, now: Moment) -> None:
    """Drop what has outlived its time in one group, and the group when nothing is left of it (the lock held)."""
    group = shard.groups.get(group_id)
    if group is None:
        return
    kept, expired = 0, []
    for tp, committed in shard.offsets.of_group(group_id):
        if (
            _may_expire(group)
            and not group.is_subscribed_to(tp.topic)
            and committed.is_expired(now.ms, config.offsets_retention_ms, _empty_since(group))
        ):
            expired.append(tp)
        else:
            kept += 1
    if not kept and group.is_empty and not group.pending:
        _end_group(shard, group, expired, "expired", Reply())
    elif expired:
        delete_offsets_of(shard, [(group_id, tp) for tp in expired])


def _may_expire(group: ClassicGroup) -> bool:
    """Whether any offset of a group may expire now: without members; or, for consumers, of topics that they left."""
    if group.protocol_type is None or group.is_empty:
        return True
    return (
        group.protocol_type == CONSUMER_PROTOCOL_TYPE
        and group.subscribed is not None
        and group.state is GroupState.STABLE
    )


def _empty_since(group: ClassicGroup) -> int | None:
    """What retention counts from: since the group has been empty; None for since each commit (simple groups, KIP-211)."""
    if group.protocol_type is None or not group.is_empty or group.state_timestamp_ms < 0:
        return None
    return group.state_timestamp_ms


def _end_group(
    shard: Shard,
    group: ClassicGroup,
    offsets: Sequence[TopicPartition],
    reason: str,
    outcome: Reply[KafkaError | bool],
) -> None:
    group_id = group.group_id
    tombstones = [records.offset_tombstone(group_id, tp) for tp in offsets]

    def done(error: KafkaError | None, now: Moment) -> None:
        if error is None:
            for topic, partition in offsets:
                shard.offsets.remove(group_id, topic, partition)
            # A member may have come meanwhile: then only what was before it is gone.
            if group.is_empty and not group.pending and not shard.offsets.count(group_id):
                shard.drop_group(group, now)
                shard.effects.events.append(
                    GroupEvent(kind=EventKind.GROUP_DELETED, group=group_id, details={"reason": reason})
                )
        outcome.answer(error or True)

    if group.recorded or tombstones or reason == "request":
        tombstones.append(records.group_tombstone(group_id))
        group.recorded = False
    shard.write(Write(tombstones, done))
