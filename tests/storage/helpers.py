"""A log with a stopped clock, jobs that run when told, and a disk that can be filled: what the storage tests are made of."""

from __future__ import annotations

import errno
import uuid
from collections.abc import Callable
from pathlib import Path

from desktop_broker.common.clock import ManualClock
from desktop_broker.common.config import TopicConfig
from desktop_broker.common.events import Event, EventKind, EventLog
from desktop_broker.common.scheduler import Job, Scheduler
from desktop_broker.common.types import TopicPartition
from desktop_broker.protocol.batch import Record, RecordBatchHeader, build_batch, decode_records, iter_batches
from desktop_broker.storage.files import Buffer, FileLayer
from desktop_broker.storage.log import Log
from desktop_broker.storage.manager import LoadReport, LogManager

TP = TopicPartition("orders", 0)
TOPIC_ID = uuid.UUID("0b6f1e9c-3c1f-4c55-9d3e-5b3f6d0a7c11")
CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw"


class PatientScheduler(Scheduler):
    """Keeps jobs until `run`, which runs those that are due by then, on the calling thread."""

    def __init__(self, clock: ManualClock) -> None:
        super().__init__("unused", clock, lambda name, error: None)
        self._now = clock.monotonic
        self._jobs: list[tuple[float, Job]] = []

    def after(self, seconds: float, action: Callable[[], None]) -> Job:
        job = Job(action, None)
        self._jobs.append((self._now() + seconds, job))
        return job

    def run(self) -> None:
        due = [job for when, job in self._jobs if when <= self._now()]
        self._jobs = [(when, job) for when, job in self._jobs if when > self._now()]
        for job in due:
            job.run()


class SmallDisk(FileLayer):
    """A disk with `free` bytes left (None: as many as the machine has). The write that passes the end is cut short."""

    def __init__(self, free: int | None = None) -> None:
        self.free = free
        self.syncs = 0
        self.fail_reads = False

    def write(self, fd: int, data: Buffer) -> int:  # type: ignore[override]
        if self.free is None:
            return FileLayer.write(fd, data)
        if self.free == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = FileLayer.write(fd, memoryview(data)[: self.free])
        self.free -= written
        return written

    def pread(self, fd: int, length: int, position: int) -> bytes:  # type: ignore[override]
        if self.fail_reads:
            raise OSError(errno.EIO, "Input/output error")
        return FileLayer.pread(fd, length, position)

    def fsync(self, fd: int) -> None:  # type: ignore[override]
        self.syncs += 1
        FileLayer.fsync(fd)


class Broker:
    """One broker's folder over several starts."""

    def __init__(self, folder: Path, config: TopicConfig | None = None, files: FileLayer | None = None) -> None:
        self.folder = folder
        self.config = config or TopicConfig()
        self.files = files or FileLayer()
        self.clock = ManualClock()
        self.scheduler = PatientScheduler(self.clock)
        self.events = EventLog(self.clock)
        self.report: LoadReport
        self.manager: LogManager
        self.start()

    def start(self) -> LogManager:
        self.manager = LogManager(
            self.folder,
            1,
            cluster_id=CLUSTER_ID,
            clock=self.clock,
            events=self.events,
            scheduler=self.scheduler,
            defaults=self.config,
            files=self.files,
        )
        self.report = self.manager.load()
        return self.manager

    def restart(self, *, clean: bool) -> Log:
        self.manager.shutdown(clean)
        self.start()
        return self.log()

    def log(self, tp: TopicPartition = TP) -> Log:
        return self.manager.get_or_create(tp, TOPIC_ID, self.config)

    def events_of(self, kind: EventKind) -> list[Event]:
        return [event for event in self.events.after(0) if event.kind is kind]

    @property
    def now_ms(self) -> int:
        return self.clock.now_ms()


def batch(
    *values: bytes,
    timestamp: int = 1_700_000_000_000,
    key: bytes | None = b"k",
    producer: int = -1,
    epoch: int = 0,
    sequence: int = -1,
    **more: int | bool,
) -> bytearray:
    """One produced batch; record n has `timestamp + n`."""
    records = [Record(n, timestamp + n, key, value) for n, value in enumerate(values or (b"value",))]
    producer_epoch = epoch if producer >= 0 else -1
    return bytearray(
        build_batch(records, producer_id=producer, producer_epoch=producer_epoch, base_sequence=sequence, **more)  # type: ignore[arg-type]
    )


def read_batches(log: Log, offset: int | None = None, max_bytes: int = 1 << 30) -> list[RecordBatchHeader]:
    """Every batch from an offset (else the start) to the log end, segment by segment."""
    found: list[RecordBatchHeader] = []
    offset = log.log_start_offset if offset is None else offset
    while offset < log.log_end_offset:
        with log.read(offset, max_bytes, end=log.log_end_offset) as piece:
            headers = [header for header, _ in iter_batches(piece.read())]
        if not headers:
            break
        found += headers
        offset = headers[-1].next_offset
    return found


def read_values(log: Log, offset: int | None = None) -> list[tuple[int, bytes | None]]:
    """Every record as (offset, value)."""
    found: list[tuple[int, bytes | None]] = []
    offset = log.log_start_offset if offset is None else offset
    while offset < log.log_end_offset:
        with log.read(offset, 1 << 30, end=log.log_end_offset) as piece:
            pairs = list(iter_batches(piece.read()))
        if not pairs:
            break
        for _, content in pairs:
            found += [(record.offset, record.value) for record in decode_records(content)]
        offset = pairs[-1][0].next_offset
    return found
