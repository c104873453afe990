"""`python -m tests.bench [--short] [--only WORD] [--without mock|kafka|window] [--rounds N]`: the table of ratios."""

from __future__ import annotations

import argparse
import signal
import statistics
import sys
from collections.abc import Callable
from contextlib import ExitStack

from tests.bench.clusters import ApacheCluster, Cluster, MockCluster, OurCluster, Started
from tests.bench.figures import FIGURES, Figure, measure_in_turn, start_and_memory
from tests.support import apache_kafka


def main() -> None:
    """Measure and print. Medians of the rounds; nothing is asserted: absolute times are noise on a shared machine."""
    options = _arguments()
    # So that a bench that is told to end still ends its clusters on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended by SIGTERM."))
    rivals = _rivals(options.without)
    clusters: list[Callable[[], Cluster]] = [OurCluster, *rivals]
    print(
        f"{'figure':<46}{'unit':>7}" + "".join(f"{make().name:>17}" for make in clusters) + "   ratio (aim)", flush=True
    )
    if not options.only or options.only in "start memory":
        _print_start(clusters, options.rounds)
    chosen = [figure for figure in FIGURES if options.only in figure.name]
    if chosen:
        with ExitStack() as stack:
            running = [stack.enter_context(Started(make())).cluster for make in clusters]
            for figure in chosen:
                _print_figure(figure, measure_in_turn(figure, running, options.rounds, options.scale), running)
    if "window" not in options.without and (not options.only or options.only in "window"):
        from tests.bench.window import print_window_figures

        print_window_figures(short=options.scale < 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a tenth of the work, one round: shows that it runs")
    parser.add_argument(
        "--only", default="", metavar="WORD", help="figures whose name has this in it (start, memory, window too)"
    )
    parser.add_argument("--without", action="append", default=[], choices=["mock", "kafka", "window"], help="leave out")
    parser.add_argument("--rounds", type=int, default=0, help="counted rounds (default 3, with --short 1)")
    options = parser.parse_args()
    options.scale = 0.1 if options.short else 1.0
    options.rounds = options.rounds or (1 if options.short else 3)
    return options


def _rivals(without: list[str]) -> list[Callable[[], Cluster]]:
    rivals: list[Callable[[], Cluster]] = []
    if "mock" not in without:
        rivals.append(MockCluster)
    if "kafka" not in without:
        missing = apache_kafka.missing()
        if missing:
            print(f"Without Apache Kafka: {missing}")
        else:
            rivals.append(ApacheCluster)
    return rivals


def _print_start(clusters: list[Callable[[], Cluster]], rounds: int) -> None:
    rows: dict[str, dict[str, list[float]]] = {}
    for _ in range(rounds):
        for make in clusters:
            if make is not MockCluster:
                for name, number in start_and_memory(make):
                    rows.setdefault(name, {}).setdefault(make().name, []).append(number)
    columns = [make().name for make in clusters]
    for name, (unit, aim) in {
        "memory when idle": ("MB", 0.08),
        "start to the first acknowledged write": ("s", 0.06),
    }.items():
        _print_row(name, unit, rows[name], columns, {"Apache Kafka": aim}, more_is_better=False)


def _print_figure(figure: Figure, rows: dict[str, dict[str, list[float]]], clusters: list[Cluster]) -> None:
    for name, numbers in rows.items():
        _print_row(
            name,
            figure.unit,
            numbers,
            [cluster.name for cluster in clusters],
            figure.aims,
            more_is_better=figure.more_is_better,
        )


def _print_row(
    name: str,
    unit: str,
    numbers: dict[str, list[float]],
    columns: list[str],
    aims: dict[str, float],
    *,
    more_is_better: bool,
) -> None:
    cells = "".join(f"{_number(numbers[column]):>17}" if column in numbers else f"{'':>17}" for column in columns)
    ours = numbers[columns[0]]
    ratios = []
    for rival in columns[1:]:
        if rival in numbers:
            ratio = statistics.median(mine / theirs for mine, theirs in zip(ours, numbers[rival], strict=True))
            aim = f" ({'>=' if more_is_better else '<='} {aims[rival]:g})" if rival in aims else ""
            ratios.append(f"{ratio:.2f} x {rival}{aim}")
    print(f"{name:<46}{unit:>7}{cells}   {', '.join(ratios)}", flush=True)


def _number(values: list[float]) -> str:
    value = statistics.median(values)
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"


if __name__ == "__main__":
    main()
