"""Hands out producer ids from blocks that the controller gives to one broker at a time. Counterpart: `RPCProducerIdManager`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator


class ProducerIds:
    """One broker's supply. `_lock` guards the block, also while the next one is asked for: whoever comes meanwhile needs it too."""

    def __init__(self, allocate: Callable[[], range]) -> None:
        self._allocate = allocate
        self._lock = threading.Lock()
        self._block: Iterator[int] = iter(())

    def next(self) -> int:
        """An id that nobody was given before.

        Raises:
            KafkaError: the controller cannot be reached.
        """
        with self._lock:
            found = next(self._block, None)
            if found is None:
                self._block = iter(self._allocate())
                found = next(self._block)
            return found
