"""Where partitions begin and end, and what was written when; and deleting records below an offset.

Counterpart: `connection.py` offers these as methods. One request per leader, however many partitions are asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from desktop_broker.common.types import TopicPartition
from desktop_broker.kafka.admin import REQUEST_TIMEOUT_S, Admin
from desktop_broker.kafka.errors import ClusterError

Bounds = dict[TopicPartition, tuple[int, int]]


def earliest_and_latest(admin: Admin, partitions: Iterable[TopicPartition]) -> Bounds:
    """Log start offset and high watermark of each. A partition that cannot answer (no leader) is left out.

    Raises:
        ClusterError: when not one of them could answer.
    """
    wanted = list(partitions)
    first = _ask(admin, wanted, "earliest")
    last = _ask(admin, wanted, "latest")
    return {tp: (first[tp][0], last[tp][0]) for tp in wanted if tp in first and tp in last}


def latest(admin: Admin, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, int]:
    """The high watermark of each; those that cannot answer are left out."""
    return {tp: offset for tp, (offset, _) in _ask(admin, list(partitions), "latest").items()}


def for_time(admin: Admin, partitions: Iterable[TopicPartition], timestamp_ms: int) -> dict[TopicPartition, int | None]:
    """The first offset whose timestamp is at or after the moment; None where there is none (yet)."""
    found = _ask(admin, list(partitions), timestamp_ms)
    return {tp: offset if offset >= 0 else None for tp, (offset, _) in found.items()}


def newest_timestamps(admin: Admin, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, int | None]:
    """The highest timestamp in each (KIP-734), ms; None where there are no records."""
    found = _ask(admin, list(partitions), "max_timestamp")
    return {tp: stamp if offset >= 0 else None for tp, (offset, stamp) in found.items()}


def delete_records(admin: Admin, before: Mapping[TopicPartition, int]) -> dict[TopicPartition, int]:
    """Delete what lies below an offset (-1: everything); answers the new log start offsets."""
    from confluent_kafka import TopicPartition as Position

    client = admin.client()
    positions = [Position(tp.topic, tp.partition, offset) for tp, offset in before.items()]
    futures = admin.call(lambda: client.delete_records(positions, request_timeout=REQUEST_TIMEOUT_S))
    admin.wait_all(futures.values())
    return {
        TopicPartition(position.topic, position.partition): admin.wait(
            future, topic=position.topic, partition=position.partition
        ).low_watermark
        for position, future in futures.items()
    }


def _ask(
    admin: Admin, partitions: list[TopicPartition], which: Literal["earliest", "latest", "max_timestamp"] | int
) -> dict[TopicPartition, tuple[int, int]]:
    from confluent_kafka import TopicPartition as Position
    from confluent_kafka.admin import OffsetSpec

    if not partitions:
        return {}
    spec: OffsetSpec = OffsetSpec.for_timestamp(which) if isinstance(which, int) else getattr(OffsetSpec, which)()
    client = admin.client()
    futures = admin.call(
        lambda: client.list_offsets(
            {Position(tp.topic, tp.partition): spec for tp in partitions}, request_timeout=REQUEST_TIMEOUT_S
        )
    )
    admin.wait_all(futures.values())
    answers: dict[TopicPartition, tuple[int, int]] = {}
    failure: ClusterError | None = None
    for position, future in futures.items():
        try:
            found = admin.wait(future, topic=position.topic, partition=position.partition)
        except ClusterError as error:
            failure = error
        else:
            answers[TopicPartition(position.topic, position.partition)] = (found.offset, found.timestamp)
    if failure is not None and not answers:
        raise failure
    return answers
