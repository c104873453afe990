"""What a leader knows of one follower (Kafka's `Replica`), and what it answers to one."""

from __future__ import annotations

from typing import NamedTuple

from desktop_broker.cluster.incarnation import Incarnation

UNKNOWN = -1


class FollowerState:
    """A follower's log end as last reported, and since when it has been behind. Guarded by the partition's lock.

    `mark` is where the leader's log ended at `mark_time`; a follower that still has not reached it `replica.lag.time.max.ms` later is out
    of sync (rule 37). Marks are made by the periodic check, so appends pay nothing for them.
    """

    __slots__ = ("incarnation", "log_end_offset", "mark", "mark_time")

    def __init__(self) -> None:
        self.log_end_offset = UNKNOWN
        self.incarnation: Incarnation | None = None
        self.mark: int | None = None
        self.mark_time = 0.0

    def report(self, incarnation: Incarnation, log_end_offset: int) -> None:
        """The follower has everything below this offset. Reports of one incarnation may overtake each other."""
        if not incarnation.alive:
            return
        if incarnation is not self.incarnation:
            self.incarnation = incarnation
            self.log_end_offset = log_end_offset
        elif log_end_offset > self.log_end_offset:
            self.log_end_offset = log_end_offset

    def is_late(self, leader_end: int, now: float, max_lag_s: float) -> bool:
        """Whether it lags too long; makes or moves the mark."""
        if self.log_end_offset >= leader_end:
            self.mark = None
            return False
        if self.mark is None or self.log_end_offset >= self.mark:
            self.mark = leader_end
            self.mark_time = now
            return False
        return now - self.mark_time > max_lag_s


class FollowerRead(NamedTuple):
    """A leader's answer to a follower's pull.

    Attributes:
        batches: what follows the offset; empty at the log end.
        diverging: the leader's last common epoch and its end offset, when the follower has to truncate first (rule 38).
    """

    batches: bytes
    diverging: tuple[int, int] | None
    log_start_offset: int
    log_end_offset: int
    high_watermark: int
