"""The group coordinator of one broker: finds the partition that a group lives in, and answers its members.

Counterpart: Kafka's `GroupCoordinatorService`. Requests and responses are the protocol's own messages at their highest version; handlers
only move fields for older ones. Connections' threads call in and wait here: a JoinGroup until its rebalance is through, a commit until
it is in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from desktop_broker.common.clock import Clock
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventLog
from desktop_broker.common.scheduler import Scheduler
from desktop_broker.coordinator import offset_requests
from desktop_broker.coordinator.classic_requests import join_error, unknown_members
from desktop_broker.coordinator.config import GroupConfig
from desktop_broker.coordinator.deletion import delete_group
from desktop_broker.coordinator.describe import described, is_listed, listed, snapshot
from desktop_broker.coordinator.effects import Client, Moment, Reply
from desktop_broker.coordinator.errors import as_group_error
from desktop_broker.coordinator.log import CoordinatorLog
from desktop_broker.coordinator.shard import Shard
from desktop_broker.coordinator.shards import Shards
from desktop_broker.coordinator.statistics import GroupStatistics
from desktop_broker.protocol.messages.delete_groups import DeletableGroupResult
from desktop_broker.protocol.messages.describe_groups import DescribedGroup
from desktop_broker.protocol.messages.heartbeat import HeartbeatRequest, HeartbeatResponse
from desktop_broker.protocol.messages.join_group import JoinGroupRequest, JoinGroupResponse
from desktop_broker.protocol.messages.leave_group import LeaveGroupRequest, LeaveGroupResponse
from desktop_broker.protocol.messages.list_groups import ListGroupsRequest, ListGroupsResponse
from desktop_broker.protocol.messages.offset_commit import OffsetCommitRequest, OffsetCommitResponse
from desktop_broker.protocol.messages.offset_delete import OffsetDeleteRequest, OffsetDeleteResponse
from desktop_broker.protocol.messages.offset_fetch import OffsetFetchRequestGroup, OffsetFetchResponseGroup
from desktop_broker.protocol.messages.sync_group import SyncGroupRequest, SyncGroupResponse


class GroupCoordinator:
    """Consumer groups of the partitions of `__consumer_offsets` that one broker leads. Safe from any thread.

    Keeps no state of its own: the partitions are in `Shards`, behind its lock and theirs.

    Args:
        log: `__consumer_offsets`.
        scheduler: runs session and rebalance time-outs.
        config: the broker's configs as they are now; asked at each use, so changes count at once.
        topic_id: of a topic that exists, or None. When given, offsets of topics that went while nobody coordinated are dropped.
    """

    def __init__(
        self,
        broker_id: int,
        log: CoordinatorLog,
        *,
        clock: Clock,
        scheduler: Scheduler,
        events: EventLog,
        config: Callable[[], GroupConfig] = GroupConfig,
        topic_id: Callable[[str], UUID | None] | None = None,
    ) -> None:
        self._config = config
        self._shards = Shards(
            broker_id, log, clock=clock, scheduler=scheduler, events=events, config=config, topic_id=topic_id
        )

    # Partitions come and go.

    def partition_for(self, group_id: str) -> int:
        """The partition of `__consumer_offsets` that a group lives in."""
        return self._shards.partition_for(group_id)

    def load(self, partition: int, epoch: int) -> None:
        """This broker leads the partition from `epoch` on: read its groups. Returns at once; until it is done, requests for these
        groups get COORDINATOR_LOAD_IN_PROGRESS. An epoch that is not news is ignored."""
        self._shards.load(partition, epoch)

    def unload(self, partition: int, epoch: int | None = None) -> None:
        """This broker leads the partition no more (since `epoch`); who waits is answered NOT_COORDINATOR."""
        self._shards.unload(partition, epoch)

    def topics_deleted(self, names: Iterable[str]) -> None:
        """Topics are gone: their offsets go too. Returns at once."""
        self._shards.topics_deleted(names)

    def wake(self) -> None:
        """Let every waiting call look whether its `cancelled` is true now (connections were closed)."""
        for shard in self._shards.all():
            shard.wake()

    def close(self) -> None:
        """The broker stops: answer everyone who waits, and end. Idempotent."""
        self._shards.close()

    # Members.

    def join(
        self,
        request: JoinGroupRequest,
        client: Client,
        version: int,
        cancelled: Callable[[], bool] | None = None,
    ) -> JoinGroupResponse:
        """JoinGroup. Blocks until the rebalance is through, which its members' time-outs bound.

        Args:
            version: of the request: 4 and later know MEMBER_ID_REQUIRED, 9 and later `skip_assignment`.
            cancelled: whether nobody wants the answer any more (see `wake`).
        """
        config = self._config()
        if not request.group_id:
            return join_error(request.member_id, ErrorCode.INVALID_GROUP_ID)
        if not config.min_session_timeout_ms <= request.session_timeout_ms <= config.max_session_timeout_ms:
            return join_error(request.member_id, ErrorCode.INVALID_SESSION_TIMEOUT)
        reply: Reply[JoinGroupResponse] = Reply()

        def join(now: Moment) -> None:
            group = shard.groups.get(request.group_id)
            if group is None and request.member_id:
                reply.answer(join_error(request.member_id, ErrorCode.UNKNOWN_MEMBER_ID))
                return
            if group is None:
                group = shard.group_or_simple(request.group_id, now)
            shard.effects.touched.add(group.group_id)
            shard.requests.join(group, request, client, version, reply, now)

        try:
            shard = self._find(request.group_id)
            shard.run(join)
        except KafkaError as error:
            return join_error(request.member_id, as_group_error(error.code))
        answer = shard.wait(reply, cancelled)
        return answer or join_error(request.member_id, ErrorCode.COORDINATOR_NOT_AVAILABLE)

    def sync(self, request: SyncGroupRequest, cancelled: Callable[[], bool] | None = None) -> SyncGroupResponse:
        """SyncGroup. Blocks until the leader's assignment is in the log."""
        reply: Reply[SyncGroupResponse] = Reply()

        def sync(now: Moment) -> None:
            group = shard.groups.get(request.group_id)
            if group is None:
                raise KafkaError(ErrorCode.UNKNOWN_MEMBER_ID)
            shard.effects.touched.add(group.group_id)
            shard.requests.sync(group, request, reply, now)

        try:
            shard = self._find(request.group_id)
            shard.run(sync)
        except KafkaError as error:
            return SyncGroupResponse(error_code=as_group_error(error.code))
        answer = shard.wait(reply, cancelled)
        return answer or SyncGroupResponse(error_code=ErrorCode.COORDINATOR_NOT_AVAILABLE)

    def heartbeat(self, request: HeartbeatRequest) -> HeartbeatResponse:
        """Heartbeat. While the groups are loading every member is taken to be alive, as in Kafka."""

        def heartbeat(now: Moment) -> ErrorCode:
            group = shard.groups.get(request.group_id)
            if group is None:
                raise KafkaError(ErrorCode.UNKNOWN_MEMBER_ID)
            return shard.requests.heartbeat(group, request, now)

        try:
            shard = self._find(request.group_id)
            return HeartbeatResponse(error_code=shard.run(heartbeat))
        except KafkaError as error:
            loading = error.code is ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
            return HeartbeatResponse(error_code=ErrorCode.NONE if loading else as_group_error(error.code))

    def leave(self, request: LeaveGroupRequest) -> LeaveGroupResponse:
        """LeaveGroup, for one or many members."""

        def leave(now: Moment) -> LeaveGroupResponse:
            group = shard.groups.get(request.group_id)
            if group is not None:
                shard.effects.touched.add(group.group_id)
                return shard.requests.leave(group, request, now)
            return unknown_members(request)

        try:
            shard = self._find(request.group_id)
            return shard.run(leave)
        except KafkaError as error:
            return LeaveGroupResponse(error_code=as_group_error(error.code))

    # Offsets.

    def offset_commit(self, request: OffsetCommitRequest, version: int) -> OffsetCommitResponse:
        """OffsetCommit of topics that exist: one append for all partitions. Blocks until it is committed.

        Topics carry their name, and their id where the caller knows it; the response repeats both.
        """
        try:
            return offset_requests.commit(self._find(request.group_id, empty=True), request, version, self._config())
        except KafkaError as error:
            return offset_requests.refused_commit(request, as_group_error(error.code))

    def offset_fetch(self, request: OffsetFetchRequestGroup, *, require_stable: bool) -> OffsetFetchResponseGroup:
        """OffsetFetch of one group, all its offsets when `request.topics` is None.

        With `require_stable` commits that are under way are waited for, so a new owner of a partition sees its former owner's last one.
        """
        try:
            shard = self._find(request.group_id, empty=True)
            if require_stable:
                shard.settle_earlier_writes()
            return shard.run(lambda _: offset_requests.fetch(shard, request))
        except KafkaError as error:
            return OffsetFetchResponseGroup(group_id=request.group_id, error_code=as_group_error(error.code))

    def offset_delete(self, request: OffsetDeleteRequest) -> OffsetDeleteResponse:
        """OffsetDelete of topics that exist, except what members are subscribed to."""
        try:
            return offset_requests.delete(self._find(request.group_id), request)
        except KafkaError as error:
            return OffsetDeleteResponse(error_code=as_group_error(error.code))

    # Groups.

    def delete_groups(self, group_ids: Sequence[str]) -> list[DeletableGroupResult]:
        """DeleteGroups: NON_EMPTY_GROUP and GROUP_ID_NOT_FOUND are each group's own result."""
        return [self._delete_one(group_id) for group_id in group_ids]

    def describe_groups(self, group_ids: Sequence[str]) -> list[DescribedGroup]:
        """DescribeGroups; one that does not exist is described as GROUP_ID_NOT_FOUND and Dead."""
        return [self._describe_one(group_id) for group_id in group_ids]

    def list_groups(self, request: ListGroupsRequest) -> ListGroupsResponse:
        """ListGroups of this broker, filtered by state and type (words in any case; no filter lets all pass)."""
        states = frozenset(state.lower() for state in request.states_filter)
        types = frozenset(kind.lower() for kind in request.types_filter)
        response = ListGroupsResponse()
        for shard in self._shards.all():
            with shard.lock:
                try:
                    shard.check_active()
                except KafkaError as error:
                    if error.code is ErrorCode.COORDINATOR_LOAD_IN_PROGRESS:
                        return ListGroupsResponse(error_code=error.code)
                    continue
                response.groups += [listed(group) for group in shard.groups.values() if is_listed(group, states, types)]
        return response

    def statistics(self) -> tuple[GroupStatistics, ...]:
        """All groups of this broker at this moment, by group id."""
        groups: list[GroupStatistics] = []
        for shard in self._shards.all():
            with shard.lock:
                groups += [snapshot(shard, group) for group in shard.groups.values()]
        return tuple(sorted(groups, key=lambda group: group.group_id))

    def expire(self) -> None:
        """Drop what has outlived its time (rule 34), and groups of which nothing is left. Runs by itself every
        `offsets.retention.check.interval.ms`."""
        self._shards.expire()

    # Underneath.

    def _find(self, group_id: str, *, empty: bool = False) -> Shard:
        """Where a group lives. An empty id is refused, save where `empty` allows it for old clients, as in Kafka."""
        if not group_id and not empty:
            raise KafkaError(ErrorCode.INVALID_GROUP_ID, "A group needs an id.")
        return self._shards.find(group_id)

    def _delete_one(self, group_id: str) -> DeletableGroupResult:
        code = ErrorCode.NONE
        try:
            delete_group(self._find(group_id, empty=True), group_id)
        except KafkaError as error:
            code = as_group_error(error.code)
        return DeletableGroupResult(group_id=group_id, error_code=code)

    def _describe_one(self, group_id: str) -> DescribedGroup:
        try:
            shard = self._find(group_id, empty=True)
            with shard.lock:
                shard.check_active()
                return described(group_id, shard.groups.get(group_id))
        except KafkaError as error:
            return DescribedGroup(group_id=group_id, error_code=error.code, error_message=error.message)
