"""Which segments of a log may go: below the log start offset, too old, or too many bytes.

Counterpart: `UnifiedLog.deleteOldSegments`. Nothing at or above the high watermark ever goes.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop_broker.common.config import TopicConfig
from desktop_broker.storage.segment import Segment
from desktop_broker.storage.segments import Segments


def below_start(segments: Segments, log_start_offset: int) -> list[Segment]:
    """The segments whose records all lie before the log start offset; never the active one."""
    return [
        segment
        for index, segment in enumerate(segments)
        if index + 1 < len(segments) and segments[index + 1].base_offset <= log_start_offset
    ]


def breaching(
    segments: Segments, config: TopicConfig, now_ms: int, high_watermark: int, log_end_offset: int
) -> list[Segment]:
    """The oldest segments that retention by time or by size takes; may be all, then the log rolls first."""
    if "delete" not in config.cleanup_policy:
        return []
    replicated = _replicated(segments, high_watermark, log_end_offset)
    count = max(
        _too_old(replicated, config.retention_ms, now_ms), _too_many(segments, replicated, config.retention_bytes)
    )
    return replicated[:count]


def _replicated(segments: Segments, high_watermark: int, log_end_offset: int) -> list[Segment]:
    def walk() -> Iterator[Segment]:
        for index, segment in enumerate(segments):
            is_empty_active = index + 1 == len(segments) and segment.size == 0
            if segments.next_base(index, log_end_offset) > high_watermark or is_empty_active:
                return
            yield segment

    return list(walk())


def _too_old(replicated: list[Segment], retention_ms: int, now_ms: int) -> int:
    if retention_ms < 0:
        return 0
    for index, segment in enumerate(replicated):
        newest = segment.max_timestamp
        if now_ms - (newest if newest >= 0 else segment.modified_ms()) <= retention_ms:
            return index
    return len(replicated)


def _too_many(segments: Segments, replicated: list[Segment], retention_bytes: int) -> int:
    excess = segments.size - retention_bytes
    if retention_bytes < 0 or excess <= 0:
        return 0
    for index, segment in enumerate(replicated):
        if excess < segment.size:
            return index
        excess -= segment.size
    return len(replicated)
