"""A log against the simplest model there is, a list of batches: whatever is done to it in whatever order, it holds what it should."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop_broker.common.config import TopicConfig
from desktop_broker.protocol.batch import decode_records, iter_batches, patch
from tests.storage.helpers import TP, Broker, batch

CONFIG = TopicConfig(segment_bytes=2_000, index_interval_bytes=150, retention_ms=-1, segment_index_bytes=64)
START_MS = 1_700_000_000_000


class LogMachine(RuleBasedStateMachine):
    """`batches` is the model: (first offset, values, timestamp, leader epoch), oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="log-model-"))
        self.broker = Broker(self.folder, CONFIG)
        self.log = self.broker.log()
        self.batches: list[tuple[int, list[bytes], int, int]] = []
        self.start = self.end = self.epoch = self.sequence = 0
        self.written = 0

    def teardown(self) -> None:
        self.broker.manager.shutdown(False)
        shutil.rmtree(self.folder)

    @rule(count=st.integers(1, 5), size=st.integers(0, 300), later=st.integers(-50, 500), follower=st.booleans())
    def append(self, count: int, size: int, later: int, follower: bool) -> None:
        self.written += 1
        values = [b"%d-%d-" % (self.written, n) + b"x" * size for n in range(count)]
        timestamp = START_MS + 100 * self.written + later
        if follower:
            data = batch(*values, timestamp=timestamp)
            patch(data, 0, self.end, self.epoch)
            result = self.log.append_as_follower(bytes(data))
        else:
            result = self.log.append_as_leader(batch(*values, timestamp=timestamp), self.epoch)
        assert (result.first_offset, result.last_offset) == (self.end, self.end + count - 1)
        self.batches.append((self.end, values, timestamp, self.epoch))
        self.end += count

    @rule()
    def new_leader(self) -> None:
        self.epoch += 1
        self.log.assign_epoch(self.epoch)

    @precondition(lambda self: self.batches)
    @rule(data=st.data())
    def truncate(self, data: st.DataObject) -> None:
        offset = data.draw(st.integers(self.batches[0][0], self.end))
        self.log.truncate_to(offset)
        offset = max(offset, self.start)
        if offset < self.end:
            kept = [item for item in self.batches if item[0] + len(item[1]) <= offset]
            self.end = self.batches[len(kept)][0] if len(kept) < len(self.batches) else offset
            self.batches = kept
            if self.end <= self.start:
                self.batches, self.end = [], self.start
        assert self.log.log_end_offset == self.end

    @rule(ahead=st.integers(0, 50))
    def start_anew(self, ahead: int) -> None:
        offset = self.end + ahead
        self.log.truncate_fully_and_start_at(offset)
        self.batches, self.start, self.end = [], offset, offset

    @rule(data=st.data())
    def delete_records(self, data: st.DataObject) -> None:
        offset = data.draw(st.integers(0, self.end))
        self.log.delete_records(offset)
        self.start = max(self.start, offset)
        first_base = self.log.describe_segments()[0].base_offset
        self.batches = [item for item in self.batches if item[0] >= first_base]
        self.broker.manager.checkpoint()

    @rule()
    def flush(self) -> None:
        self.log.flush()
        assert self.log.recovery_point == self.end

    @rule()
    def checkpoint(self) -> None:
        self.broker.manager.checkpoint()

    @rule(clean=st.booleans())
    def restart(self, clean: bool) -> None:
        self.log = self.broker.restart(clean=clean)
        assert self.broker.report.clean == clean
        assert not [recovered for recovered in self.broker.report.recovered if recovered.damage]

    @rule()
    def run_jobs(self) -> None:
        self.broker.clock.advance(120)
        self.broker.scheduler.run()

    @rule(data=st.data(), max_bytes=st.integers(0, 3_000))
    def read(self, data: st.DataObject, max_bytes: int) -> None:
        offset = data.draw(st.integers(self.start, self.end))
        bound = data.draw(st.sampled_from([self.end, *(item[0] for item in self.batches if item[0] >= self.start)]))
        with self.log.read(offset, max_bytes, end=bound) as piece:
            headers = [header for header, _ in iter_batches(piece.read())]
        expected = [
            item for item in self.batches if item[0] + len(item[1]) > offset and item[0] + len(item[1]) <= bound
        ]
        assert [header.base_offset for header in headers] == [item[0] for item in expected[: len(headers)]]
        assert bool(headers) == bool(expected)
        assert len(headers) <= 1 or piece.length <= max_bytes

    @rule(data=st.data())
    def find_by_time(self, data: st.DataObject) -> None:
        timestamp = START_MS + data.draw(st.integers(0, 100 * self.written + 600))
        records = [
            (first + n, time + n)
            for first, values, time, _ in self.batches
            for n in range(len(values))
            if first + n >= self.start
        ]
        found = self.log.offset_for_timestamp(timestamp)
        expected = next((record for record in records if record[1] >= timestamp), None)
        assert (found and (found.offset, found.timestamp_ms)) == expected

    @invariant()
    def holds_what_was_written(self) -> None:
        assert (self.log.log_start_offset, self.log.log_end_offset) == (self.start, self.end)
        position = max(self.start, self.batches[0][0]) if self.batches else self.end
        visible = [item for item in self.batches if item[0] + len(item[1]) > self.start]
        found: list[tuple[int, list[bytes | None], int]] = []
        while position < self.end:
            with self.log.read(position, 1 << 30, end=self.end) as piece:
                pairs = list(iter_batches(piece.read()))
            if not pairs:
                break
            for header, content in pairs:
                values = [record.value for record in decode_records(content)]
                found.append((header.base_offset, values, header.partition_leader_epoch))
            position = pairs[-1][0].next_offset
        assert found == [(first, values, epoch) for first, values, _, epoch in visible]

    @invariant()
    def knows_its_epochs(self) -> None:
        for first, _, _, epoch in self.batches:
            if first >= self.start:
                assert self.log.leader_epochs.epoch_of(first) == epoch
        assert self.broker.manager.get(TP) is self.log


LogMachine.TestCase.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
TestLog = LogMachine.TestCase
