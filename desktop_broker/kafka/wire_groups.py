"""What is asked of the coordinators of groups: which there are, who their members are, offsets moved, a group deleted.

Not through librdkafka: each of its admin requests to a coordinator ends the whole process when that coordinator goes away at the
wrong moment (an assertion on `eonce->refcnt`), and its list of groups waits the whole time-out for a broker that is stopped.
Taking brokers away is what this project is for.

Counterpart: `groups.py` chooses between this and librdkafka, which alone can sign in by SASL; the broker side is `coordinator/`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from desktop_broker.common.errors import ErrorCode
from desktop_broker.common.types import Endpoint, TopicPartition
from desktop_broker.kafka.admin import Admin
from desktop_broker.kafka.errors import ClusterError, from_code
from desktop_broker.kafka.model import GroupInfo, MemberInfo
from desktop_broker.kafka.wire_client import WireClient
from desktop_broker.kafka.wire_requests import coordinator_of, first_reachable
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.codec import decode_from
from desktop_broker.protocol.errors import ProtocolError
from desktop_broker.protocol.messages import consumer_group_describe as modern
from desktop_broker.protocol.messages.consumer_protocol import ConsumerProtocolAssignment
from desktop_broker.protocol.messages.delete_groups import DeleteGroupsRequest, DeleteGroupsResponse
from desktop_broker.protocol.messages.describe_groups import (
    DescribedGroup,
    DescribedGroupMember,
    DescribeGroupsRequest,
    DescribeGroupsResponse,
)
from desktop_broker.protocol.messages.find_coordinator import FindCoordinatorRequest, FindCoordinatorResponse
from desktop_broker.protocol.messages.list_groups import ListGroupsRequest, ListGroupsResponse
from desktop_broker.protocol.messages.metadata import MetadataRequest, MetadataResponse
from desktop_broker.protocol.messages.offset_commit import (
    OffsetCommitRequest,
    OffsetCommitRequestPartition,
    OffsetCommitRequestTopic,
    OffsetCommitResponse,
)

_GROUP = 0
_BY_NAME = 9  # OffsetCommit names topics up to this version
_MOVE_S, _PAUSE_S = 3.0, 0.1
# Another coordinator is on its way, or the one that was named has just gone: ask again.
_MOVING = frozenset(
    code.name
    for code in (
        ErrorCode.NOT_COORDINATOR,
        ErrorCode.COORDINATOR_NOT_AVAILABLE,
        ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
        ErrorCode.NETWORK_EXCEPTION,
    )
)

Answer = TypeVar("Answer")
Described = dict[str, GroupInfo | ClusterError]


def list_ids(admin: Admin) -> list[str]:
    """The ids of all groups, sorted. A broker that cannot be asked is left out: the others know its groups soon.

    Raises:
        ClusterError: no broker can be asked, or none answers in full.
    """
    admin.check_open()
    with first_reachable(admin.bootstrap, admin.properties) as client:
        brokers = client.ask(MetadataRequest(topics=[]), MetadataResponse).brokers
    ids: set[str] = set()
    failure, answered = None, False
    for broker in brokers:
        try:
            with WireClient(Endpoint(broker.host, broker.port), admin.properties) as client:
                answer = client.ask(ListGroupsRequest(), ListGroupsResponse)
            _check(answer.error_code)
            ids.update(group.group_id for group in answer.groups)
            answered = True
        except ClusterError as error:
            failure = error
    if failure is not None and not answered:
        raise failure
    return sorted(ids)


def describe(admin: Admin, ids: Collection[str]) -> Described:
    """Every one of these groups, or why it could not be described."""
    deadline = time.monotonic() + _MOVE_S
    found: Described = {}
    waiting = list(ids)
    while waiting:
        found |= _described_now(admin, waiting)
        waiting = [id_ for id_ in waiting if _moves(found[id_])]
        if time.monotonic() >= deadline:
            break
        if waiting:
            time.sleep(_PAUSE_S)
    return {id_: found[id_] for id_ in ids}


def set_offsets(admin: Admin, group: str, offsets: Mapping[TopicPartition, int]) -> None:
    """Commit in the name of a group without members.

    Raises:
        ClusterError: the group has members, or the cluster refuses a partition.
    """
    by_topic: dict[str, list[OffsetCommitRequestPartition]] = {}
    for tp, offset in offsets.items():
        row = OffsetCommitRequestPartition(partition_index=tp.partition, committed_offset=offset)
        by_topic.setdefault(tp.topic, []).append(row)
    topics = [OffsetCommitRequestTopic(name=name, partitions=rows) for name, rows in by_topic.items()]
    request = OffsetCommitRequest(group_id=group, topics=topics)

    def commit(client: WireClient) -> None:
        answer = client.ask(request, OffsetCommitResponse, most=_BY_NAME)
        for topic in answer.topics:
            for row in topic.partitions:
                _check(row.error_code, group=group, topic=topic.name, partition=row.partition_index)

    _ask_coordinator(admin, group, commit)


def delete_group(admin: Admin, group: str) -> None:
    """Delete a group without members, with all its offsets.

    Raises:
        ClusterError: it has members, or does not exist.
    """

    def delete(client: WireClient) -> None:
        answer = client.ask(DeleteGroupsRequest(groups_names=[group]), DeleteGroupsResponse)
        _check(answer.results[0].error_code, group=group)

    _ask_coordinator(admin, group, delete)


def _ask_coordinator(admin: Admin, group: str, ask: Callable[[WireClient], Answer]) -> Answer:
    """Ask the group's coordinator, and its successor where it moves meanwhile. What is asked can be repeated without harm."""
    deadline = time.monotonic() + _MOVE_S
    while True:
        admin.check_open()
        try:
            with WireClient(coordinator_of(admin.bootstrap, admin.properties, group), admin.properties) as client:
                return ask(client)
        except ClusterError as error:
            if not _moves(error) or time.monotonic() >= deadline:
                raise
        time.sleep(_PAUSE_S)


def _described_now(admin: Admin, ids: list[str]) -> Described:
    """One round: look the coordinators up together, then ask each of them for all its groups."""
    admin.check_open()
    found: Described = {}
    groups_of: dict[tuple[int, Endpoint], list[str]] = {}
    with first_reachable(admin.bootstrap, admin.properties) as client:
        request = FindCoordinatorRequest(key_type=_GROUP, coordinator_keys=ids)
        for row in client.ask(request, FindCoordinatorResponse).coordinators:
            if row.error_code:
                found[row.key] = from_code(row.error_code, group=row.key)
            else:
                groups_of.setdefault((row.node_id, Endpoint(row.host, row.port)), []).append(row.key)
    for (broker, endpoint), groups in groups_of.items():
        try:
            with WireClient(endpoint, admin.properties) as client:
                found |= _asked(client, broker, groups)
        except ClusterError as error:
            found |= dict.fromkeys(groups, error)
    return found


def _asked(client: WireClient, broker: int, ids: list[str]) -> Described:
    answer = client.ask(DescribeGroupsRequest(groups=ids), DescribeGroupsResponse)
    found: Described = {row.group_id: _classic(row, broker) for row in answer.groups}
    unknown = [row.group_id for row in answer.groups if row.group_state == "Dead"]
    if unknown and client.offers(ApiKey.CONSUMER_GROUP_DESCRIBE):
        # DescribeGroups knows classic groups only; those of the new protocol (KIP-848) have a request of their own.
        others = client.ask(
            modern.ConsumerGroupDescribeRequest(group_ids=unknown), modern.ConsumerGroupDescribeResponse
        )
        found |= {row.group_id: _modern(row, broker) for row in others.groups if not row.error_code}
    return found


def _classic(row: DescribedGroup, broker: int) -> GroupInfo | ClusterError:
    if row.error_code:
        return from_code(row.error_code, group=row.group_id)
    return GroupInfo(
        id=row.group_id,
        state=row.group_state,
        kind="classic",
        assignor=row.protocol_data,
        coordinator=broker,
        members=tuple(_classic_member(member) for member in row.members),
    )


def _classic_member(row: DescribedGroupMember) -> MemberInfo:
    return MemberInfo(
        id=row.member_id,
        client_id=row.client_id,
        host=row.client_host.removeprefix("/"),
        instance_id=row.group_instance_id or None,
        assignment=_assignment(row.member_assignment),
    )


def _assignment(data: bytes) -> tuple[TopicPartition, ...]:
    """What a classic consumer was assigned; nothing where its bytes are not a consumer's (Kafka Connect's, for one)."""
    try:
        version = min(int.from_bytes(data[:2], "big", signed=True), 3)
        assigned, _ = decode_from(ConsumerProtocolAssignment, data, version, 2)
    except (ProtocolError, ValueError):
        return ()
    return tuple(sorted(TopicPartition(row.topic, n) for row in assigned.assigned_partitions for n in row.partitions))


def _modern(row: modern.DescribedGroup, broker: int) -> GroupInfo:
    return GroupInfo(
        id=row.group_id,
        state=row.group_state,
        kind="consumer",
        assignor=row.assignor_name,
        coordinator=broker,
        members=tuple(
            MemberInfo(
                id=member.member_id,
                client_id=member.client_id,
                host=member.client_host.removeprefix("/"),
                instance_id=member.instance_id or None,
                assignment=tuple(
                    sorted(
                        TopicPartition(topic.topic_name, n)
                        for topic in member.assignment.topic_partitions
                        for n in topic.partitions
                    )
                ),
            )
            for member in row.members
        ),
    )


def _moves(found: object) -> bool:
    return isinstance(found, ClusterError) and found.code in _MOVING


def _check(code: int, **names: object) -> None:
    if code:
        raise from_code(code, "", "", **names)
