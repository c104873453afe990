"""Numbers, sizes, durations and times as the window writes them, the same everywhere.

Counts are grouped, sizes binary, times local or UTC by the user's choice and with milliseconds; `-` stands for nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

NONE = "\N{EN DASH}"
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")
_utc = False


def use_utc(utc: bool) -> None:
    """Write times in UTC from now on, or in local time. For the shell, which repaints afterwards."""
    global _utc
    _utc = utc


def uses_utc() -> bool:
    return _utc


def format_count(value: int | float | None) -> str:
    """1284096 -> 1,284,096; exact for whole numbers, one decimal below ten for others."""
    if value is None:
        return NONE
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.1f}".removesuffix(".0") if abs(value) < 9.95 else f"{value:,.0f}"


def format_bytes(value: int | float | None) -> str:
    """Binary units, three figures: 412 MiB, 1.9 GiB, 28.1 KiB."""
    if value is None:
        return NONE
    number = float(value)
    for unit in _UNITS:
        if abs(number) < 999.5 or unit == _UNITS[-1]:
            break
        number /= 1024
    if unit == "B" or abs(number) >= 99.95:
        return f"{number:.0f} {unit}"
    return f"{number:.1f} {unit}"


def format_rate(value: float | None) -> str:
    """Something per second: 3,569/s."""
    return NONE if value is None else QCoreApplication.translate("Formats", "{n}/s").format(n=format_count(value))


def format_byte_rate(value: float | None) -> str:
    return NONE if value is None else QCoreApplication.translate("Formats", "{n}/s").format(n=format_bytes(value))


def format_duration(milliseconds: int | float | None) -> str:
    """One or two units: 318 ms, 3.6 s, 2 m 07 s, 3 h 20 m, 7 d 4 h."""
    if milliseconds is None:
        return NONE
    if milliseconds < 1000:
        return QCoreApplication.translate("Formats", "{n} ms").format(
            n=f"{milliseconds:.0f}" if milliseconds >= 10 else f"{milliseconds:.3g}"
        )
    seconds = milliseconds / 1000
    if seconds < 59.95:
        return QCoreApplication.translate("Formats", "{n} s").format(n=f"{seconds:.1f}".removesuffix(".0"))
    whole = round(seconds)
    if whole < 3600:
        return QCoreApplication.translate("Formats", "{m} m {s} s").format(m=whole // 60, s=f"{whole % 60:02d}")
    if whole < 86_400:
        return QCoreApplication.translate("Formats", "{h} h {m} m").format(h=whole // 3600, m=f"{whole // 60 % 60:02d}")
    return QCoreApplication.translate("Formats", "{d} d {h} h").format(d=whole // 86_400, h=whole // 3600 % 24)


def as_time(timestamp_ms: int) -> datetime:
    """A Kafka timestamp in the zone of the user's choice. Raises ValueError or OverflowError outside of the years 1 to 9999."""
    moment = datetime.fromtimestamp(timestamp_ms // 1000, UTC).replace(microsecond=timestamp_ms % 1000 * 1000)
    return moment if _utc else moment.astimezone()


def format_time(timestamp_ms: int | None, *, date: bool = False, milliseconds: bool = True) -> str:
    """14:31:44.123, or with the date 2026-11-24 14:31:44.123; a timestamp without a year is written as its number."""
    if timestamp_ms is None or timestamp_ms < 0:
        return NONE
    try:
        moment = as_time(timestamp_ms)
    except (ValueError, OverflowError, OSError):
        return str(timestamp_ms)
    text = moment.strftime("%Y-%m-%d %H:%M:%S" if date else "%H:%M:%S")
    return f"{text}.{moment.microsecond // 1000:03d}" if milliseconds else text


def format_ago(timestamp_ms: int | None, now_ms: int) -> str:
    """How long ago: `just now`, 12 s ago, 3 m ago, 5 h ago, 2 d ago."""
    if timestamp_ms is None or timestamp_ms < 0:
        return NONE
    seconds = max(0, now_ms - timestamp_ms) // 1000
    if seconds < 2:
        return QCoreApplication.translate("Formats", "just now")
    for size, text in (
        (86_400, QCoreApplication.translate("Formats", "{n} d ago")),
        (3600, QCoreApplication.translate("Formats", "{n} h ago")),
        (60, QCoreApplication.translate("Formats", "{n} m ago")),
    ):
        if seconds >= size:
            return text.format(n=seconds // size)
    return QCoreApplication.translate("Formats", "{n} s ago").format(n=seconds)


def format_zone() -> str:
    """The zone that times are written in: `UTC`, or `Local time, UTC+9`."""
    if _utc:
        return "UTC"
    offset = datetime.now().astimezone().utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset is not None else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return QCoreApplication.translate("Formats", "Local time, UTC{offset}").format(
        offset=f"{sign}{hours}" + (f":{rest:02d}" if rest else "")
    )
