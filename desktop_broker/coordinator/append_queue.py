"""The order of one shard's appends, made without its lock held.

State changes are decided under the shard's lock, which is held for microseconds; an append with acks=all may take long. So a change
puts its records into this queue while the lock is held - the queue's order is the order of the log - and the thread that waits for
them makes the append afterwards. Whoever comes first appends everything that is queued, in one batch (group commit), while the others
wait; a heartbeat never does, because it has nothing to append. What follows from an append (`Write.settle`) runs under the lock again, in
the same order.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Final

from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.coordinator.effects import Moment, Write
from desktop_broker.coordinator.log import Record

BATCH_BYTES: Final = 256 * 1024
"""Queued writes are put together up to this size, well below `max.message.bytes`; a larger one goes alone."""


class AppendQueue:
    """Used by the threads that have something to append. Guarded by the shard's lock, which is handed in.

    Args:
        lock: the shard's.
        append: makes one batch durable, or raises KafkaError; called without the lock, by one thread at a time.
        now: the time, for `Write.settle`.
        after: called under the lock whenever writes have been settled.
    """

    def __init__(
        self,
        lock: threading.Lock,
        *,
        append: Callable[[list[Record]], None],
        now: Callable[[], Moment],
        after: Callable[[], None],
    ) -> None:
        self._condition = threading.Condition(lock)
        self._append = append
        self._now = now
        self._after = after
        self._queued: deque[Write] = deque()
        self._busy = False
        self._refusal: KafkaError | None = None

    def push(self, write: Write) -> None:
        """Queue a write (the lock is held). Someone must `finish` it."""
        if self._refusal is not None:
            write.settle(self._refusal, self._now())
        else:
            self._queued.append(write)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is queued or under way (the lock is held)."""
        return not self._busy and not self._queued

    def finish(self, write: Write) -> None:
        """Wait until a write is settled, appending whatever is queued meanwhile (the lock is not held)."""
        while True:
            with self._condition:
                while self._busy and not write.settled:
                    self._condition.wait()
                if write.settled:
                    return
                batch = self._take()
                self._busy = True
            error: KafkaError | None = KafkaError(ErrorCode.UNKNOWN_SERVER_ERROR, "The append failed.")
            try:
                error = self._append_batch(batch)
            finally:  # also after an error of a kind that nobody expects: the others must not wait for ever
                self._settle(batch, error)

    def refuse(self, error: KafkaError) -> None:
        """Settle everything that has not begun with an error, and all that comes later (the lock is held)."""
        self._refusal = error
        queued, self._queued = self._queued, deque()
        for write in queued:
            write.settle(error, self._now())
        self._condition.notify_all()

    def _take(self) -> list[Write]:
        batch: list[Write] = []
        size = 0
        while self._queued:
            size += sum(len(key) + len(value or b"") for key, value in self._queued[0].records)
            if batch and size > BATCH_BYTES:
                break
            batch.append(self._queued.popleft())
        return batch

    def _append_batch(self, batch: list[Write]) -> KafkaError | None:
        records = [record for write in batch for record in write.records]
        try:
            if records:  # a write of nothing is a barrier: it is settled when all before it are
                self._append(records)
        except KafkaError as error:
            return error
        return None

    def _settle(self, batch: list[Write], error: KafkaError | None) -> None:
        with self._condition:
            self._busy = False
            now = self._now()
            for write in batch:
                write.settle(error, now)
            self._after()
            self._condition.notify_all()
