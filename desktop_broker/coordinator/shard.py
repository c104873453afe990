"""One partition of `__consumer_offsets` while this broker leads it: its groups and offsets behind one lock.

Counterpart: a shard of Kafka's `CoordinatorRuntime`. Where Kafka gives a shard an event loop, here the connections' own threads come in,
one at a time, and none holds the lock while it appends, waits or tells anyone (see `append_queue`).

Offsets count, and can be fetched, once they are committed in the log. The state of a group is ahead of the log: what is lost with a
coordinator, its clients make up for by joining again, as with Kafka.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from desktop_broker.common.clock import Clock
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.scheduler import Job, Scheduler
from desktop_broker.coordinator.append_queue import AppendQueue
from desktop_broker.coordinator.classic_group import ClassicGroup
from desktop_broker.coordinator.classic_machine import ClassicMachine
from desktop_broker.coordinator.classic_requests import ClassicRequests
from desktop_broker.coordinator.config import GroupConfig
from desktop_broker.coordinator.effects import Effects, GroupEvent, Moment, Reply, Write
from desktop_broker.coordinator.log import CoordinatorLog
from desktop_broker.coordinator.offsets import OffsetStore

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardServices:
    """What the shards of one coordinator share.

    Attributes:
        timers: runs session and rebalance time-outs; never blocked by an append.
        background: runs appends that no request waits for, and loading.
    """

    log: CoordinatorLog
    clock: Clock
    timers: Scheduler
    background: Scheduler
    config: Callable[[], GroupConfig]
    publish: Callable[[GroupEvent], None]

    def now(self) -> Moment:
        """Both clocks."""
        return Moment(self.clock.monotonic(), self.clock.now_ms())


class Shard:
    """Groups and offsets of one partition, from loading to unloading; a later leadership gets a new shard.

    Lives on no thread of its own: connections, timers and the background thread call in. `lock` guards everything in it; it is a leaf
    but for the locks of schedulers, which run nothing under theirs.

    Attributes:
        epoch: the leader epoch of the partition that it was made for.
    """

    def __init__(self, partition: int, epoch: int, services: ShardServices) -> None:
        self.partition = partition
        self.epoch = epoch
        self.lock = threading.Lock()
        self.groups: dict[str, ClassicGroup] = {}
        self.offsets = OffsetStore()
        self.effects = Effects()
        self.machine = ClassicMachine(services.config, self.effects)
        self.requests = ClassicRequests(self.machine, services.config)
        self._services = services
        self._refusal: KafkaError | None = KafkaError(
            ErrorCode.COORDINATOR_LOAD_IN_PROGRESS, "The groups are being read from __consumer_offsets."
        )
        self._after_loading: list[Callable[[], None]] = []
        self._waiting: set[threading.Condition] = set()
        self._timers: dict[str, tuple[float, Job]] = {}
        self._queue = AppendQueue(
            self.lock,
            append=lambda records: services.log.append(partition, records),
            now=services.now,
            after=self._after_settling,
        )

    # Doing something.

    def run(self, action: Callable[[Moment], T], *, wait: bool = True) -> T:
        """Change the state under the lock, then append what came of it and publish its events.

        Args:
            action: is given the time; its effects go through `self.effects`.
            wait: False leaves the append to the background thread (for timers, which must not be held up).

        Raises:
            KafkaError: COORDINATOR_LOAD_IN_PROGRESS or NOT_COORDINATOR; or what the action raised.
        """
        with self.lock:
            self.check_active()
            result = action(self._services.now())
            writes = self._push_writes()
            self._arm_timers()
            events = bool(self.effects.events)
        if writes and wait:
            self._queue.finish(writes[-1])  # the log's order is the queue's: the others are settled by then
        elif writes:
            self._finish_later(writes[-1])
        if writes or events:
            self.publish_events()
        return result

    def check_active(self) -> None:
        """Whether requests can be served (the lock is held).

        Raises:
            KafkaError: COORDINATOR_LOAD_IN_PROGRESS or NOT_COORDINATOR.
        """
        if self._refusal is not None:
            raise self._refusal

    def write(self, write: Write) -> None:
        """Append something as part of the action that runs (the lock is held)."""
        self.effects.writes.append(write)

    def settle_earlier_writes(self) -> None:
        """Wait until everything that was appended before now is committed or has failed.

        Raises:
            KafkaError: the partition moved away.
        """
        with self.lock:
            self.check_active()
            if self._queue.is_idle:
                return
            barrier = Write([])
            self._queue.push(barrier)
        self._queue.finish(barrier)

    def wait(self, reply: Reply[T], cancelled: Callable[[], bool] | None) -> T | None:
        """Block until a reply is answered; None when `cancelled` became true first (see `wake`)."""
        with self.lock:
            if reply.value is None:
                condition = threading.Condition(self.lock)
                reply.notify = condition.notify_all
                self._waiting.add(condition)
                while reply.value is None and not (cancelled is not None and cancelled()):
                    self._services.clock.wait(condition, None)
                self._waiting.discard(condition)
            return reply.value

    def wake(self) -> None:
        """Let everyone who waits look whether it was cancelled."""
        with self.lock:
            for condition in self._waiting:
                condition.notify_all()

    def publish_events(self) -> None:
        """Tell what has happened, without the lock."""
        with self.lock:
            events = self.effects.take_events()
        for event in events:
            self._services.publish(event)

    # Groups.

    def group_or_simple(self, group_id: str, now: Moment) -> ClassicGroup:
        """The group, or a new one without members and protocol, as a commit or a first member makes it (the lock is held)."""
        group = self.groups.get(group_id)
        if group is None:
            group = self.groups[group_id] = ClassicGroup(group_id, now.ms)
        return group

    def drop_group(self, group: ClassicGroup, now: Moment) -> None:
        """Forget a group that was deleted (the lock is held)."""
        self.machine.delete(group, now)
        if self.groups.get(group.group_id) is group:
            del self.groups[group.group_id]

    # The beginning and the end.

    def activate(self, groups: Iterable[ClassicGroup], offsets: OffsetStore) -> bool:
        """Serve what was loaded; False when the partition moved away meanwhile."""
        with self.lock:
            if self._refusal is None or self._refusal.code is not ErrorCode.COORDINATOR_LOAD_IN_PROGRESS:
                return False
            self._refusal = None
            self.offsets = offsets
            self.groups = {group.group_id: group for group in groups}
            now = self._services.now()
            for group in self.groups.values():
                self.machine.loaded(group, now)
            self.effects.touched.update(self.groups)
            writes = self._push_writes()
            self._arm_timers()
            postponed, self._after_loading = self._after_loading, []
        if writes:
            self._finish_later(writes[-1])
        self.publish_events()
        for action in postponed:
            action()
        return True

    def when_loaded(self, action: Callable[[], None]) -> bool:
        """Put something off until loading is through; False when there is no loading to wait for."""
        with self.lock:
            loading = self._refusal is not None and self._refusal.code is ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
            if loading:
                self._after_loading.append(action)
            return loading

    def unload(self) -> None:
        """Serve nothing more: everyone who waits is answered NOT_COORDINATOR. Idempotent."""
        moved = KafkaError(ErrorCode.NOT_COORDINATOR, "Another broker answers for this group now.")
        with self.lock:
            self._refusal = moved
            now = self._services.now()
            for group in self.groups.values():
                self.machine.unload(group, now)
            self._queue.refuse(moved)
            self.effects.take_writes()
            self.effects.take_touched()
            for _, job in self._timers.values():
                job.cancel()
            self._timers.clear()
            self.groups = {}
            self.offsets = OffsetStore()
        self.publish_events()

    # Underneath.

    def _push_writes(self) -> list[Write]:
        writes = self.effects.take_writes()
        for write in writes:
            self._queue.push(write)
        return writes

    def _finish_later(self, write: Write) -> None:
        def finish() -> None:
            self._queue.finish(write)
            self.publish_events()

        self._services.background.after(0, finish)

    def _after_settling(self) -> None:
        writes = self._push_writes()
        self._arm_timers()
        if writes:
            self._finish_later(writes[-1])

    def _arm_timers(self) -> None:
        for group_id in self.effects.take_touched():
            group = self.groups.get(group_id)
            if group is not None and self._refusal is None:
                self._arm_timer(group)

    def _arm_timer(self, group: ClassicGroup) -> None:
        """See that the timer rings at the group's next deadline, or before. Heartbeats move deadlines away and need nothing."""
        deadline = group.next_deadline()
        if deadline is None:
            return
        armed = self._timers.get(group.group_id)
        if armed is not None:
            if armed[0] <= deadline:
                return
            armed[1].cancel()
        delay = max(deadline - self._services.clock.monotonic(), 0)
        job = self._services.timers.after(delay, lambda: self._ring(group.group_id, deadline))
        self._timers[group.group_id] = deadline, job

    def _ring(self, group_id: str, deadline: float) -> None:
        def pass_time(now: Moment) -> None:
            if self._timers.get(group_id, (None,))[0] != deadline:
                return  # an earlier one was set while this one was on its way
            del self._timers[group_id]
            group = self.groups.get(group_id)
            if group is not None:
                self.machine.pass_time(group, now)
                self.effects.touched.add(group_id)

        try:
            self.run(pass_time, wait=False)
        except KafkaError:
            return  # the partition moved away while the timer rang
