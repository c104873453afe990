"""One replica of one partition on one broker, as its leader or as a follower: ISR, high watermark, leader epoch.

Counterpart: `kafka.cluster.Partition`. What to do with roles is decided by the controller and arrives as `PartitionImage`; copying between
replicas is `replication`; waiting is `waiting`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import IntEnum
from uuid import UUID

from desktop_broker.cluster.follower_state import UNKNOWN, FollowerRead, FollowerState
from desktop_broker.cluster.image import NO_LEADER, PartitionImage
from desktop_broker.cluster.incarnation import Incarnation
from desktop_broker.cluster.waiting import Waiter
from desktop_broker.common.config import TopicConfig
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.types import TopicPartition
from desktop_broker.storage.log import Log
from desktop_broker.storage.log_slice import LogSlice


class Isolation(IntEnum):
    """How far a fetch may read. The first two numbers are those of the wire."""

    HIGH_WATERMARK = 0
    COMMITTED = 1
    LOG_END = 2


class Partition:
    """Guarded by `_lock`, which stands between the replica manager's and the log's. Plain attributes are replaced whole and may be read
    without it. Guards of appends look at `leader_epoch` under the log's lock, so a change of role needs no append to be stopped.

    `pull_lock` lets one thread at a time bring this replica forward. It stands before every other lock of any broker, and whoever
    holds it neither waits for anything but the copy nor calls the controller.
    """

    def __init__(
        self, topic_partition: TopicPartition, topic_id: UUID, log: Log, incarnation: Incarnation, high_watermark: int
    ) -> None:
        self.topic_partition = topic_partition
        self.topic_id = topic_id
        self.log = log
        self.incarnation = incarnation
        self.broker_id = incarnation.broker_id
        self._lock = threading.Lock()
        self.pull_lock = threading.Lock()
        self.leader_id = NO_LEADER
        self.leader_epoch = -1
        self.partition_epoch = -1
        self.epoch_start_offset = 0
        self.is_leader = False
        self.replicas: tuple[int, ...] = ()
        self.followers: tuple[int, ...] = ()
        self.isr: tuple[int, ...] = ()
        self._joining: frozenset[int] = frozenset()
        self._states: dict[int, FollowerState] = {}
        self._watchers: tuple[Waiter, ...] = ()
        self.high_watermark = max(log.log_start_offset, min(high_watermark, log.log_end_offset))
        self.synced_epoch = -1  # follower: the leader epoch in which it is known to share the leader's history
        self.pull_due: float | None = None  # follower: when its fetcher looks at it next; owned by the fetcher
        self.pull_not_before = 0.0  # the same: pulls are this far apart at least
        self.pull_started: float | None = None  # the same: when a pull over a slow link arrives
        self.leader_guard: Callable[[], None] = incarnation.check

    # what it is

    @property
    def config(self) -> TopicConfig:
        """The topic's config as this broker sees it."""
        return self.log.config

    @property
    def offline(self) -> bool:
        """Whether its files failed."""
        return self.log.is_offline

    @property
    def min_insync_replicas(self) -> int:
        """`min.insync.replicas`, at most the number of replicas (rule 26)."""
        return min(self.log.config.min_insync_replicas, len(self.replicas))

    @property
    def under_min_isr(self) -> bool:
        """Whether too few replicas are in sync for acks=all."""
        return len(self.isr) < self.min_insync_replicas

    @property
    def last_stable_offset(self) -> int:
        """Below it every transaction is over (rule 16)."""
        high_watermark = self.high_watermark
        unstable = self.log.first_unstable_offset(high_watermark)
        return high_watermark if unstable is None else min(unstable, high_watermark)

    def fetch_end(self, isolation: Isolation) -> int:
        """Exclusive end of what a fetch may read."""
        if isolation == Isolation.HIGH_WATERMARK:
            return self.high_watermark
        return self.last_stable_offset if isolation == Isolation.COMMITTED else self.log.log_end_offset

    def check_epoch(self, current_leader_epoch: int) -> None:
        """Refuse a client that knows an older or a newer leader (rule 12); -1 is not checked.

        Raises:
            KafkaError: FENCED_LEADER_EPOCH or UNKNOWN_LEADER_EPOCH.
        """
        epoch = self.leader_epoch
        if current_leader_epoch < 0 or current_leader_epoch == epoch:
            return
        code = ErrorCode.FENCED_LEADER_EPOCH if current_leader_epoch < epoch else ErrorCode.UNKNOWN_LEADER_EPOCH
        raise KafkaError(code, f"{self.topic_partition} is in leader epoch {epoch}, not {current_leader_epoch}.")

    # roles

    def become_leader(self, image: PartitionImage) -> bool:
        """Take the role, or take note of a new ISR; True when it was not leader in this epoch before.

        Raises:
            StorageError: the epoch cannot be written down.
        """
        fresh = not (self.is_leader and self.leader_epoch == image.leader_epoch)
        with self._lock:
            if fresh:
                self._states = {}
                self.leader_guard = self._make_guard(image.leader_epoch)
                self.epoch_start_offset = self.log.log_end_offset
            self._take(image)
            self._states = {
                broker: self._states.get(broker) or FollowerState()
                for broker in image.replicas
                if broker != self.broker_id
            }
            self.followers = tuple(self._states)
            self.is_leader = True
        if fresh:
            self.log.assign_epoch(image.leader_epoch)
        self._advance_and_wake()
        return fresh

    def become_follower(self, image: PartitionImage) -> None:
        """Take the role. What diverges is truncated when the leader tells (`replication`)."""
        with self._lock:
            self.is_leader = False
            self._take(image)
            self._states = {}
            self.followers = ()
        self.wake_watchers()

    def resign(self) -> None:
        """The replica goes: deleted, or its broker stops. Whoever waits looks again."""
        with self._lock:
            self.is_leader = False
            self.leader_id = NO_LEADER
        self.wake_watchers()

    def _take(self, image: PartitionImage) -> None:
        self.leader_id = image.leader
        self.leader_epoch = image.leader_epoch
        self.partition_epoch = image.partition_epoch
        self.replicas = image.replicas
        self.isr = image.isr
        self._joining = frozenset()

    def _make_guard(self, epoch: int) -> Callable[[], None]:
        incarnation = self.incarnation

        def guard() -> None:
            if not incarnation.alive or self.leader_epoch != epoch or not self.is_leader:
                raise self.not_leader()

        return guard

    def not_leader(self) -> KafkaError:
        """The error for whoever took this replica for the leader."""
        return KafkaError(
            ErrorCode.NOT_LEADER_OR_FOLLOWER, f"Broker {self.broker_id} does not lead {self.topic_partition}."
        )

    def config_changed(self) -> None:
        """min.insync.replicas may be lower now: what waits may be enough."""
        self._advance_and_wake()

    # the leader's side of replication

    def appended(self) -> None:
        """The leader wrote something: without followers in sync it is committed at once."""
        if len(self.isr) == 1:
            self._advance_and_wake()

    def follower_end(self, broker_id: int) -> int:
        """A follower's log end as last reported, -1 when not known."""
        state = self._states.get(broker_id)
        return UNKNOWN if state is None else state.log_end_offset

    def report(self, incarnation: Incarnation, leader_epoch: int, log_end_offset: int) -> bool:
        """A follower tells its log end; True when the high watermark moved."""
        with self._lock:
            state = self._states.get(incarnation.broker_id)
            if not self.is_leader or leader_epoch != self.leader_epoch or state is None:
                return False
            state.report(incarnation, log_end_offset)
            moved = self._advance()
        if moved:
            self.wake_watchers()
        return moved

    def read_for_follower(self, offset: int, last_epoch: int, leader_epoch: int, max_bytes: int) -> FollowerRead:
        """Answer a follower that has everything below `offset`, the last of it from `last_epoch`.

        Raises:
            KafkaError: NOT_LEADER_OR_FOLLOWER, FENCED_/UNKNOWN_LEADER_EPOCH, OFFSET_OUT_OF_RANGE (below the log start).
            StorageError: the leader cannot read its log.
        """
        if not self.is_leader:
            raise self.not_leader()
        self.check_epoch(leader_epoch)
        log = self.log
        end = log.log_end_offset
        diverging = None
        if last_epoch >= 0 and offset > log.log_start_offset:
            epoch, epoch_end = log.leader_epochs.end_offset_for(last_epoch, end)
            if epoch >= 0 and (epoch < last_epoch or epoch_end < offset):
                diverging = (epoch, epoch_end)
        if diverging is None and offset > end:
            diverging = (last_epoch, end)
        batches = b""
        if diverging is None and (offset < end or offset < log.log_start_offset):
            with log.read(offset, max_bytes, end=end) as found:
                batches = found.read()
        return FollowerRead(batches, diverging, log.log_start_offset, end, self.high_watermark)

    def wants_in(self, broker_id: int) -> tuple[int, ...] | None:
        """The ISR to ask the controller for when a follower has caught up; None when there is nothing to ask.

        A follower may join at the high watermark and at the start of the leader's epoch. Until the answer it already counts for the
        high watermark (Kafka's maximal ISR).
        """
        with self._lock:
            state = self._states.get(broker_id)
            if not self.is_leader or state is None or broker_id in self.isr or broker_id in self._joining:
                return None
            if state.log_end_offset < max(self.high_watermark, self.epoch_start_offset):
                return None
            self._joining |= {broker_id}
            return (*self.isr, broker_id)

    def join_failed(self, broker_id: int) -> None:
        """The controller said no."""
        with self._lock:
            self._joining -= {broker_id}
        self._advance_and_wake()

    def late_followers(self, now: float, max_lag_s: float) -> tuple[int, ...]:
        """Members of the ISR that lag too long (rule 37). Called now and then: makes the marks that it measures by."""
        with self._lock:
            if not self.is_leader:
                return ()
            end = self.log.log_end_offset
            return tuple(
                broker
                for broker, state in self._states.items()
                if broker in self.isr and state.is_late(end, now, max_lag_s)
            )

    def _advance_and_wake(self) -> None:
        with self._lock:
            moved = self._advance()
        if moved or self._watchers:
            self.wake_watchers()

    def _advance(self) -> bool:
        """High watermark = the least log end in the ISR (rule 37), and it stands still below min ISR (KIP-966). Under the lock."""
        if not self.is_leader or self.under_min_isr:
            return False
        least = self.log.log_end_offset
        for broker, state in self._states.items():
            if state.log_end_offset < least and (broker in self.isr or broker in self._joining):
                least = state.log_end_offset
        if least <= self.high_watermark:
            return False
        self.high_watermark = least
        return True

    # the follower's side

    def append_replicated(self, batches: bytes | bytearray | memoryview, leader_epoch: int) -> None:
        """Write what the leader of an epoch has. Under `pull_lock`.

        Raises:
            KafkaError: the epoch is over, or the broker was killed; StorageError.
        """

        def guard() -> None:
            if not self.incarnation.alive or self.is_leader or self.leader_epoch != leader_epoch:
                raise self.not_leader()

        self.log.append_as_follower(batches, guard=guard)

    def learn(self, leader_epoch: int, high_watermark: int) -> None:
        """A follower learns the leader's high watermark."""
        with self._lock:
            if self.is_leader or leader_epoch != self.leader_epoch:
                return
            known = min(high_watermark, self.log.log_end_offset)
            if known <= self.high_watermark:
                return
            self.high_watermark = known
        if self._watchers:
            self.wake_watchers()

    def truncate(self, offset: int) -> None:
        """Cut what the leader does not have. Under `pull_lock`. Raises StorageError."""
        self.incarnation.check()
        self.log.truncate_to(max(offset, self.log.log_start_offset))
        with self._lock:
            self.high_watermark = min(self.high_watermark, self.log.log_end_offset)

    def start_over_at(self, offset: int) -> None:
        """The leader no longer has what would come next: begin at its log start. Under `pull_lock`. Raises StorageError."""
        self.incarnation.check()
        self.log.truncate_fully_and_start_at(offset)
        with self._lock:
            self.high_watermark = offset

    def raise_log_start(self, offset: int) -> None:
        """Drop what lies below an offset, never beyond the high watermark. Raises StorageError."""
        self.incarnation.check()
        offset = min(offset, self.high_watermark)
        if offset > self.log.log_start_offset:
            self.log.delete_records(offset)

    # clients

    def read(
        self,
        offset: int,
        max_bytes: int,
        *,
        isolation: Isolation = Isolation.HIGH_WATERMARK,
        minimum_one: bool = True,
        from_follower: bool = False,
    ) -> LogSlice:
        """Whole batches from an offset on, to be released.

        Args:
            from_follower: the client asks a replica of its own rack (rule 17, KIP-392).

        Raises:
            KafkaError: NOT_LEADER_OR_FOLLOWER, OFFSET_NOT_AVAILABLE (a follower does not have it yet), OFFSET_OUT_OF_RANGE.
            StorageError: the log is offline or damaged there.
        """
        if not self.is_leader:
            if not from_follower or self.leader_id == NO_LEADER or self.broker_id not in self.isr:
                raise self.not_leader()
            if offset > self.high_watermark:
                raise KafkaError(
                    ErrorCode.OFFSET_NOT_AVAILABLE, f"{self.topic_partition} on broker {self.broker_id} ends earlier."
                )
        end = self.fetch_end(isolation)
        if self.is_leader and offset > self.log.log_end_offset:
            raise KafkaError(
                ErrorCode.OFFSET_OUT_OF_RANGE, f"{self.topic_partition} ends at {self.log.log_end_offset}."
            )
        return self.log.read(offset, max_bytes, end=end, minimum_one=minimum_one)

    def offsets_for_epoch(self, epoch: int) -> tuple[int, int]:
        """The largest epoch not above the one asked for, and where it ends; (-1, -1) when not known (KIP-279)."""
        return self.log.leader_epochs.end_offset_for(epoch, self.log.log_end_offset)

    def follower_ends(self) -> dict[int, int]:
        """Followers' log ends as last reported, -1 when not known."""
        with self._lock:
            return {broker: state.log_end_offset for broker, state in self._states.items()}

    # waiting

    def watch(self, waiter: Waiter) -> None:
        """Wake a waiter at every change of high watermark or role, until `unwatch`."""
        with self._lock:
            self._watchers = (*self._watchers, waiter)

    def unwatch(self, waiter: Waiter) -> None:
        """The wait is over."""
        with self._lock:
            self._watchers = tuple(watcher for watcher in self._watchers if watcher is not waiter)

    def wake_watchers(self) -> None:
        """Let everyone who waits look again. Not under any lock."""
        for watcher in self._watchers:
            watcher.wake()
