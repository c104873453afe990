"""A follower broker's fetcher: the thread that brings its replicas forward when nobody else does.

For catching up, for acks=1, and for links that are slow (Kafka's `ReplicaFetcherThread`, one per follower here). It starts at the first
need and sleeps on a condition in between: an idle broker costs no polling.
"""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Callable

from desktop_broker.cluster.link import Link, Links
from desktop_broker.cluster.partition import Partition
from desktop_broker.cluster.replication import bring_forward
from desktop_broker.common.clock import Clock
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.threads import CrashHandler, start_thread

_PAUSE_S = 0.001
_RETRY_S = 0.1
_EPOCH_RETRY_S = 0.02


class Fetcher:
    """Thread `broker-<id>/fetcher-1`. `_condition` guards the queue; nothing is copied or called under it.

    Args:
        moved: called with a leader's partition whose high watermark moved.
        caught_up: called with a leader's partition and this broker's id when the replica is at the leader's log end; True to be asked again
            later.
        failed: called with this broker's partition whose disk refused.
    """

    def __init__(
        self,
        broker_id: int,
        links: Links,
        clock: Clock,
        on_crash: CrashHandler,
        max_bytes: Callable[[], int],
        *,
        moved: Callable[[Partition], None],
        caught_up: Callable[[Partition, int], bool],
        failed: Callable[[Partition, KafkaError], None],
    ) -> None:
        self._broker_id = broker_id
        self._links = links
        self._clock = clock
        self._on_crash = on_crash
        self._max_bytes = max_bytes
        self._moved = moved
        self._caught_up = caught_up
        self._failed = failed
        self._condition = threading.Condition()
        self._queue: list[tuple[float, int, Partition]] = []
        self._order = itertools.count()
        self._thread: threading.Thread | None = None
        self._stopped = False
        self._link_free: dict[Link, float] = {}

    def mark(self, partition: Partition, after_s: float = 0.0) -> None:
        """The leader of this broker's replica has more (or may have). Cheap when the fetcher knows already."""
        due = self._clock.monotonic() + after_s if after_s else partition.pull_not_before
        known = partition.pull_due
        if known is not None and known <= due:
            return
        with self._condition:
            if self._stopped:
                return
            partition.pull_due = due
            heapq.heappush(self._queue, (due, next(self._order), partition))
            if self._thread is None:
                self._thread = start_thread(f"broker-{self._broker_id}/fetcher-1", self._run, self._on_crash)
            else:
                self._condition.notify_all()

    def stop(self) -> None:
        """End the thread and wait for it. Idempotent."""
        with self._condition:
            self._stopped = True
            self._queue.clear()
            self._condition.notify_all()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _run(self) -> None:
        while True:
            partition = self._next()
            if partition is None:
                return
            self._serve(partition)

    def _next(self) -> Partition | None:
        with self._condition:
            while not self._stopped:
                wait = None
                if self._queue:
                    due, _, partition = self._queue[0]
                    wait = due - self._clock.monotonic() if due else 0.0
                    if wait <= 0 or partition.pull_due != due:
                        heapq.heappop(self._queue)
                        if partition.pull_due != due:  # an earlier entry has replaced this one
                            continue
                        # Cleared before the leader's log end is read, so that what is appended later marks it anew.
                        partition.pull_due = None
                        return partition
                self._clock.wait(self._condition, wait)
            return None

    def _serve(self, follower: Partition) -> None:
        leader_broker = follower.leader_id
        if follower.is_leader or leader_broker < 0 or leader_broker == self._broker_id:
            return
        peer = self._links.peer(leader_broker)
        link = self._links.link(self._broker_id, leader_broker)
        if peer is None or link.cut:
            return  # a new leader, or the link's return, marks it again
        leader = peer.partition(*follower.topic_partition)
        if leader is None:
            self.mark(follower, _EPOCH_RETRY_S)
            return
        if self._must_wait(link, follower, leader):
            return
        # What comes within the next moment comes in one piece then: pulling each small batch by itself would cost the producer more.
        follower.pull_not_before = self._clock.monotonic() + _PAUSE_S
        max_bytes = self._max_bytes()
        try:
            progress = bring_forward(leader, follower, max_bytes)
        except KafkaError as error:
            self._take_error(follower, error)
            return
        if progress.moved:
            self._moved(leader)
        if progress.copied and link.bytes_per_second:
            self._link_free[link] = self._clock.monotonic() + progress.copied / link.bytes_per_second
        if self._caught_up(leader, self._broker_id):
            self.mark(follower, _RETRY_S * 5)
        if not progress.complete:
            if progress.copied * 2 > max_bytes:  # far behind: no pause
                follower.pull_not_before = 0.0
            self.mark(follower)

    def _must_wait(self, link: Link, follower: Partition, leader: Partition) -> bool:
        """Whether a slow link makes this pull come later; it is queued again then."""
        if link.healthy:
            return False
        now = self._clock.monotonic()
        start = follower.pull_started
        if start is None:
            if (
                follower.log.log_end_offset >= leader.log.log_end_offset
                and follower.synced_epoch == follower.leader_epoch
            ):
                return False
            start = follower.pull_started = max(now + link.delay_ms / 1000, self._link_free.get(link, now))
        if start > now:
            self.mark(follower, start - now)
            return True
        follower.pull_started = None
        return False

    def _take_error(self, follower: Partition, error: KafkaError) -> None:
        if follower.offline and follower.incarnation.alive:
            self._failed(follower, error)
        elif not follower.offline:
            self.mark(follower, _EPOCH_RETRY_S if error.code is not ErrorCode.KAFKA_STORAGE_ERROR else _RETRY_S)
