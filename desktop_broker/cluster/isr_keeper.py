"""A broker's periodic care for its replicas: who leaves or joins the ISR (rule 37), and high watermarks written down.

Counterpart: `ReplicaManager.maybeShrinkIsr`, `AlterPartitionManager`, `checkpointHighWatermarks`. What it finds goes to the controller, never
under a lock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from desktop_broker.cluster.partition import Partition
from desktop_broker.common.clock import Clock
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.scheduler import Job, Scheduler
from desktop_broker.common.types import TopicPartition

if TYPE_CHECKING:
    from desktop_broker.cluster.replica_manager import ReplicaManager
    from desktop_broker.cluster.services import ClusterServices

_CHECKPOINT_S = 5.0


class IsrKeeper:
    """Runs on the broker's scheduler; `caught_up` on fetcher threads. Keeps nothing but its jobs and the last saved high watermarks."""

    def __init__(self, manager: ReplicaManager, cluster: ClusterServices, clock: Clock, scheduler: Scheduler) -> None:
        self._manager = manager
        self._cluster = cluster
        self._clock = clock
        self._scheduler = scheduler
        self._lag_job: Job | None = None
        self._checkpoint_job: Job | None = None
        self._saved: dict[TopicPartition, int] = {}
        self._stopped = False

    def start(self) -> None:
        """Begin the periodic work."""
        self._checkpoint_job = self._scheduler.every(_CHECKPOINT_S, self._checkpoint)
        self._schedule_check()

    def stop(self) -> None:
        """No more of it."""
        self._stopped = True
        for job in (self._lag_job, self._checkpoint_job):
            if job is not None:
                job.cancel()

    def _max_lag_s(self) -> float:
        return cast(int, self._cluster.broker_values(self._manager.broker_id)["replica.lag.time.max.ms"]) / 1000

    def _schedule_check(self) -> None:
        if not self._stopped:
            # Half the limit, as Kafka; at least once in 5 s, so that a limit set lower while it runs is seen soon.
            self._lag_job = self._scheduler.after(min(self._max_lag_s() / 2, 5.0), self._check)

    def _check(self) -> None:
        try:
            self.check_lag()
        finally:
            self._schedule_check()

    def check_lag(self) -> None:
        """Take followers out of the ISR that lag too long; nudge those that are behind."""
        now, limit = self._clock.monotonic(), self._max_lag_s()
        for leader in self._manager.partitions():
            if not leader.is_leader or not leader.followers or leader.offline:
                continue
            late = leader.late_followers(now, limit)
            if late:
                self._alter(leader, tuple(broker for broker in leader.isr if broker not in late), "lagging")
            end = leader.log.log_end_offset
            if any(leader.follower_end(broker) < end for broker in leader.followers):
                self._manager.mark_followers(leader)

    def caught_up(self, leader: Partition, follower_id: int) -> bool:
        """A follower is at its leader's log end: let it join the ISR. True when it has to be tried again."""
        if follower_id in leader.isr:
            return False
        isr = leader.wants_in(follower_id)
        if isr is None:
            return False
        if self._alter(leader, isr, "caught-up"):
            return False
        leader.join_failed(follower_id)
        return leader.is_leader

    def _alter(self, leader: Partition, isr: tuple[int, ...], reason: str) -> bool:
        try:
            self._cluster.controller.alter_partition(
                leader.broker_id,
                leader.topic_partition,
                topic_id=leader.topic_id,
                leader_epoch=leader.leader_epoch,
                partition_epoch=leader.partition_epoch,
                isr=isr,
                reason=reason,
            )
        except KafkaError:
            return False  # no majority, or the leader has moved meanwhile: the next check asks again
        return True

    def replica_failed(self, tp: TopicPartition, error: KafkaError) -> None:
        """Tell the controller that files failed. Without a majority nothing can be changed: the partition stays as it is."""
        try:
            self._cluster.controller.replica_failed(self._manager.broker_id, tp, error.message)
        except KafkaError as refused:
            if refused.code is not ErrorCode.NOT_CONTROLLER:
                raise

    def _checkpoint(self) -> None:
        if self._stopped:
            return
        try:
            self.save_high_watermarks()
        except KafkaError:
            return  # a full disk: each log says so itself when it is written to

    def save_high_watermarks(self) -> None:
        """Write them down if any moved. Raises StorageError."""
        now = {partition.topic_partition: partition.high_watermark for partition in self._manager.partitions()}
        if now != self._saved:
            self._manager.logs.save_high_watermarks(now)
            self._saved = now
