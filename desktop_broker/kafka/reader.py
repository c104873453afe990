"""Looks through a topic on a thread of its own and hands on what passes the filters, in small batches, with honest progress.

Counterpart: `scan_request.py` is the question, `scan_plan.py` turns it into offsets, `group_less_reader.py` reads them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from desktop_broker.common.threads import start_thread
from desktop_broker.kafka.connection import ClusterConnection
from desktop_broker.kafka.errors import ClusterError, ConnectionClosedError
from desktop_broker.kafka.filters import Predicate, predicate
from desktop_broker.kafka.group_less_reader import GroupLessReader, to_message
from desktop_broker.kafka.model import Message
from desktop_broker.kafka.scan_plan import ScanPlan, plan_scan
from desktop_broker.kafka.scan_request import FromOffsets, Live, Newest, ScanProgress, ScanRequest
from desktop_broker.kafka.time_order import TimeOrder, newest_of

OnBatch = Callable[[list[Message]], None]
OnProgress = Callable[[ScanProgress], None]

_TAKE_S = 0.1
_PROGRESS_S = 0.1
_HELD_BACK = 4_000
_FURTHER_BACK = 4


class MessageScan:
    """One look through a topic. `start` and `cancel` from any thread; the callbacks run on the scan's thread.

    Args:
        on_batch: called with matches in order: by time over all partitions, or as they come when live.
        on_progress: called about ten times a second and once at the end (`finished`), also when it fails: `error`.

    It assigns, never subscribes, never commits, never creates a topic. A cancel ends it within 200 ms.
    """

    def __init__(
        self, connection: ClusterConnection, request: ScanRequest, on_batch: OnBatch, on_progress: OnProgress
    ) -> None:
        self._connection = connection
        self._request = request
        self._on_batch = on_batch
        self._on_progress = on_progress
        self._cancelled = threading.Event()
        self._thread: threading.Thread | None = None
        self._keep = predicate(request.text, request.key)
        # All below is the scan's thread's own.
        self._begun = 0.0
        self._told = 0.0
        self._records = 0
        self._matches = 0
        self._plan = ScanPlan(earliest={}, begins={}, ends={})
        self._positions: dict[int, int] = {}

    def start(self) -> MessageScan:
        """Begin; returns itself."""
        self._thread = start_thread(f"scan/{self._request.topic}", self._run, lambda _name, _error: None)
        return self

    def cancel(self) -> None:
        """Stop soon. The last progress says where."""
        self._cancelled.set()

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait for the end; returns whether it came."""
        if self._thread is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        self._begun = time.monotonic()
        error: Exception | None = None
        complete, resume = False, None
        try:
            self._plan = plan_scan(self._connection, self._request)
            self._positions = dict(self._plan.begins)
            self._tell()
            reader = GroupLessReader(self._connection.admin, self._request.topic, self._request.committed_only)
            try:
                if isinstance(self._request.start, Newest):
                    complete, resume = self._read_newest(reader, self._request.start)
                elif isinstance(self._request.start, Live):
                    self._read_live(reader)
                else:
                    complete, resume = self._read_forward(reader)
            finally:
                reader.close()
        except ConnectionClosedError:
            self._cancelled.set()
        except ClusterError as failure:
            error = failure
            resume = self._from_here()
        except Exception as failure:  # noqa: BLE001 - whoever started the scan is told of everything that ends it
            error = failure
        self._tell(finished=True, complete=complete, resume=resume, error=error)

    def _read_forward(self, reader: GroupLessReader) -> tuple[bool, ScanRequest | None]:
        """From begin to end in order of time. Returns whether all was read, and what would go on."""
        open_ = {index for index, end in self._plan.ends.items() if end is not None and end > self._positions[index]}
        order = TimeOrder(open_)
        paused: set[int] = set()
        reader.assign({index: self._positions[index] for index in open_})
        while open_ and not self._full() and not self._stopping():
            read = self._take(reader, order, open_)
            ended = {index for index in open_ if self._positions[index] >= (self._plan.ends[index] or 0)}
            for index in ended:
                order.ended(index)
            open_ -= ended
            self._hand_on(order.release(self._room()))
            paused = self._hold_back(reader, order, open_, paused - ended)
            if ended:
                reader.drop(ended)
            if read or self._due():
                self._tell_when_due()
        if not self._full():
            for index in open_:  # stopped early: what was found is not kept back
                order.ended(index)
            self._hand_on(order.release(self._room()))
        self._positions.update(order.first_waiting())
        complete = all(self._positions[index] >= (end or 0) for index, end in self._plan.ends.items())
        return complete, None if complete else self._from_here()

    def _take(self, reader: GroupLessReader, order: TimeOrder, open_: set[int]) -> int:
        """Read a batch, keep its matches, move the positions."""
        records, ends = reader.take(_TAKE_S)
        keep = self._keep
        last: dict[int, tuple[int, int]] = {}
        for record in records:
            index, offset = record.partition() or 0, record.offset() or 0
            if index not in open_ or offset < self._positions[index]:
                continue
            end = self._plan.ends[index]
            if end is not None and offset >= end:
                last[index] = (end, last.get(index, (0, 0))[1])
                continue
            self._records += 1
            last[index] = (offset + 1, record.timestamp()[1])
            if keep is None or keep(record.key(), record.value(), record.headers):
                order.match(to_message(record))
        for index, (position, timestamp_ms) in last.items():
            self._positions[index] = max(position, self._positions[index])
            order.seen(index, timestamp_ms)
        for index, offset in ends.items():
            if index in open_:  # what is left below the planned end are markers, gaps, or not committed
                self._positions[index] = self._plan.ends[index] or offset
        return len(records)

    def _hold_back(self, reader: GroupLessReader, order: TimeOrder, open_: set[int], paused: set[int]) -> set[int]:
        """Let a partition wait that has run far ahead of the others, so that matches do not pile up in memory."""
        ahead = {
            index for index in open_ if order.waiting(index) > (_HELD_BACK if index not in paused else _HELD_BACK // 2)
        }
        if ahead - paused:
            reader.pause(ahead - paused, True)
        if paused - ahead:
            reader.pause(paused - ahead, False)
        return ahead

    def _read_live(self, reader: GroupLessReader) -> None:
        reader.assign(self._positions)
        keep = self._keep
        while not self._full() and not self._stopping():
            records, _ = reader.take(_TAKE_S)
            self._records += len(records)
            for record in records:
                self._positions[record.partition() or 0] = (record.offset() or 0) + 1
            found = [
                to_message(record)
                for record in records
                if keep is None or keep(record.key(), record.value(), record.headers)
            ]
            self._hand_on(found[: self._room()])
            self._tell_when_due()

    def _read_newest(self, reader: GroupLessReader, start: Newest) -> tuple[bool, ScanRequest | None]:
        """The newest of each partition, further back where gaps left too few, then the newest of them all."""
        begins, earliest = dict(self._plan.begins), self._plan.earliest
        ends = {index: end or 0 for index, end in self._plan.ends.items()}
        tails: dict[int, list[Message]] = {index: [] for index in begins}
        windows = {index: (begins[index], ends[index]) for index in begins if ends[index] > begins[index]}
        reach = start.count
        while windows:
            self._read_windows(reader, windows, tails)
            if self._stopping():
                return False, self._request
            _, used_up = newest_of(tails, start.count)
            reach *= _FURTHER_BACK
            windows = {}
            # A partition that gave all it has may hold older messages that belong among the newest: look further back there.
            for index in used_up:
                if begins[index] > earliest[index] and len(tails[index]) < start.count:
                    windows[index] = (max(earliest[index], begins[index] - reach), begins[index])
                    begins[index] = windows[index][0]
        chosen, _ = newest_of(tails, start.count)
        lowest = dict(ends)
        for message in chosen:
            lowest[message.partition] = min(lowest[message.partition], message.offset)
        self._positions = ends
        keep = self._keep
        self._hand_on([message for message in chosen if keep is None or _passes(keep, message)][: self._room()])
        older = any(offset > earliest[index] for index, offset in lowest.items())
        resume = replace(self._request, start=Newest(start.count, before=lowest)) if older else None
        return True, resume

    def _read_windows(
        self, reader: GroupLessReader, windows: dict[int, tuple[int, int]], tails: dict[int, list[Message]]
    ) -> None:
        """Read whole stretches and put them before what is there."""
        found: dict[int, list[Message]] = {index: [] for index in windows}
        open_ = set(windows)
        reader.assign({index: begin for index, (begin, _) in windows.items()})
        while open_ and not self._stopping():
            records, ends = reader.take(_TAKE_S)
            for record in records:
                index, offset = record.partition() or 0, record.offset() or 0
                if index in open_ and offset < windows[index][1]:
                    self._records += 1
                    found[index].append(to_message(record))
                    self._positions[index] = offset + 1
                if index in windows and offset + 1 >= windows[index][1]:
                    open_.discard(index)
            open_ -= ends.keys()
            self._tell_when_due()
        for index, messages in found.items():
            tails[index] = messages + tails[index]

    def _hand_on(self, messages: list[Message]) -> None:
        if messages:
            self._matches += len(messages)
            self._on_batch(messages)

    def _room(self) -> int | None:
        return None if self._request.limit is None else max(0, self._request.limit - self._matches)

    def _full(self) -> bool:
        return self._room() == 0

    def _stopping(self) -> bool:
        return self._cancelled.is_set() or self._connection.admin.closed

    def _from_here(self) -> ScanRequest | None:
        if not self._positions or isinstance(self._request.start, Live | Newest):
            return None
        until = {index: end for index, end in self._plan.ends.items() if end is not None}
        offsets = {index: offset for index, offset in self._positions.items() if offset < until.get(index, 0)}
        return replace(self._request, start=FromOffsets(offsets, until)) if offsets else None

    def _due(self) -> bool:
        return time.monotonic() - self._told >= _PROGRESS_S

    def _tell_when_due(self) -> None:
        if self._due():
            self._tell()

    def _tell(
        self,
        *,
        finished: bool = False,
        complete: bool = False,
        resume: ScanRequest | None = None,
        error: Exception | None = None,
    ) -> None:
        self._told = time.monotonic()
        elapsed = self._told - self._begun
        scanned = sum(max(0, self._positions[index] - begin) for index, begin in self._plan.begins.items())
        total = self._plan.total
        self._on_progress(
            ScanProgress(
                scanned=scanned if total is None else min(scanned, total),
                total=total,
                records=self._records,
                matches=self._matches,
                rate=self._records / elapsed if elapsed > 0 else 0.0,
                elapsed_s=elapsed,
                finished=finished,
                complete=complete,
                cancelled=finished and not complete and self._cancelled.is_set(),
                positions=dict(self._positions),
                resume=resume,
                error=error,
            )
        )


def _passes(keep: Predicate, message: Message) -> bool:
    return keep(message.key, message.value, lambda: message.headers)
