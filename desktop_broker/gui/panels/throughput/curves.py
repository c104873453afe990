"""Which curves the plots of Throughput show, and their samples: totals, the busiest topics, the lag of the worst groups.

Counterpart: `gui/feeds/history.py` keeps the samples of traffic, `gui/feeds/groups.py` those of lag; `plots.py` draws what is made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import Qt

from desktop_broker.gui.feeds.history import Figure, ThroughputHistory
from desktop_broker.gui.feeds.model import GroupSummary
from desktop_broker.gui.widgets.plot import PlotData, Series

Direction = Literal["in", "out"]

MOST_TOPICS = 5
MOST_GROUPS = 5
OTHER = "other topics"  # no topic can be called so: names have no spaces
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")
_LOOKS = (
    ("plot_1", Qt.PenStyle.SolidLine),
    ("plot_2", Qt.PenStyle.DashLine),
    ("plot_3", Qt.PenStyle.SolidLine),
    ("plot_4", Qt.PenStyle.DashLine),
    ("plot_6", Qt.PenStyle.DotLine),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """What one plot shows. `unit` is that of bytes, such as MiB; the values are divided by it already."""

    series: Sequence[Series]
    data: PlotData
    unit: str = ""

    @property
    def known(self) -> bool:
        """Whether any sample is known."""
        return any(value is not None and value == value for values in self.data.values.values() for value in values)


@dataclass(slots=True)
class Looks:
    """Keeps the colour and dash of a name as long as it is shown, so that curves do not change them when the order does."""

    places: dict[str, int] = field(default_factory=dict)

    def give(self, names: Sequence[str]) -> list[tuple[str, tuple[str, Qt.PenStyle]]]:
        """The names in the order of their looks."""
        self.places = {name: place for name, place in self.places.items() if name in names}
        for name in names:
            if name not in self.places:
                taken = set(self.places.values())
                self.places[name] = next(place for place in range(len(_LOOKS)) if place not in taken)
        return [(name, _LOOKS[place]) for name, place in sorted(self.places.items(), key=lambda item: item[1])]


def total_curves(history: ThroughputHistory, what: Literal["messages", "bytes"], texts: dict[Direction, str]) -> Curves:
    """In and out of the whole cluster; `texts` has the directions that are known."""
    series = [
        Series(
            id=direction,
            text=text,
            colour="plot_1" if direction == "in" else "plot_2",
            style=Qt.PenStyle.SolidLine if direction == "in" else Qt.PenStyle.DashLine,
            fill=direction == "in",
        )
        for direction, text in texts.items()
    ]
    return _curves(history, series, {str(direction): (_figure(what, direction), None) for direction in texts})


def topic_curves(
    history: ThroughputHistory,
    what: Literal["messages", "bytes"],
    direction: Direction,
    names: Sequence[tuple[str, tuple[str, Qt.PenStyle]]],
    other: str,
) -> Curves:
    """One direction by topic, and what is left of the total under the name `other`."""
    figure = _figure(what, direction)
    series = [Series(id=name, text=name, colour=colour, style=style) for name, (colour, style) in names]
    curves = _curves(history, series, {name: (figure, name) for name, _ in names}, rest_of=figure)
    rest = Series(id=OTHER, text=other, colour="plot_5", style=Qt.PenStyle.DotLine)
    return Curves(series=[*series, rest], data=curves.data, unit=curves.unit)


def lag_curves(groups: Iterable[GroupSummary], looks: Looks) -> Curves:
    """The lag of the groups that are furthest behind, in messages."""
    known = [group for group in groups if group.lag_history]
    worst = sorted(known, key=lambda group: (-(group.lag or 0), group.id))[:MOST_GROUPS]
    by_id = {group.id: dict(group.lag_history) for group in worst}
    times = sorted({time for lags in by_id.values() for time in lags})
    return Curves(
        series=[
            Series(id=name, text=name, colour=colour, style=style) for name, (colour, style) in looks.give(list(by_id))
        ],
        data=PlotData(
            times_ms=times, values={name: [lags.get(time) for time in times] for name, lags in by_id.items()}
        ),
    )


def _figure(what: Literal["messages", "bytes"], direction: Direction) -> Figure:
    figures: dict[tuple[str, str], Figure] = {
        ("messages", "in"): "messages_in",
        ("messages", "out"): "messages_out",
        ("bytes", "in"): "bytes_in",
        ("bytes", "out"): "bytes_out",
    }
    return figures[what, direction]


def _curves(
    history: ThroughputHistory,
    series: Sequence[Series],
    wanted: Mapping[str, tuple[Figure, str | None]],
    rest_of: Figure | None = None,
) -> Curves:
    import numpy as np

    times, totals = history.series(rest_of or "messages_in")
    found = {name: history.series(figure, topic)[1] for name, (figure, topic) in wanted.items()}
    if rest_of is not None:
        found[OTHER] = np.maximum(totals - sum(found.values()), 0.0)
    unit = ""
    if any(figure.startswith("bytes") for figure, _ in wanted.values()) or (rest_of or "").startswith("bytes"):
        highest = max((float(np.nanmax(values, initial=0.0)) for values in found.values()), default=0.0)
        power = 0
        while highest >= 1024 ** (power + 1) / 2 and power < len(_UNITS) - 1:
            power += 1
        unit = _UNITS[power]
        found = {name: values / 1024**power for name, values in found.items()}
    return Curves(
        series=series,
        data=PlotData(
            times_ms=(times * 1000).tolist(), values={name: values.tolist() for name, values in found.items()}
        ),
        unit=unit,
    )
