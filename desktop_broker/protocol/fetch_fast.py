"""Fetch requests, read by hand. Counterpart: `fetch_response_fast` writes the answer; `messages.fetch` declares both (tests compare).

A request whose tagged fields say something (only followers of other clusters and the metadata quorum do) is read by the declared class.
"""

from __future__ import annotations

from struct import Struct, error
from typing import Final, NamedTuple
from uuid import UUID

from desktop_broker.protocol.codec import decode_from
from desktop_broker.protocol.errors import NullError, TruncatedError, UnsupportedVersionError
from desktop_broker.protocol.fetch_response_fast import (
    AbortedTransaction,
    EpochEnd,
    FetchResult,
    RecordSource,
    encode_fetch_response,
)
from desktop_broker.protocol.hot_path import Leader, Node, TopicKey, read_name, refuse_length
from desktop_broker.protocol.primitives import read_uvarint, uuid_of

__all__ = (
    "MAX_VERSION",
    "MIN_VERSION",
    "AbortedTransaction",
    "EpochEnd",
    "FetchPartition",
    "FetchRequestView",
    "FetchResult",
    "FetchTopic",
    "ForgottenTopic",
    "Leader",
    "Node",
    "RecordSource",
    "encode_fetch_response",
    "read_fetch_request",
)

MIN_VERSION: Final = 4
MAX_VERSION: Final = 18
_FIRST_WITH_SESSIONS: Final = 7
_FIRST_WITH_RACK: Final = 11
_FIRST_FLEXIBLE: Final = 12
_FIRST_WITH_IDS: Final = 13
_FIRST_WITHOUT_REPLICA_ID: Final = 15

_INT32 = Struct(">i")
_START_V4 = Struct(">iiiib")
_START_V7 = Struct(">iiiibii")
_START_V15 = Struct(">iiibii")
_PARTITION_V4 = Struct(">iqi")
_PARTITION_V5 = Struct(">iqqi")
_PARTITION_V9 = Struct(">iiqqi")
_PARTITION_V12 = Struct(">iiqiqi")


class FetchPartition(NamedTuple):
    """Where to read in one partition. -1 stands for what the client did not say."""

    partition: int
    current_leader_epoch: int
    fetch_offset: int
    last_fetched_epoch: int
    log_start_offset: int
    partition_max_bytes: int


class FetchTopic(NamedTuple):
    """A topic, by name up to version 12 and by id from 13 on."""

    topic: TopicKey
    partitions: list[FetchPartition]


class ForgottenTopic(NamedTuple):
    """Partitions to take out of an incremental session (KIP-227)."""

    topic: TopicKey
    partitions: list[int]


class FetchRequestView(NamedTuple):
    """A fetch request."""

    replica_id: int
    replica_epoch: int
    max_wait_ms: int
    min_bytes: int
    max_bytes: int
    isolation_level: int
    session_id: int
    session_epoch: int
    topics: list[FetchTopic]
    forgotten: list[ForgottenTopic]
    rack_id: str


class _HasTagsError(Exception):
    """A tagged field is there: the declared class reads the request instead."""


def read_fetch_request(frame: memoryview, version: int, position: int = 0) -> FetchRequestView:
    """Read the body of a fetch request.

    Args:
        frame: the frame.
        version: 4 to 18.
        position: where the body begins.

    Raises:
        ProtocolError: it is no such request.
    """
    if not MIN_VERSION <= version <= MAX_VERSION:
        raise UnsupportedVersionError(f"Fetch has versions {MIN_VERSION} to {MAX_VERSION}, not {version}")
    try:
        return _Reader(frame, version, position).read()
    except _HasTagsError:
        return _read_declared(frame, version, position)
    except (IndexError, error):
        raise TruncatedError(f"a fetch request of version {version} ends early") from None


class _Reader:
    """Reads one request from front to back; lives as long as that takes."""

    __slots__ = ("_flexible", "_frame", "_position", "_size", "_version")

    def __init__(self, frame: memoryview, version: int, position: int) -> None:
        self._frame = frame
        self._version = version
        self._position = position
        self._size = len(frame)
        self._flexible = version >= _FIRST_FLEXIBLE

    def read(self) -> FetchRequestView:
        version = self._version
        replica_id, session_id, session_epoch = -1, 0, -1
        if version >= _FIRST_WITHOUT_REPLICA_ID:
            max_wait, min_bytes, max_bytes, isolation, session_id, session_epoch = self._unpack(_START_V15)
        elif version >= _FIRST_WITH_SESSIONS:
            replica_id, max_wait, min_bytes, max_bytes, isolation, session_id, session_epoch = self._unpack(_START_V7)
        else:
            replica_id, max_wait, min_bytes, max_bytes, isolation = self._unpack(_START_V4)
        topics = [self._topic() for _ in range(self._count())]
        forgotten: list[ForgottenTopic] = []
        rack_id = ""
        if version >= _FIRST_WITH_SESSIONS:
            forgotten = [self._forgotten() for _ in range(self._count())]
        if version >= _FIRST_WITH_RACK:
            rack_id, self._position = read_name(self._frame, self._position, self._size, self._flexible)
        self._end_of_struct()
        return FetchRequestView(
            replica_id, -1, max_wait, min_bytes, max_bytes, isolation, session_id, session_epoch,
            topics, forgotten, rack_id,
        )  # fmt: skip

    def _unpack(self, layout: Struct) -> tuple[int, ...]:
        values = layout.unpack_from(self._frame, self._position)
        self._position += layout.size
        return values

    def _count(self) -> int:
        position = self._position
        if self._flexible:
            count = self._frame[position]
            position += 1
            if count > 127:
                count, position = read_uvarint(self._frame, position - 1)
            count -= 1
        else:
            (count,) = _INT32.unpack_from(self._frame, position)
            position += 4
        if count < 0:
            raise NullError("a list in a fetch request is null")
        if count > self._size - position:
            refuse_length("a list", count, self._size - position)
        self._position = position
        return count

    def _end_of_struct(self) -> None:
        if self._flexible:
            if self._frame[self._position]:
                raise _HasTagsError
            self._position += 1

    def _key(self) -> TopicKey:
        if self._version >= _FIRST_WITH_IDS:
            end = self._position + 16
            if end > self._size:
                raise IndexError
            raw = bytes(self._frame[self._position : end])
            self._position = end
            return uuid_of(raw)
        name, self._position = read_name(self._frame, self._position, self._size, self._flexible)
        return name

    def _topic(self) -> FetchTopic:
        key = self._key()
        partitions: list[FetchPartition] = []
        for _ in range(self._count()):
            if self._flexible:
                partitions.append(FetchPartition._make(_PARTITION_V12.unpack_from(self._frame, self._position)))
                self._position += _PARTITION_V12.size
                if self._frame[self._position]:
                    raise _HasTagsError
                self._position += 1
            else:
                partitions.append(self._legacy_partition())
        self._end_of_struct()
        return FetchTopic(key, partitions)

    def _legacy_partition(self) -> FetchPartition:
        if self._version >= 9:
            index, leader_epoch, offset, log_start, max_bytes = self._unpack(_PARTITION_V9)
            return FetchPartition(index, leader_epoch, offset, -1, log_start, max_bytes)
        if self._version >= 5:
            index, offset, log_start, max_bytes = self._unpack(_PARTITION_V5)
            return FetchPartition(index, -1, offset, -1, log_start, max_bytes)
        index, offset, max_bytes = self._unpack(_PARTITION_V4)
        return FetchPartition(index, -1, offset, -1, -1, max_bytes)

    def _forgotten(self) -> ForgottenTopic:
        key = self._key()
        partitions = [self._unpack(_INT32)[0] for _ in range(self._count())]
        self._end_of_struct()
        return ForgottenTopic(key, partitions)


def _read_declared(frame: memoryview, version: int, position: int) -> FetchRequestView:
    """The slow way, which knows every tagged field."""
    from desktop_broker.protocol.messages.fetch import FetchRequest

    request, _ = decode_from(FetchRequest, frame, version, position)
    by_id = version >= _FIRST_WITH_IDS

    def key(name: str, topic_id: UUID) -> TopicKey:
        return topic_id if by_id else name

    topics = [
        FetchTopic(
            key(topic.topic, topic.topic_id),
            [
                FetchPartition(
                    p.partition, p.current_leader_epoch, p.fetch_offset, p.last_fetched_epoch, p.log_start_offset,
                    p.partition_max_bytes,
                )
                for p in topic.partitions
            ],
        )
        for topic in request.topics
    ]  # fmt: skip
    from_state = version >= _FIRST_WITHOUT_REPLICA_ID
    return FetchRequestView(
        request.replica_state.replica_id if from_state else request.replica_id,
        request.replica_state.replica_epoch,
        request.max_wait_ms,
        request.min_bytes,
        request.max_bytes,
        request.isolation_level,
        request.session_id,
        request.session_epoch,
        topics,
        [ForgottenTopic(key(t.topic, t.topic_id), t.partitions) for t in request.forgotten_topics_data],
        request.rack_id,
    )
