"""What the plots of Throughput are given: totals, topics, what is left, units, lag."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop_broker.gui.feeds.history import ThroughputHistory
from desktop_broker.gui.feeds.model import GroupSummary, Rates
from desktop_broker.gui.panels.throughput.curves import (
    MOST_GROUPS,
    OTHER,
    Looks,
    lag_curves,
    topic_curves,
    total_curves,
)
from desktop_broker.gui.panels.throughput.plots import PlotRow
from desktop_broker.gui.panels.throughput.readings import readings_at
from desktop_broker.gui.widgets import Legend
from tests.support.gui import assert_no_cut_text
from tests.support.window import group


def rates(messages: float, size: float = 100.0) -> Rates:
    return Rates(
        messages_in=messages, bytes_in=messages * size, messages_out=messages / 2, bytes_out=messages * size / 2
    )


def history(*samples: dict[str, Rates]) -> ThroughputHistory:
    """A sample a second of what each topic did."""
    made = ThroughputHistory()
    for number, topics in enumerate(samples):
        total = sum(topic.messages_in or 0 for topic in topics.values())
        made.add(1_000_000 + number * 1_000, rates(total), topics)
    return made


def group_with(identity: str, *lags: tuple[int, int]) -> GroupSummary:
    return replace(group(identity, lags[-1][1] if lags else 0), lag_history=lags)


def test_totals_in_and_out() -> None:
    curves = total_curves(history({"a": rates(10)}, {"a": rates(30)}), "messages", {"in": "In", "out": "Out"})
    assert [line.text for line in curves.series] == ["In", "Out"]
    assert list(curves.data.times_ms) == [1_000_000, 1_001_000]
    assert list(curves.data.values["in"]) == [10, 30]
    assert list(curves.data.values["out"]) == [5, 15]
    assert curves.known


def test_nothing_known_yet() -> None:
    first = ThroughputHistory()
    first.add(1_000, Rates(), {})
    assert not total_curves(first, "messages", {"in": "In"}).known
    assert not total_curves(ThroughputHistory(), "bytes", {"in": "In"}).known


@pytest.mark.parametrize(
    ("size", "unit", "value"), [(1.0, "B", 100.0), (1024.0, "KiB", 100.0), (1024.0**2, "MiB", 100.0)]
)
def test_bytes_are_in_the_unit_that_fits(size: float, unit: str, value: float) -> None:
    made = ThroughputHistory()
    made.add(1_000, rates(100, size), {})
    curves = total_curves(made, "bytes", {"in": "In"})
    assert curves.unit == unit
    assert list(curves.data.values["in"]) == [value]


def test_topics_and_what_is_left_of_the_total() -> None:
    looks = Looks()
    made = history({"a": rates(10), "b": rates(5), "c": rates(1)})
    curves = topic_curves(made, "messages", "in", looks.give(["a", "b"]), "Other topics")
    assert [line.text for line in curves.series] == ["a", "b", "Other topics"]
    assert list(curves.data.values["a"]) == [10]
    assert list(curves.data.values[OTHER]) == [1]


def test_a_curve_keeps_its_look_while_it_is_shown() -> None:
    looks = Looks()
    first = dict(looks.give(["a", "b", "c"]))
    assert len(set(first.values())) == 3
    again = dict(looks.give(["c", "a"]))
    assert again == {"a": first["a"], "c": first["c"]}
    assert dict(looks.give(["c", "a", "d"]))["d"] == first["b"]


def test_the_lag_of_the_groups_that_are_furthest_behind() -> None:
    groups = [group_with(f"g{number}", (1_000, 0), (2_000, number)) for number in range(MOST_GROUPS + 3)]
    groups.append(group_with("silent"))
    curves = lag_curves(groups, Looks())
    assert sorted(line.id for line in curves.series) == ["g3", "g4", "g5", "g6", "g7"]
    assert curves.data.values["g7"] == [0, 7]


def test_groups_seen_at_different_times_leave_gaps() -> None:
    curves = lag_curves([group_with("a", (1_000, 1), (2_000, 2)), group_with("b", (2_000, 9))], Looks())
    assert list(curves.data.times_ms) == [1_000, 2_000]
    assert curves.data.values["b"] == [None, 9]


def test_readings_are_those_of_the_nearest_sample() -> None:
    curves = lag_curves([group_with("a", (1_000, 1), (2_000, 22_000), (3_000, 3))], Looks())

    def at(time_ms: int | None) -> str:
        return readings_at("Lag", curves, time_ms).readings[0].value

    assert [at(time) for time in (0, 1_499, 1_501, 2_400, 2_600, 9_000, None)] == [
        "1",
        "1",
        "22,000",
        "22,000",
        "3",
        "3",
        "3",
    ]
    assert not readings_at("Lag", lag_curves([], Looks()), None).readings


def test_a_legend_of_long_names_gives_way_and_comes_back(qtbot: QtBot) -> None:
    row = PlotRow()
    qtbot.addWidget(row)
    row.set_texts("Consumer lag, messages")
    row.set_curves(lag_curves([group_with(f"group-with-a-long-name-{n}", (1_000, n)) for n in range(5)], Looks()), 0)
    row.resize(1_800, 160)
    row.show()
    legend = row.findChild(Legend)
    assert legend is not None
    assert legend.isVisible()
    assert row.minimumSizeHint().width() < 600
    row.resize(600, 160)
    assert not legend.isVisible()
    assert_no_cut_text(row)
    row.resize(1_800, 160)
    assert legend.isVisible()
    row.set_reason("Nothing to see.")
    assert not legend.isVisible()
    qtbot.waitUntil(lambda: row.plot.built)


def test_the_panels_do_not_import_numpy() -> None:
    code = (
        "import desktop_broker.gui.panels.throughput, desktop_broker.gui.panels.overview, sys; "
        "sys.exit(' '.join({'numpy', 'pyqtgraph', 'confluent_kafka'} & set(sys.modules)) or 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert not result.returncode, result.stderr
