"""One replica's log: appended to at the end, read anywhere, cut at both ends.

Counterpart: Kafka's `UnifiedLog`. `log_loader` opens one, `validator` says what may come in, `retention` what may go.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Sequence

from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventKind, Severity
from desktop_broker.protocol.batch_header import CONTROL_MASK, RecordBatchHeader, check_crc, patch
from desktop_broker.storage.end_markers import end_marker_of
from desktop_broker.storage.errors import DamagedBatchError, StorageError
from desktop_broker.storage.files import Buffer
from desktop_broker.storage.log_core import LogServices
from desktop_broker.storage.log_loader import load_log, replay_producers
from desktop_broker.storage.log_reading import ReadableLog
from desktop_broker.storage.log_slice import AppendResult, LogSlice, TimestampOffset
from desktop_broker.storage.producer_state import ProducerBatch
from desktop_broker.storage.retention import below_start, breaching
from desktop_broker.storage.segment_types import WrittenBatch
from desktop_broker.storage.transaction_index import read_aborted, write_aborted
from desktop_broker.storage.validator import AppendOrigin, parse_batches, validate

__all__ = ["AppendOrigin", "AppendResult", "Log", "LogServices", "LogSlice", "TimestampOffset"]

DELETED_FOLDER_SUFFIX = "-delete"
_MOST_NAME = 255

Guard = Callable[[], None]


class Log(ReadableLog):
    """One replica's log. Any thread may call; `_lock` guards everything and is the innermost lock of a broker.

    Plain attributes (`log_end_offset`, ...) may be read without the lock: each is replaced whole. After its files could not be read or
    written the log is offline: whatever touches them raises StorageError until `reopen`.
    """

    # appending

    def append_as_leader(
        self,
        batches: Buffer,
        leader_epoch: int,
        *,
        origin: AppendOrigin = AppendOrigin.CLIENT,
        guard: Guard | None = None,
    ) -> AppendResult:
        """Check batches, give them the next offsets, and write them, all or none.

        Args:
            batches: whole batches. A writable buffer is patched in place; what it holds afterwards is what was written, unless the
                topic compresses by itself.
            guard: called under the lock right before the write; raises to refuse it.

        Raises:
            KafkaError: the batches may not be written (rules 19 to 25); RecordErrors names the records.
            StorageError: the disk refused; nothing of them stays.
        """
        view = memoryview(batches)
        if view.readonly:
            view = memoryview(bytearray(view))
        config = self._config
        now_ms = self._services.clock.now_ms()
        view, headers = validate(view, config, origin, now_ms)
        stamped_ms = now_ms if config.message_timestamp_type == "LogAppendTime" else -1
        with self._lock:
            self._check_online()
            repeated = self._check_producers(view, headers, origin)
            if repeated is not None:
                count = repeated.last_offset - repeated.first_offset + 1
                first, last, time_ms = repeated.first_offset, repeated.last_offset, repeated.timestamp
                return AppendResult(
                    first, last, time_ms if stamped_ms >= 0 else -1, self.log_start_offset, count, 0, True
                )
            first_offset = offset = self.log_end_offset
            position = 0
            written: list[WrittenBatch] = []
            for header in headers:
                patch(view, position, offset, leader_epoch)
                size = header.length + 12
                last_offset = offset + header.last_offset_delta
                written.append(WrittenBatch(offset, last_offset, size, header.max_timestamp))
                position += size
                offset = last_offset + 1
            if guard is not None:
                guard()
            self._write(view, headers, written, now_ms)
            if leader_epoch > self.leader_epochs.latest():
                self._assign_epoch(leader_epoch, first_offset)
            start = self.log_start_offset
        if offset - self.recovery_point >= config.flush_messages:
            self.flush()
        return AppendResult(first_offset, offset - 1, stamped_ms, start, offset - first_offset, position, False)

    def append_as_follower(self, batches: Buffer, *, guard: Guard | None = None) -> AppendResult:
        """Write batches as a leader has them, offsets, epochs and all.

        Raises:
            KafkaError: OFFSET_OUT_OF_RANGE when they overlap what is there, CORRUPT_MESSAGE when a checksum is wrong.
            StorageError: as `append_as_leader`.
        """
        view = memoryview(batches)
        headers = parse_batches(view)
        position = 0
        for header in headers:
            if not check_crc(view, header, position):
                raise KafkaError(
                    ErrorCode.CORRUPT_MESSAGE, f"The leader's batch at offset {header.base_offset} is damaged."
                )
            position += header.size
        written = [
            WrittenBatch(header.base_offset, header.last_offset, header.size, header.max_timestamp)
            for header in headers
        ]
        config = self._config
        with self._lock:
            self._check_online()
            expected = self.log_end_offset
            for batch in written:
                if batch.first_offset < expected or batch.last_offset < batch.first_offset:
                    raise KafkaError(
                        ErrorCode.OFFSET_OUT_OF_RANGE,
                        f"A batch at offset {batch.first_offset} cannot follow: {self.topic_partition} goes on at {expected}.",
                    )
                expected = batch.last_offset + 1
            if guard is not None:
                guard()
            self._write(view, headers, written, self._services.clock.now_ms())
            for header in headers:
                if header.partition_leader_epoch > self.leader_epochs.latest():
                    self._assign_epoch(header.partition_leader_epoch, header.base_offset)
            start = self.log_start_offset
        if expected - self.recovery_point >= config.flush_messages:
            self.flush()
        first_offset = written[0].first_offset
        return AppendResult(first_offset, expected - 1, -1, start, expected - first_offset, position, False)

    def assign_epoch(self, leader_epoch: int) -> None:
        """A leader takes office: its epoch begins at the log end offset.

        Raises:
            StorageError: it cannot be written down.
        """
        with self._lock:
            self._check_online()
            self._assign_epoch(leader_epoch, self.log_end_offset)

    def _check_producers(
        self, view: memoryview, headers: Sequence[RecordBatchHeader], origin: AppendOrigin
    ) -> ProducerBatch | None:
        position = 0
        for header in headers:
            if header.producer_id >= 0:
                if header.attributes & CONTROL_MASK:
                    marker = end_marker_of(view[position : position + header.size])
                    if marker is not None:
                        self.producers.check_marker(header, marker)
                else:
                    repeated = self.producers.check(header, from_client=origin is AppendOrigin.CLIENT)
                    if repeated is not None:
                        return repeated
            position += header.size
        return None

    # cutting

    def truncate_to(self, offset: int) -> None:
        """Drop everything from the batch with this offset on; nothing happens when the log ends before.

        The log start offset stays: where nothing is left behind it, the log goes on there, empty. Raises StorageError.
        """
        with self._lock:
            self._check_online()
            offset = max(offset, self.log_start_offset)
            if offset < self.log_end_offset:
                try:
                    self._truncate(offset)
                except DamagedBatchError as error:
                    self._report_damage(error)
                    raise self._fail(error) from error
                except OSError as error:
                    raise self._fail(error) from error

    def _truncate(self, offset: int) -> None:
        self._remove([segment for segment in self._segments if segment.base_offset > offset])
        active = self._segments.active
        if active.live is None:
            active.activate(self._config.index_interval_bytes)
        dropped = active.truncate(offset)
        end = offset if dropped is None else min(offset, dropped)
        if end > self.log_start_offset:
            self._end_at(end)
        else:
            self._start_at(self.log_start_offset)

    def truncate_fully_and_start_at(self, offset: int) -> None:
        """Drop everything and go on at this offset. Raises StorageError."""
        with self._lock:
            self._check_online()
            self._start_at(offset)

    def _start_at(self, offset: int) -> None:
        try:
            self._truncations += 1
            self._remove(list(self._segments))
            self._segments.start_new(offset, self._services.clock.now_ms(), self._config)
            self.leader_epochs.clear()
            self._producer_files.remove_outside(offset + 1, offset)
            self.producers.clear(offset)
        except OSError as error:
            raise self._fail(error) from error
        self.log_start_offset = self.log_end_offset = self.recovery_point = offset

    def _end_at(self, offset: int) -> None:
        self._truncations += 1
        self.log_end_offset = offset
        self.recovery_point = min(self.recovery_point, offset)
        self.leader_epochs.truncate_from_end(offset)
        path = self._segments.active.transaction_index_path
        aborted = read_aborted(path)
        if aborted:
            kept = [transaction for transaction in aborted if transaction.last_offset < offset]
            write_aborted(self._segments.pool.files, path, kept)
        self._producer_files.remove_outside(self.log_start_offset, offset)
        self._producer_files.load_newest(self.producers, self.log_start_offset, offset)
        replay_producers(self._segments, self.producers, offset)

    def delete_records(self, offset: int) -> None:
        """Let the log start at this offset; segments wholly below go. Nothing happens when it starts there or behind already.

        Raises:
            KafkaError: OFFSET_OUT_OF_RANGE behind the log end (rule 36; the high watermark is the caller's to check).
            StorageError: the files cannot be changed.
        """
        with self._lock:
            self._check_online()
            if offset > self.log_end_offset:
                raise KafkaError(
                    ErrorCode.OFFSET_OUT_OF_RANGE,
                    f"{self.topic_partition} ends at {self.log_end_offset}, before {offset}.",
                )
            if offset > self.log_start_offset:
                self._raise_start(offset)

    def _raise_start(self, offset: int) -> None:
        try:
            self.log_start_offset = offset
            self._remove(below_start(self._segments, offset))
            self.leader_epochs.truncate_from_start(offset)
        except OSError as error:
            raise self._fail(error) from error

    # keeping house

    def maintain(self, now_ms: int, high_watermark: int) -> int:
        """Retention by time and size, expiry of producers, and `flush.ms`. Call now and then.

        Returns:
            How many segments went.

        Raises:
            StorageError: the log is, or goes, offline.
        """
        with self._lock:
            self._check_online()
            self.producers.expire(now_ms, self._services.producer_expiration_ms())
            try:
                gone = breaching(self._segments, self._config, now_ms, high_watermark, self.log_end_offset)
                if len(gone) == len(self._segments):
                    self._roll(self.log_end_offset, now_ms)
            except OSError as error:
                raise self._fail(error) from error
            if gone:
                index = self._segments.index_of(gone[-1].base_offset)
                start = max(self.log_start_offset, self._segments.next_base(index, self.log_end_offset))
                self._raise_start(start)
        if self.flush_is_due(now_ms):
            self.flush()
        return len(gone)

    def reopen(self) -> None:
        """Try again after a failure: recover from the files as they are now. Raises StorageError when they still fail."""
        with self._lock:
            for segment in self._segments:
                segment.close()
            loaded = load_log(
                self._directory,
                self._segments.pool,
                self._config,
                now_ms=self._services.clock.now_ms(),
                clean=False,
                recovery_point=self.recovery_point,
                log_start_offset=self.log_start_offset,
            )
            self._truncations += 1
            self._failure = None
            self._take_over(loaded)
            self._publish(
                EventKind.LOG_RECOVERED,
                Severity.GOOD,
                logs=1,
                checked_bytes=loaded.recovered_bytes,
                damaged=int(loaded.damage is not None),
            )

    def close(self, *, clean: bool = True) -> None:
        """No more reads and writes. Clean: everything is brought to the disk, so that the next start need not check it.

        Raises:
            StorageError: that failed; the log is closed nevertheless, and the next start must recover it.
        """
        try:
            if clean and self._failure is None:
                self._save_all()
        finally:
            with self._lock:
                self._failure = self._failure or StorageError(f"{self.topic_partition} is closed.")
                for segment in self._segments:
                    segment.close()

    def _save_all(self) -> None:
        with self._lock:
            try:
                self._producer_files.take(self.producers)
                active = self._segments.active
                changed = active.live is not None
                active.seal()
            except OSError as error:
                raise self._fail(error) from error
        if changed:
            self.flush()

    def delete(self) -> str:
        """Close it and rename its folder, so that it is gone at once and for good; returns the new path, to be removed later.

        Raises:
            StorageError: the folder cannot be renamed.
        """
        self.close(clean=False)
        parent, name = os.path.split(self._directory)
        ending = f".{uuid.uuid4().hex}{DELETED_FOLDER_SUFFIX}"
        gone = os.path.join(parent, name[: _MOST_NAME - len(ending)] + ending)
        with self._lock:
            try:
                self._segments.pool.files.rename(self._directory, gone)
            except OSError as error:
                raise StorageError(f"{self._directory} cannot be renamed to be deleted: {error.strerror}.") from error
        return gone
