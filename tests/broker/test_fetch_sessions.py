"""Rule 13: incremental fetch sessions (KIP-227), step by step."""

from __future__ import annotations

import pytest

from desktop_broker.broker.fetch_sessions import FetchScope, FetchSessions
from desktop_broker.common.clock import ManualClock
from desktop_broker.common.errors import ErrorCode
from desktop_broker.protocol.fetch_fast import (
    FetchPartition,
    FetchRequestView,
    FetchResult,
    FetchTopic,
    ForgottenTopic,
)


def request(session_id: int = 0, epoch: int = 0, forget: tuple[int, ...] = (), **offsets: int) -> FetchRequestView:
    """A fetch of topic `t`; offsets by partition, as `p0=5`."""
    partitions = [FetchPartition(int(name[1:]), -1, offset, -1, -1, 1000) for name, offset in offsets.items()]
    topics = [FetchTopic("t", partitions)] if partitions else []
    forgotten = [ForgottenTopic("t", list(forget))] if forget else []
    return FetchRequestView(-1, -1, 500, 1, 1000, 0, session_id, epoch, topics, forgotten, "")


def answer(scope: FetchScope, lengths: dict[int, int] | None = None, **fields: int) -> list[int]:
    """Answer all that is wanted; the partitions that are told about."""
    results = [
        (topic, FetchResult(asked.partition, high_watermark=fields.get(f"hw{asked.partition}", 0), log_start_offset=0))
        for topic, asked in scope.wanted
    ]
    sizes = [(lengths or {}).get(result.partition, 0) for _, result in results]
    return [result.partition for _, told in scope.select(results, sizes) for result in told]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def sessions(clock: ManualClock) -> FetchSessions:
    return FetchSessions(clock, lambda: 2)


def test_a_first_fetch_opens_a_session_and_tells_everything(sessions: FetchSessions) -> None:
    scope = sessions.scope(request(p0=0, p1=0), by_id=False)
    assert scope.session_id > 0
    assert answer(scope) == [0, 1]


def test_the_final_epoch_wants_no_session(sessions: FetchSessions) -> None:
    scope = sessions.scope(request(epoch=-1, p0=0), by_id=False)
    assert scope.session_id == 0
    assert answer(scope) == [0]
    assert len(sessions) == 0


def test_an_incremental_fetch_tells_only_news(sessions: FetchSessions) -> None:
    first = sessions.scope(request(p0=0, p1=0), by_id=False)
    answer(first)
    step = sessions.scope(request(first.session_id, 1), by_id=False)
    assert [asked.partition for _, asked in step.wanted] == [0, 1]
    assert answer(step) == []
    step = sessions.scope(request(first.session_id, 2), by_id=False)
    assert answer(step, hw1=7) == [1]
    step = sessions.scope(request(first.session_id, 3), by_id=False)
    assert answer(step, {0: 10}, hw1=7) == [0]


def test_a_partition_that_gave_records_goes_to_the_end(sessions: FetchSessions) -> None:
    first = sessions.scope(request(p0=0, p1=0, p2=0), by_id=False)
    answer(first)
    answer(sessions.scope(request(first.session_id, 1), by_id=False), {0: 5})
    step = sessions.scope(request(first.session_id, 2), by_id=False)
    assert [asked.partition for _, asked in step.wanted] == [1, 2, 0]


def test_partitions_are_added_changed_and_forgotten(sessions: FetchSessions) -> None:
    first = sessions.scope(request(p0=0), by_id=False)
    step = sessions.scope(request(first.session_id, 1, (), p0=5, p1=9), by_id=False)
    assert [(asked.partition, asked.fetch_offset) for _, asked in step.wanted] == [(0, 5), (1, 9)]
    step = sessions.scope(request(first.session_id, 2, (0,)), by_id=False)
    assert [asked.partition for _, asked in step.wanted] == [1]


def test_a_session_without_partitions_ends(sessions: FetchSessions) -> None:
    first = sessions.scope(request(p0=0), by_id=False)
    step = sessions.scope(request(first.session_id, 1, (0,)), by_id=False)
    assert step.session_id == 0
    assert len(sessions) == 0


def test_an_error_is_told_every_time_and_the_recovery_too(sessions: FetchSessions) -> None:
    first = sessions.scope(request(p0=0), by_id=False)
    answer(first)
    failed = FetchResult(0, ErrorCode.NOT_LEADER_OR_FOLLOWER)
    for epoch in (1, 2):
        step = sessions.scope(request(first.session_id, epoch), by_id=False)
        assert step.select([("t", failed)], [0]) == [("t", [failed])]
    assert answer(sessions.scope(request(first.session_id, 3), by_id=False)) == [0]


def test_what_a_session_refuses(sessions: FetchSessions) -> None:
    first = sessions.scope(request(p0=0), by_id=False)
    unknown = sessions.scope(request(first.session_id % 1000 + 1, 1), by_id=False)
    assert unknown.error is ErrorCode.FETCH_SESSION_ID_NOT_FOUND
    assert sessions.scope(request(first.session_id, 5), by_id=False).error is ErrorCode.INVALID_FETCH_SESSION_EPOCH
    assert sessions.scope(request(first.session_id, 1), by_id=True).error is ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR


def test_a_full_fetch_closes_the_session_it_names(sessions: FetchSessions) -> None:
    first = sessions.scope(request(p0=0), by_id=False)
    sessions.scope(request(first.session_id, -1, p0=0), by_id=False)
    assert sessions.scope(request(first.session_id, 1), by_id=False).error is ErrorCode.FETCH_SESSION_ID_NOT_FOUND


def test_a_full_cache_gives_no_session_until_one_is_idle(sessions: FetchSessions, clock: ManualClock) -> None:
    kept = [sessions.scope(request(p0=0), by_id=False).session_id for _ in range(2)]
    assert sessions.scope(request(p0=0), by_id=False).session_id == 0
    clock.advance(121)
    sessions.scope(request(kept[0], 1), by_id=False)
    assert sessions.scope(request(p0=0), by_id=False).session_id > 0
    assert sessions.scope(request(kept[1], 1), by_id=False).error is ErrorCode.FETCH_SESSION_ID_NOT_FOUND
    assert sessions.scope(request(kept[0], 2), by_id=False).error is ErrorCode.NONE
