"""What a log remembers of each idempotent or transactional producer: epoch, last five batches, open transaction.

Counterpart: Kafka's `ProducerStateManager` and `ProducerAppendInfo` (KIP-98); rules 19 to 21 of the protocol notes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.protocol.batch_header import RecordBatchHeader
from desktop_broker.storage.producer_snapshot import SnapshotEntry
from desktop_broker.storage.transaction_index import AbortedTransaction

NO_EPOCH = NO_SEQUENCE = NO_OFFSET = -1
_REMEMBERED_BATCHES = 5
_SEQUENCES = 1 << 31


class ProducerBatch(NamedTuple):
    """A batch that a producer wrote: its sequence numbers and the offsets they got."""

    first_sequence: int
    last_sequence: int
    first_offset: int
    last_offset: int
    timestamp: int


class EndMarker(NamedTuple):
    """What a control batch says about its producer's transaction."""

    aborted: bool
    coordinator_epoch: int


class Producer:
    """One producer's state. Owned by its log's `ProducerStates`."""

    __slots__ = ("batches", "coordinator_epoch", "epoch", "last_timestamp", "transaction_start")

    def __init__(self, epoch: int = NO_EPOCH, coordinator_epoch: int = -1, last_timestamp: int = -1) -> None:
        self.epoch = epoch
        self.coordinator_epoch = coordinator_epoch
        self.last_timestamp = last_timestamp
        self.transaction_start = NO_OFFSET
        self.batches: list[ProducerBatch] = []

    @property
    def last_sequence(self) -> int:
        """-1 when it has written nothing in this epoch that is still remembered."""
        return self.batches[-1].last_sequence if self.batches else NO_SEQUENCE

    def duplicate_of(self, header: RecordBatchHeader) -> ProducerBatch | None:
        """The remembered batch that this one repeats."""
        if header.producer_epoch == self.epoch:
            first, last = header.base_sequence, header.last_sequence
            for batch in self.batches:
                if batch.first_sequence == first and batch.last_sequence == last:
                    return batch
        return None

    def take_epoch(self, epoch: int) -> None:
        """A new epoch forgets the batches of the one before."""
        if epoch != self.epoch:
            self.epoch = epoch
            self.batches.clear()


class ProducerStates:
    """All producers of one log. Guarded by the log's lock.

    `end_offset` is the offset up to which batches have been taken in; snapshots are taken there.
    """

    __slots__ = ("_completed", "_open", "_producers", "end_offset")

    def __init__(self) -> None:
        self._producers: dict[int, Producer] = {}
        self._open: dict[int, int] = {}  # producer id -> first offset of its open transaction
        self._completed: list[tuple[int, int]] = []  # first offset and marker's offset, until the marker is replicated
        self.end_offset = 0

    def __len__(self) -> int:
        return len(self._producers)

    def get(self, producer_id: int) -> Producer | None:
        """The state of one producer."""
        return self._producers.get(producer_id)

    def items(self) -> list[tuple[int, Producer]]:
        """All of them (DescribeProducers); take it under the log's lock, see `Log.describe_producers`."""
        return list(self._producers.items())

    def check(self, header: RecordBatchHeader, *, from_client: bool) -> ProducerBatch | None:
        """Whether a producer may write this batch now.

        Returns:
            The batch that it repeats, when it does.

        Raises:
            KafkaError: INVALID_PRODUCER_EPOCH, OUT_OF_ORDER_SEQUENCE_NUMBER or INVALID_TXN_STATE.
        """
        producer = self._producers.get(header.producer_id)
        if producer is None:
            return None
        if from_client and (duplicate := producer.duplicate_of(header)) is not None:
            return duplicate
        if header.producer_epoch < producer.epoch:
            raise KafkaError(
                ErrorCode.INVALID_PRODUCER_EPOCH,
                f"Producer {header.producer_id} writes with epoch {header.producer_epoch}, but epoch {producer.epoch} is known.",
            )
        if from_client:
            self._check_sequence(producer, header)
            if producer.transaction_start >= 0 and not header.is_transactional:
                raise KafkaError(
                    ErrorCode.INVALID_TXN_STATE,
                    f"Producer {header.producer_id} has a transaction open and must write transactional batches.",
                )
        return None

    def check_marker(self, header: RecordBatchHeader, marker: EndMarker) -> None:
        """Whether a coordinator may end this producer's transaction.

        Raises:
            KafkaError: INVALID_PRODUCER_EPOCH or TRANSACTION_COORDINATOR_FENCED (rule 28).
        """
        self.check(header, from_client=False)
        producer = self._producers.get(header.producer_id)
        if producer is not None and producer.coordinator_epoch > marker.coordinator_epoch:
            raise KafkaError(
                ErrorCode.TRANSACTION_COORDINATOR_FENCED,
                f"Coordinator epoch {marker.coordinator_epoch} is older than {producer.coordinator_epoch}.",
            )

    def append(self, header: RecordBatchHeader, first_offset: int) -> None:
        """A data batch was written at this offset."""
        producer_id = header.producer_id
        producer = self._producers.get(producer_id)
        if producer is None:
            producer = self._producers[producer_id] = Producer()
        producer.take_epoch(header.producer_epoch)
        batches = producer.batches
        if len(batches) == _REMEMBERED_BATCHES:
            del batches[0]
        last_offset = first_offset + header.last_offset_delta
        timestamp = header.max_timestamp
        batches.append(ProducerBatch(header.base_sequence, header.last_sequence, first_offset, last_offset, timestamp))
        producer.last_timestamp = timestamp
        if header.is_transactional and producer.transaction_start < 0:
            producer.transaction_start = first_offset
            self._open[producer_id] = first_offset

    def append_marker(self, header: RecordBatchHeader, offset: int, marker: EndMarker) -> AbortedTransaction | None:
        """A control batch was written; returns what the transaction index must hold when it aborts something."""
        producer = self._producers.setdefault(header.producer_id, Producer())
        start = producer.transaction_start
        producer.take_epoch(header.producer_epoch)
        producer.coordinator_epoch = marker.coordinator_epoch
        producer.last_timestamp = header.max_timestamp
        producer.transaction_start = NO_OFFSET
        if start < 0:
            return None
        self._open.pop(header.producer_id, None)
        self._completed.append((start, offset))
        if not marker.aborted:
            return None
        stable = min(self._open.values(), default=offset + 1)
        return AbortedTransaction(header.producer_id, start, offset, stable)

    @property
    def has_transactions(self) -> bool:
        """Whether `first_unstable_offset` may find one. Takes no lock."""
        return bool(self._open or self._completed)

    def first_unstable_offset(self, high_watermark: int) -> int | None:
        """Where the oldest transaction begins that is open, or whose marker lies at or above the high watermark."""
        if not self._open and not self._completed:
            return None
        if self._completed:
            self._completed = [(start, marker) for start, marker in self._completed if marker >= high_watermark]
        return min([*self._open.values(), *(start for start, _ in self._completed)], default=None)

    def expire(self, now_ms: int, after_ms: int) -> None:
        """Forget producers that have been idle so long, unless a transaction is open (rule 21)."""
        idle = [
            producer_id
            for producer_id, producer in self._producers.items()
            if producer.transaction_start < 0 and now_ms - producer.last_timestamp >= after_ms
        ]
        for producer_id in idle:
            del self._producers[producer_id]

    def clear(self, end_offset: int) -> None:
        """Know nobody, as of this offset."""
        self._producers.clear()
        self._open.clear()
        self._completed.clear()
        self.end_offset = end_offset

    def restore(self, entries: Iterable[SnapshotEntry], end_offset: int) -> None:
        """Take over a snapshot."""
        self.clear(end_offset)
        for entry in entries:
            producer = Producer(entry.epoch, entry.coordinator_epoch, entry.timestamp)
            if entry.last_offset >= 0:
                first_sequence = (entry.last_sequence - entry.offset_delta) % _SEQUENCES
                first_offset = entry.last_offset - entry.offset_delta
                producer.batches.append(
                    ProducerBatch(first_sequence, entry.last_sequence, first_offset, entry.last_offset, entry.timestamp)
                )
            producer.transaction_start = entry.transaction_start
            if entry.transaction_start >= 0:
                self._open[entry.producer_id] = entry.transaction_start
            self._producers[entry.producer_id] = producer

    def snapshot(self) -> list[SnapshotEntry]:
        """All producers, for a snapshot at `end_offset`."""
        entries = []
        for producer_id, producer in self._producers.items():
            last = producer.batches[-1] if producer.batches else None
            entries.append(
                SnapshotEntry(
                    producer_id=producer_id,
                    epoch=producer.epoch,
                    last_sequence=producer.last_sequence,
                    last_offset=last.last_offset if last else NO_OFFSET,
                    offset_delta=last.last_offset - last.first_offset if last else 0,
                    timestamp=producer.last_timestamp,
                    coordinator_epoch=producer.coordinator_epoch,
                    transaction_start=producer.transaction_start,
                )
            )
        return entries

    def _check_sequence(self, producer: Producer, header: RecordBatchHeader) -> None:
        first = header.base_sequence
        if header.producer_epoch != producer.epoch:
            if first == 0 or producer.epoch == NO_EPOCH:
                return
            expected = 0
        else:
            expected = (producer.last_sequence + 1) % _SEQUENCES
            if first == expected:
                return
        raise KafkaError(
            ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
            f"Producer {header.producer_id} (epoch {header.producer_epoch}) sent sequence {first} where {expected} comes next.",
        )
