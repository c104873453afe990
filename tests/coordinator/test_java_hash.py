"""Java's hash codes: known values, and the ends of its range."""

from __future__ import annotations

import pytest

from desktop_broker.coordinator.java_hash import java_hash


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", 0),
        ("a", 97),
        ("hello", 99162322),
        ("my-group", 1906497762),
        ("polygenelubricants", 0),  # its hash code is the least integer, which has no absolute value
        ("\U0001f600", 1772899),  # two UTF-16 units
    ],
)
def test_values(text: str, value: int) -> None:
    assert java_hash(text) == value
