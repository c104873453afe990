"""The small values that go into a segment and come out of it."""

from __future__ import annotations

from typing import NamedTuple


class WrittenBatch(NamedTuple):
    """A batch as it goes into a segment."""

    first_offset: int
    last_offset: int
    size: int
    max_timestamp: int


class SegmentInfo(NamedTuple):
    """A segment for people: what stands where."""

    base_offset: int
    next_offset: int
    size_bytes: int
    largest_timestamp_ms: int
    path: str
    active: bool


class RollLimits(NamedTuple):
    """When a log starts a new segment."""

    segment_bytes: int
    segment_ms: int
    segment_index_bytes: int
