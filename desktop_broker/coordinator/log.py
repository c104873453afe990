"""The seam to the internal topic: all that a coordinator knows of partitions and replicas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeAlias

Record: TypeAlias = tuple[bytes, bytes | None]
"""A key and a value of `__consumer_offsets`; a value of None is a tombstone."""


class CoordinatorLog(Protocol):
    """The partitions of one internal topic, as the broker that leads some of them sees it. Safe from any thread."""

    def append(self, partition: int, records: Sequence[Record]) -> None:
        """Add records in one batch and wait until they are committed (acks=all).

        Raises:
            KafkaError: it could not be done; NOT_LEADER_OR_FOLLOWER when this broker leads the partition no more.
        """
        ...

    def read_all(self, partition: int) -> Iterator[Record]:
        """The whole partition, oldest first, up to its log end at the call.

        Raises:
            KafkaError: this broker leads the partition no more, or its log cannot be read.
        """
        ...

    def partition_count(self) -> int:
        """How many partitions the topic has, or will have when it is made."""
        ...
