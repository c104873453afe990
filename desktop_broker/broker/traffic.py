"""Counts what clients produce and consume, per topic, without a lock on the hot path.

Counterpart: Kafka's `BrokerTopicStats`. Each connection counts for itself on its own thread; a snapshot adds them up.
"""

from __future__ import annotations

import threading

from desktop_broker.common.statistics import Traffic

OWN_CLIENT_PREFIX = "desktop-broker."
"""Client ids of the window's and the command line's own readers: what they read is not shown as traffic."""

_Counts = dict[str, list[int]]  # topic -> messages in, bytes in, messages out, bytes out


class TrafficMeter:
    """One connection's counts. Written by the connection's thread only; reading from another thread sees some moment's counts."""

    __slots__ = ("_counts", "_uncounted")

    def __init__(self) -> None:
        self._counts: _Counts = {}
        self._uncounted: dict[tuple[str, int], tuple[int, int]] = {}

    def count_in(self, topic: str, messages: int, size: int) -> None:
        """A client's produce was appended."""
        row = self._counts.get(topic) or self._counts.setdefault(topic, [0, 0, 0, 0])
        row[0] += messages
        row[1] += size

    def count_out(self, topic: str, messages: int, size: int) -> None:
        """A fetch answered so much."""
        row = self._counts.get(topic) or self._counts.setdefault(topic, [0, 0, 0, 0])
        row[2] += messages
        row[3] += size

    def count_out_later(self, topic: str, partition: int, first_offset: int, limit: int) -> None:
        """Records from `first_offset` on were sent, below `limit`; how many, the client's next fetch tells."""
        self._uncounted[topic, partition] = first_offset, limit

    def fetched_from(self, topic: str, partition: int, offset: int) -> None:
        """The client goes on from this offset: count what it got before."""
        if self._uncounted:
            first, limit = self._uncounted.pop((topic, partition), (offset, offset))
            if first < offset <= limit:
                self.count_out(topic, offset - first, 0)

    def rows(self) -> list[tuple[str, list[int]]]:
        """The counts by topic."""
        return list(self._counts.items())


class BrokerTraffic:
    """All traffic of one broker, past and present connections. `_lock` guards the set of meters; any thread may call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: set[TrafficMeter] = set()
        self._closed: _Counts = {}

    def open_meter(self) -> TrafficMeter:
        """A meter for a new connection."""
        meter = TrafficMeter()
        with self._lock:
            self._open.add(meter)
        return meter

    def close_meter(self, meter: TrafficMeter) -> None:
        """The connection ended; what it counted stays."""
        with self._lock:
            if meter in self._open:
                self._open.remove(meter)
                _add(self._closed, meter)

    def by_topic(self) -> dict[str, Traffic]:
        """Cumulative traffic of each topic."""
        totals: _Counts = {}
        with self._lock:
            for topic, row in self._closed.items():
                totals[topic] = list(row)
            for meter in self._open:
                _add(totals, meter)
        return {
            topic: Traffic(messages_in=row[0], bytes_in=row[1], messages_out=row[2], bytes_out=row[3])
            for topic, row in totals.items()
        }


def _add(totals: _Counts, meter: TrafficMeter) -> None:
    for topic, row in meter.rows():
        into = totals.setdefault(topic, [0, 0, 0, 0])
        for column in range(4):
            into[column] += row[column]
