"""Reading a log: slices for fetches, and records by their time.

Counterpart: the reading side of Kafka's `UnifiedLog`.
"""

from __future__ import annotations

from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.storage.errors import DamagedBatchError
from desktop_broker.storage.log_core import LogCore
from desktop_broker.storage.log_slice import LogSlice, TimestampOffset
from desktop_broker.storage.time_search import find_by_time, find_newest
from desktop_broker.storage.transaction_index import AbortedTransaction, read_aborted


class ReadableLog(LogCore):
    """Reads under the log's lock; the bytes themselves are read or sent later, from the slice."""

    def read(self, offset: int, max_bytes: int, *, end: int, minimum_one: bool = True) -> LogSlice:
        """Whole batches from the one with `offset` on, none of which reaches `end` or beyond.

        Args:
            max_bytes: the most bytes; the first batch comes whole even so when `minimum_one` (rule 15).
            end: exclusive upper offset: high watermark, last stable offset or log end.

        Returns:
            A slice of one segment, to be released; empty when there is nothing (yet).

        Raises:
            KafkaError: OFFSET_OUT_OF_RANGE.
            StorageError: the log is offline, or what stands there is damaged.
        """
        with self._lock:
            self._check_online()
            if not self.log_start_offset <= offset <= self.log_end_offset:
                raise KafkaError(
                    ErrorCode.OFFSET_OUT_OF_RANGE,
                    f"Offset {offset} is not in {self.log_start_offset} to {self.log_end_offset} of {self.topic_partition}.",
                )
            try:
                return self._slice(offset, max_bytes, min(end, self.log_end_offset), minimum_one)
            except DamagedBatchError as error:
                self._report_damage(error)
                raise
            except OSError as error:
                raise self._fail(error) from error

    def _slice(self, offset: int, max_bytes: int, end: int, minimum_one: bool) -> LogSlice:
        files = self._segments.pool.files
        if offset < end:
            index = self._segments.index_of(offset)
            while index < len(self._segments):
                segment = self._segments[index]
                if segment.base_offset >= end:
                    break
                found = segment.locate(offset)
                if found is not None:
                    start, first_end, first_last = found
                    if first_last >= end or (first_end - start > max_bytes and not minimum_one):
                        break
                    segment_end = self._segments.next_base(index, self.log_end_offset)
                    limit, hint = segment.size, segment_end
                    if end < segment_end or limit - start > max_bytes:
                        limit, hint = segment.boundary(min(start + max_bytes, limit), first_end, end), -1
                    return LogSlice(segment.log, files, start, limit - start, offset, hint)
                index += 1
        return LogSlice(None, files, 0, 0, offset, offset)

    def offset_for_timestamp(self, timestamp_ms: int) -> TimestampOffset | None:
        """The first record whose time is not before this one; None when all are older. Raises StorageError."""
        with self._lock:
            self._check_online()
            try:
                return find_by_time(self._segments, timestamp_ms, self.log_start_offset)
            except DamagedBatchError as error:
                self._report_damage(error)
                raise
            except OSError as error:
                raise self._fail(error) from error

    def max_timestamp(self) -> TimestampOffset | None:
        """The first record with the largest time (ListOffsets -3); None when none has a time. Raises StorageError."""
        with self._lock:
            self._check_online()
            try:
                return find_newest(self._segments, self.log_start_offset)
            except DamagedBatchError as error:
                self._report_damage(error)
                raise
            except OSError as error:
                raise self._fail(error) from error

    def first_unstable_offset(self, high_watermark: int) -> int | None:
        """Where the oldest transaction begins that is not over for all replicas; None when there is none."""
        if not self.producers.has_transactions:
            return None
        with self._lock:
            return self.producers.first_unstable_offset(high_watermark)

    def aborted_transactions(self, first_offset: int, end_offset: int) -> list[AbortedTransaction]:
        """The aborted transactions that reach into a stretch of the log."""
        with self._lock:
            self._check_online()
            try:
                return [
                    transaction
                    for segment in self._segments.from_offset(first_offset)
                    for transaction in read_aborted(segment.transaction_index_path)
                    if transaction.last_offset >= first_offset and transaction.first_offset < end_offset
                ]
            except OSError as error:
                raise self._fail(error) from error
