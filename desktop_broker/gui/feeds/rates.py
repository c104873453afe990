"""Rates from counters that only grow, except when whoever counts starts anew.

Counterpart: `common/statistics.py` carries the counters.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from desktop_broker.common.statistics import Traffic
from desktop_broker.gui.feeds.model import Rates

SHORTEST_LOOK_S = 0.4
_UNKNOWN = Rates()


class RateMeter:
    """Remembers the last look at each counter. Owned by one poller's thread; no lock.

    Args:
        shortest_s: a look sooner after the last one than this (somebody asked for it) gives that one's rates again: over so short
            a time a batch more or less would be a peak or a gap in every curve.
    """

    def __init__(self, *, shortest_s: float = 0.0) -> None:
        self._shortest_s = shortest_s
        self._last: dict[Hashable, tuple[float, Traffic]] = {}
        self._rates: dict[Hashable, Rates] = {}

    def rates(self, key: Hashable, monotonic_s: float, traffic: Traffic) -> Rates:
        """Per second since the last look at `key`; all None at the first look, and when a counter or the clock went back (a restart)."""
        last = self._last.get(key)
        if last is not None and key in self._rates and 0 <= monotonic_s - last[0] < self._shortest_s:
            return self._rates[key]
        rates = self._since(last, key, monotonic_s, traffic)
        if rates is _UNKNOWN:
            self._rates.pop(key, None)
        else:
            self._rates[key] = rates
        return rates

    def _since(self, last: tuple[float, Traffic] | None, key: Hashable, monotonic_s: float, traffic: Traffic) -> Rates:
        self._last[key] = (monotonic_s, traffic)
        if last is None:
            return _UNKNOWN
        seconds, before = monotonic_s - last[0], last[1]
        if seconds == 0:
            self._last[key] = last
            return _UNKNOWN
        if seconds < 0 or went_back(before, traffic):
            return _UNKNOWN
        return Rates(
            messages_in=(traffic.messages_in - before.messages_in) / seconds,
            bytes_in=(traffic.bytes_in - before.bytes_in) / seconds,
            messages_out=(traffic.messages_out - before.messages_out) / seconds,
            bytes_out=(traffic.bytes_out - before.bytes_out) / seconds,
        )

    def keep_only(self, keys: Iterable[Hashable]) -> None:
        """Forget what is not among these: a topic made again under the same name starts anew."""
        wanted = set(keys)
        for key in [key for key in self._last if key not in wanted]:
            del self._last[key]
            self._rates.pop(key, None)


def went_back(before: Traffic, after: Traffic) -> bool:
    """Whether any counter is lower than it was."""
    return (
        after.messages_in < before.messages_in
        or after.bytes_in < before.bytes_in
        or after.messages_out < before.messages_out
        or after.bytes_out < before.bytes_out
    )
