"""Numbers as people read them: rates, sizes, times, durations. The same everywhere in the window."""

from __future__ import annotations

from datetime import UTC, datetime

NONE = "\N{EN DASH}"
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")

_local_time = True


def use_local_time(local: bool) -> None:
    """Show times in this machine's zone, or in UTC. For the settings, on the Qt thread."""
    global _local_time
    _local_time = local


def is_local_time() -> bool:
    """Whether times are shown in this machine's zone."""
    return _local_time


def count_text(value: int | None) -> str:
    """Grouped and exact."""
    return NONE if value is None else f"{value:,}"


def size_text(value: float | None) -> str:
    """Bytes in binary units, one decimal below a hundred."""
    if value is None:
        return NONE
    amount, unit = float(value), 0
    while abs(amount) >= 1024 and unit < len(_UNITS) - 1:
        amount /= 1024
        unit += 1
    digits = 0 if unit == 0 or abs(amount) >= 100 else 1
    return f"{amount:,.{digits}f} {_UNITS[unit]}"


def rate_text(value: float | None) -> str:
    """So many a second."""
    if value is None:
        return NONE
    return f"{value:,.1f}/s" if 0 < value < 10 else f"{value:,.0f}/s"


def size_rate_text(value: float | None) -> str:
    """Bytes a second."""
    return NONE if value is None else f"{size_text(value)}/s"


def moment(time_ms: int) -> datetime:
    """A time in the zone that is shown."""
    when = datetime.fromtimestamp(time_ms / 1000, UTC)
    return when.astimezone() if _local_time else when


def clock_text(time_ms: int | None) -> str:
    """Hours, minutes and seconds."""
    return NONE if time_ms is None else f"{moment(time_ms):%H:%M:%S}"


def time_text(time_ms: int | None) -> str:
    """Date and time with milliseconds."""
    if time_ms is None:
        return NONE
    when = moment(time_ms)
    return f"{when:%Y-%m-%d %H:%M:%S}.{when.microsecond // 1000:03d}"


def latency_text(microseconds: int | float | None) -> str:
    """Microseconds below a millisecond, milliseconds below ten seconds, else seconds."""
    if microseconds is None:
        return NONE
    if microseconds < 1_000:
        return f"{microseconds:,.0f} \N{MICRO SIGN}s"
    if microseconds < 10_000_000:
        return f"{microseconds / 1_000:,.1f} ms"
    return f"{microseconds / 1_000_000:,.1f} s"
