"""Rates, rows and history from snapshots; and the feeds over a real cluster."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop_broker.common.statistics import (
    BrokerStatistics,
    EngineStatistics,
    PartitionStatistics,
    ReplicaStatistics,
    TopicStatistics,
    Traffic,
)
from desktop_broker.common.types import TopicPartition
from desktop_broker.gui.feeds.cluster_look import ClusterLook
from desktop_broker.gui.feeds.feeds import Feeds
from desktop_broker.gui.feeds.groups import GroupRows, trend_of
from desktop_broker.gui.feeds.health import health_of
from desktop_broker.gui.feeds.history import ThroughputHistory
from desktop_broker.gui.feeds.model import HealthKind, LagTrend, Rates
from desktop_broker.gui.feeds.rates import RateMeter
from desktop_broker.gui.session import ClusterSession
from desktop_broker.kafka.connection import ClusterConnection
from desktop_broker.kafka.model import GroupInfo, OutgoingMessage
from desktop_broker.kafka.publisher import Publisher
from tests.support.cluster import bootstrap, connection

__all__ = ["bootstrap", "connection"]

pytestmark = pytest.mark.keeps_threads("the cluster of the module serves connections")

COUNTS = st.builds(
    Traffic,
    messages_in=st.integers(0, 2**50),
    bytes_in=st.integers(0, 2**50),
    messages_out=st.integers(0, 2**50),
    bytes_out=st.integers(0, 2**50),
)


@given(COUNTS, COUNTS, st.floats(0, 1e9), st.floats(0.001, 1e4))
def test_rates_are_differences_over_time(before: Traffic, more: Traffic, start_s: float, seconds: float) -> None:
    meter = RateMeter()
    assert meter.rates("t", start_s, before) == Rates()
    rates = meter.rates("t", start_s + seconds, before + more)
    took = (start_s + seconds) - start_s
    if took > 0:
        assert rates.messages_in == pytest.approx(more.messages_in / took)
        assert rates.bytes_out == pytest.approx(more.bytes_out / took)
    else:
        assert rates == Rates()


@given(COUNTS, COUNTS)
def test_a_counter_that_went_back_is_a_first_look(before: Traffic, after: Traffic) -> None:
    meter = RateMeter()
    meter.rates("t", 1.0, before + Traffic(messages_in=after.messages_in + 1))
    assert meter.rates("t", 2.0, after) == Rates()
    assert meter.rates("t", 3.0, after + Traffic(messages_in=5)).messages_in == pytest.approx(5)


def test_a_clock_that_went_back_is_a_restart() -> None:
    meter = RateMeter()
    meter.rates("t", 1000.0, Traffic())
    assert meter.rates("t", 1.0, Traffic(messages_in=10)) == Rates()


def test_what_is_forgotten_starts_anew() -> None:
    meter = RateMeter()
    meter.rates("t", 1.0, Traffic(messages_in=1))
    meter.keep_only(["u"])
    assert meter.rates("t", 2.0, Traffic(messages_in=9)) == Rates()


def rates(messages_in: float) -> Rates:
    return Rates(messages_in=messages_in, bytes_in=0.0, messages_out=0.0, bytes_out=0.0)


def test_history_keeps_the_last_minutes_in_total_and_per_topic() -> None:
    history = ThroughputHistory(capacity=600)
    for second in range(700):
        history.add(second * 1000, rates(second), {"a": rates(second if second >= 650 else 0), "b": rates(0)})
    times, totals = history.series("messages_in")
    assert (len(times), times[0], times[-1], totals[-1]) == (600, 100, 699, 699)
    _, a = history.series("messages_in", "a")
    assert (a[0], a[-1], int((a > 0).sum())) == (0, 699, 50)
    assert history.busiest("messages_in") == ["a"]
    assert history.latest("a").messages_in == 699
    assert history.latest("b").messages_in == 0
    assert history.latest("nobody").messages_in == 0


def test_history_shows_gaps_where_nothing_is_known() -> None:
    history = ThroughputHistory()
    history.add(1000, Rates(), {})
    history.add(2000, rates(5), {})
    history.add(60_000, rates(6), {})
    times, totals = history.series("messages_in")
    assert list(times) == [1, 2, 3, 60]
    assert [math.isnan(value) for value in totals] == [True, False, True, False]
    history.add(59_000, rates(7), {})
    assert len(history) == 1


def broker(id_: int, state: str = "running") -> BrokerStatistics:
    return BrokerStatistics(id=id_, state=state, host="h", port=1, advertised_host="h", advertised_port=1, rack=None)


def partition(topic: str, index: int, states: tuple[str, ...], *, start: int = 0, end: int = 10) -> PartitionStatistics:
    return PartitionStatistics(
        topic=topic,
        partition=index,
        leader=states.index("leader") + 1 if "leader" in states else None,
        leader_epoch=0,
        log_start_offset=start,
        high_watermark=end,
        log_end_offset=end,
        last_timestamp_ms=1000 + index,
        replicas=tuple(ReplicaStatistics(broker=n + 1, state=state, size_bytes=100) for n, state in enumerate(states)),
    )


def look(second: float = 1.0, messages_in: int = 0, **changes: object) -> EngineStatistics:
    healthy = ("leader", "in-sync", "in-sync")
    plain = EngineStatistics(
        time_ms=round(second * 1000),
        monotonic_s=second,
        cluster_id="c",
        brokers=(broker(1), broker(2), broker(3)),
        topics=(TopicStatistics(name="t", internal=False, traffic=Traffic(messages_in=messages_in)),),
        partitions=(partition("t", 0, healthy, start=4), partition("t", 1, healthy)),
        traffic=Traffic(messages_in=messages_in),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # each caller changes fields by their names


@pytest.mark.parametrize(
    ("changes", "kind", "counts"),
    [
        ({}, HealthKind.OK, (3, 0, 0)),
        ({"brokers": (broker(1), broker(2), broker(3, "stopped"))}, HealthKind.WARNING, (2, 0, 0)),
        ({"partitions": (partition("t", 0, ("leader", "catching-up")),)}, HealthKind.WARNING, (3, 1, 0)),
        ({"partitions": (partition("t", 0, ("offline", "offline")),)}, HealthKind.ERROR, (3, 1, 1)),
        ({"brokers": (broker(1, "failed"), broker(2))}, HealthKind.ERROR, (1, 0, 0)),
        ({"brokers": (broker(1, "stopped"),)}, HealthKind.ERROR, (0, 0, 0)),
    ],
)
def test_health_is_the_worst_that_is_the_case(
    changes: dict[str, object], kind: HealthKind, counts: tuple[int, int, int]
) -> None:
    health = health_of(look(**changes))
    assert (health.kind, (health.brokers_up, health.under_replicated, health.offline)) == (kind, counts)


def test_topic_rows_add_up_their_partitions() -> None:
    looks = iter([look(1.0, 0), look(2.0, 50), look(3.0, 20)])
    made = ClusterLook(lambda: next(looks))
    made.look(())
    _, view = made.look(())
    (row,) = view.topics
    assert (row.messages, row.size_bytes, row.last_record_ms, row.replicas, row.in_sync) == (16, 600, 1001, 6, 6)
    assert (row.rates.messages_in, row.trend, view.totals.messages_in) == (50, (0.0, 50.0), 50)
    _, view = made.look(())  # the engine came back with lower counters
    assert (view.topics[0].rates, view.totals) == (Rates(), Rates())


def test_group_rows_know_lag_and_where_it_goes() -> None:
    now = iter(range(0, 100_000, 1000))
    made, group = GroupRows(lambda: next(now)), GroupInfo(id="g", state="Stable", kind="classic")
    tp, other = TopicPartition("t", 0), TopicPartition("t", 1)
    rows = [
        made.rows([(group, {tp: (at, ""), other: (5, "")})], {tp: (0, 100), other: (8, 10)})[0]
        for at in (10, 20, 40, 100)
    ]
    assert [row.lag for row in rows] == [92, 82, 62, 2]  # offsets 5 to 7 are deleted: they are no lag
    assert (rows[2].trend, rows[3].committed_rate, rows[3].lag_history[-1]) == (LagTrend.SHRINKING, 60, (3000, 2))
    unknown = made.rows([(group, {tp: (1, "")})], {})[0]
    assert (unknown.lag, unknown.topics) == (None, ("t",))
    assert made.rows([], {}) == ()


@pytest.mark.parametrize(
    ("lags", "trend"),
    [
        ([], LagTrend.UNKNOWN),
        ([5, 5], LagTrend.UNKNOWN),
        ([5, 5, 0], LagTrend.NONE),
        ([100, 100, 103], LagTrend.STEADY),
        ([0, 10, 20], LagTrend.GROWING),
        ([20, 10, 5], LagTrend.SHRINKING),
    ],
)
def test_trend(lags: list[int], trend: LagTrend) -> None:
    assert trend_of(lags) is trend


@pytest.fixture
def feeds(bootstrap: str) -> Iterator[Feeds]:
    session = ClusterSession("test", bootstrap)
    made = Feeds(session, period_s=0.1)
    made.start()
    yield made
    session.close()
    assert made.stop(10)


def test_feeds_of_a_cluster_tell_topics_groups_and_health(
    feeds: Feeds,
    connection: ClusterConnection,
    qtbot: QtBot,
) -> None:
    name = f"f-{uuid4().hex[:8]}"
    connection.create_topic(name, 2, 1)
    publisher = Publisher(connection)
    for _ in range(3):
        assert publisher.send(name, OutgoingMessage(value=b"v", partition=0)).error is None
    publisher.close()
    connection.set_group_offsets(name, {TopicPartition(name, 0): 1})

    def row() -> tuple[int | None, int, int] | None:
        return next(((t.messages, t.lagging_groups, t.lag) for t in feeds.topics if t.name == name), None)

    qtbot.waitUntil(lambda: row() == (3, 1, 2), timeout=30_000)
    found = next(topic for topic in feeds.topics if topic.name == name)
    assert (found.partitions, found.in_sync, found.offline) == (2, 2, 0)
    # Rows of topics and of groups come from different looks, and __consumer_offsets may still be without leaders.
    qtbot.waitUntil(
        lambda: [(group.state, group.lag) for group in feeds.groups if group.id == name] == [("Empty", 2)],
        timeout=30_000,
    )
    qtbot.waitUntil(lambda: feeds.health.kind is HealthKind.OK, timeout=30_000)
    assert feeds.view is not None
    assert sum(broker.is_controller for broker in feeds.view.brokers) == 1
    qtbot.waitUntil(lambda: len(feeds.history) >= 3, timeout=30_000)


def test_paused_feeds_show_nothing_until_told(feeds: Feeds, qtbot: QtBot) -> None:
    with qtbot.waitSignal(feeds.view_updated, timeout=30_000):
        pass
    with qtbot.waitSignal(feeds.paused_changed):
        feeds.paused = True
    shown: list[object] = []
    feeds.view_updated.connect(shown.append)
    before = len(feeds.history)
    qtbot.waitUntil(lambda: len(feeds.history) >= before + 3, timeout=30_000)
    assert shown == []
    feeds.refresh_now()
    qtbot.waitUntil(lambda: len(shown) == 1, timeout=30_000)
    feeds.paused = False
    assert len(shown) == 2


def test_a_cluster_that_is_not_there_is_told_once(qtbot: QtBot, unused_tcp_port: int) -> None:
    session = ClusterSession("gone", f"127.0.0.1:{unused_tcp_port}")
    feeds = Feeds(session, period_s=0.05)
    lost: list[object] = []
    feeds.cluster_lost.connect(lost.append)
    feeds.start()
    with qtbot.waitSignal(feeds.cluster_lost, timeout=60_000):
        pass
    qtbot.wait(50)
    assert len(lost) == 1
    session.close()
    assert feeds.stop(10)


@pytest.fixture
def unused_tcp_port() -> Iterator[int]:
    """Bound, and nobody listens."""
    import socket

    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


def test_a_look_soon_after_another_tells_the_same_rates() -> None:
    meter = RateMeter(shortest_s=0.4)
    meter.rates("t", 1.0, Traffic())
    before = meter.rates("t", 2.0, Traffic(messages_in=100))
    assert before.messages_in == pytest.approx(100)
    assert meter.rates("t", 2.05, Traffic(messages_in=100)) == before  # not 0: too short a time to judge by
    assert meter.rates("t", 3.0, Traffic(messages_in=150)).messages_in == pytest.approx(50)
    assert meter.rates("t", 3.1, Traffic(messages_in=10)) == meter.rates("t", 3.0, Traffic(messages_in=150))
