"""From a scan's request to offsets: where it begins and ends in each partition.

Counterpart: `reader.py` reads what stands here; `offsets.py` asks the cluster.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_broker.common.types import TopicPartition
from desktop_broker.kafka import error_sentences
from desktop_broker.kafka.connection import ClusterConnection
from desktop_broker.kafka.errors import ClusterError
from desktop_broker.kafka.partitioner import partition_for_key
from desktop_broker.kafka.scan_request import AtOffset, AtTime, FromOffsets, Live, Newest, ScanRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanPlan:
    """Per partition: the log start, the first offset to read and the offset to stop before (None: never, live)."""

    earliest: Mapping[int, int]
    begins: Mapping[int, int]
    ends: Mapping[int, int | None]

    @property
    def total(self) -> int | None:
        """Offsets to pass; None when live."""
        pairs = [(self.begins[index], end) for index, end in self.ends.items()]
        if any(end is None for _, end in pairs):
            return None
        return sum(end - begin for begin, end in pairs if end is not None)


def plan_scan(connection: ClusterConnection, request: ScanRequest) -> ScanPlan:
    """Ask the cluster for the bounds and choose.

    Raises:
        ClusterError: no such topic or partition, or none of its partitions answers.
    """
    count = connection.partition_count(request.topic)
    chosen = _partitions(request, count)
    bounds = connection.offsets(TopicPartition(request.topic, index) for index in chosen)
    earliest = {tp.partition: low for tp, (low, _) in bounds.items()}
    latest = {tp.partition: high for tp, (_, high) in bounds.items()}
    begins = _begins(connection, request, earliest, latest)
    ends: dict[int, int | None] = {index: _end(request, index, latest[index], begins[index]) for index in begins}
    return ScanPlan(earliest=earliest, begins=begins, ends=ends)


def _partitions(request: ScanRequest, count: int) -> list[int]:
    chosen = list(range(count)) if request.partitions is None else sorted(set(request.partitions))
    missing = [index for index in chosen if not 0 <= index < count]
    if missing:
        raise ClusterError(
            *error_sentences.NO_PARTITION,
            topic=request.topic,
            partition=missing[0],
            count=count,
        )
    if request.key is not None and request.key_partition_only:
        chosen = [index for index in chosen if index == partition_for_key(request.key, count)]
    if isinstance(request.start, FromOffsets):
        chosen = [index for index in chosen if index in request.start.offsets]
    return chosen


def _begins(
    connection: ClusterConnection, request: ScanRequest, earliest: Mapping[int, int], latest: Mapping[int, int]
) -> dict[int, int]:
    start = request.start
    if isinstance(start, Live):
        return dict(latest)
    if isinstance(start, AtTime):
        found = connection.offsets_for_time(
            (TopicPartition(request.topic, index) for index in earliest), start.timestamp_ms
        )
        return {
            tp.partition: latest[tp.partition] if offset is None else min(offset, latest[tp.partition])
            for tp, offset in found.items()
        }
    if isinstance(start, Newest):
        before = start.before or {}
        tops = {index: min(before.get(index, high), high) for index, high in latest.items()}
        return {index: max(earliest[index], top - start.count) for index, top in tops.items()}
    if isinstance(start, AtOffset):
        wanted = dict.fromkeys(earliest, start.offset)
    elif isinstance(start, FromOffsets):
        wanted = dict(start.offsets)
    else:
        wanted = dict(earliest)
    return {index: min(max(wanted[index], low), latest[index]) for index, low in earliest.items()}


def _end(request: ScanRequest, index: int, latest: int, begin: int) -> int | None:
    start = request.start
    if isinstance(start, Live):
        return None
    end = latest
    if isinstance(start, Newest) and start.before is not None:
        end = min(start.before.get(index, latest), latest)
    if isinstance(start, FromOffsets) and start.until is not None:
        end = min(start.until.get(index, latest), latest)
    return max(begin, end)
