"""Any order of joins, leaves, time-outs, commits and moves, against a simple model; and what is replayed is what there was.

The machine is driven without threads: whoever waits has a `Reply` that is looked at later, as the shard's callers do.
"""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.coordinator import records
from desktop_broker.coordinator.classic_group import ClassicGroup, GroupState
from desktop_broker.coordinator.classic_machine import ClassicMachine
from desktop_broker.coordinator.classic_requests import ClassicRequests
from desktop_broker.coordinator.config import GroupConfig
from desktop_broker.coordinator.effects import Client, Effects, Moment, Reply
from desktop_broker.coordinator.loader import Loader
from desktop_broker.coordinator.log import Record
from desktop_broker.protocol.messages.heartbeat import HeartbeatRequest
from desktop_broker.protocol.messages.join_group import JoinGroupRequestProtocol, JoinGroupResponse
from desktop_broker.protocol.messages.leave_group import LeaveGroupRequest, MemberIdentity
from desktop_broker.protocol.messages.sync_group import SyncGroupRequest, SyncGroupRequestAssignment, SyncGroupResponse
from tests.coordinator.harness import join_request

CLIENT = Client("app", "/127.0.0.1")
MEMBERS = st.integers(0, 2)
OFFERS = st.sampled_from([("range",), ("range", "sticky"), ("sticky", "range")])
LEGAL = {
    GroupState.EMPTY: {GroupState.PREPARING_REBALANCE},
    GroupState.PREPARING_REBALANCE: {GroupState.COMPLETING_REBALANCE, GroupState.EMPTY},
    GroupState.COMPLETING_REBALANCE: {GroupState.STABLE, GroupState.PREPARING_REBALANCE},
    GroupState.STABLE: {GroupState.PREPARING_REBALANCE},
}


class WatchedGroup(ClassicGroup):
    """Checks that no state follows another that must not."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "state" and hasattr(self, "state"):
            assert value in LEGAL[self.state], f"{self.state} to {value}"
        super().__setattr__(name, value)


class Player:
    """What one client knows, as far as it was told."""

    def __init__(self) -> None:
        self.member_id = ""
        self.generation = -1
        self.leads = False
        self.assignment: bytes | None = None
        self.join: Reply[JoinGroupResponse] | None = None
        self.sync: Reply[SyncGroupResponse] | None = None
        self.others: list[str] = []

    def forget(self) -> None:
        self.__init__()  # type: ignore[misc]  # a client that starts over


class GroupMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.effects = Effects()
        self.machine = ClassicMachine(lambda: self.config, self.effects)
        self.requests = ClassicRequests(self.machine, lambda: self.config)
        self.config = GroupConfig()
        self.group = WatchedGroup("readers", 0)
        self.seconds = 0.0
        self.log: list[Record] = []
        self.players = [Player() for _ in range(3)]
        self.highest_generation = 0

    @property
    def now(self) -> Moment:
        return Moment(self.seconds, int(self.seconds * 1000))

    # What clients do.

    @rule(numbers=st.lists(MEMBERS, min_size=1, max_size=6))
    def go_on(self, numbers: list[int]) -> None:
        """Each does what a well-behaved client does next; without this, chance seldom gets far."""
        for number in numbers:
            player = self.players[number]
            member = self.group.members.get(player.member_id)
            if (player.join or player.sync) is not None:
                continue
            if player.generation < 0 or (member is not None and self.group.state is GroupState.PREPARING_REBALANCE):
                self.join(number=number, offer=("range", "sticky"), version=9, static=number == 2)
            elif player.assignment is None:
                self.sync(number=number)
            else:
                self.heartbeat(number=number)
            self.answers_are_true()

    @rule(number=MEMBERS, offer=OFFERS, version=st.sampled_from([3, 9]), static=st.booleans())
    def join(self, number: int, offer: tuple[str, ...], version: int, static: bool) -> None:
        player = self.players[number]
        instance_id = f"static-{number}" if static and not player.member_id else None
        request = join_request(player.member_id, group_instance_id=instance_id)
        if player.member_id and player.member_id in self.group.members:
            request.group_instance_id = self.group.members[player.member_id].instance_id
        request.protocols = [JoinGroupRequestProtocol(name=name, metadata=f"{name}{number}".encode()) for name in offer]
        player.join, player.sync = Reply(), None
        self.requests.join(self.group, request, CLIENT, version, player.join, self.now)

    @rule(number=MEMBERS)
    def sync(self, number: int) -> None:
        player = self.players[number]
        request = SyncGroupRequest(group_id="readers", generation_id=player.generation, member_id=player.member_id)
        if player.leads:
            request.assignments = [
                SyncGroupRequestAssignment(member_id=one, assignment=f"{player.generation}/{one}".encode())
                for one in player.others
            ]
        player.sync = Reply()
        self.requests.sync(self.group, request, player.sync, self.now)

    @rule(number=MEMBERS)
    def heartbeat(self, number: int) -> None:
        player = self.players[number]
        request = HeartbeatRequest(group_id="readers", generation_id=player.generation, member_id=player.member_id)
        try:
            code = self.requests.heartbeat(self.group, request, self.now)
        except KafkaError as error:
            code = error.code
        if code is ErrorCode.NONE:
            assert player.generation == self.group.generation
            assert player.member_id in self.group.members
        if code is ErrorCode.REBALANCE_IN_PROGRESS:
            assert self.group.state is GroupState.PREPARING_REBALANCE

    @rule(number=MEMBERS)
    def leave(self, number: int) -> None:
        player = self.players[number]
        identity = MemberIdentity(member_id=player.member_id)
        if player.member_id:
            self.requests.leave(self.group, LeaveGroupRequest(group_id="readers", members=[identity]), self.now)
            assert player.member_id not in self.group.members
            assert player.member_id not in self.group.pending

    @rule(number=MEMBERS)
    def restart(self, number: int) -> None:
        self.players[number].forget()

    # What happens around them.

    @rule(seconds=st.sampled_from([1.0, 5.0, 11.0, 61.0]))
    def pass_time(self, seconds: float) -> None:
        """Time goes from deadline to deadline, as the shard's timer does."""
        end = self.seconds + seconds
        for _ in range(1000):
            deadline = self.group.next_deadline()
            if deadline is None or deadline > end:
                break
            self.seconds = max(self.seconds, deadline)
            self.machine.pass_time(self.group, self.now)
        else:
            raise AssertionError("time stands still")
        self.seconds = end

    @precondition(lambda self: self.effects.writes)
    @rule(fails=st.integers(0, 4))
    def append(self, fails: int) -> None:
        write = self.effects.writes.pop(0)
        error = KafkaError(ErrorCode.NOT_ENOUGH_REPLICAS) if fails == 0 else None
        if error is None:
            self.log.extend(write.records)
        write.settle(error, self.now)

    @rule(delay=st.sampled_from([0, 3_000]), size=st.sampled_from([3, 100]))
    def configure(self, delay: int, size: int) -> None:
        self.config = GroupConfig(initial_rebalance_delay_ms=delay, max_size=size)

    @precondition(lambda self: not self.effects.writes)
    @rule()
    def replay(self) -> None:
        """The log's last word on the group is the group's own, while that is at rest."""
        loader = Loader(0, lambda error: self._fail(error))
        loader.replay(self.log)
        group, found = self.group, loader.groups.get("readers")
        if group.state is GroupState.STABLE and found is not None and found.generation == group.generation:
            assignments = {one.member_id: one.assignment for one in group.members.values()}
            replayed = {one.member_id: one.assignment for one in found.members.values()}
            if set(assignments) == set(replayed):  # a member may have been taken out since, or its return be unwritten
                assert assignments == replayed
                assert (found.protocol, found.protocol_type) == (group.protocol, group.protocol_type)
                found.leader = group.leader
                assert records.group_record(found, replayed)[0] == records.group_record(group, assignments)[0]

    def _fail(self, error: Exception) -> None:
        raise error

    # What must hold.

    @invariant()
    def answers_are_true(self) -> None:
        for player in self.players:
            self._take_join(player)
            self._take_sync(player)

    def _take_join(self, player: Player) -> None:
        answer = player.join.value if player.join else None
        if answer is None:
            return
        player.join = None
        if answer.error_code == ErrorCode.NONE:
            assert answer.generation_id <= self.group.generation
            assert answer.protocol_name in ("range", "sticky")
            player.member_id, player.generation, player.assignment = answer.member_id, answer.generation_id, None
            player.leads = answer.leader == answer.member_id and bool(answer.members)
            player.others = [one.member_id for one in answer.members]
            assert not player.leads or answer.member_id in player.others
        elif answer.error_code == ErrorCode.MEMBER_ID_REQUIRED:
            player.member_id = answer.member_id
        elif answer.error_code in (ErrorCode.UNKNOWN_MEMBER_ID, ErrorCode.FENCED_INSTANCE_ID):
            player.forget()

    def _take_sync(self, player: Player) -> None:
        answer = player.sync.value if player.sync else None
        if answer is None:
            return
        player.sync = None
        if answer.error_code in (ErrorCode.UNKNOWN_MEMBER_ID, ErrorCode.FENCED_INSTANCE_ID):
            player.forget()
        if answer.error_code == ErrorCode.NONE:
            player.assignment = answer.assignment
        if answer.error_code == ErrorCode.NONE and answer.assignment:
            generation, _, member_id = answer.assignment.decode().partition("/")
            # Nobody gets another's assignment, or one of an earlier generation (a static member inherits its former self's).
            assert int(generation) == player.generation
            assert member_id == player.member_id or member_id.startswith("static-")

    @invariant()
    def the_roster_agrees_with_itself(self) -> None:
        group = self.group
        waiting = [one for one in group.members.values() if one.join_reply is not None]
        assert group.awaiting_join == len(waiting)
        assert (group.leader in group.members) if group.members else (group.leader is None)
        assert set(group.static_members.values()) <= set(group.members)
        assert not group.pending.keys() & group.members.keys()
        assert group.pending_sync <= group.members.keys()
        assert group.generation >= self.highest_generation
        self.highest_generation = group.generation

    @invariant()
    def nobody_is_forgotten(self) -> None:
        """A call that waits belongs to a member of the group, which will be answered."""
        joins = {id(one.join_reply) for one in self.group.members.values()}
        syncs = {id(one.sync_reply) for one in self.group.members.values()}
        for player in self.players:
            assert player.join is None or id(player.join) in joins
            assert player.sync is None or id(player.sync) in syncs

    @invariant()
    def states_mean_what_they_say(self) -> None:
        group = self.group
        match group.state:
            case GroupState.EMPTY:
                assert not group.members
            case GroupState.PREPARING_REBALANCE:
                assert group.join_deadline is not None  # someone will end it
                assert all(one.sync_reply is None for one in group.members.values())
            case GroupState.COMPLETING_REBALANCE:
                assert group.members
                assert all(one.join_reply is None for one in group.members.values())
                # It ends by a deadline, by the leader's assignment being written, or by a session.
                assert group.next_deadline() is not None or self.effects.writes
            case GroupState.STABLE:
                assert group.members
                assert all(one.sync_reply is None for one in group.members.values())

    def teardown(self) -> None:
        """When everybody is silent, the group ends up empty, and nobody is left waiting."""
        for _ in range(20):
            while self.effects.writes:
                self.append(1)
            self.pass_time(400.0)
        assert self.group.is_empty
        assert not self.group.pending
        for player in self.players:
            assert player.join is None or player.join.value is not None
            assert player.sync is None or player.sync.value is not None


TestGroupMachine = GroupMachine.TestCase
TestGroupMachine.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
