"""One member of a classic group: who it is, what it can do, and what it waits for. Counterpart: Kafka's `ClassicGroupMember`."""

from __future__ import annotations

from typing import TypeAlias

from desktop_broker.coordinator.effects import Client, Reply
from desktop_broker.protocol.messages.join_group import JoinGroupResponse
from desktop_broker.protocol.messages.sync_group import SyncGroupResponse

Protocols: TypeAlias = tuple[tuple[str, bytes], ...]
"""The assignors (or whatever the protocol type calls them) that a member offers, best first, each with its metadata."""


class ClassicMember:
    """Plain state; `ClassicGroup` counts who waits and what is supported, so only it changes `protocols` and `join_reply`.

    Attributes:
        instance_id: `group.instance.id` of a static member, else None.
        deadline: when its session ends (seconds on the monotonic clock); None while it cannot end.
        is_new: it has not got the answer to its first JoinGroup yet, so it does not send heartbeats.
        join_reply, sync_reply: where its waiting request gets its answer, when there is one.
    """

    __slots__ = (
        "assignment", "client", "deadline", "instance_id", "is_new", "join_reply", "member_id", "protocols",
        "rebalance_timeout_ms", "session_timeout_ms", "sync_reply",
    )  # fmt: skip

    def __init__(
        self,
        member_id: str,
        *,
        instance_id: str | None,
        client: Client,
        rebalance_timeout_ms: int,
        session_timeout_ms: int,
        protocols: Protocols,
        assignment: bytes = b"",
    ) -> None:
        self.member_id = member_id
        self.instance_id = instance_id
        self.client = client
        self.rebalance_timeout_ms = rebalance_timeout_ms
        self.session_timeout_ms = session_timeout_ms
        self.protocols = protocols
        self.assignment = assignment
        self.deadline: float | None = None
        self.is_new = False
        self.join_reply: Reply[JoinGroupResponse] | None = None
        self.sync_reply: Reply[SyncGroupResponse] | None = None

    def metadata(self, protocol: str | None) -> bytes:
        """What the member said for one protocol; empty when it does not know it."""
        return next((metadata for name, metadata in self.protocols if name == protocol), b"")

    def keeps_alive_by_waiting(self) -> bool:
        """Whether a waiting request stands in for heartbeats. Not for a new member: its client may be gone for good."""
        return not self.is_new and (self.join_reply is not None or self.sync_reply is not None)
