"""The metadata quorum: who may write the metadata log, and when what was written counts.

Counterpart: `org.apache.kafka.raft.KafkaRaftClient`. All brokers live in one process, so there is nothing to vote about by messages: the
controller's seat stands on a live broker whose log is the longest, a record is committed when a majority of the configured brokers'
logs has it, and the image moves on only then. Without a majority there is no seat and nothing changes.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace

from desktop_broker.cluster.image import MetadataImage
from desktop_broker.cluster.image_delta import FEATURES, apply_records, image_records
from desktop_broker.cluster.metadata_log import MetadataLog, SnapshotId
from desktop_broker.cluster.publisher import Publisher, Subscriber
from desktop_broker.common.clock import Clock
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventKind, EventLog, Severity, crash_reporter
from desktop_broker.protocol.records.metadata_types import FeatureLevelRecord
from desktop_broker.protocol.schema import Message
from desktop_broker.storage.errors import StorageError
from desktop_broker.storage.manager import LogManager

SNAPSHOT_EVERY = 20_000


class MetadataQuorum:
    """`lock` is the controller's lock, outermost of all (reentrant); it guards the logs, the seat and the swap of the image.

    `image` is replaced whole and read by anyone. Callbacks to brokers run outside of it, see `publish`.
    """

    def __init__(
        self,
        cluster_id: str,
        voters: Sequence[int],
        clock: Clock,
        events: EventLog,
        snapshot_every: int = SNAPSHOT_EVERY,
    ) -> None:
        self.lock = threading.RLock()
        self.image = MetadataImage(cluster_id=cluster_id)
        self.voters = tuple(sorted(voters))
        self.majority = len(self.voters) // 2 + 1
        self._clock = clock
        self._events = events
        self._snapshot_every = snapshot_every
        self._since_snapshot = 0
        self._logs: dict[int, MetadataLog] = {}
        self._seat: MetadataLog | None = None
        self._stopping = False
        self._publisher = Publisher(lambda: self.image, crash_reporter(events))

    # members

    @property
    def attached(self) -> frozenset[int]:
        """Brokers whose logs take part now."""
        with self.lock:
            return frozenset(self._logs)

    def attach(self, broker_id: int, logs: LogManager) -> None:
        """A broker comes up: its log catches up and counts from now on.

        Raises:
            StorageError: its log cannot be used.
        """
        with self.lock:
            log = MetadataLog(broker_id, logs)
            if self._seat is not None:
                log.copy_from(self._seat)
                log.write_state(self._seat.broker_id, self.image.epoch, self.voters)
            self._logs[broker_id] = log
            if self._seat is None:
                self._elect()
        self.publish()

    def detach(self, broker_id: int, *, clean: bool) -> None:
        """A broker goes. Clean: its log is left with a snapshot. The seat moves if it was there."""
        with self.lock:
            log = self._logs.get(broker_id)
            if log is None:
                return
            if clean and log.end_offset == self.image.offset + 1:
                self._snapshot(log)
            self._remove(log)
        self.publish()

    def stopping(self) -> None:
        """The whole cluster stops: no more seats."""
        with self.lock:
            self._stopping = True

    def subscribe(self, broker_id: int, callback: Subscriber) -> None:
        """Tell a broker of every image: `callback(before, after)`, at once from `EMPTY_IMAGE` to the newest, then each change in order."""
        self._publisher.subscribe(broker_id, callback)

    def unsubscribe(self, broker_id: int) -> None:
        """Stop telling it; when this returns no callback is under way."""
        self._publisher.unsubscribe(broker_id)

    def publish(self) -> None:
        """Tell everyone of what is committed. Never under `lock`."""
        self._publisher.publish()

    # writing

    @property
    def next_offset(self) -> int:
        """The offset that the next record will take."""
        return self.image.offset + 1

    def require_seat(self) -> None:
        """Refuse to begin what could not be committed.

        Raises:
            KafkaError: NOT_CONTROLLER, saying how many brokers are missing.
        """
        if self._seat is None:
            raise self._no_seat()

    def append(self, records: Sequence[Message]) -> MetadataImage:
        """Write records, have a majority acknowledge them, and move the image on. Under `lock`; `publish` afterwards.

        Raises:
            KafkaError: NOT_CONTROLLER without a majority; then the image stays.
        """
        with self.lock:
            while True:
                seat = self._seat
                if seat is None:
                    raise self._no_seat()
                try:
                    batch = seat.append_records(records, self.image.epoch, self._clock.now_ms())
                except StorageError:
                    self._remove(seat)  # its disk refused: another broker takes the seat
                    continue
                break
            self._replicate(seat, batch)
            if len(self._logs) < self.majority:
                raise self._no_seat()
            self.image = apply_records(self.image, records, seat.end_offset - 1)
            self._since_snapshot += len(records)
            if self._since_snapshot >= self._snapshot_every:
                for log in list(self._logs.values()):
                    self._snapshot(log)
            return self.image

    def _replicate(self, seat: MetadataLog, batch: bytearray) -> None:
        for log in list(self._logs.values()):
            if log is seat:
                continue
            try:
                log.log.append_as_follower(batch)
            except KafkaError:
                self._logs.pop(
                    log.broker_id, None
                )  # its log has reported why; it takes part again when its broker restarts
        if len(self._logs) < self.majority:
            self._vacate()

    def _no_seat(self) -> KafkaError:
        up, all_ = len(self._logs), len(self.voters)
        return KafkaError(
            ErrorCode.NOT_CONTROLLER,
            f"The cluster has no controller: {up} of {all_} brokers {'is' if up == 1 else 'are'} up, and changes need "
            f"{self.majority}. Start another broker and try again.",
        )

    # the seat

    def _remove(self, log: MetadataLog) -> None:
        self._logs.pop(log.broker_id, None)
        if log is self._seat:
            self._vacate()
            self._elect()
        elif len(self._logs) < self.majority:
            self._vacate()

    def _vacate(self) -> None:
        self._seat = None
        if self.image.controller_id >= 0:
            self.image = replace(self.image, controller_id=-1)

    def _elect(self) -> None:
        """Give the seat to the broker with the longest log: what a majority has, one of any majority has."""
        while len(self._logs) >= self.majority and not self._stopping:
            seat = max(self._logs.values(), key=lambda log: (log.last_epoch, log.end_offset, -log.broker_id))
            try:
                self._take_seat(seat)
            except StorageError as error:
                self._logs.pop(seat.broker_id, None)
                self._publish_failure(seat.broker_id, error)
                continue
            return

    def _take_seat(self, seat: MetadataLog) -> None:
        epoch = max(log.read_epoch() for log in self._logs.values()) + 1
        self._copy_to_others(seat)
        fresh = seat.end_offset == 0
        seat.write_state(seat.broker_id, epoch, self.voters)
        seat.append_leader_change(self.voters, sorted(self._logs), epoch, self._clock.now_ms())
        if fresh:
            features = [FeatureLevelRecord(name=name, feature_level=level) for name, level in FEATURES.items()]
            seat.append_records(features, epoch, self._clock.now_ms())
        self._copy_to_others(seat)
        if len(self._logs) < self.majority:
            return
        image = self._replay(seat)
        self._seat = seat
        self.image = replace(image, epoch=epoch, controller_id=seat.broker_id)
        for log in self._logs.values():
            log.write_state(seat.broker_id, epoch, self.voters)
        self._events.publish(
            EventKind.CONTROLLER_CHANGED, Severity.INFO, broker=seat.broker_id, controller=seat.broker_id, epoch=epoch
        )

    def _copy_to_others(self, seat: MetadataLog) -> None:
        for log in list(self._logs.values()):
            try:
                log.copy_from(seat)
            except StorageError as error:
                self._logs.pop(log.broker_id, None)
                self._publish_failure(log.broker_id, error)

    def _replay(self, seat: MetadataLog) -> MetadataImage:
        """Bring the image up to the end of the seat's log, from its snapshot when the log does not reach back far enough."""
        image = self.image
        snapshot = seat.newest_snapshot()
        if snapshot is not None and image.offset + 1 < snapshot.offset:
            empty = MetadataImage(cluster_id=image.cluster_id)
            image = apply_records(empty, seat.read_snapshot(snapshot), snapshot.offset - 1, snapshot.epoch)
        for batch in seat.read_from(image.offset + 1, seat.end_offset):
            image = apply_records(image, batch.records, batch.last_offset, batch.epoch)
            self._since_snapshot += len(batch.records)
        return image

    def _snapshot(self, log: MetadataLog) -> None:
        image = self.image
        newest = log.newest_snapshot()
        if newest is not None and newest.offset >= image.offset + 1:
            return
        try:
            log.write_snapshot(SnapshotId(image.offset + 1, image.epoch), image_records(image), self._clock.now_ms())
        except StorageError as error:
            self._publish_failure(log.broker_id, error)  # the log itself still has everything
            return
        self._since_snapshot = 0

    def _publish_failure(self, broker_id: int, error: StorageError) -> None:
        self._events.publish(
            EventKind.LOG_OFFLINE,
            Severity.ERROR,
            broker=broker_id,
            topic="__cluster_metadata",
            partition=0,
            reason=error.message,
        )
