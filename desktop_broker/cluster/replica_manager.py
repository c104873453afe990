"""All replicas of one broker, for one incarnation of it: appends, acks, long polls, and roles as the metadata changes.

Counterpart: `kafka.server.ReplicaManager`. Roles come in through `apply`; the ISR goes out through the controller.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast
from uuid import UUID

from desktop_broker.cluster.fetcher import Fetcher
from desktop_broker.cluster.image import EMPTY_IMAGE, MetadataImage
from desktop_broker.cluster.incarnation import Incarnation
from desktop_broker.cluster.isr_keeper import IsrKeeper
from desktop_broker.cluster.long_poll import wait_for_data
from desktop_broker.cluster.partition import Isolation, Partition
from desktop_broker.cluster.replication import Appended, Stretch, bring_forward, hand_on, stretches_of
from desktop_broker.cluster.role_changes import RoleChanges
from desktop_broker.cluster.services import ClusterServices
from desktop_broker.cluster.waiting import Cancelled, Waiter, Waiters
from desktop_broker.common.clock import Clock
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventLog, crash_reporter
from desktop_broker.common.scheduler import Scheduler
from desktop_broker.common.types import TopicPartition
from desktop_broker.storage.errors import StorageError
from desktop_broker.storage.manager import LogManager
from desktop_broker.storage.validator import AppendOrigin

if TYPE_CHECKING:

    pass

_ACKS_ALL = -1


class ReplicaManager:
    """`_lock` guards changes of the table of partitions; look-ups go without it, as a dict's are whole.

    Any thread may call. `apply` is called by one thread at a time, in the order of the metadata log.
    """

    def __init__(
        self,
        *,
        broker_id: int,
        incarnation: Incarnation,
        logs: LogManager,
        cluster: ClusterServices,
        clock: Clock,
        events: EventLog,
        scheduler: Scheduler,
        rack: str | None = None,
    ) -> None:
        self.broker_id = broker_id
        self.incarnation = incarnation
        self.logs = logs
        self.rack = rack
        self.image: MetadataImage = EMPTY_IMAGE
        self._cluster = cluster
        self._links = cluster.links
        self._clock = clock
        self._lock = threading.Lock()
        self._partitions: dict[TopicPartition, Partition] = {}
        self._waiters = Waiters()
        self._fetcher = Fetcher(
            broker_id,
            cluster.links,
            clock,
            crash_reporter(events, broker_id),
            self._fetch_max_bytes,
            moved=self.spread_high_watermark,
            caught_up=self._caught_up,
            failed=self.replica_failed,
        )
        self._roles = RoleChanges(self, self._lock, self._partitions, lambda: cluster.broker_values(broker_id))
        self._keeper = IsrKeeper(self, cluster, clock, scheduler)
        self._links.register(self)
        self._keeper.start()

    # looking up

    def partition(self, topic: str, index: int) -> Partition | None:
        """This broker's replica, None when it has none."""
        return self._partitions.get((topic, index))  # type: ignore[call-overload, no-any-return]  # a plain tuple is equal, and cheaper to make

    def partition_by_id(self, topic_id: UUID, index: int) -> Partition | None:
        """The same by topic id."""
        topic = self.image.topics_by_id.get(topic_id)
        return None if topic is None else self.partition(topic.name, index)

    def partitions(self) -> list[Partition]:
        """All replicas."""
        with self._lock:
            return list(self._partitions.values())

    def leader_partition(self, topic: str, index: int, current_leader_epoch: int = -1) -> Partition:
        """The replica, if it leads.

        Raises:
            KafkaError: UNKNOWN_TOPIC_OR_PARTITION, NOT_LEADER_OR_FOLLOWER, FENCED_/UNKNOWN_LEADER_EPOCH, KAFKA_STORAGE_ERROR.
        """
        partition = self.readable_partition(topic, index, current_leader_epoch)
        if not partition.is_leader:
            raise partition.not_leader()
        return partition

    def readable_partition(self, topic: str, index: int, current_leader_epoch: int = -1) -> Partition:
        """The replica, if it leads or is in sync with its leader (rule 17).

        Raises:
            KafkaError: as `leader_partition`.
        """
        partition = self._partitions.get((topic, index))  # type: ignore[call-overload]  # as in `partition`
        if partition is None:
            raise self._absent(topic, index)
        if partition.offline:
            raise KafkaError(
                ErrorCode.KAFKA_STORAGE_ERROR, f"The files of {topic}-{index} on broker {self.broker_id} have failed."
            )
        partition.check_epoch(current_leader_epoch)
        if not partition.is_leader and (partition.leader_id < 0 or self.broker_id not in partition.isr):
            raise partition.not_leader()
        return cast(Partition, partition)

    def follower_log_end(self, topic: str, index: int, broker_id: int) -> int | None:
        """Where a follower's log ends, as far as its leader here knows; None when it does not."""
        partition = self.partition(topic, index)
        end = -1 if partition is None else partition.follower_end(broker_id)
        return end if end >= 0 else None

    def high_watermark(self, tp: TopicPartition) -> int | None:
        """Of one replica; None when there is none. What retention may not pass."""
        partition = self._partitions.get(tp)
        return None if partition is None else partition.high_watermark

    def _absent(self, topic: str, index: int) -> KafkaError:
        if self.image.partition(topic, index) is None:
            return KafkaError(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, f"There is no partition {index} of topic '{topic}'."
            )
        return KafkaError(ErrorCode.NOT_LEADER_OR_FOLLOWER, f"Broker {self.broker_id} does not lead {topic}-{index}.")

    # producing

    def append(
        self,
        partition: Partition,
        batches: bytes | bytearray | memoryview,
        *,
        acks: int,
        origin: AppendOrigin = AppendOrigin.CLIENT,
    ) -> Appended:
        """Write to a partition that this broker leads. Does not wait: with acks -1 `replicate_and_wait` must follow.

        Args:
            batches: patched in place when writable.

        Raises:
            KafkaError: NOT_ENOUGH_REPLICAS (acks -1, rule 26), NOT_LEADER_OR_FOLLOWER, or why the log refused.
            StorageError: the disk refused; the replica is offline, and another leads from now on if there is one.
        """
        if acks == _ACKS_ALL and partition.under_min_isr:
            raise KafkaError(
                ErrorCode.NOT_ENOUGH_REPLICAS,
                f"{partition.topic_partition} has {len(partition.isr)} replicas in sync; min.insync.replicas asks for "
                f"{partition.min_insync_replicas}.",
            )
        view = memoryview(batches)
        if view.readonly:
            view = memoryview(bytearray(view))
        epoch = partition.leader_epoch
        log = partition.log
        try:
            result = log.append_as_leader(view, epoch, origin=origin, guard=partition.leader_guard)
        except StorageError as error:
            if partition.offline:
                self.replica_failed(partition, error)
            raise
        as_stored = result.size_bytes == len(view) and log.config.compression_type == "producer"
        if acks != _ACKS_ALL and partition.followers:
            self._mark_followers(partition)
        partition.appended()
        return Appended(partition, result, view if as_stored else None, epoch)

    def replicate_and_wait(
        self, appended: Sequence[Appended | tuple[Partition, int]], deadline: float
    ) -> list[ErrorCode]:
        """acks=all: bring the followers in sync forward on this thread where their links are healthy, then wait for the rest.

        Args:
            appended: what `append` gave (or partition and last offset, where the buffers are gone).
            deadline: monotonic seconds.

        Returns:
            For each: NONE, REQUEST_TIMED_OUT, NOT_ENOUGH_REPLICAS_AFTER_APPEND or NOT_LEADER_OR_FOLLOWER.
        """
        wanted = [
            (each.partition, each.result.last_offset, each.leader_epoch)
            if isinstance(each, Appended)
            else (each[0], each[1], each[0].leader_epoch)
            for each in appended
        ]
        for stretch in stretches_of(appended):
            if stretch.partition.followers:
                self._replicate(stretch)
        codes = [_outcome(*each) for each in wanted]
        if None in codes:
            codes = self._wait_for_watermarks(wanted, deadline)
        return [ErrorCode.NONE if code is None else code for code in codes]

    def _wait_for_watermarks(self, wanted: list[tuple[Partition, int, int]], deadline: float) -> list[ErrorCode | None]:
        waiter = Waiter(self._clock)
        watched = {id(partition): partition for partition, _, _ in wanted}.values()
        for partition in watched:
            partition.watch(waiter)
        try:
            while True:
                codes = [_outcome(*each) for each in wanted]
                if None not in codes:
                    return codes
                if not waiter.wait(deadline):
                    return [ErrorCode.REQUEST_TIMED_OUT if code is None else code for code in codes]
        finally:
            for partition in watched:
                partition.unwatch(waiter)

    def _replicate(self, stretch: Stretch) -> None:
        leader = stretch.partition
        isr = leader.isr
        moved = False
        for broker_id in leader.followers:
            peer = self._links.peer(broker_id)
            follower = None if peer is None else peer.partition(*leader.topic_partition)
            if peer is None or follower is None:
                continue  # it is down, and will come forward when it is back
            inline = broker_id in isr and self._links.link(self.broker_id, broker_id).healthy
            if not inline or follower.leader_epoch != stretch.leader_epoch:
                peer.mark(follower)
                continue
            try:
                moved = hand_on(stretch, follower, self._fetch_max_bytes()) or moved
            except KafkaError as error:
                peer.take_failed_copy(follower, error)
        if moved:
            self.spread_high_watermark(leader)

    def _mark_followers(self, leader: Partition) -> None:
        for broker_id in leader.followers:
            peer = self._links.peer(broker_id)
            follower = None if peer is None else peer.partition(*leader.topic_partition)
            if peer is not None and follower is not None:
                peer.mark(follower)

    # following

    def mark(self, follower: Partition) -> None:
        """This broker's replica should look at its leader soon."""
        self._fetcher.mark(follower)

    def mark_followers(self, leader: Partition) -> None:
        """All replicas of a partition led here should."""
        self._mark_followers(leader)

    def link_changed(self) -> None:
        """A link of this broker was cut, slowed or healed: look at everything that follows anew."""
        for partition in self.partitions():
            if not partition.is_leader:
                self._fetcher.mark(partition)

    def spread_high_watermark(self, leader: Partition) -> None:
        """Tell the followers of a leader (of any broker) at once, so that those who read from them need not wait."""
        epoch, high_watermark = leader.leader_epoch, leader.high_watermark
        for broker_id in leader.followers:
            peer = self._links.peer(broker_id)
            if peer is not None and not self._links.link(leader.broker_id, broker_id).cut:
                follower = peer.partition(*leader.topic_partition)
                if follower is not None:
                    follower.learn(epoch, high_watermark)

    def take_failed_copy(self, follower: Partition, error: KafkaError) -> None:
        """Bringing this broker's replica forward failed on somebody else's thread."""
        if follower.offline and self.incarnation.alive:
            self.replica_failed(follower, error)
        elif self.incarnation.alive:
            self._fetcher.mark(follower)

    def replica_failed(self, partition: Partition, error: KafkaError) -> None:
        """The replica's files failed: the controller takes it out of the ISR and lets another lead. The broker goes on."""
        if not self.incarnation.alive:
            return
        partition.wake_watchers()
        self._keeper.replica_failed(partition.topic_partition, error)

    def replica_missing(self, tp: TopicPartition, error: KafkaError) -> None:
        """The replica's files cannot even be opened."""
        self._keeper.replica_failed(tp, error)

    def _caught_up(self, leader: Partition, follower_id: int) -> bool:
        return self._keeper.caught_up(leader, follower_id)

    def _fetch_max_bytes(self) -> int:
        return cast(int, self._cluster.broker_values(self.broker_id)["replica.fetch.max.bytes"])

    # reading

    def wait_for_data(
        self,
        waits: Sequence[tuple[Partition, int, Isolation] | tuple[Partition, int]],
        min_bytes: int,
        deadline: float,
        cancelled: Cancelled | None = None,
    ) -> None:
        """A fetch's long poll: returns when `min_bytes` can be read, something else happened to a partition, or time is up.

        Args:
            waits: partition, offset to read from, how far may be read (the high watermark when not said).
            deadline: monotonic seconds.
            cancelled: asked after each wake; True ends the wait (`wake_waiters` wakes).
        """
        wait_for_data(waits, min_bytes, deadline, self._clock, self._waiters, cancelled or (lambda: False))

    def wake_waiters(self) -> None:
        """Let every long poll look at whether it is cancelled."""
        self._waiters.wake_all()

    def delete_records(self, partition: Partition, offset: int) -> int:
        """Drop a leader's records below an offset (rule 36), and its followers'; -1 means up to the high watermark.

        Returns:
            The low watermark: the least log start offset of all replicas that are up.

        Raises:
            KafkaError: OFFSET_OUT_OF_RANGE above the high watermark, NOT_LEADER_OR_FOLLOWER; StorageError.
        """
        if not partition.is_leader:
            raise partition.not_leader()
        high_watermark = partition.high_watermark
        target = high_watermark if offset == -1 else offset
        if not 0 <= target <= high_watermark:
            raise KafkaError(
                ErrorCode.OFFSET_OUT_OF_RANGE,
                f"Records can be deleted up to offset {high_watermark} (the high watermark), not {offset}.",
            )
        partition.raise_log_start(target)
        low = partition.log.log_start_offset
        for broker_id in partition.followers:
            peer = self._links.peer(broker_id)
            follower = None if peer is None else peer.partition(*partition.topic_partition)
            if peer is None or follower is None:
                continue
            if self._links.link(self.broker_id, broker_id).healthy:
                try:
                    bring_forward(partition, follower, self._fetch_max_bytes())
                except KafkaError as error:
                    peer.take_failed_copy(follower, error)
            else:
                peer.mark(follower)
            low = min(low, follower.log.log_start_offset)
        return low

    # life

    def apply(self, before: MetadataImage, after: MetadataImage) -> None:
        """Take the roles that the metadata gives. Called for each change, in order."""
        if self.incarnation.alive:
            self.image = after
            self._roles.apply(before, after)

    def shutdown(self, clean: bool) -> None:
        """Stop. Clean: high watermarks are written down. Otherwise as after a crash: everything in memory is dropped."""
        self.incarnation.kill()
        self._keeper.stop()
        self._links.unregister(self)
        self._fetcher.stop()
        if clean:
            self._keeper.save_high_watermarks()
        for partition in self.partitions():
            partition.resign()
        self._waiters.wake_all()


def _outcome(partition: Partition, last_offset: int, leader_epoch: int) -> ErrorCode | None:
    """What to answer for an append; None while it is not replicated."""
    if not partition.is_leader or partition.leader_epoch != leader_epoch or not partition.incarnation.alive:
        return ErrorCode.NOT_LEADER_OR_FOLLOWER
    if partition.offline:
        return ErrorCode.KAFKA_STORAGE_ERROR
    if partition.under_min_isr:
        return ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND
    return ErrorCode.NONE if partition.high_watermark > last_offset else None
