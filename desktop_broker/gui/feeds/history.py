"""The last minutes of throughput, one sample a second, for plots: in total and per topic.

Counterpart: `feeds/feeds.py` adds a sample per look; the Throughput panel draws the series.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from desktop_broker.gui.feeds.model import Rates

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

Figure = Literal["messages_in", "bytes_in", "messages_out", "bytes_out"]

CAPACITY = 900
_GAP_S = 4.0
_Sample = tuple[float, Rates, dict[str, Rates]]


class ThroughputHistory:
    """A ring of samples. Belongs to the Qt thread.

    Topics at rest take no room: only those that moved are kept in a sample.
    """

    def __init__(self, capacity: int = CAPACITY, *, gap_s: float = _GAP_S) -> None:
        self._samples: deque[_Sample] = deque(maxlen=capacity)
        self._gap_s = gap_s

    def __len__(self) -> int:
        return len(self._samples)

    def add(self, time_ms: int, totals: Rates, topics: Mapping[str, Rates]) -> None:
        """Take a sample. Rates of None (first look, restart) leave a gap in the curves; so does a pause in the samples."""
        time_s = time_ms / 1000
        if self._samples and time_s < self._samples[-1][0]:
            self._samples.clear()  # the clock was set back: older samples would be drawn over newer ones
        if self._samples and time_s - self._samples[-1][0] > self._gap_s:
            self._samples.append((self._samples[-1][0] + 1.0, Rates(), {}))
        moving = {name: rates for name, rates in topics.items() if _moves(rates)}
        self._samples.append((time_s, totals, moving))

    def series(self, figure: Figure, topic: str | None = None) -> tuple[NDArray[numpy.float64], NDArray[numpy.float64]]:
        """Times (s since 1970) and values per second, oldest first; NaN where nothing is known.

        Args:
            topic: None for the whole cluster.
        """
        import numpy as np

        count = len(self._samples)
        times = np.fromiter((sample[0] for sample in self._samples), np.float64, count)
        values = np.fromiter((_value(sample, figure, topic) for sample in self._samples), np.float64, count)
        return times, values

    def latest(self, topic: str | None = None) -> Rates:
        """The newest sample's rates; all None before the second look."""
        if not self._samples:
            return Rates()
        _, totals, topics = self._samples[-1]
        return totals if topic is None or totals.messages_in is None else topics.get(topic, _REST)

    def busiest(self, figure: Figure = "bytes_in", count: int = 8) -> list[str]:
        """Topics that moved in the time kept, by their sum of a figure, highest first."""
        sums: dict[str, float] = {}
        for _, _, topics in self._samples:
            for name, rates in topics.items():
                sums[name] = sums.get(name, 0.0) + (getattr(rates, figure) or 0.0)
        return sorted(sums, key=lambda name: (-sums[name], name))[:count]

    def clear(self) -> None:
        """Forget everything (another cluster)."""
        self._samples.clear()


_REST = Rates(messages_in=0.0, bytes_in=0.0, messages_out=0.0, bytes_out=0.0)


def _moves(rates: Rates) -> bool:
    return bool(rates.messages_in or rates.bytes_in or rates.messages_out or rates.bytes_out)


def _value(sample: _Sample, figure: Figure, topic: str | None) -> float:
    total = getattr(sample[1], figure)
    if total is None:
        return float("nan")
    if topic is None:
        return float(total)
    rates = sample[2].get(topic)
    return 0.0 if rates is None else float(getattr(rates, figure) or 0.0)
