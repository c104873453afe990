"""A fetch that waits for data (rule 14), on its connection's own thread."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_broker.cluster.partition import Isolation, Partition
from desktop_broker.cluster.waiting import Cancelled, Waiter, Waiters
from desktop_broker.common.clock import Clock
from desktop_broker.common.errors import KafkaError

Wait = tuple[Partition, int, Isolation] | tuple[Partition, int]
_Start = tuple[Partition, int, Isolation, int, bool]


def wait_for_data(
    waits: Sequence[Wait], min_bytes: int, deadline: float, clock: Clock, waiters: Waiters, cancelled: Cancelled
) -> None:
    """Return when `min_bytes` can be read, a partition changed its leader or failed, it is cancelled, or time is up."""
    starts: list[_Start] = [
        (
            wait[0],
            wait[1],
            wait[2] if len(wait) > 2 else Isolation.HIGH_WATERMARK,
            wait[0].leader_epoch,
            wait[0].is_leader,
        )
        for wait in waits
    ]
    waiter = Waiter(clock)
    waiters.enter(waiter)
    for start in starts:
        start[0].watch(waiter)
    try:
        while not cancelled() and not _enough(starts, min_bytes) and waiter.wait(deadline):
            pass
    finally:
        for start in starts:
            start[0].unwatch(waiter)
        waiters.leave(waiter)


def _enough(starts: list[_Start], min_bytes: int) -> bool:
    found = 0
    for partition, offset, isolation, epoch, led in starts:
        if (
            partition.leader_epoch != epoch
            or partition.is_leader != led
            or partition.leader_id < 0
            or partition.offline
        ):
            return True
        end = partition.fetch_end(isolation)
        if end <= offset:
            continue
        if min_bytes <= 1:
            return True
        try:
            with partition.log.read(offset, min_bytes, end=end) as piece:
                found += piece.length
        except KafkaError:
            return True
        if found >= min_bytes:
            return True
    return False
