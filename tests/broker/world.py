"""A running cluster that has something to answer from, for tests that ask it everything."""

from __future__ import annotations

from itertools import count
from uuid import UUID

from desktop_broker.broker.engine import Engine
from desktop_broker.common.errors import ErrorCode
from desktop_broker.protocol.messages.find_coordinator import FindCoordinatorRequest
from desktop_broker.protocol.messages.join_group import JoinGroupRequest, JoinGroupRequestProtocol
from desktop_broker.protocol.messages.metadata import MetadataRequest, MetadataRequestTopic
from desktop_broker.protocol.messages.offset_commit import (
    OffsetCommitRequest,
    OffsetCommitRequestPartition,
    OffsetCommitRequestTopic,
)
from desktop_broker.protocol.messages.sync_group import SyncGroupRequest, SyncGroupRequestAssignment
from tests.broker.conftest import address, create_topic
from tests.broker.wire import Wire, batch, produce

TIME = 1_795_000_000_000
_LATER = (ErrorCode.COORDINATOR_NOT_AVAILABLE, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS, ErrorCode.NOT_COORDINATOR)


class World:
    """A topic with records and a group with a committed offset; more of both on demand."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._numbers = count(1)
        self.topic = create_topic(engine, replication=3)
        with Wire(address(engine, 1)) as leader:
            (topic,) = leader.ask(MetadataRequest(topics=[MetadataRequestTopic(name=self.topic)])).topics
            self.topic_id: UUID = topic.topic_id
            leader.ask(produce(self.topic, batch(b"one", b"two", b"three", timestamp=TIME)), version=9)
        self.group = self.committed_group("readers")

    def fresh(self, name: str) -> str:
        """The name with a number that it never had."""
        return f"{name}-{next(self._numbers)}"

    def new_topic(self) -> str:
        return create_topic(self.engine, replication=3)

    def committed_group(self, group: str) -> str:
        """A group without members that has an offset in the topic."""
        with self._coordinator(group) as one:
            code = _LATER[0]
            while code in _LATER:  # as a client does while the offsets topic is new
                code = one.ask(self.commit(group, 1)).topics[0].partitions[0].error_code
        assert code == 0
        return group

    def member(self, group: str) -> str:
        """The id of the one member of a new group; its generation is 1 and waits for a SyncGroup."""
        with self._coordinator(group) as one:
            joined = one.ask(self.join(group, one.ask(self.join(group, "")).member_id))
        assert (joined.error_code, joined.generation_id) == (0, 1)
        return str(joined.member_id)

    def synced_member(self, group: str) -> str:
        """The same, in a stable group."""
        member = self.member(group)
        with self._coordinator(group) as one:
            assert one.ask(self.sync(group, member)).error_code == 0
        return member

    def commit(self, group: str, offset: int, generation: int = -1, member: str = "") -> OffsetCommitRequest:
        partition = OffsetCommitRequestPartition(
            partition_index=0, committed_offset=offset, committed_leader_epoch=0, committed_metadata="note"
        )
        topic = OffsetCommitRequestTopic(name=self.topic, topic_id=self.topic_id, partitions=[partition])
        return OffsetCommitRequest(
            group_id=group, generation_id_or_member_epoch=generation, member_id=member, topics=[topic]
        )

    def join(self, group: str, member: str) -> JoinGroupRequest:
        return JoinGroupRequest(
            group_id=group,
            member_id=member,
            session_timeout_ms=60_000,
            rebalance_timeout_ms=60_000,
            protocol_type="consumer",
            protocols=[JoinGroupRequestProtocol(name="range", metadata=b"meta")],
            reason="test",
        )

    def sync(self, group: str, member: str, generation: int = 1) -> SyncGroupRequest:
        return SyncGroupRequest(
            group_id=group,
            generation_id=generation,
            member_id=member,
            protocol_type="consumer",
            protocol_name="range",
            assignments=[SyncGroupRequestAssignment(member_id=member, assignment=b"all")],
        )

    def _coordinator(self, group: str) -> Wire:
        with Wire(address(self.engine, 1)) as one:
            request = FindCoordinatorRequest(coordinator_keys=[group])
            found = one.ask(request).coordinators[0]
            while found.error_code in _LATER:
                found = one.ask(request).coordinators[0]
        assert found.error_code == 0, found.error_message
        return Wire(f"{found.host}:{found.port}")
