"""All state changes of a classic group. No others happen anywhere else.

                         a member joins                      everyone has joined, or time is up
                 Empty -----------------> PreparingRebalance ---------------> CompletingRebalance
                   ^                       |     ^   ^                          |        | the leader's
                   |   nobody is left      |     |   | a member joins, leaves,  |        | assignment is
                   +-----------------------+     |   | times out, or changes <--+        | in the log
                                                 |   |                                   v
                                                 |   +------------------------------- Stable
    deleted, or the partition moved away: Dead   +-- nobody rejoined: wait on

Sans-IO: requests and the time come in as calls, what is to be done goes out as `Effects` and answered `Reply`s. Counterpart: the
classic part of Kafka's `GroupMetadataManager`, whose rules these are.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventKind, Severity
from desktop_broker.coordinator import records
from desktop_broker.coordinator.classic_group import ClassicGroup, GroupState
from desktop_broker.coordinator.config import NEW_MEMBER_JOIN_TIMEOUT_S, GroupConfig
from desktop_broker.coordinator.effects import Effects, GroupEvent, Moment, Reply, Write
from desktop_broker.coordinator.errors import as_group_error
from desktop_broker.coordinator.member import ClassicMember
from desktop_broker.protocol.messages.join_group import JoinGroupResponse
from desktop_broker.protocol.messages.sync_group import SyncGroupResponse

_CAN_REBALANCE = frozenset({GroupState.EMPTY, GroupState.COMPLETING_REBALANCE, GroupState.STABLE})


class ClassicMachine:
    """Changes the groups of one shard. Keeps no state of its own; called under the shard's lock."""

    def __init__(self, config: Callable[[], GroupConfig], effects: Effects) -> None:
        self._config = config
        self._effects = effects

    # Members come, change and go.

    def add_member(
        self,
        group: ClassicGroup,
        member: ClassicMember,
        protocol_type: str,
        reply: Reply[JoinGroupResponse],
        reason: str,
        now: Moment,
    ) -> None:
        """Take a new member in, which starts a rebalance or takes part in the one under way."""
        member.is_new = True
        if group.state is GroupState.PREPARING_REBALANCE and group.previous_state is GroupState.EMPTY:
            group.new_member_added = True  # the first rebalance may wait a little longer
        if not group.members:
            group.protocol_type = protocol_type
        group.add(member, reply)
        # It cannot send heartbeats before it knows its id, and a connection that died is not seen while it waits. A client that is
        # still there asks again.
        member.deadline = now.seconds + NEW_MEMBER_JOIN_TIMEOUT_S
        self.rebalance_or_complete_join(group, reason, now)

    def expect_heartbeat(self, member: ClassicMember, now: Moment) -> None:
        """The member is alive: its session starts anew."""
        member.deadline = now.seconds + member.session_timeout_ms / 1000

    def remove_member(self, group: ClassicGroup, member: ClassicMember) -> None:
        """Take a member out; whatever it waits for is answered, so that a client that is alive joins again."""
        unknown = ErrorCode.UNKNOWN_MEMBER_ID
        group.answer_join(member, JoinGroupResponse(error_code=unknown, protocol_name=None))
        group.answer_sync(member, SyncGroupResponse(error_code=unknown))
        group.remove(member.member_id)

    def after_removal(self, group: ClassicGroup, reason: str, now: Moment) -> None:
        """What members having gone means for the others."""
        if group.state in (GroupState.STABLE, GroupState.COMPLETING_REBALANCE):
            self.rebalance_or_complete_join(group, reason, now)
        elif group.state is GroupState.PREPARING_REBALANCE:
            self.complete_join_if_all_joined(group, now)

    # Rebalance: the join phase.

    def rebalance_or_complete_join(self, group: ClassicGroup, reason: str, now: Moment) -> None:
        """Start a rebalance, or see whether this completes the one under way."""
        if group.state in _CAN_REBALANCE:
            self.prepare_rebalance(group, reason, now)
        else:
            self.complete_join_if_all_joined(group, now)

    def prepare_rebalance(self, group: ClassicGroup, reason: str, now: Moment) -> None:
        """Ask everyone to join again."""
        if group.state is GroupState.COMPLETING_REBALANCE:
            self._drop_assignments(group, ErrorCode.REBALANCE_IN_PROGRESS, now)
        group.pending_sync.clear()
        group.sync_deadline = None
        group.rebalance_reason = reason
        first = group.is_empty
        self._change(group, GroupState.PREPARING_REBALANCE, now)
        if first:
            delay = self._config().initial_rebalance_delay_ms / 1000
            group.new_member_added = False
            group.initial_delay_left_s = max(group.rebalance_timeout_s() - delay, 0)
            group.join_deadline = now.seconds + delay
            if delay == 0:
                self.complete_join(group, now)
        elif group.all_have_joined():
            self.complete_join(group, now)
        else:
            group.join_deadline = now.seconds + group.rebalance_timeout_s()

    def complete_join_if_all_joined(self, group: ClassicGroup, now: Moment) -> None:
        """End the join phase early. Not the first one of a group: its delay is there to gather members."""
        if (
            group.state is GroupState.PREPARING_REBALANCE
            and group.previous_state is not GroupState.EMPTY
            and group.all_have_joined()
        ):
            self.complete_join(group, now)

    def complete_join(self, group: ClassicGroup, now: Moment) -> None:
        """End the join phase: who has not come back is out (static members excepted), the others get the next generation."""
        group.join_deadline = None
        for member in [one for one in group.members.values() if one.join_reply is None and one.instance_id is None]:
            self._tell_timed_out(group, member, "rebalance", member.rebalance_timeout_ms)
            self.remove_member(group, member)
        if group.members and not group.elect_joined_leader():
            # Only static members are left and none has come back; their sessions decide.
            group.join_deadline = now.seconds + group.rebalance_timeout_s()
            return
        group.generation += 1
        group.pending_sync.clear()
        if group.members:
            self._start_sync_phase(group, now)
        else:
            self._become_empty(group, now)

    def _start_sync_phase(self, group: ClassicGroup, now: Moment) -> None:
        group.protocol = group.select_protocol()
        group.refresh_subscriptions()
        self._change(group, GroupState.COMPLETING_REBALANCE, now)
        for member in group.members.values():
            group.answer_join(member, joined(group, member))
            self.expect_heartbeat(member, now)
            member.is_new = False
            group.pending_sync.add(member.member_id)
        group.sync_deadline = now.seconds + group.rebalance_timeout_s()

    def _become_empty(self, group: ClassicGroup, now: Moment) -> None:
        group.protocol = None
        group.refresh_subscriptions()
        self._change(group, GroupState.EMPTY, now)
        group.recorded = True
        # When this is lost, the generation before comes back after a restart, and its members time out: safe.
        self._effects.writes.append(Write([records.group_record(group, {})]))
        self._tell(group, EventKind.GROUP_EMPTIED, generation=group.generation)

    # Rebalance: the sync phase.

    def has_synced(self, group: ClassicGroup, member: ClassicMember) -> None:
        """A member came for its assignment."""
        group.pending_sync.discard(member.member_id)
        if not group.pending_sync:
            group.sync_deadline = None

    def store_assignment(self, group: ClassicGroup, assignments: dict[str, bytes]) -> None:
        """The leader's assignment goes to the log, and from there to the members."""
        generation = group.generation
        group.recorded = True

        def stored(error: KafkaError | None, now: Moment) -> None:
            # Another member may have joined meanwhile: then this assignment is void.
            if group.state is not GroupState.COMPLETING_REBALANCE or group.generation != generation:
                return
            if error is None:
                self._become_stable(group, assignments, now)
            else:
                code = as_group_error(error.code)
                self._drop_assignments(group, code, now)
                self.rebalance_or_complete_join(group, f"the assignment could not be stored ({code.name})", now)

        self._effects.writes.append(Write([records.group_record(group, assignments)], stored))

    def _become_stable(self, group: ClassicGroup, assignments: dict[str, bytes], now: Moment) -> None:
        for member in group.members.values():
            member.assignment = assignments.get(member.member_id, b"")
            if group.answer_sync(member, synced(group, member)):
                self.expect_heartbeat(member, now)
        self._change(group, GroupState.STABLE, now)
        self._tell(
            group,
            EventKind.GROUP_REBALANCED,
            Severity.GOOD,
            generation=group.generation,
            members=len(group.members),
            reason=group.rebalance_reason,
        )

    def _drop_assignments(self, group: ClassicGroup, code: ErrorCode, now: Moment) -> None:
        for member in group.members.values():
            member.assignment = b""
            if group.answer_sync(member, SyncGroupResponse(error_code=code)):
                self.expect_heartbeat(member, now)

    # A static member comes back.

    def replace_static_member(self, group: ClassicGroup, member: ClassicMember, member_id: str, now: Moment) -> None:
        """Give a static member that returned its new member id; requests that wait under the old one are fenced (rule 32)."""
        fenced = ErrorCode.FENCED_INSTANCE_ID
        group.answer_join(member, JoinGroupResponse(member_id=member.member_id, protocol_name=None, error_code=fenced))
        group.answer_sync(member, SyncGroupResponse(error_code=fenced))
        group.rename(member, member_id)
        self.expect_heartbeat(member, now)

    def store_replacement(self, group: ClassicGroup, done: Callable[[KafkaError | None, Moment], None]) -> None:
        """Write down a stable group whose static member has a new member id. The assignment stays, so nobody need rejoin."""
        assignments = {member.member_id: member.assignment for member in group.members.values()}
        self._effects.writes.append(Write([records.group_record(group, assignments)], done))

    # Time passes; the partition moves.

    def pass_time(self, group: ClassicGroup, now: Moment) -> None:
        """Do what is due: sessions that end, phases of a rebalance whose time is up."""
        for member_id in [one for one, deadline in group.pending.items() if deadline <= now.seconds]:
            group.remove(member_id)
            self._complete_any_join(group, now)
        for member in [
            one for one in group.members.values() if one.deadline is not None and one.deadline <= now.seconds
        ]:
            # An earlier one's removal may have answered this one or thrown it out.
            if member.deadline is not None and member.deadline <= now.seconds and member.member_id in group.members:
                self._expire_session(group, member, now)
        if group.join_deadline is not None and group.join_deadline <= now.seconds:
            self._expire_join_phase(group, now)
        if group.sync_deadline is not None and group.sync_deadline <= now.seconds:
            self._expire_sync_phase(group, now)

    def _expire_session(self, group: ClassicGroup, member: ClassicMember, now: Moment) -> None:
        member.deadline = None
        if member.keeps_alive_by_waiting():
            return  # it gets a new session with its answer
        self._tell_timed_out(group, member, "session", member.session_timeout_ms)
        self.remove_member(group, member)
        if group.state is GroupState.PREPARING_REBALANCE:
            self._complete_any_join(group, now)
        else:
            self.after_removal(group, f"member {member.member_id} sent no heartbeat", now)

    def _complete_any_join(self, group: ClassicGroup, now: Moment) -> None:
        if group.state is GroupState.PREPARING_REBALANCE and group.all_have_joined():
            self.complete_join(group, now)

    def _expire_join_phase(self, group: ClassicGroup, now: Moment) -> None:
        if group.new_member_added and group.initial_delay_left_s > 0:
            group.new_member_added = False
            delay = min(self._config().initial_rebalance_delay_ms / 1000, group.initial_delay_left_s)
            group.initial_delay_left_s = max(group.initial_delay_left_s - delay, 0)
            group.join_deadline = now.seconds + delay
        else:
            self.complete_join(group, now)

    def _expire_sync_phase(self, group: ClassicGroup, now: Moment) -> None:
        group.sync_deadline = None
        late = [group.members[member_id] for member_id in sorted(group.pending_sync)]
        for member in late:
            self._tell_timed_out(group, member, "sync", member.rebalance_timeout_ms)
            self.remove_member(group, member)
        if late:
            self.prepare_rebalance(group, f"{len(late)} members did not ask for their assignment", now)

    def loaded(self, group: ClassicGroup, now: Moment) -> None:
        """The group was just replayed: everyone gets a full session, and a group that is too large a rebalance."""
        for member in group.members.values():
            self.expect_heartbeat(member, now)
        if len(group.members) > self._config().max_size:
            self.prepare_rebalance(group, "the group is larger than group.max.size", now)

    def unload(self, group: ClassicGroup, now: Moment) -> None:
        """Another broker answers for the group from now on."""
        moved = ErrorCode.NOT_COORDINATOR
        for member in group.members.values():
            group.answer_join(
                member, JoinGroupResponse(member_id=member.member_id, error_code=moved, protocol_name=None)
            )
            group.answer_sync(member, SyncGroupResponse(error_code=moved))
        self._change(group, GroupState.DEAD, now)

    def delete(self, group: ClassicGroup, now: Moment) -> None:
        """The group was deleted, or expired with its last offset."""
        self._change(group, GroupState.DEAD, now)

    def _change(self, group: ClassicGroup, state: GroupState, now: Moment) -> None:
        group.previous_state, group.state = group.state, state
        group.state_timestamp_ms = now.ms
        self._effects.touched.add(group.group_id)

    def _tell(
        self, group: ClassicGroup, kind: EventKind, severity: Severity = Severity.INFO, **details: object
    ) -> None:
        self._effects.events.append(GroupEvent(kind=kind, group=group.group_id, severity=severity, details=details))

    def _tell_timed_out(self, group: ClassicGroup, member: ClassicMember, phase: str, after_ms: int) -> None:
        self._tell(
            group,
            EventKind.MEMBER_TIMED_OUT,
            Severity.WARNING,
            member=member.member_id,
            client=member.client.id,
            host=member.client.host,
            phase=phase,
            after_ms=after_ms,
        )


def joined(group: ClassicGroup, member: ClassicMember, *, skip_assignment: bool = False) -> JoinGroupResponse:
    """The answer to a member's JoinGroup in the current generation; the leader gets everyone's metadata."""
    return JoinGroupResponse(
        generation_id=group.generation,
        protocol_type=group.protocol_type,
        protocol_name=group.protocol,
        leader=group.leader or "",
        skip_assignment=skip_assignment,
        member_id=member.member_id,
        members=group.joined_members() if group.leader == member.member_id else [],
    )


def synced(group: ClassicGroup, member: ClassicMember) -> SyncGroupResponse:
    """The answer to a member's SyncGroup: its assignment."""
    return SyncGroupResponse(
        protocol_type=group.protocol_type, protocol_name=group.protocol, assignment=member.assignment
    )
