from __future__ import annotations

import pytest

from desktop_broker.gui.i18n import (
    format_ago,
    format_byte_rate,
    format_bytes,
    format_count,
    format_duration,
    format_rate,
    format_time,
    format_zone,
    use_utc,
)

MOMENT = 1_795_487_504_123


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1284096, "1,284,096"),
        (2**63 - 1, "9,223,372,036,854,775,807"),
        (0, "0"),
        (0.25, "0.2"),
        (7.0, "7"),
        (3569.4, "3,569"),
        (None, "\N{EN DASH}"),
    ],
)
def test_counts_are_grouped_and_exact(value: float | None, text: str) -> None:
    assert format_count(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 KiB"),
        (28_774, "28.1 KiB"),
        (1024 * 1024, "1.0 MiB"),
        (432_013_312, "412 MiB"),
        (2_040_109_466, "1.9 GiB"),
        (2**63 - 1, "8192 PiB"),
        (None, "\N{EN DASH}"),
    ],
)
def test_sizes_are_binary(value: int | None, text: str) -> None:
    assert format_bytes(value) == text


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0.1, "0.1 ms"),
        (1.84, "1.84 ms"),
        (318, "318 ms"),
        (3600, "3.6 s"),
        (38_000, "38 s"),
        (59_960, "1 m 00 s"),
        (127_000, "2 m 07 s"),
        (12_000_000, "3 h 20 m"),
        (7 * 86_400_000 + 4 * 3_600_000, "7 d 4 h"),
    ],
)
def test_durations_have_at_most_two_units(milliseconds: float, text: str) -> None:
    assert format_duration(milliseconds) == text


def test_rates() -> None:
    assert format_rate(3569.0) == "3,569/s"
    assert format_byte_rate(1536.0) == "1.5 KiB/s"
    assert format_rate(None) == "\N{EN DASH}"


def test_times_have_milliseconds_and_a_zone() -> None:
    use_utc(True)
    assert format_time(0, date=True) == "1970-01-01 00:00:00.000"
    assert format_time(MOMENT, date=True).startswith("2026-11-24 ")
    assert format_time(MOMENT).endswith(".123")
    assert format_time(MOMENT, milliseconds=False).count(".") == 0
    assert format_zone() == "UTC"


def test_times_outside_of_the_calendar_are_numbers_and_missing_ones_a_dash() -> None:
    assert format_time(2**62) == str(2**62)
    assert format_time(-1) == "\N{EN DASH}"
    assert format_time(None) == "\N{EN DASH}"


@pytest.mark.parametrize(
    ("ago_s", "text"), [(0, "just now"), (12, "12 s ago"), (200, "3 m ago"), (7300, "2 h ago"), (200_000, "2 d ago")]
)
def test_ago(ago_s: int, text: str) -> None:
    assert format_ago(MOMENT - ago_s * 1000, MOMENT) == text
