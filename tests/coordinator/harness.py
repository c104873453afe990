"""A coordinator over a log in memory, with time that stands still, and clients as scripts of a few words.

The log is the seam of this layer (`CoordinatorLog`), so a fake one is the whole outside world here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from uuid import UUID

from desktop_broker.common.clock import ManualClock
from desktop_broker.common.errors import KafkaError
from desktop_broker.common.events import EventLog
from desktop_broker.common.scheduler import Scheduler
from desktop_broker.common.types import ZERO_UUID
from desktop_broker.coordinator.config import GroupConfig
from desktop_broker.coordinator.effects import Client
from desktop_broker.coordinator.groups import GroupCoordinator
from desktop_broker.coordinator.log import Record
from desktop_broker.protocol.messages.heartbeat import HeartbeatRequest
from desktop_broker.protocol.messages.join_group import JoinGroupRequest, JoinGroupRequestProtocol, JoinGroupResponse
from desktop_broker.protocol.messages.leave_group import LeaveGroupRequest, MemberIdentity
from desktop_broker.protocol.messages.offset_commit import (
    OffsetCommitRequest,
    OffsetCommitRequestPartition,
    OffsetCommitRequestTopic,
)
from desktop_broker.protocol.messages.offset_fetch import OffsetFetchRequestGroup, OffsetFetchRequestTopics
from desktop_broker.protocol.messages.sync_group import SyncGroupRequest, SyncGroupRequestAssignment, SyncGroupResponse

GROUP = "readers"
REAL_SECONDS = 20
"""How long a test waits for another thread before it fails; never reached when things work."""


class MemoryLog:
    """`CoordinatorLog` in memory. `hold` keeps appends waiting, `failures` makes the next ones fail."""

    def __init__(self, partitions: int = 1) -> None:
        self.partitions: list[list[Record]] = [[] for _ in range(partitions)]
        self.batches: list[list[Record]] = []
        self.failures: list[KafkaError] = []
        self.hold: threading.Event | None = None
        self.hold_reading: threading.Event | None = None
        self.started = threading.Semaphore(0)
        self._lock = threading.Lock()

    def append(self, partition: int, records: Sequence[Record]) -> None:
        self.started.release()
        if self.hold is not None:
            assert self.hold.wait(REAL_SECONDS)
        with self._lock:
            if self.failures:
                raise self.failures.pop(0)
            self.partitions[partition].extend(records)
            self.batches.append(list(records))

    def read_all(self, partition: int) -> Iterator[Record]:
        if self.hold_reading is not None:
            assert self.hold_reading.wait(REAL_SECONDS)
        with self._lock:
            records = list(self.partitions[partition])
        return iter(records)

    def partition_count(self) -> int:
        return len(self.partitions)


class Waiting:
    """A call on a thread of its own, which may wait. `call` is handed a `cancelled` to pass on."""

    def __init__(self, call: Callable[[Callable[[], bool]], object]) -> None:
        self._future: Future[object] = Future()
        self._parked = threading.Event()
        self.is_cancelled = False

        def run() -> None:
            try:
                self._future.set_result(call(self._look))
            except BaseException as error:  # noqa: BLE001 - handed on to the test
                self._future.set_exception(error)
            self._parked.set()

        self._thread = threading.Thread(target=run, name="waiting-client")
        self._thread.start()

    def _look(self) -> bool:
        self._parked.set()  # asked right before the call goes to sleep, when all that it had to do is done
        return self.is_cancelled

    def parked(self) -> Waiting:
        """Return once the call waits for others; fail when it came back instead."""
        assert self._parked.wait(REAL_SECONDS)
        assert not self._future.done(), self._future.result()
        return self

    def result(self):  # type: ignore[no-untyped-def]  # whatever the call returns
        try:
            return self._future.result(REAL_SECONDS)
        finally:
            self._thread.join(REAL_SECONDS)


class Harness:
    """One broker's coordinator, with partition 0 of its log loaded."""

    def __init__(
        self,
        config: GroupConfig | None = None,
        *,
        log: MemoryLog | None = None,
        clock: ManualClock | None = None,
        topic_id: Callable[[str], UUID | None] | None = None,
        load: bool = True,
    ) -> None:
        self.config = config or GroupConfig()
        self.log = log or MemoryLog()
        self.clock = clock or ManualClock()
        self.events = EventLog(self.clock)
        self.crashes: list[tuple[str, BaseException]] = []
        self.timers = Scheduler("test/timers", self.clock, lambda name, error: self.crashes.append((name, error)))
        self.coordinator = GroupCoordinator(
            1,
            self.log,
            clock=self.clock,
            scheduler=self.timers,
            events=self.events,
            config=lambda: self.config,
            topic_id=topic_id,
        )
        if load:
            self.load()

    def load(self, epoch: int = 1) -> None:
        for partition in range(self.log.partition_count()):
            self.coordinator.load(partition, epoch)
        self.settle()

    def settle(self) -> None:
        """Wait until the timers and the background thread have done all that is due."""
        for scheduler in (self.timers, self.coordinator._shards._services.background):
            done = threading.Event()
            scheduler.after(0, done.set)
            assert done.wait(REAL_SECONDS)

    def advance(self, seconds: float) -> None:
        """Let time pass, and everything happen that it brings."""
        self.clock.advance(seconds)
        self.settle()
        self.settle()  # what a timer leaves to the background thread

    def close(self) -> None:
        self.coordinator.close()
        self.timers.stop()
        self.events.close()
        assert self.crashes == []
        assert [event for event in self.events.after(0) if event.kind == "thread-crashed"] == []

    def happened(self, kind: str) -> list[dict[str, object]]:
        """The details of the events of one kind."""
        return [event.details for event in self.events.after(0) if event.kind == kind]

    # What clients say.

    def join(self, member_id: str = "", *, version: int = 9, client: str = "app", **fields: object) -> Waiting:
        request = join_request(member_id, **fields)
        return Waiting(
            lambda cancelled: self.coordinator.join(request, Client(client, "/127.0.0.1"), version, cancelled)
        )

    def new_member_id(self, *, client: str = "app", **fields: object) -> str:
        """The first half of joining: being told one's id."""
        response = self.join(client=client, **fields).result()
        assert response.error_code == 79, response
        return str(response.member_id)

    def sync(
        self,
        joined: JoinGroupResponse,
        assignments: dict[str, bytes] | None = None,
        *,
        group: str = GROUP,
        **fields: object,
    ) -> Waiting:
        request = SyncGroupRequest(
            group_id=group,
            generation_id=joined.generation_id,
            member_id=joined.member_id,
            protocol_type=joined.protocol_type,
            protocol_name=joined.protocol_name,
            assignments=[
                SyncGroupRequestAssignment(member_id=member_id, assignment=assignment)
                for member_id, assignment in (assignments or {}).items()
            ],
        )
        for name, value in fields.items():
            setattr(request, name, value)
        return Waiting(lambda cancelled: self.coordinator.sync(request, cancelled))

    def heartbeat(self, member_id: str, generation: int, *, group: str = GROUP, instance_id: str | None = None) -> int:
        request = HeartbeatRequest(
            group_id=group, generation_id=generation, member_id=member_id, group_instance_id=instance_id
        )
        return self.coordinator.heartbeat(request).error_code

    def leave(self, *member_ids: str, group: str = GROUP) -> list[int]:
        request = LeaveGroupRequest(group_id=group, members=[MemberIdentity(member_id=one) for one in member_ids])
        response = self.coordinator.leave(request)
        assert response.error_code == 0
        return [one.error_code for one in response.members]

    def commit(
        self,
        offsets: dict[tuple[str, int], int],
        *,
        group: str = GROUP,
        member_id: str = "",
        generation: int = -1,
        metadata: str | None = "",
        version: int = 9,
        topic_id: UUID = ZERO_UUID,
        **fields: object,
    ) -> int:
        """Commit, and return the one error code of all partitions."""
        request = OffsetCommitRequest(
            group_id=group, member_id=member_id, generation_id_or_member_epoch=generation, **fields
        )
        for (topic, partition), offset in offsets.items():
            one = OffsetCommitRequestPartition(
                partition_index=partition,
                committed_offset=offset,
                committed_leader_epoch=7,
                committed_metadata=metadata,
            )
            request.topics.append(OffsetCommitRequestTopic(name=topic, topic_id=topic_id, partitions=[one]))
        response = self.coordinator.offset_commit(request, version)
        codes = {one.error_code for topic in response.topics for one in topic.partitions}
        assert len(codes) == 1
        return codes.pop()

    def offsets(self, group: str = GROUP, *, require_stable: bool = False) -> dict[tuple[str, int], int]:
        """All that a group has committed."""
        request = OffsetFetchRequestGroup(group_id=group, topics=None)
        response = self.coordinator.offset_fetch(request, require_stable=require_stable)
        assert response.error_code == 0, response
        return {
            (topic.name, one.partition_index): one.committed_offset
            for topic in response.topics
            for one in topic.partitions
        }

    def offset(self, topic: str, partition: int, group: str = GROUP):  # type: ignore[no-untyped-def]  # one partition's answer
        asked = [OffsetFetchRequestTopics(name=topic, partition_indexes=[partition])]
        request = OffsetFetchRequestGroup(group_id=group, topics=asked)
        return self.coordinator.offset_fetch(request, require_stable=False).topics[0].partitions[0]

    # Whole stories.

    def form_group(self, count: int, *, group: str = GROUP, **fields: object) -> list[JoinGroupResponse]:
        """A stable group of so many members; the first one leads. Each is assigned its own member id, as bytes."""
        joined: list[JoinGroupResponse] = []
        for number in range(count):
            member_id = self.new_member_id(client=f"app{number}", group_id=group, **fields)
            joins = [self.join(member_id, client=f"app{number}", group_id=group, **fields)]
            if joined:
                joins[0].parked()
                joins += [self.join(one.member_id, group_id=group, **fields) for one in joined]
            responses = {one.member_id: one for one in (join.result() for join in joins)}
            joined = [responses[one.member_id] for one in joined] + [responses[member_id]]
            assert all(one.error_code == 0 for one in joined), joined
            self.sync_all(joined, group=group)
        return joined

    def sync_all(self, joined: list[JoinGroupResponse], *, group: str = GROUP) -> list[SyncGroupResponse]:
        """Everyone syncs; the leader gives each its own id as assignment."""
        assignments = {one.member_id: one.member_id.encode() for one in joined}
        syncs = [self.sync(one, assignments if one.leader == one.member_id else None, group=group) for one in joined]
        responses = [sync.result() for sync in syncs]
        assert [one.error_code for one in responses] == [0] * len(joined)
        assert [one.assignment for one in responses] == [one.member_id.encode() for one in joined]
        return responses

    def state(self, group: str = GROUP) -> str:
        return str(self.coordinator.describe_groups([group])[0].group_state)

    def members(self, group: str = GROUP) -> list[str]:
        return [one.member_id for one in self.coordinator.describe_groups([group])[0].members]


def join_request(member_id: str = "", **fields: object) -> JoinGroupRequest:
    """A consumer's JoinGroup with usual time-outs: 10 s for the session, 60 s for the rebalance."""
    protocols = fields.pop("protocols", {"range": b"meta"})
    assert isinstance(protocols, dict)
    request = JoinGroupRequest(
        group_id=GROUP,
        member_id=member_id,
        session_timeout_ms=10_000,
        rebalance_timeout_ms=60_000,
        protocol_type="consumer",
        protocols=[JoinGroupRequestProtocol(name=name, metadata=metadata) for name, metadata in protocols.items()],
    )
    for name, value in fields.items():
        assert hasattr(request, name), name
        setattr(request, name, value)
    return request
