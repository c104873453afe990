"""How Kafka finds the partition for a text: Java's hash code of it."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def java_hash(text: str) -> int:
    """The absolute value of Java's `String.hashCode`, as Kafka's `Utils.abs` takes it."""
    value = 0
    units = text.encode("utf-16-be", "surrogatepass")
    for high, low in zip(units[::2], units[1::2], strict=True):
        value = (31 * value + (high << 8 | low)) & 0xFFFFFFFF
    signed = value - (1 << 32) if value >= 1 << 31 else value
    return 0 if signed == -(1 << 31) else abs(signed)
