"""A librdkafka consumer that only looks: it is assigned partitions and offsets, joins no group, commits nothing, creates nothing.

Counterpart: `reader.py` owns one per scan, on the scan's thread. librdkafka wants a group's name even so; it is never used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from desktop_broker.kafka.admin import Admin
from desktop_broker.kafka.errors import from_librdkafka
from desktop_broker.kafka.filters import pairs
from desktop_broker.kafka.model import Message, TimestampType

if TYPE_CHECKING:
    from confluent_kafka import Consumer
    from confluent_kafka import Message as RawMessage

GROUP_ID = "desktop-broker.window"
BATCH = 250
"""Records taken at a time: looked at in about a millisecond, so that the window gets the interpreter in between."""


# librdkafka goes on by itself after these: brokers come and go, a leader moves.
_PASSING = frozenset(
    {
        "_TRANSPORT",
        "_ALL_BROKERS_DOWN",
        "_RESOLVE",
        "_TIMED_OUT",
        "_MAX_POLL_EXCEEDED",
        "LEADER_NOT_AVAILABLE",
        "NOT_LEADER_FOR_PARTITION",
        "REPLICA_NOT_AVAILABLE",
        "BROKER_NOT_AVAILABLE",
        "COORDINATOR_NOT_AVAILABLE",
        "COORDINATOR_LOAD_IN_PROGRESS",
        "NOT_COORDINATOR",
        "_WAIT_COORD",
        "KAFKA_STORAGE_ERROR",
    }
)


class GroupLessReader:
    """Reads assigned partitions of one topic. Owned by one thread, which closes it."""

    def __init__(self, admin: Admin, topic: str, committed_only: bool) -> None:
        from confluent_kafka import Consumer, KafkaException

        self._topic = topic
        config = admin.config(
            group__id=GROUP_ID,
            enable__auto__commit=False,
            enable__auto__offset__store=False,
            enable__partition__eof=True,
            allow__auto__create__topics=False,
            auto__offset__reset="error",
            isolation__level="read_committed" if committed_only else "read_uncommitted",
            queued__max__messages__kbytes=16 * 1024,
            queued__min__messages=20_000,
            fetch__wait__max__ms=20,
            fetch__queue__backoff__ms=5,  # its default lets a scan that catches up with the queue rest for a second
            fetch__error__backoff__ms=100,
        )
        try:
            self._consumer: Consumer = Consumer(config)
        except KafkaException as error:
            raise from_librdkafka(error.args[0]) from error

    def assign(self, offsets: Mapping[int, int]) -> None:
        """Read these partitions from these offsets; what was assigned before no longer is."""
        from confluent_kafka import TopicPartition

        self._consumer.assign([TopicPartition(self._topic, index, offset) for index, offset in offsets.items()])

    def drop(self, partitions: Iterable[int]) -> None:
        """Read these partitions no more."""
        from confluent_kafka import TopicPartition

        self._consumer.incremental_unassign([TopicPartition(self._topic, index) for index in partitions])

    def pause(self, partitions: Iterable[int], pause: bool) -> None:
        """Hold these partitions back, or go on with them."""
        from confluent_kafka import TopicPartition

        positions = [TopicPartition(self._topic, index) for index in partitions]
        if pause:
            self._consumer.pause(positions)
        else:
            self._consumer.resume(positions)

    def take(self, timeout_s: float) -> tuple[list[RawMessage], dict[int, int]]:
        """Some records, in their partitions' order; and the partitions whose end was reached, with the offset there.

        Raises:
            ClusterError: the cluster refuses, or an offset is gone.
        """
        from confluent_kafka import KafkaError

        taken = self._consumer.consume(BATCH, timeout_s)
        records, ends = [], {}
        for message in taken:
            error = message.error()
            if error is None:
                records.append(message)
            elif error.code() == KafkaError._PARTITION_EOF:
                ends[message.partition() or 0] = message.offset() or 0
            elif error.name() not in _PASSING:
                raise from_librdkafka(error, topic=self._topic, partition=message.partition())
        return records, ends

    def close(self) -> None:
        """Let the connections go."""
        self._consumer.close()


def to_message(raw: RawMessage) -> Message:
    """The record as the window knows it."""
    kind, timestamp_ms = raw.timestamp()
    return Message(
        topic=raw.topic() or "",
        partition=raw.partition() or 0,
        offset=raw.offset() or 0,
        timestamp_ms=timestamp_ms if kind else None,
        timestamp_type=TimestampType(kind),
        key=_bytes(raw.key()),
        value=_bytes(raw.value()),
        headers=tuple((name, _bytes(value)) for name, value in pairs(raw.headers())),
        leader_epoch=raw.leader_epoch(),
    )


def _bytes(value: str | bytes | None) -> bytes | None:
    return value.encode() if isinstance(value, str) else value
