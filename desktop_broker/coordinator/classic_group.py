"""A classic group: its members and what follows from them (votes, leader, subscriptions). Counterpart: Kafka's `ClassicGroup`.

Data and questions about it. The state is changed by `classic_machine` alone.
"""

from __future__ import annotations

import uuid
from collections import Counter
from enum import StrEnum
from typing import Final

from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.coordinator.effects import Reply
from desktop_broker.coordinator.member import ClassicMember, Protocols
from desktop_broker.protocol.codec import decode
from desktop_broker.protocol.errors import ProtocolError
from desktop_broker.protocol.messages.consumer_protocol import ConsumerProtocolSubscription
from desktop_broker.protocol.messages.join_group import JoinGroupResponse, JoinGroupResponseMember
from desktop_broker.protocol.messages.sync_group import SyncGroupResponse

CONSUMER_PROTOCOL_TYPE: Final = "consumer"
_VERSION_SIZE: Final = 2


class GroupState(StrEnum):
    """Where a classic group stands, in the words that DescribeGroups and ListGroups answer."""

    EMPTY = "Empty"
    PREPARING_REBALANCE = "PreparingRebalance"
    COMPLETING_REBALANCE = "CompletingRebalance"
    STABLE = "Stable"
    DEAD = "Dead"


class ClassicGroup:
    """One group. Owned by a shard and guarded by its lock.

    Attributes:
        state_timestamp_ms: when the state last changed; -1 when not known (an old record).
        generation: counts rebalances; 0 before the first.
        protocol_type, protocol: what the members speak ("consumer"), and what they agreed on; None before.
        leader: member id of the one that assigns.
        members: by member id, oldest first.
        static_members: member id by instance id.
        pending: members that were given an id and have not come back with it; id -> when they are forgotten (seconds).
        pending_sync: members that have their generation and have not asked for their assignment.
        join_deadline, sync_deadline: when a phase of a rebalance ends (seconds); None outside of it.
        initial_delay_left_s: how much longer the first rebalance may be put off for more members.
        subscribed: topics of a group of consumers; None when that cannot be known.
        recorded: whether the log holds a record of the group itself.
    """

    __slots__ = (
        "_awaiting_join",
        "_supported",
        "generation",
        "group_id",
        "initial_delay_left_s",
        "join_deadline",
        "leader",
        "members",
        "new_member_added",
        "pending",
        "pending_sync",
        "previous_state",
        "protocol",
        "protocol_type",
        "rebalance_reason",
        "recorded",
        "state",
        "state_timestamp_ms",
        "static_members",
        "subscribed",
        "sync_deadline",
    )  # fmt: skip

    def __init__(self, group_id: str, state_timestamp_ms: int) -> None:
        self.group_id = group_id
        self.state = GroupState.EMPTY
        self.previous_state = GroupState.DEAD
        self.state_timestamp_ms = state_timestamp_ms
        self.generation = 0
        self.protocol_type: str | None = None
        self.protocol: str | None = None
        self.leader: str | None = None
        self.members: dict[str, ClassicMember] = {}
        self.static_members: dict[str, str] = {}
        self.pending: dict[str, float] = {}
        self.pending_sync: set[str] = set()
        self.join_deadline: float | None = None
        self.sync_deadline: float | None = None
        self.initial_delay_left_s = 0.0
        self.new_member_added = False
        self.subscribed: frozenset[str] | None = None
        self.rebalance_reason = ""
        self.recorded = False
        self._awaiting_join = 0
        self._supported: Counter[str] = Counter()

    # Who is in it.

    def add(self, member: ClassicMember, reply: Reply[JoinGroupResponse] | None) -> None:
        """Take a member in; the first one brings the protocol type along and leads."""
        if member.instance_id is not None:
            self.static_members[member.instance_id] = member.member_id
        if self.leader is None:
            self.leader = member.member_id
        self.members[member.member_id] = member
        self._supported.update(name for name, _ in member.protocols)
        self._set_join_reply(member, reply)
        self.pending.pop(member.member_id, None)

    def remove(self, member_id: str) -> None:
        """Let a member (or a pending one) go; when it led, the oldest one that is left leads."""
        member = self.members.pop(member_id, None)
        if member is not None:
            self._supported.subtract(name for name, _ in member.protocols)
            self._set_join_reply(member, None)
            if member.instance_id is not None and self.static_members.get(member.instance_id) == member_id:
                del self.static_members[member.instance_id]
        if self.leader == member_id:
            self.leader = next(iter(self.members), None)
        self.pending.pop(member_id, None)
        self.pending_sync.discard(member_id)

    def update(
        self,
        member: ClassicMember,
        *,
        protocols: Protocols,
        rebalance_timeout_ms: int,
        session_timeout_ms: int,
        reply: Reply[JoinGroupResponse] | None,
    ) -> None:
        """A member joins again, with what it offers now."""
        self._supported.subtract(name for name, _ in member.protocols)
        member.protocols = protocols
        self._supported.update(name for name, _ in protocols)
        member.rebalance_timeout_ms = rebalance_timeout_ms
        member.session_timeout_ms = session_timeout_ms
        # Its client asks again on another connection; whoever still waits on the old one must not wait for ever.
        abandoned = JoinGroupResponse(member_id=member.member_id, error_code=ErrorCode.COORDINATOR_NOT_AVAILABLE)
        self.answer_join(member, abandoned)
        self._set_join_reply(member, reply)

    def rename(self, member: ClassicMember, member_id: str) -> None:
        """A static member came back under a new member id: it keeps its place, its leadership and its assignment."""
        if self.leader == member.member_id:
            self.leader = member_id
        self.pending_sync.discard(member.member_id)
        self.members = {member_id if one is member else key: one for key, one in self.members.items()}
        member.member_id = member_id
        assert member.instance_id is not None  # only static members are renamed
        self.static_members[member.instance_id] = member_id

    def answer_join(self, member: ClassicMember, response: JoinGroupResponse) -> None:
        """Answer the JoinGroup that a member waits in, if it does."""
        reply = member.join_reply
        if reply is not None:
            self._set_join_reply(member, None)
            reply.answer(response)

    def answer_sync(self, member: ClassicMember, response: SyncGroupResponse) -> bool:
        """Answer the SyncGroup that a member waits in; whether it did."""
        reply, member.sync_reply = member.sync_reply, None
        if reply is not None:
            reply.answer(response)
        return reply is not None

    def _set_join_reply(self, member: ClassicMember, reply: Reply[JoinGroupResponse] | None) -> None:
        self._awaiting_join += (reply is not None) - (member.join_reply is not None)
        member.join_reply = reply

    # What follows.

    @property
    def is_empty(self) -> bool:
        """Whether it has no member (it may still have offsets)."""
        return self.state is GroupState.EMPTY

    @property
    def awaiting_join(self) -> int:
        """How many members wait in JoinGroup."""
        return self._awaiting_join

    def all_have_joined(self) -> bool:
        """Whether the join phase of a rebalance has nobody to wait for."""
        return len(self.members) == self._awaiting_join and not self.pending

    def rebalance_timeout_s(self) -> float:
        """The longest that any member asked for."""
        return max((member.rebalance_timeout_ms for member in self.members.values()), default=0) / 1000

    def supports(self, protocol_type: str, names: set[str]) -> bool:
        """Whether a member that offers this could be taken in: it must share a protocol with all others."""
        if self.is_empty:
            return bool(protocol_type) and bool(names)
        size = len(self.members)
        return self.protocol_type == protocol_type and any(self._supported[name] == size for name in names)

    def select_protocol(self) -> str:
        """The protocol that all members know and most prefer; among equals, the one that the oldest member likes best."""
        size = len(self.members)
        votes: Counter[str] = Counter()
        for member in self.members.values():
            votes[next(name for name, _ in member.protocols if self._supported[name] == size)] += 1
        return votes.most_common(1)[0][0]

    def elect_joined_leader(self) -> bool:
        """Make sure that the leader is among those who joined; False when nobody did."""
        if self.leader is None:
            return False
        if self.members[self.leader].join_reply is not None:
            return True
        for member in self.members.values():
            if member.join_reply is not None:
                self.leader = member.member_id
                return True
        return False

    def next_deadline(self) -> float | None:
        """When time itself will next change something (seconds)."""
        times = [member.deadline for member in self.members.values() if member.deadline is not None]
        times.extend(self.pending.values())
        times.extend(time for time in (self.join_deadline, self.sync_deadline) if time is not None)
        return min(times, default=None)

    def new_member_id(self, client_id: str, instance_id: str | None) -> str:
        """An id that no one else has."""
        return f"{client_id if instance_id is None else instance_id}-{uuid.uuid4()}"

    def check_member(self, member_id: str, instance_id: str | None) -> ClassicMember:
        """The member of that id.

        Raises:
            KafkaError: UNKNOWN_MEMBER_ID, or FENCED_INSTANCE_ID when another member has taken its instance id over.
        """
        if instance_id is not None:
            current = self.static_members.get(instance_id)
            if current is not None and current != member_id:
                raise KafkaError(
                    ErrorCode.FENCED_INSTANCE_ID, f"Another member uses group.instance.id '{instance_id}' now."
                )
            if current is None:
                raise KafkaError(ErrorCode.UNKNOWN_MEMBER_ID)
        member = self.members.get(member_id)
        if member is None:
            raise KafkaError(ErrorCode.UNKNOWN_MEMBER_ID)
        return member

    def joined_members(self) -> list[JoinGroupResponseMember]:
        """What the leader is told about everyone."""
        return [
            JoinGroupResponseMember(
                member_id=member.member_id,
                group_instance_id=member.instance_id,
                metadata=member.metadata(self.protocol),
            )
            for member in self.members.values()
        ]

    def is_subscribed_to(self, topic: str) -> bool:
        """Whether members may be reading a topic; yes when that cannot be known of a group of consumers."""
        if self.subscribed is None:
            return self.protocol_type == CONSUMER_PROTOCOL_TYPE
        return topic in self.subscribed

    def refresh_subscriptions(self) -> None:
        """Read the members' topics from what consumers sent. Version 0 is a prefix of every later one (`ConsumerProtocol`)."""
        self.subscribed = None
        if self.protocol_type != CONSUMER_PROTOCOL_TYPE:
            return
        topics: set[str] = set()
        try:
            for member in self.members.values():
                topics.update(
                    decode(ConsumerProtocolSubscription, member.metadata(self.protocol)[_VERSION_SIZE:], 0).topics
                )
        except ProtocolError:
            return  # some other client's own format: legal, just opaque
        self.subscribed = frozenset(topics)
