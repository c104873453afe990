"""Where the lines of a plot's grid lie: round numbers from zero, round times in the zone of the user's choice."""

from __future__ import annotations

import math

from desktop_broker.gui.i18n import as_time

_TIME_STEPS_S = (
    1,
    2,
    5,
    10,
    15,
    30,
    60,
    120,
    300,
    600,
    900,
    1800,
    3600,
    7200,
    10_800,
    21_600,
    43_200,
    86_400,
    172_800,
    604_800,
)


def write_value(value: float) -> str:
    """A tick or a reading: whole numbers grouped, what is below ten with as many decimals as it needs, at most two."""
    if abs(value) >= 10 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2f}".rstrip("0")


def value_ticks(low: float, high: float, most: int = 4) -> tuple[list[float], float]:
    """Round values from `low` to at least `high`, at most `most` steps; returns them and the top of the scale."""
    span = high - low
    if not math.isfinite(span) or span <= 0:
        return [low, low + 1], low + 1
    power = 10 ** math.floor(math.log10(span / most))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if span / (power * factor) <= most)
    first = math.floor(low / step) * step
    count = math.ceil((high - first) / step - 1e-9)
    return [first + number * step for number in range(count + 1)], first + count * step


def time_ticks(start_ms: int, end_ms: int, most: int = 6) -> list[tuple[float, str]]:
    """Round times between two moments as (seconds since 1970, text): with seconds, minutes or days as the span demands."""
    span = (end_ms - start_ms) / 1000
    if span <= 0:
        return []
    step = next((step for step in _TIME_STEPS_S if span / step <= most), _TIME_STEPS_S[-1])
    offset = as_time(end_ms).utcoffset()
    shift = offset.total_seconds() if offset is not None else 0.0
    moment = math.ceil((start_ms / 1000 + shift) / step) * step - shift
    form = "%H:%M:%S" if step % 60 else "%H:%M" if step < 86_400 else "%m-%d"
    found = []
    while moment * 1000 <= end_ms:
        found.append((moment, as_time(round(moment * 1000)).strftime(form)))
        moment += step
    return found
