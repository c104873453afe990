"""Several partitions become one order by time, and nothing is lost, doubled or moved within a partition."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.kafka.model import Message, TimestampType
from desktop_broker.kafka.time_order import TimeOrder, newest_of

STAMPS = st.lists(st.lists(st.integers(0, 50), max_size=12), min_size=1, max_size=4)


def message(partition: int, offset: int, timestamp_ms: int) -> Message:
    return Message(
        topic="t",
        partition=partition,
        offset=offset,
        timestamp_ms=timestamp_ms,
        timestamp_type=TimestampType.CREATE_TIME,
        key=None,
        value=None,
    )


@given(STAMPS, st.data())
def test_everything_comes_once_in_order(stamps: list[list[int]], data: st.DataObject) -> None:
    order = TimeOrder(range(len(stamps)))
    left = {index: list(enumerate(times)) for index, times in enumerate(stamps)}
    released: list[Message] = []
    while left:
        index = data.draw(st.sampled_from(sorted(left)))
        if left[index]:
            offset, time = left[index].pop(0)
            order.match(message(index, offset, time))
        else:
            order.ended(index)
            del left[index]
        released += order.release(data.draw(st.one_of(st.none(), st.integers(0, 3))))
    released += order.release(None)
    highest = dict.fromkeys(range(len(stamps)), -1)
    times = []
    for found in released:
        assert found.offset == sum(other.partition == found.partition for other in released[: len(times)])
        highest[found.partition] = max(highest[found.partition], found.timestamp_ms or 0)
        times.append(highest[found.partition])
    assert len(released) == sum(map(len, stamps))
    assert times == sorted(times)


@given(STAMPS, st.integers(0, 30))
def test_first_waiting_is_where_to_go_on(stamps: list[list[int]], limit: int) -> None:
    order = TimeOrder(range(len(stamps)))
    for index, times in enumerate(stamps):
        for offset, time in enumerate(times):
            order.match(message(index, offset, time))
        order.ended(index)
    released = order.release(limit)
    waiting = order.first_waiting()
    for index, times in enumerate(stamps):
        taken = sum(found.partition == index for found in released)
        assert waiting.get(index, len(times)) == taken


def test_nothing_is_let_go_before_the_others_were_read_as_far() -> None:
    order = TimeOrder([0, 1])
    order.match(message(0, 0, 10))
    assert order.release(None) == []
    order.seen(1, 9)
    assert order.release(None) == []
    order.seen(1, 10)
    assert [found.offset for found in order.release(None)] == [0]


@given(STAMPS, st.integers(1, 20))
def test_newest_are_whole_ends_and_as_new_as_possible(stamps: list[list[int]], count: int) -> None:
    tails = {
        index: [message(index, offset, time) for offset, time in enumerate(times)] for index, times in enumerate(stamps)
    }
    chosen, used_up = newest_of(tails, count)
    assert len(chosen) == min(count, sum(map(len, stamps)))
    for index, tail in tails.items():
        own = [found for found in chosen if found.partition == index]
        assert own == tail[len(tail) - len(own) :]
        assert (index in used_up) == (len(own) == len(tail))


def test_newest_of_sorted_partitions_are_the_newest_of_all() -> None:
    tails = {0: [message(0, 0, 1), message(0, 1, 5)], 1: [message(1, 0, 2), message(1, 1, 4), message(1, 2, 6)]}
    chosen, _ = newest_of(tails, 3)
    assert [found.timestamp_ms for found in chosen] == [4, 5, 6]
