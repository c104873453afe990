"""What each request means for a classic group in each of its states. Sans-IO, like the machine that it drives.

Counterpart: the `classicGroup*` operations of Kafka's `GroupMetadataManager`, and `ClassicGroup.validate*`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.coordinator.classic_group import ClassicGroup, GroupState
from desktop_broker.coordinator.classic_machine import ClassicMachine, joined, synced
from desktop_broker.coordinator.config import GroupConfig
from desktop_broker.coordinator.effects import Client, Moment, Reply
from desktop_broker.coordinator.errors import as_group_error
from desktop_broker.coordinator.member import ClassicMember, Protocols
from desktop_broker.protocol.messages.heartbeat import HeartbeatRequest
from desktop_broker.protocol.messages.join_group import JoinGroupRequest, JoinGroupResponse
from desktop_broker.protocol.messages.leave_group import (
    LeaveGroupRequest,
    LeaveGroupResponse,
    MemberIdentity,
    MemberResponse,
)
from desktop_broker.protocol.messages.offset_commit import OffsetCommitRequest
from desktop_broker.protocol.messages.sync_group import SyncGroupRequest, SyncGroupResponse

_KNOWN_MEMBER_ID_SINCE = 4
_SKIP_ASSIGNMENT_SINCE = 9


class ClassicRequests:
    """Decides on the requests for the groups of one shard. Keeps no state of its own; called under the shard's lock."""

    def __init__(self, machine: ClassicMachine, config: Callable[[], GroupConfig]) -> None:
        self._machine = machine
        self._config = config

    # JoinGroup.

    def join(
        self,
        group: ClassicGroup,
        request: JoinGroupRequest,
        client: Client,
        version: int,
        reply: Reply[JoinGroupResponse],
        now: Moment,
    ) -> None:
        """A member wants to be in the next generation; `reply` is answered now or when the rebalance is through."""
        if not self._has_room(group, request.member_id):
            group.remove(request.member_id)
            reply.answer(join_error("", ErrorCode.GROUP_MAX_SIZE_REACHED))
        elif not group.supports(request.protocol_type, {one.name for one in request.protocols}):
            reply.answer(join_error(request.member_id, ErrorCode.INCONSISTENT_GROUP_PROTOCOL))
        elif not request.member_id:
            self._join_new(group, request, client, version, reply, now)
        elif request.member_id in group.pending and request.group_instance_id is None:
            self._add(group, request, client, request.member_id, reply, now)
        else:
            self._rejoin(group, request, reply, now)

    def _has_room(self, group: ClassicGroup, member_id: str) -> bool:
        """Whether `group.max.size` lets it in. During a rebalance those who wait count, so the last to rejoin are left out."""
        limit = self._config().max_size
        match group.state:
            case GroupState.EMPTY | GroupState.DEAD:
                return True
            case GroupState.PREPARING_REBALANCE:
                member = group.members.get(member_id)
                return (member is not None and member.join_reply is not None) or group.awaiting_join < limit
            case _:
                return member_id in group.members or len(group.members) < limit

    def _join_new(
        self,
        group: ClassicGroup,
        request: JoinGroupRequest,
        client: Client,
        version: int,
        reply: Reply[JoinGroupResponse],
        now: Moment,
    ) -> None:
        instance_id = request.group_instance_id
        member_id = group.new_member_id(client.id, instance_id)
        if instance_id is not None and instance_id in group.static_members:
            self._return_static(group, request, member_id, version, reply, now)
        elif instance_id is None and version >= _KNOWN_MEMBER_ID_SINCE:
            # It has to ask again with its id, so that clients that give up early leave no phantom members behind (KIP-394).
            group.pending[member_id] = now.seconds + request.session_timeout_ms / 1000
            reply.answer(join_error(member_id, ErrorCode.MEMBER_ID_REQUIRED))
        else:
            self._add(group, request, client, member_id, reply, now)

    def _add(
        self,
        group: ClassicGroup,
        request: JoinGroupRequest,
        client: Client,
        member_id: str,
        reply: Reply[JoinGroupResponse],
        now: Moment,
    ) -> None:
        member = ClassicMember(
            member_id,
            instance_id=request.group_instance_id,
            client=client,
            rebalance_timeout_ms=_rebalance_timeout_ms(request),
            session_timeout_ms=request.session_timeout_ms,
            protocols=_protocols(request),
        )
        self._machine.add_member(group, member, request.protocol_type, reply, _reason("a member joins", request), now)

    def _rejoin(
        self, group: ClassicGroup, request: JoinGroupRequest, reply: Reply[JoinGroupResponse], now: Moment
    ) -> None:
        try:
            member = group.check_member(request.member_id, request.group_instance_id)
        except KafkaError as error:
            reply.answer(join_error(request.member_id, error.code))
            return
        changed = member.protocols != _protocols(request)
        match group.state:
            case GroupState.PREPARING_REBALANCE:
                self._join_again(group, member, request, reply, "a member rejoins", now)
            case GroupState.COMPLETING_REBALANCE if changed:
                self._join_again(group, member, request, reply, "a member changed what it offers", now)
            case GroupState.STABLE if group.leader == member.member_id:
                # Its way to ask for a rebalance, for instance when its topics have more partitions now.
                self._join_again(group, member, request, reply, "the leader asks for it", now)
            case GroupState.STABLE if changed:
                self._join_again(group, member, request, reply, "a member changed what it offers", now)
            case GroupState.COMPLETING_REBALANCE | GroupState.STABLE:
                reply.answer(joined(group, member))  # it missed the answer, or does not know that nothing has changed
            case _:
                reply.answer(join_error(request.member_id, ErrorCode.UNKNOWN_MEMBER_ID))

    def _join_again(
        self,
        group: ClassicGroup,
        member: ClassicMember,
        request: JoinGroupRequest,
        reply: Reply[JoinGroupResponse],
        reason: str,
        now: Moment,
    ) -> None:
        _update(group, member, request, reply)
        self._machine.rebalance_or_complete_join(group, _reason(reason, request), now)

    def _return_static(
        self,
        group: ClassicGroup,
        request: JoinGroupRequest,
        member_id: str,
        version: int,
        reply: Reply[JoinGroupResponse],
        now: Moment,
    ) -> None:
        """A static member restarted (KIP-345). A stable group goes on as it is when the selected protocol stays the same."""
        assert request.group_instance_id is not None  # this is how it was found
        member = group.members[group.static_members[request.group_instance_id]]
        before = (member.member_id, member.protocols, member.rebalance_timeout_ms, member.session_timeout_ms)
        self._machine.replace_static_member(group, member, member_id, now)
        _update(group, member, request, reply)
        if group.state is GroupState.STABLE and group.select_protocol() == group.protocol:
            stored = partial(self._static_returned, group, member, before, version, reply)
            self._machine.store_replacement(group, stored)
        elif group.state is GroupState.COMPLETING_REBALANCE:
            # The leader may be assigning to the old member id: start over.
            self._machine.prepare_rebalance(group, _reason("a static member came back", request), now)
        else:
            self._machine.rebalance_or_complete_join(group, _reason("a static member came back", request), now)

    def _static_returned(
        self,
        group: ClassicGroup,
        member: ClassicMember,
        before: tuple[str, Protocols, int, int],
        version: int,
        reply: Reply[JoinGroupResponse],
        error: KafkaError | None,
        now: Moment,
    ) -> None:
        if member.join_reply is not reply or group.state is not GroupState.STABLE:
            return  # overtaken by a rebalance, by another return, or by the partition's move: those answer
        if error is None:
            skip = version >= _SKIP_ASSIGNMENT_SINCE and group.leader == member.member_id
            response = joined(group, member, skip_assignment=skip)
            if version < _SKIP_ASSIGNMENT_SINCE:
                # An old client that finds itself leader would assign anew: name its former self, so that it just follows (KIP-345).
                response.members = []
                if response.leader == member.member_id:
                    response.leader = before[0]
            group.answer_join(member, response)
            return
        group.answer_join(member, join_error("", as_group_error(error.code)))
        group.rename(member, before[0])
        group.update(
            member,
            protocols=before[1],
            rebalance_timeout_ms=before[2],
            session_timeout_ms=before[3],
            reply=None,
        )
        self._machine.expect_heartbeat(member, now)

    # SyncGroup.

    def sync(
        self, group: ClassicGroup, request: SyncGroupRequest, reply: Reply[SyncGroupResponse], now: Moment
    ) -> None:
        """A member wants its assignment; the leader brings everyone's along."""
        try:
            member = self._check_sync(group, request)
        except KafkaError as error:
            reply.answer(SyncGroupResponse(error_code=error.code))
            return
        if group.state is GroupState.PREPARING_REBALANCE:
            reply.answer(SyncGroupResponse(error_code=ErrorCode.REBALANCE_IN_PROGRESS))
            return
        self._machine.has_synced(group, member)
        if group.state is GroupState.STABLE:
            reply.answer(synced(group, member))
            return
        group.answer_sync(member, SyncGroupResponse(error_code=ErrorCode.COORDINATOR_NOT_AVAILABLE))  # an abandoned one
        member.sync_reply = reply
        if group.leader == member.member_id:
            self._machine.store_assignment(group, {one.member_id: one.assignment for one in request.assignments})

    def _check_sync(self, group: ClassicGroup, request: SyncGroupRequest) -> ClassicMember:
        if group.is_empty:
            raise KafkaError(ErrorCode.UNKNOWN_MEMBER_ID)
        member = group.check_member(request.member_id, request.group_instance_id)
        if request.generation_id != group.generation:
            raise KafkaError(ErrorCode.ILLEGAL_GENERATION)
        for theirs, ours in ((request.protocol_type, group.protocol_type), (request.protocol_name, group.protocol)):
            if theirs is not None and ours is not None and theirs != ours:
                raise KafkaError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
        return member

    # Heartbeat, LeaveGroup, OffsetCommit.

    def heartbeat(self, group: ClassicGroup, request: HeartbeatRequest, now: Moment) -> ErrorCode:
        """A member is alive; the answer tells it of a rebalance."""
        member = group.check_member(request.member_id, request.group_instance_id)
        if request.generation_id != group.generation:
            raise KafkaError(ErrorCode.ILLEGAL_GENERATION)
        self._machine.expect_heartbeat(member, now)
        if group.state is GroupState.PREPARING_REBALANCE:
            return ErrorCode.REBALANCE_IN_PROGRESS
        return ErrorCode.NONE

    def leave(self, group: ClassicGroup, request: LeaveGroupRequest, now: Moment) -> LeaveGroupResponse:
        """Members go, by member id or (an operator's request) by instance id alone; each gets an answer of its own."""
        responses = []
        left = 0
        for identity in request.members:
            error = self._leave_one(group, identity)
            left += error is ErrorCode.NONE
            responses.append(
                MemberResponse(
                    member_id=identity.member_id, group_instance_id=identity.group_instance_id, error_code=error
                )
            )
        if left:
            given = next((identity.reason for identity in request.members if identity.reason), None)
            reason = f"{left} members left" if left > 1 else "a member left"
            self._machine.after_removal(group, f"{reason} ({given})" if given else reason, now)
        return LeaveGroupResponse(members=responses)

    def _leave_one(self, group: ClassicGroup, identity: MemberIdentity) -> ErrorCode:
        member_id = identity.member_id
        if not member_id:
            known = group.static_members.get(identity.group_instance_id or "")
            if known is None:
                return ErrorCode.UNKNOWN_MEMBER_ID
            self._machine.remove_member(group, group.members[known])
        elif member_id in group.pending:
            group.remove(member_id)
        else:
            try:
                self._machine.remove_member(group, group.check_member(member_id, identity.group_instance_id))
            except KafkaError as error:
                return error.code
        return ErrorCode.NONE

    def check_commit(self, group: ClassicGroup, request: OffsetCommitRequest, now: Moment) -> None:
        """Whether these offsets may be committed; a member's commit counts as a heartbeat.

        Raises:
            KafkaError: by a stranger or an earlier generation, or in the middle of a rebalance.
        """
        generation = request.generation_id_or_member_epoch
        if generation < 0 and group.is_empty:
            return  # an operator, or a consumer that assigns itself
        if generation < 0 and not request.member_id and request.group_instance_id is None:
            raise KafkaError(ErrorCode.UNKNOWN_MEMBER_ID, "The group has members; only they may commit.")
        member = group.check_member(request.member_id, request.group_instance_id)
        if generation != group.generation:
            raise KafkaError(ErrorCode.ILLEGAL_GENERATION)
        if group.state is GroupState.COMPLETING_REBALANCE:
            raise KafkaError(ErrorCode.REBALANCE_IN_PROGRESS)
        self._machine.expect_heartbeat(member, now)


def join_error(member_id: str, code: ErrorCode) -> JoinGroupResponse:
    """A refused JoinGroup."""
    return JoinGroupResponse(member_id=member_id, error_code=code, protocol_name=None)


def unknown_members(request: LeaveGroupRequest) -> LeaveGroupResponse:
    """A LeaveGroup for a group that does not exist."""
    unknown = ErrorCode.UNKNOWN_MEMBER_ID
    return LeaveGroupResponse(
        members=[
            MemberResponse(member_id=one.member_id, group_instance_id=one.group_instance_id, error_code=unknown)
            for one in request.members
        ]
    )


def _update(
    group: ClassicGroup, member: ClassicMember, request: JoinGroupRequest, reply: Reply[JoinGroupResponse]
) -> None:
    group.update(
        member,
        protocols=_protocols(request),
        rebalance_timeout_ms=_rebalance_timeout_ms(request),
        session_timeout_ms=request.session_timeout_ms,
        reply=reply,
    )


def _protocols(request: JoinGroupRequest) -> Protocols:
    """What is offered, each name once: one named twice would count as two members."""
    return tuple({one.name: one.metadata for one in reversed(request.protocols)}.items())[::-1]


def _rebalance_timeout_ms(request: JoinGroupRequest) -> int:
    """Version 0 has one time-out for both."""
    return request.session_timeout_ms if request.rebalance_timeout_ms < 0 else request.rebalance_timeout_ms


def _reason(ours: str, request: JoinGroupRequest) -> str:
    """Why there is a rebalance, with the client's own words (KIP-800) where it gave any."""
    return f"{ours} ({request.reason})" if request.reason else ours
