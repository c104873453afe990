"""DescribeLogDirs (API key 35): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, boolean, int16, int32, int64, string


class DescribableLogDirTopic(Message):
    """Nested in `DescribeLogDirsRequest` as `topics`."""

    topic: str = string(default="")
    partitions: list[int] = array("int32", default=list)


class DescribeLogDirsRequest(Message, api_key=35, versions=(1, 5), flexible=2):
    """API key 35, request, versions 1 to 5, flexible from 2."""

    topics: list[DescribableLogDirTopic] | None = array(DescribableLogDirTopic, default=list, nullable=0)


class DescribeLogDirsPartition(Message):
    """Nested in `DescribeLogDirsTopic` as `partitions`."""

    partition_index: int = int32(default=0)
    partition_size: int = int64(default=0)
    offset_lag: int = int64(default=0)
    is_future_key: bool = boolean(default=False)


class DescribeLogDirsTopic(Message):
    """Nested in `DescribeLogDirsResult` as `topics`."""

    name: str = string(default="")
    partitions: list[DescribeLogDirsPartition] = array(DescribeLogDirsPartition, default=list)


class DescribeLogDirsResult(Message):
    """Nested in `DescribeLogDirsResponse` as `results`."""

    error_code: int = int16(default=0)
    log_dir: str = string(default="")
    topics: list[DescribeLogDirsTopic] = array(DescribeLogDirsTopic, default=list)
    total_bytes: int = int64(default=-1, since=4, ignorable=True)
    usable_bytes: int = int64(default=-1, since=4, ignorable=True)
    is_cordoned: bool = boolean(default=False, since=5, ignorable=True)


class DescribeLogDirsResponse(Message, api_key=35, versions=(1, 5), flexible=2):
    """API key 35, response, versions 1 to 5, flexible from 2."""

    throttle_time_ms: int = int32(default=0)
    error_code: int = int16(default=0, since=3, ignorable=True)
    results: list[DescribeLogDirsResult] = array(DescribeLogDirsResult, default=list)
