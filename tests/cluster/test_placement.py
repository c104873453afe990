import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.cluster.placement import PlaceableBroker, place_replicas
from desktop_broker.common.errors import ErrorCode, KafkaError


def brokers(count: int, racks: list[str | None], fenced: frozenset[int] = frozenset()) -> list[PlaceableBroker]:
    return [PlaceableBroker(id=n, rack=racks[n % len(racks)], fenced=n in fenced) for n in range(1, count + 1)]


@st.composite
def layouts(draw: st.DrawFn) -> tuple[list[PlaceableBroker], int, int, int]:
    count = draw(st.integers(1, 9))
    racks = draw(st.lists(st.sampled_from(["A", "B", "C", None]), min_size=1, max_size=4))
    fenced = draw(st.frozensets(st.integers(1, count), max_size=count - 1))
    return (
        brokers(count, racks, fenced),
        draw(st.integers(1, 40)),
        draw(st.integers(1, count)),
        draw(st.integers(0, 99)),
    )


@given(layouts())
def test_replicas_are_distinct_and_led_by_a_running_broker(layout: tuple[list[PlaceableBroker], int, int, int]) -> None:
    known, partitions, replication, seed = layout
    placed = place_replicas(known, partitions, replication, chance=random.Random(seed))
    running = {broker.id for broker in known if not broker.fenced}
    assert len(placed) == partitions
    for replicas in placed:
        assert len(replicas) == replication == len(set(replicas))
        assert replicas[0] in running
        assert set(replicas) <= {broker.id for broker in known}


@given(st.integers(1, 9), st.integers(1, 30), st.integers(0, 99))
def test_without_racks_leaders_and_replicas_are_balanced(count: int, partitions: int, seed: int) -> None:
    replication = min(3, count)
    placed = place_replicas(brokers(count, [None]), partitions, replication, chance=random.Random(seed))
    leaders = Counter(replicas[0] for replicas in placed)
    assert max(leaders.values()) - min((leaders[n] for n in range(1, count + 1)), default=0) <= 1
    held = Counter(broker for replicas in placed for broker in replicas)
    assert max(held.values()) - min(held[n] for n in range(1, count + 1)) <= replication


@given(st.integers(1, 12), st.integers(0, 99))
def test_racks_of_equal_size_each_hold_a_replica(partitions: int, seed: int) -> None:
    known = brokers(6, ["A", "B", "C"])
    rack_of = {broker.id: broker.rack for broker in known}
    for replicas in place_replicas(known, partitions, 3, chance=random.Random(seed)):
        assert {rack_of[broker] for broker in replicas} == {"A", "B", "C"}


def test_too_few_brokers_are_named() -> None:
    with pytest.raises(KafkaError, match=r"there are only 3 brokers\. Ask for at most 3") as refused:
        place_replicas(brokers(3, [None]), 1, 4)
    assert refused.value.code is ErrorCode.INVALID_REPLICATION_FACTOR
    with pytest.raises(KafkaError, match="there is only 1 broker"):
        place_replicas(brokers(1, [None]), 1, 2)
    with pytest.raises(KafkaError, match="at least 1 partition"):
        place_replicas(brokers(1, [None]), 0, 1)
    with pytest.raises(KafkaError, match="No broker is running"):
        place_replicas(brokers(2, [None], frozenset({1, 2})), 1, 1)
