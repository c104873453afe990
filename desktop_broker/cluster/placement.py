"""Where the replicas of a new topic go: spread over racks first, then over brokers, leaders balanced.

Counterpart: Kafka's `StripedReplicaPlacer`. Each partition starts one rack further than the one before, and each rack hands out its
brokers in turn, running ones before fenced ones. A leader is always a running broker.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_broker.common.errors import ErrorCode, KafkaError


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceableBroker:
    """A broker that replicas can be put on."""

    id: int
    rack: str | None
    fenced: bool


class _Ring:
    """Brokers handed out in turn. An epoch (one partition) hands each out once, and the next epoch starts one further."""

    def __init__(self, brokers: list[int], start: int) -> None:
        self._brokers = brokers
        self._start = start
        self._epoch = 0
        self._given = 0

    def next(self, epoch: int) -> int | None:
        count = len(self._brokers)
        if not count:
            return None
        if epoch != self._epoch:
            self._epoch, self._given = epoch, 0
            self._start = (self._start + 1) % count
        if self._given >= count:
            return None
        broker = self._brokers[(self._start + self._given) % count]
        self._given += 1
        return broker


class _Rack:
    def __init__(self, brokers: Sequence[PlaceableBroker], chance: random.Random) -> None:
        running = sorted(broker.id for broker in brokers if not broker.fenced)
        fenced = sorted(broker.id for broker in brokers if broker.fenced)
        self._running = _Ring(running, chance.randrange(len(running)) if running else 0)
        self._fenced = _Ring(fenced, chance.randrange(len(fenced)) if fenced else 0)

    def next_running(self, epoch: int) -> int | None:
        return self._running.next(epoch)

    def next(self, epoch: int) -> int | None:
        broker = self._running.next(epoch)
        return broker if broker is not None else self._fenced.next(epoch)


def place_replicas(
    brokers: Iterable[PlaceableBroker],
    partitions: int,
    replication: int,
    *,
    first: int = 0,
    chance: random.Random | None = None,
) -> list[tuple[int, ...]]:
    """Choose replicas for so many partitions; each tuple starts with the preferred leader.

    Args:
        brokers: all of the cluster.
        first: index of the first partition, so that a topic that grows goes on with the stripe.
        chance: where the stripe begins; the system's by default.

    Raises:
        KafkaError: INVALID_REPLICATION_FACTOR, when there are fewer brokers than replicas or none runs.
    """
    known = list(brokers)
    _check(known, partitions, replication)
    chance = chance or random.Random()
    by_rack: dict[str, list[PlaceableBroker]] = {}
    # As in Kafka, racks count only when every broker has one.
    racked = all(broker.rack is not None for broker in known)
    for broker in known:
        by_rack.setdefault(broker.rack or "" if racked else "", []).append(broker)
    racks = [_Rack(by_rack[name], chance) for name in sorted(by_rack)]
    start = chance.randrange(len(racks)) + first
    return [_place_one(racks, start + number, number, replication) for number in range(partitions)]


def _place_one(racks: list[_Rack], start: int, epoch: int, replication: int) -> tuple[int, ...]:
    chosen: list[int] = []
    turn = start
    while not chosen:
        leader = racks[turn % len(racks)].next_running(epoch)
        turn += 1
        if leader is not None:
            chosen.append(leader)
    while len(chosen) < replication:
        broker = racks[turn % len(racks)].next(epoch)
        turn += 1
        if broker is not None:
            chosen.append(broker)
    return tuple(chosen)


def _check(brokers: list[PlaceableBroker], partitions: int, replication: int) -> None:
    if partitions < 1:
        raise KafkaError(ErrorCode.INVALID_PARTITIONS, f"A topic needs at least 1 partition, not {partitions}.")
    if replication < 1:
        raise KafkaError(
            ErrorCode.INVALID_REPLICATION_FACTOR, f"A topic needs at least 1 replica per partition, not {replication}."
        )
    count = len(brokers)
    if replication > count:
        have = "there is only 1 broker" if count == 1 else f"there are only {count} brokers"
        raise KafkaError(
            ErrorCode.INVALID_REPLICATION_FACTOR,
            f"{replication} replicas need {replication} brokers, and {have}. Ask for at most {count}.",
        )
    if all(broker.fenced for broker in brokers):
        raise KafkaError(
            ErrorCode.INVALID_REPLICATION_FACTOR, "No broker is running, so none could lead the topic's partitions."
        )
