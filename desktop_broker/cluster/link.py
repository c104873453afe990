"""The way between two brokers of one process, as a seam: tests and faults can delay it, throttle it or cut it.

Followers pull over it (`fetcher`); a producing thread brings followers forward over it only while it is `healthy` (`replication`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_broker.cluster.replica_manager import ReplicaManager


class Link:
    """One pair of brokers. The settings are plain attributes, set by any thread; `changed` tells those who wait for it to heal.

    Attributes:
        delay_ms: how long each pull takes longer.
        bytes_per_second: the most that passes; None for no limit.
        cut: nothing passes.
    """

    def __init__(self, on_change: Callable[[Link], None]) -> None:
        self._on_change = on_change
        self._delay_ms = 0
        self._bytes_per_second: int | None = None
        self._cut = False
        self.healthy = True

    @property
    def delay_ms(self) -> int:
        return self._delay_ms

    @delay_ms.setter
    def delay_ms(self, value: int) -> None:
        self._delay_ms = value
        self._changed()

    @property
    def bytes_per_second(self) -> int | None:
        return self._bytes_per_second

    @bytes_per_second.setter
    def bytes_per_second(self, value: int | None) -> None:
        if value is not None and value < 1:
            raise ValueError("A link passes at least 1 byte per second; cut it to pass nothing.")
        self._bytes_per_second = value
        self._changed()

    @property
    def cut(self) -> bool:
        return self._cut

    @cut.setter
    def cut(self, value: bool) -> None:
        self._cut = value
        self._changed()

    def _changed(self) -> None:
        self.healthy = not (self._cut or self._delay_ms or self._bytes_per_second)
        self._on_change(self)


class Links:
    """All links of a cluster and who answers at their ends. Guarded by `_lock`; look-ups go without it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._links: dict[tuple[int, int], Link] = {}
        self._peers: dict[int, ReplicaManager] = {}

    def link(self, one: int, other: int) -> Link:
        """The link between two brokers, the same in both directions."""
        key = (one, other) if one < other else (other, one)
        link = self._links.get(key)
        if link is None:
            with self._lock:
                link = self._links.setdefault(key, Link(lambda _: self._wake(key)))
        return link

    def peer(self, broker_id: int) -> ReplicaManager | None:
        """The broker's replica manager; None while the broker is down."""
        return self._peers.get(broker_id)

    def peers(self) -> list[ReplicaManager]:
        """All that are up."""
        return list(self._peers.values())

    def register(self, manager: ReplicaManager) -> None:
        """A broker came up."""
        with self._lock:
            self._peers[manager.broker_id] = manager

    def unregister(self, manager: ReplicaManager) -> None:
        """A broker went; nothing when a later incarnation took its place."""
        with self._lock:
            if self._peers.get(manager.broker_id) is manager:
                del self._peers[manager.broker_id]

    def _wake(self, ends: tuple[int, int]) -> None:
        for broker_id in ends:
            peer = self.peer(broker_id)
            if peer is not None:
                peer.link_changed()
