"""The partitions of `__consumer_offsets` that this broker leads, from loading to unloading.

Counterpart: the part of Kafka's `CoordinatorRuntime` that schedules loading, unloading and expiry.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Final
from uuid import UUID

from desktop_broker.common.clock import Clock
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventKind, EventLog, Severity, crash_reporter
from desktop_broker.common.scheduler import Scheduler
from desktop_broker.coordinator.config import GroupConfig
from desktop_broker.coordinator.deletion import delete_offsets_of, expire_group
from desktop_broker.coordinator.effects import GroupEvent, Moment
from desktop_broker.coordinator.java_hash import java_hash
from desktop_broker.coordinator.loader import Loader
from desktop_broker.coordinator.log import CoordinatorLog, Record
from desktop_broker.coordinator.shard import Shard, ShardServices
from desktop_broker.protocol.errors import ProtocolError

GROUPS_TOPIC: Final = "__consumer_offsets"


class Shards:
    """The table of shards. Safe from any thread: `_lock` guards the table and is held for look-ups only.

    One background thread (`broker-N/group-coordinator`) loads partitions and makes appends that no request waits for; it starts with
    the first of them.
    """

    def __init__(
        self,
        broker_id: int,
        log: CoordinatorLog,
        *,
        clock: Clock,
        scheduler: Scheduler,
        events: EventLog,
        config: Callable[[], GroupConfig],
        topic_id: Callable[[str], UUID | None] | None,
    ) -> None:
        self._broker_id = broker_id
        self._events = events
        self._topic_id = topic_id
        self._lock = threading.Lock()
        self._shards: dict[int, Shard] = {}
        self._closed = False
        self._expiring = False
        background = Scheduler(f"broker-{broker_id}/group-coordinator", clock, crash_reporter(events, broker_id))
        self._services = ShardServices(
            log=log, clock=clock, timers=scheduler, background=background, config=config, publish=self._publish
        )

    def partition_for(self, group_id: str) -> int:
        """The partition that a group lives in."""
        return java_hash(group_id) % self._services.log.partition_count()

    def find(self, group_id: str) -> Shard:
        """The shard that a group lives in; it may be loading still.

        Raises:
            KafkaError: NOT_COORDINATOR.
        """
        partition = self.partition_for(group_id)
        with self._lock:
            shard = self._shards.get(partition)
        if shard is None:
            raise KafkaError(ErrorCode.NOT_COORDINATOR, "Another broker answers for this group.")
        return shard

    def all(self) -> list[Shard]:
        """Those there are now."""
        with self._lock:
            return list(self._shards.values())

    def load(self, partition: int, epoch: int) -> None:
        """Lead a partition from an epoch on."""
        with self._lock:
            old = self._shards.get(partition)
            if self._closed or (old is not None and old.epoch >= epoch):
                return
            shard = self._shards[partition] = Shard(partition, epoch, self._services)
            first, self._expiring = not self._expiring, True
        if old is not None:
            old.unload()
        self._services.background.after(0, lambda: self._read(shard))
        if first:
            self._schedule_expiry()

    def unload(self, partition: int, epoch: int | None) -> None:
        """Lead a partition no more, unless it was taken up again in a later epoch."""
        with self._lock:
            shard = self._shards.get(partition)
            if shard is None or (epoch is not None and epoch < shard.epoch):
                return
            del self._shards[partition]
        shard.unload()

    def close(self) -> None:
        """Lead nothing more."""
        with self._lock:
            self._closed = True
            shards, self._shards = list(self._shards.values()), {}
        for shard in shards:
            shard.unload()
        self._services.background.stop()

    def topics_deleted(self, names: Iterable[str]) -> None:
        """Drop the offsets of topics, later; in what is being loaded, when it is there."""
        wanted = frozenset(names)

        def drop_later(shard: Shard) -> None:
            self._services.background.after(0, partial(self._drop_topics, shard, wanted))

        for shard in self.all():
            later = partial(drop_later, shard)
            if not shard.when_loaded(later):
                later()

    def expire(self) -> None:
        """Drop what has outlived its time, group by group: the lock is let go in between, because requests come first."""
        for shard in self.all():
            with shard.lock:
                group_ids = list(shard.groups)
            for group_id in group_ids:
                try:
                    shard.run(partial(self._expire_group, shard, group_id))
                except KafkaError:
                    break  # the partition moved away

    def _expire_group(self, shard: Shard, group_id: str, now: Moment) -> None:
        expire_group(shard, group_id, self._services.config(), now)

    def _schedule_expiry(self) -> None:
        def run() -> None:
            self.expire()
            self._schedule_expiry()

        self._services.background.after(self._services.config().offsets_retention_check_interval_ms / 1000, run)

    def _read(self, shard: Shard) -> None:
        loader = Loader(self._services.now().ms, partial(self._damaged, shard.partition))
        try:
            loader.replay(self._while_led(shard, self._services.log.read_all(shard.partition)))
            if shard.activate(loader.groups.values(), loader.offsets):
                self._drop_vanished_topics(shard)
        except KafkaError as error:
            # A later leadership loads again. Clients are told NOT_COORDINATOR, look for their coordinator, and find it then.
            self._give_up(shard)
            if error.code is ErrorCode.KAFKA_STORAGE_ERROR:
                self._damaged(shard.partition, error)
        except BaseException:
            self._give_up(shard)
            raise

    def _while_led(self, shard: Shard, records: Iterator[Record]) -> Iterator[Record]:
        """Stop reading when the partition moved away: nobody wants the result."""
        for record in records:
            if self._shards.get(shard.partition) is not shard:  # one look-up per record, so without the lock
                return
            yield record

    def _give_up(self, shard: Shard) -> None:
        with self._lock:
            if self._shards.get(shard.partition) is shard:
                del self._shards[shard.partition]
        shard.unload()

    def _drop_vanished_topics(self, shard: Shard) -> None:
        """A topic may be deleted while its groups are between two coordinators. Metadata is never behind the commits that were
        loaded, because it brought the leadership along."""
        if self._topic_id is None:
            return
        with shard.lock:
            names = {topic for group_id in shard.offsets.group_ids() for topic in shard.offsets.topics(group_id)}
        vanished = frozenset(name for name in names if self._topic_id(name) is None)
        if vanished:
            self._drop_topics(shard, vanished)

    def _drop_topics(self, shard: Shard, names: frozenset[str]) -> None:
        try:
            shard.run(lambda _: delete_offsets_of(shard, list(shard.offsets.of_topics(names))))
        except KafkaError:
            return  # the partition moved away; its next coordinator looks at the topics itself

    def _damaged(self, partition: int, error: ProtocolError | KafkaError) -> None:
        self._events.publish(
            EventKind.LOG_DAMAGED,
            Severity.ERROR,
            broker=self._broker_id,
            topic=GROUPS_TOPIC,
            partition=partition,
            reason=str(error),
        )

    def _publish(self, event: GroupEvent) -> None:
        details: dict[str, Any] = event.details
        self._events.publish(event.kind, event.severity, broker=self._broker_id, group=event.group, **details)
