from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop_broker.gui.widgets import PlotData, PlotEvent, Series, TimePlot
from desktop_broker.gui.widgets.plot_canvas import PlotCanvas, _FlagStrip
from desktop_broker.gui.widgets.plot_scale import time_ticks, value_ticks
from tests.support.window import WindowKit

NOW = 1_790_000_000_000
TIMES = [NOW - 300_000 + second * 1000 for second in range(301)]
SERIES = (
    Series(id="in", text="In", colour="plot_1", fill=True),
    Series(id="out", text="Out", colour="plot_2", style=Qt.PenStyle.DashLine),
)


@pytest.fixture
def plot(qtbot: QtBot) -> TimePlot:
    made = TimePlot(SERIES, name="Messages per second", height=160)
    qtbot.addWidget(made)
    values: list[float | None] = [1000.0] * 301
    values[100:120] = [None] * 20
    made.set_data(PlotData(times_ms=TIMES, values={"in": values, "out": [2000.0] * 301}))
    made.resize(800, 200)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: made.built)
    return made


def canvas(plot: TimePlot) -> PlotCanvas:
    made = plot.findChild(PlotCanvas)
    assert made is not None
    return made


def picture(plot: TimePlot) -> QImage:
    return plot.grab().toImage()


def at(plot: TimePlot, time_ms: int, value: float) -> QPoint:
    return QPoint(round(canvas(plot).x_of(time_ms)), round(canvas(plot).y_of(value)))


def coloured(plot: TimePlot, place: QPoint, colour: str) -> bool:
    image = picture(plot)
    return any(image.pixelColor(place.x(), place.y() + dy).name() == colour for dy in (-1, 0, 1))


def test_lines_lie_where_their_values_are_and_gaps_are_left_open(plot: TimePlot) -> None:
    assert coloured(plot, at(plot, NOW - 250_000, 1000), "#2563eb")
    assert not coloured(plot, at(plot, NOW - 190_000, 1000), "#2563eb")
    assert canvas(plot).y_of(0) == pytest.approx(canvas(plot).area().bottom(), abs=1)


def test_the_scale_grows_with_the_data(plot: TimePlot) -> None:
    low = canvas(plot).y_of(2000)
    plot.set_data(PlotData(times_ms=TIMES, values={"in": [9000.0] * 301, "out": [2000.0] * 301}))
    assert canvas(plot).y_of(2000) > low


def test_the_crosshair_reads_the_nearest_sample(plot: TimePlot) -> None:
    assert plot.values_at(NOW - 250_400) == {"in": 1000.0, "out": 2000.0}
    assert plot.values_at(NOW - 190_000) == {"in": None, "out": 2000.0}
    before = picture(plot)
    plot.set_crosshair(NOW - 60_000)
    assert picture(plot) != before
    plot.set_crosshair(None)
    assert picture(plot) == before


def test_the_mouse_moves_the_crosshair_of_linked_plots(plot: TimePlot, qtbot: QtBot) -> None:
    other = TimePlot(SERIES, name="Bytes per second")
    qtbot.addWidget(other)
    plot.crosshair_moved.connect(other.set_crosshair)
    view = canvas(plot)._view
    place = view.mapFrom(canvas(plot), at(plot, NOW - 60_000, 1000))
    qtbot.mouseMove(view.viewport(), place)
    qtbot.waitUntil(lambda: other.crosshair_ms is not None)
    assert other.crosshair_ms == pytest.approx(NOW - 60_000, abs=500)
    view.leaveEvent(_leave())
    assert other.crosshair_ms is None


def _leave() -> object:
    from PySide6.QtCore import QEvent

    return QEvent(QEvent.Type.Leave)


def test_a_drag_selects_a_range_and_a_click_a_moment(plot: TimePlot, qtbot: QtBot) -> None:
    view = canvas(plot)._view
    start, end = (view.mapFrom(canvas(plot), at(plot, NOW - back, 1000)) for back in (200_000, 100_000))
    ranges: list[tuple[int, int]] = []
    plot.range_selected.connect(lambda first, last: ranges.append((first, last)))
    moments: list[int] = []
    plot.time_clicked.connect(moments.append)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    qtbot.mouseMove(view.viewport(), start)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    assert ranges == [(pytest.approx(NOW - 200_000, abs=500), pytest.approx(NOW - 100_000, abs=500))]
    assert moments == [pytest.approx(NOW - 200_000, abs=500)]


def test_a_range_stands_still_and_a_span_follows(plot: TimePlot) -> None:
    assert plot.shown_range_ms == (NOW - 300_000, NOW)
    plot.set_range(NOW - 200_000, NOW - 100_000)
    assert plot.shown_range_ms == (NOW - 200_000, NOW - 100_000)
    plot.set_span(60)
    assert plot.shown_range_ms == (NOW - 60_000, NOW)


def test_events_are_lines_with_flags(plot: TimePlot) -> None:
    before = picture(plot)
    plot.set_events([PlotEvent(time_ms=NOW - 100_000, state="err", number=1, text="Broker 3 killed")])
    after = picture(plot)
    x = round(canvas(plot).x_of(NOW - 100_000))
    assert before != after
    assert any(after.pixelColor(x - 6, y).name() == "#bd1f3a" for y in range(18))


def test_other_series_and_other_themes(plot: TimePlot, window_kit: WindowKit) -> None:
    plot.set_series(
        [Series(id="p99", text="p99", colour="plot_4")], PlotData(times_ms=TIMES, values={"p99": [5.0] * 301})
    )
    assert coloured(plot, at(plot, NOW - 250_000, 5), "#8b3fd9")
    window_kit.theme.set_mode("dark")
    assert coloured(plot, at(plot, NOW - 250_000, 5), "#c28bff")


def test_no_samples_are_no_error(plot: TimePlot) -> None:
    plot.set_data(PlotData(times_ms=[], values={"in": [], "out": []}), NOW)
    assert plot.values_at(NOW) == {}
    assert plot.shown_range_ms == (NOW - 300_000, NOW)


@pytest.mark.parametrize(
    ("low", "high", "values"),
    [
        (0, 5950, [0, 2000, 4000, 6000]),
        (0, 0.9, [0, 0.25, 0.5, 0.75, 1.0]),
        (0, 1, [0, 0.25, 0.5, 0.75, 1.0]),
        (1_190_000, 1_284_000, [1_175_000, 1_200_000, 1_225_000, 1_250_000, 1_275_000, 1_300_000]),
    ],
)
def test_grid_values_are_round(low: float, high: float, values: list[float]) -> None:
    assert value_ticks(low, high)[0] == pytest.approx(values)


@pytest.mark.parametrize(("low", "high"), [(0, 0), (5, 5), (0, float("nan")), (float("inf"), 1)])
def test_a_scale_without_a_span_is_still_a_scale(low: float, high: float) -> None:
    values, top = value_ticks(low if low != float("inf") else 0, high)
    assert top > values[0]


def test_times_are_round() -> None:
    found = time_ticks(NOW - 300_000, NOW, 6)
    assert [text for _, text in found] == ["14:09", "14:10", "14:11", "14:12", "14:13"]
    assert time_ticks(NOW, NOW) == []


def test_importing_the_kit_imports_neither_numpy_nor_pyqtgraph() -> None:
    code = (
        "import sys; import desktop_broker.gui.shell.build, desktop_broker.gui.widgets; "
        "print([m for m in ('numpy', 'pyqtgraph', 'crc32c', 'confluent_kafka') if m in sys.modules])"
    )
    root = Path(__file__).resolve().parents[3]
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert result.stdout.strip() == "[]"


def test_numbers_of_events_at_the_right_edge_are_not_cut(plot: TimePlot) -> None:
    plot.set_events([PlotEvent(time_ms=NOW, state="info", number=number, text="") for number in (9, 10, 11, 12)])
    strip = canvas(plot).findChild(_FlagStrip)
    assert strip is not None
    rects = [rect for rect, _ in strip._places()]
    assert len(rects) == 4
    assert rects[-1].right() <= strip.width()
    assert all(left.right() < right.left() for left, right in pairwise(rects))
