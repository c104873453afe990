"""An internal topic as a coordinator sees it: records in, records out. Implements `coordinator.log.CoordinatorLog` over this broker's replicas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from desktop_broker.cluster.metadata_source import MetadataSource
from desktop_broker.cluster.replica_manager import ReplicaManager
from desktop_broker.common.clock import Clock
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.protocol.batch import Record, build_batch, decode_records
from desktop_broker.protocol.batch_header import CONTROL_MASK, iter_batches
from desktop_broker.storage.validator import AppendOrigin

_READ_BYTES = 1024 * 1024


class PartitionedLog:
    """One internal topic. Holds nothing of its own; any thread may call, and waits as long as `timeout_s` says."""

    def __init__(
        self,
        topic: str,
        replicas: ReplicaManager,
        metadata: MetadataSource,
        clock: Clock,
        *,
        timeout_s: Callable[[], float],
        default_partitions: Callable[[], int],
    ) -> None:
        self._topic = topic
        self._replicas = replicas
        self._metadata = metadata
        self._clock = clock
        self._timeout_s = timeout_s
        self._default_partitions = default_partitions

    def append(self, partition: int, records: Sequence[tuple[bytes, bytes | None]]) -> None:
        """Add records in one batch and wait until all replicas in sync have it.

        Raises:
            KafkaError: this broker does not lead the partition, its log refused, or time ran out.
        """
        now = self._clock.now_ms()
        batch = build_batch([Record(offset, now, key, value) for offset, (key, value) in enumerate(records)])
        leader = self._replicas.leader_partition(self._topic, partition)
        appended = self._replicas.append(leader, bytearray(batch), acks=-1, origin=AppendOrigin.COORDINATOR)
        (code,) = self._replicas.replicate_and_wait([appended], self._clock.monotonic() + self._timeout_s())
        if code is not ErrorCode.NONE:
            raise KafkaError(code, f"{self._topic}-{partition} did not get its copies: {code.name}.")

    def read_all(self, partition: int) -> Iterator[tuple[bytes, bytes | None]]:
        """Every record with a key, oldest first, up to the log end at the call.

        Raises:
            KafkaError: this broker does not lead the partition, or its log cannot be read.
        """
        leader = self._replicas.leader_partition(self._topic, partition)
        log = leader.log
        offset, end = log.log_start_offset, log.log_end_offset
        while offset < end:
            with log.read(offset, _READ_BYTES, end=end) as piece:
                data = piece.read()
            if not data:
                return
            for header, batch in iter_batches(data):
                offset = header.next_offset
                if not header.attributes & CONTROL_MASK:
                    for record in decode_records(batch):
                        if record.key is not None:
                            yield record.key, record.value

    def partition_count(self) -> int:
        """How many partitions the topic has, or will have when it is made."""
        topic = self._metadata.image.topics.get(self._topic)
        return self._default_partitions() if topic is None else len(topic.partitions)
