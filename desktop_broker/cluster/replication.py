"""The one operation of replication: bring a follower's replica forward to its leader's log end.

Check the epoch, truncate what diverges (rule 38), copy, report the log end. Two run it: the follower broker's `fetcher`, and for acks=all
over a healthy link the producing connection's own thread, which hands on the very buffer that the leader wrote. (Kafka's
counterpart: `AbstractFetcherThread` and `ReplicaManager.fetchMessages`.)
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

from desktop_broker.cluster.follower_state import FollowerRead
from desktop_broker.cluster.partition import Partition
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.storage.log_slice import AppendResult


class Appended:
    """What a leader has just written: the fields of its `AppendResult`, and the buffer, to be handed on to followers.

    `batches` is None when the buffer is not what stands in the log. It must stay as it is until `replicate_and_wait` is done.
    """

    __slots__ = ("batches", "leader_epoch", "partition", "result")

    def __init__(
        self,
        partition: Partition,
        result: AppendResult,
        batches: bytes | bytearray | memoryview | None,
        leader_epoch: int,
    ) -> None:
        self.partition = partition
        self.result = result
        self.batches = batches
        self.leader_epoch = leader_epoch

    @property
    def first_offset(self) -> int:
        return self.result.first_offset

    @property
    def last_offset(self) -> int:
        return self.result.last_offset

    @property
    def log_append_time_ms(self) -> int:
        return self.result.log_append_time_ms

    @property
    def log_start_offset(self) -> int:
        return self.result.log_start_offset

    @property
    def records(self) -> int:
        return self.result.records

    @property
    def size_bytes(self) -> int:
        return self.result.size_bytes

    @property
    def duplicate(self) -> bool:
        return self.result.duplicate


class Stretch(NamedTuple):
    """What one round has to replicate of one partition: offsets from `first` to before `end`, and their batches if at hand."""

    partition: Partition
    leader_epoch: int
    first: int
    end: int
    batches: bytes | bytearray | memoryview | None


def _join(appended: list[Appended]) -> Stretch:
    """One stretch of what one connection appended to one partition in a row, so that followers write it at once."""
    first, last = appended[0], appended[-1]
    end = max(each.result.last_offset for each in appended) + 1
    batches = first.batches
    if len(appended) > 1:
        whole = all(
            after.batches is not None and after.result.first_offset == before.result.last_offset + 1
            for before, after in itertools.pairwise(appended)
        )
        batches = (
            b"".join([each.batches for each in appended if each.batches]) if whole and batches is not None else None
        )
    return Stretch(last.partition, last.leader_epoch, first.result.first_offset, end, batches)


class Progress(NamedTuple):
    """How far a follower came: whether it has all, whether the high watermark moved, and what it copied (bytes)."""

    complete: bool
    moved: bool
    copied: int


def stretches_of(appended: Iterable[Appended | tuple[Partition, int]]) -> list[Stretch]:
    """What one round of appends has to replicate: one stretch for each partition."""
    stretches: list[Stretch] = []
    runs: dict[int, list[Appended]] = {}
    for each in appended:
        if isinstance(each, Appended):
            runs.setdefault(id(each.partition), []).append(each)
        else:
            partition, last_offset = each
            end = last_offset + 1
            stretches.append(Stretch(partition, partition.leader_epoch, end, end, None))
    stretches += [_join(run) for run in runs.values()]
    return stretches


def hand_on(stretch: Stretch, follower: Partition, max_bytes: int) -> bool:
    """Give a follower in sync what its leader has just written; True when the high watermark moved.

    Raises:
        KafkaError: the follower is in another epoch, or died; its fetcher will see to it.
        StorageError: the follower's disk refused.
    """
    leader, epoch = stretch.partition, stretch.leader_epoch
    with follower.pull_lock:
        end = follower.log.log_end_offset
        if follower.synced_epoch != epoch or end < stretch.first or (end == stretch.first and stretch.batches is None):
            return _pull(leader, follower, max_bytes, stretch.end).moved
        if end == stretch.first and stretch.batches is not None:
            follower.append_replicated(stretch.batches, epoch)
            end = follower.log.log_end_offset
        elif end < stretch.end:
            return _pull(leader, follower, max_bytes, stretch.end).moved
        return leader.report(follower.incarnation, epoch, end)


def bring_forward(leader: Partition, follower: Partition, max_bytes: int) -> Progress:
    """Copy what the follower lacks, in one piece of about `max_bytes` at most.

    Raises:
        KafkaError: the two are not leader and follower in one epoch (yet); StorageError: the follower's disk, or the leader's.
    """
    with follower.pull_lock:
        return _pull(leader, follower, max_bytes, None)


def _pull(leader: Partition, follower: Partition, max_bytes: int, until: int | None) -> Progress:
    """Under the follower's `pull_lock`. `until`: go on to this offset, however much it is."""
    epoch = follower.leader_epoch
    if follower.is_leader or follower.leader_id != leader.broker_id:
        raise follower.not_leader()
    log = follower.log
    copied = 0
    moved = False
    while True:
        answer = _ask(leader, follower, epoch, max_bytes)
        if answer is None:
            continue
        if answer.batches:
            follower.append_replicated(answer.batches, epoch)
            copied += len(answer.batches)
        follower.synced_epoch = epoch
        if answer.log_start_offset > log.log_start_offset:
            follower.raise_log_start(answer.log_start_offset)
        end = log.log_end_offset
        moved = leader.report(follower.incarnation, epoch, end) or moved
        follower.learn(epoch, leader.high_watermark)
        complete = end >= leader.log.log_end_offset
        if complete or not answer.batches or until is None or end >= until:
            return Progress(complete, moved, copied)


def _ask(leader: Partition, follower: Partition, epoch: int, max_bytes: int) -> FollowerRead | None:
    """One pull; None when the follower had to truncate first."""
    log = follower.log
    offset = log.log_end_offset
    try:
        answer = leader.read_for_follower(offset, log.leader_epochs.latest(), epoch, max_bytes)
    except KafkaError as error:
        if error.code is not ErrorCode.OFFSET_OUT_OF_RANGE:
            raise
        follower.start_over_at(leader.log.log_start_offset)
        return None
    if answer.diverging is None:
        return answer
    leader_epoch, leader_end = answer.diverging
    own_epoch, own_end = log.leader_epochs.end_offset_for(leader_epoch, offset)
    # KIP-279: go back to where both agree; if the follower lacks the leader's epoch, an older one decides in the next round.
    target = min(leader_end, own_end) if own_epoch >= 0 else leader_end
    follower.truncate(min(target, offset - 1))
    return None
