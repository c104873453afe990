"""Incremental fetch sessions: a consumer names its partitions once, and then only what changes (KIP-227).

Counterpart: Kafka's `FetchSession`, `FetchSessionCache` and `FetchManager`; rule 13.
"""

from __future__ import annotations

import random
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Final

from desktop_broker.common.clock import Clock
from desktop_broker.common.errors import ErrorCode
from desktop_broker.protocol.fetch_fast import FetchPartition, FetchRequestView, FetchResult
from desktop_broker.protocol.hot_path import TopicKey

INVALID_SESSION_ID: Final = 0
INITIAL_EPOCH: Final = 0
FINAL_EPOCH: Final = -1
_MAX_EPOCH: Final = 2**31 - 1
_EVICTABLE_AFTER_S: Final = 120.0

PartitionKey = tuple[TopicKey, int]
Wanted = tuple[TopicKey, FetchPartition]
TopicResults = list[tuple[TopicKey, list[FetchResult]]]


class _Sent:
    """One partition of a session: what is asked of it, and what was last said of it."""

    __slots__ = ("asked", "high_watermark", "log_start_offset")

    def __init__(self, asked: FetchPartition) -> None:
        self.asked = asked
        self.high_watermark = -1
        self.log_start_offset = -1

    def is_news(self, result: FetchResult, length: int) -> bool:
        """Whether the client must be told; remembers what it is told (`CachedPartition.maybeUpdateResponseData`)."""
        news = length > 0 or result.preferred_read_replica >= 0 or result.diverging_epoch is not None
        if self.high_watermark != result.high_watermark:
            news, self.high_watermark = True, result.high_watermark
        if self.log_start_offset != result.log_start_offset:
            news, self.log_start_offset = True, result.log_start_offset
        if result.error_code:
            self.high_watermark = -1  # so that the partition is told about again once it works
            news = True
        return news


class _Session:
    """One client's session. Guarded by `lock`: a client may come back on another connection."""

    def __init__(self, id_: int, by_id: bool, now: float) -> None:
        self.id = id_
        self.by_id = by_id
        self.created = now
        self.epoch = INITIAL_EPOCH + 1
        self.lock = threading.Lock()
        self.partitions: OrderedDict[PartitionKey, _Sent] = OrderedDict()

    def update(self, request: FetchRequestView) -> None:
        """Take in partitions that are new or asked of differently, and drop the forgotten ones."""
        for topic, partitions in request.topics:
            for asked in partitions:
                key = (topic, asked.partition)
                known = self.partitions.get(key)
                if known is None:
                    self.partitions[key] = _Sent(asked)
                else:
                    known.asked = asked
        for topic, indexes in request.forgotten:
            for index in indexes:
                self.partitions.pop((topic, index), None)


class FetchScope:
    """What one fetch request asks for and how its answer is told. Belongs to the thread that handles the request.

    Attributes:
        error: of the whole request; then nothing is read.
        wanted: the partitions to read, in order.
    """

    def __init__(
        self, wanted: Sequence[Wanted] = (), session: _Session | None = None, *, incremental: bool = False,
        error: ErrorCode = ErrorCode.NONE,
    ) -> None:  # fmt: skip
        self.wanted = wanted
        self.error = error
        self._session = session
        self._incremental = incremental

    @property
    def session_id(self) -> int:
        """The id to answer."""
        return self._session.id if self._session is not None else INVALID_SESSION_ID

    def select(self, results: Sequence[tuple[TopicKey, FetchResult]], lengths: Sequence[int]) -> TopicResults:
        """The results to send, by topic: all of them, or in an incremental session those that are news.

        Partitions that gave records move to the end of the session, so that the others get their turn next time.
        """
        session = self._session
        if session is None:
            return _by_topic(results)
        chosen = []
        with session.lock:
            for (topic, result), length in zip(results, lengths, strict=True):
                key = (topic, result.partition)
                known = session.partitions.get(key)
                news = known is None or known.is_news(result, length)
                if news or not self._incremental:
                    chosen.append((topic, result))
                if known is not None and length > 0 and self._incremental:
                    session.partitions.move_to_end(key)
        return _by_topic(chosen)


class FetchSessions:
    """All sessions of one broker. `_lock` guards the cache; sessions have locks of their own, taken after it."""

    def __init__(self, clock: Clock, capacity: Callable[[], int]) -> None:
        self._clock = clock
        self._capacity = capacity
        self._lock = threading.Lock()
        self._sessions: OrderedDict[int, tuple[_Session, float]] = OrderedDict()  # least recently used first

    def __len__(self) -> int:
        return len(self._sessions)

    def scope(self, request: FetchRequestView, *, by_id: bool) -> FetchScope:
        """What this request means: a fetch of its own, the start of a session, or a step of one."""
        if request.session_epoch in (INITIAL_EPOCH, FINAL_EPOCH):
            return self._full(request, by_id)
        with self._lock:
            entry = self._sessions.get(request.session_id)
            if entry is not None:
                self._sessions[request.session_id] = (entry[0], self._clock.monotonic())
                self._sessions.move_to_end(request.session_id)
        if entry is None:
            return FetchScope(error=ErrorCode.FETCH_SESSION_ID_NOT_FOUND)
        return self._next(entry[0], request, by_id)

    def _full(self, request: FetchRequestView, by_id: bool) -> FetchScope:
        wanted = [(topic, asked) for topic, partitions in request.topics for asked in partitions]
        if request.session_id != INVALID_SESSION_ID:
            self._remove(request.session_id)
        if request.session_epoch == FINAL_EPOCH or not wanted:
            return FetchScope(wanted)
        return FetchScope(wanted, self._create(request, by_id, len(wanted)))

    def _next(self, session: _Session, request: FetchRequestView, by_id: bool) -> FetchScope:
        with session.lock:
            if session.epoch != request.session_epoch:
                return FetchScope(error=ErrorCode.INVALID_FETCH_SESSION_EPOCH)
            if session.by_id != by_id:
                return FetchScope(error=ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR)
            session.update(request)
            session.epoch = 1 if session.epoch == _MAX_EPOCH else session.epoch + 1
            wanted = [(key[0], sent.asked) for key, sent in session.partitions.items()]
        if not wanted:
            self._remove(session.id)
            return FetchScope()
        return FetchScope(wanted, session, incremental=True)

    def _create(self, request: FetchRequestView, by_id: bool, size: int) -> _Session | None:
        now = self._clock.monotonic()
        with self._lock:
            if len(self._sessions) >= self._capacity() and not self._evict(now, size):
                return None
            id_ = random.randint(1, _MAX_EPOCH)
            while id_ in self._sessions:
                id_ = random.randint(1, _MAX_EPOCH)
            session = _Session(id_, by_id, now)
            session.update(request)
            self._sessions[id_] = (session, now)
        return session

    def _evict(self, now: float, size: int) -> bool:
        """Make room for a session of `size` partitions: an idle one goes, else an old one that is smaller."""
        if not self._sessions:
            return False
        oldest = next(iter(self._sessions))
        if now - self._sessions[oldest][1] > _EVICTABLE_AFTER_S:
            del self._sessions[oldest]
            return True
        smallest = min(self._sessions.values(), key=lambda entry: len(entry[0].partitions))[0]
        if len(smallest.partitions) < size and now - smallest.created > _EVICTABLE_AFTER_S:
            del self._sessions[smallest.id]
            return True
        return False

    def _remove(self, session_id: int) -> None:
        with self._lock:
            self._sessions.pop(session_id, None)


def _by_topic(results: Sequence[tuple[TopicKey, FetchResult]]) -> TopicResults:
    """Neighbours of the same topic together, in order."""
    topics: TopicResults = []
    for topic, result in results:
        if topics and topics[-1][0] == topic:
            topics[-1][1].append(result)
        else:
            topics.append((topic, [result]))
    return topics
