"""Consumer groups: look, move their offsets, delete.

Counterpart: `connection.py` offers these as methods; the broker side is `coordinator/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop_broker.common.errors import ErrorCode
from desktop_broker.common.types import TopicPartition
from desktop_broker.kafka import error_sentences, wire_groups, wire_requests
from desktop_broker.kafka.admin import REQUEST_TIMEOUT_S, Admin
from desktop_broker.kafka.errors import ClusterError, from_librdkafka
from desktop_broker.kafka.model import GroupInfo, GroupOffset, MemberInfo
from desktop_broker.kafka.offsets import earliest_and_latest

if TYPE_CHECKING:
    from confluent_kafka.admin import ConsumerGroupDescription, MemberDescription

_STATES = {
    "STABLE": "Stable",
    "EMPTY": "Empty",
    "DEAD": "Dead",
    "PREPARING_REBALANCING": "PreparingRebalance",
    "COMPLETING_REBALANCING": "CompletingRebalance",
    "ASSIGNING": "Assigning",
    "RECONCILING": "Reconciling",
}


def list_groups(admin: Admin) -> list[GroupInfo]:
    """Every group with its members, by id. A group that cannot be described carries the reason in `error`."""
    ids = _listed(admin) if _signs_in(admin) else wire_groups.list_ids(admin)
    return [
        described
        if isinstance(described, GroupInfo)
        else GroupInfo(id=id_, state="Unknown", kind="unknown", error=str(described))
        for id_, described in _describe(admin, ids).items()
    ]


def describe_group(admin: Admin, group: str) -> GroupInfo:
    """One group. One that does not exist has the state Dead: Kafka says so itself in old versions, by an error in new ones (KIP-1043)."""
    described = _describe(admin, [group])[group]
    if isinstance(described, GroupInfo):
        return described
    if described.code == ErrorCode.GROUP_ID_NOT_FOUND.name:
        return GroupInfo(id=group, state="Dead", kind="unknown")
    raise described


def committed(admin: Admin, group: str) -> dict[TopicPartition, tuple[int, str]]:
    """Every offset that a group has committed, with its metadata text."""
    if not _signs_in(admin):
        admin.check_open()
        return wire_requests.committed(admin.bootstrap, admin.properties, group)
    from confluent_kafka import ConsumerGroupTopicPartitions

    client = admin.client()
    futures = admin.call(
        lambda: client.list_consumer_group_offsets(
            [ConsumerGroupTopicPartitions(group)], request_timeout=REQUEST_TIMEOUT_S
        )
    )
    found = admin.wait(futures[group], group=group)
    return {
        TopicPartition(position.topic, position.partition): (position.offset, position.metadata or "")
        for position in found.topic_partitions
        if position.error is None and position.offset >= 0
    }


def group_offsets(admin: Admin, group: str) -> list[GroupOffset]:
    """Committed offsets, and the assigned partitions without one, each with the bounds of its partition; by topic and partition."""
    offsets = committed(admin, group)
    assigned = {tp for member in describe_group(admin, group).members for tp in member.assignment}
    wanted = sorted(offsets.keys() | assigned)
    try:
        bounds = earliest_and_latest(admin, wanted)
    except ClusterError:
        bounds = {}  # e.g. its topic was deleted: committed offsets are still worth showing
    return [with_bounds(tp, offsets.get(tp), bounds.get(tp)) for tp in wanted]


def with_bounds(
    tp: TopicPartition, position: tuple[int, str] | None, bounds: tuple[int | None, int | None] | None
) -> GroupOffset:
    """Put together what is known of one partition of a group."""
    earliest, latest = bounds or (None, None)
    offset, metadata = position or (None, "")
    return GroupOffset(
        topic=tp.topic, partition=tp.partition, committed=offset, earliest=earliest, latest=latest, metadata=metadata
    )


def set_offsets(admin: Admin, group: str, offsets: Mapping[TopicPartition, int]) -> None:
    """Commit these offsets for a group without members (a group that does not exist comes to be).

    Raises:
        ClusterError: e.g. the group has members. Kafka commits per partition, so some may be committed even then.
    """
    if not _signs_in(admin):
        wire_groups.set_offsets(admin, group, offsets)
        return
    from confluent_kafka import ConsumerGroupTopicPartitions
    from confluent_kafka import TopicPartition as Position

    client = admin.client()
    positions = [Position(tp.topic, tp.partition, offset) for tp, offset in offsets.items()]
    futures = admin.call(
        lambda: client.alter_consumer_group_offsets(
            [ConsumerGroupTopicPartitions(group, positions)], request_timeout=REQUEST_TIMEOUT_S
        )
    )
    answer = admin.wait(futures[group], group=group)
    for position in answer.topic_partitions:
        if position.error is not None:
            raise from_librdkafka(position.error, group=group, topic=position.topic, partition=position.partition)


def delete_group(admin: Admin, group: str) -> None:
    """Delete a group without members, with all its offsets."""
    if not _signs_in(admin):
        wire_groups.delete_group(admin, group)
        return
    client = admin.client()
    futures = admin.call(lambda: client.delete_consumer_groups([group], request_timeout=REQUEST_TIMEOUT_S))
    admin.wait(futures[group], group=group)


def _signs_in(admin: Admin) -> bool:
    """Whether the cluster wants SASL, which only librdkafka speaks; elsewhere its requests to coordinators are not used (`wire_groups`)."""
    return admin.properties.get("security.protocol", "").lower().startswith("sasl")


def _listed(admin: Admin) -> list[str]:
    client = admin.client()
    listed = admin.wait(admin.call(lambda: client.list_consumer_groups(request_timeout=REQUEST_TIMEOUT_S)))
    if listed.errors and not listed.valid:
        raise ClusterError(
            *error_sentences.GROUPS_NOT_LISTED,
            said=str(listed.errors[0].str()),
        )
    return sorted({group.group_id for group in listed.valid})


def _describe(admin: Admin, ids: list[str]) -> dict[str, GroupInfo | ClusterError]:
    if not ids:
        return {}
    if not _signs_in(admin):
        return wire_groups.describe(admin, ids)
    client = admin.client()
    futures = admin.call(lambda: client.describe_consumer_groups(ids, request_timeout=REQUEST_TIMEOUT_S))
    admin.wait_all(futures.values())
    described: dict[str, GroupInfo | ClusterError] = {}
    for id_ in ids:
        try:
            described[id_] = _group(admin.wait(futures[id_], group=id_))
        except ClusterError as error:
            described[id_] = error
    return described


def _group(found: ConsumerGroupDescription) -> GroupInfo:
    return GroupInfo(
        id=found.group_id,
        state=_STATES.get(found.state.name, "Unknown"),
        kind=found.type.name.lower() if found.type is not None else "unknown",
        assignor=found.partition_assignor or "",
        coordinator=found.coordinator.id if found.coordinator is not None and found.coordinator.id >= 0 else None,
        members=tuple(_member(member) for member in found.members),
    )


def _member(found: MemberDescription) -> MemberInfo:
    return MemberInfo(
        id=found.member_id,
        client_id=found.client_id,
        host=found.host.removeprefix("/"),
        instance_id=found.group_instance_id or None,
        assignment=tuple(sorted(TopicPartition(tp.topic, tp.partition) for tp in found.assignment.topic_partitions))
        if found.assignment is not None
        else (),
    )
