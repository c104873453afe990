"""Puts the matches of several partitions into one order by time, while they come in, and keeps each partition's own order.

Counterpart: `reader.py` feeds it. A match is let go once no other partition can still bring an older one, that is when every
unfinished partition has been read past its time. A partition's time never goes back here, even where its timestamps do.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable

from desktop_broker.kafka.model import Message

_ENDED = float("inf")


class TimeOrder:
    """The merge of one scan. Owned by the scan's thread."""

    def __init__(self, partitions: Iterable[int]) -> None:
        self._waiting: dict[int, deque[tuple[float, Message]]] = {index: deque() for index in partitions}
        self._seen: dict[int, float] = dict.fromkeys(self._waiting, -_ENDED)

    def match(self, message: Message) -> None:
        """Take a match in; call `seen` for its batch afterwards."""
        time = max(float(message.timestamp_ms or 0), self._seen[message.partition])
        self._seen[message.partition] = time
        self._waiting[message.partition].append((time, message))

    def seen(self, partition: int, timestamp_ms: int) -> None:
        """The partition was read up to a record of this time."""
        if timestamp_ms > self._seen[partition]:
            self._seen[partition] = timestamp_ms

    def ended(self, partition: int) -> None:
        """Nothing more comes from this partition."""
        self._seen[partition] = _ENDED

    def waiting(self, partition: int) -> int:
        """Matches of a partition that are held back."""
        return len(self._waiting[partition])

    def first_waiting(self) -> dict[int, int]:
        """Per partition with matches held back, the offset of the first: from there a later scan would go on."""
        return {index: queue[0][1].offset for index, queue in self._waiting.items() if queue}

    def release(self, limit: int | None) -> list[Message]:
        """The matches that may go now, oldest first, at most `limit`."""
        safe = min(self._seen.values(), default=_ENDED)
        heads = [(queue[0][0], index) for index, queue in self._waiting.items() if queue and queue[0][0] <= safe]
        heapq.heapify(heads)
        released: list[Message] = []
        while heads and (limit is None or len(released) < limit):
            _, index = heads[0]
            queue = self._waiting[index]
            released.append(queue.popleft()[1])
            if queue and queue[0][0] <= safe:
                heapq.heapreplace(heads, (queue[0][0], index))
            else:
                heapq.heappop(heads)
        return released


def newest_of(tails: dict[int, list[Message]], count: int) -> tuple[list[Message], set[int]]:
    """The newest `count` messages of several partitions, of each a whole end.

    Args:
        tails: per partition its last messages, in order.

    Returns:
        The messages, oldest first; and the partitions that were used up, whose older messages might belong here too.
    """
    positions = {index: len(tail) for index, tail in tails.items()}
    heap = [(-(tail[-1].timestamp_ms or 0), -index) for index, tail in tails.items() if tail]
    heapq.heapify(heap)
    chosen: list[Message] = []
    while heap and len(chosen) < count:
        index = -heap[0][1]
        positions[index] -= 1
        chosen.append(tails[index][positions[index]])
        if positions[index]:
            heapq.heapreplace(heap, (-(tails[index][positions[index] - 1].timestamp_ms or 0), -index))
        else:
            heapq.heappop(heap)
    chosen.reverse()
    return chosen, {index for index, left in positions.items() if left == 0}
