"""Messages sent to a real cluster, each with its result."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from desktop_broker.kafka.connection import ClusterConnection
from desktop_broker.kafka.errors import ClusterError
from desktop_broker.kafka.model import Message, OutgoingMessage, SendResult
from desktop_broker.kafka.partitioner import partition_for_key
from desktop_broker.kafka.publisher import COMPRESSIONS, Publisher, PublishRequest, PublishSummary, SendOptions
from desktop_broker.kafka.reader import MessageScan
from desktop_broker.kafka.scan_request import ScanRequest

pytestmark = pytest.mark.keeps_threads("the cluster of the module serves connections")


def read(connection: ClusterConnection, topic: str) -> list[Message]:
    messages: list[Message] = []
    assert MessageScan(connection, ScanRequest(topic=topic), messages.extend, lambda _: None).start().join(60)
    return messages


def run(
    publisher: Publisher, request: PublishRequest, stop_after: int | None = None
) -> tuple[list[SendResult], PublishSummary]:
    results: list[SendResult] = []
    summaries: list[PublishSummary] = []
    enough = threading.Event()

    def take(batch: list[SendResult]) -> None:
        results.extend(batch)
        if stop_after is not None and len(results) >= stop_after:
            enough.set()

    running = publisher.run(request, take, summaries.append)
    if stop_after is not None:
        assert enough.wait(30)
        running.stop()
    assert running.join(60)
    assert len(summaries) == 1
    return results, summaries[0]


def plain(number: int) -> OutgoingMessage:
    return OutgoingMessage(key=b"%d" % number, value=b"v%d" % number)


def test_everything_of_a_message_arrives(connection: ClusterConnection, publisher: Publisher, topic: str) -> None:
    message = OutgoingMessage(
        key=b"k", value=b"\x00\xff", headers=(("a", b"1"), ("a", None), ("b", b"")), timestamp_ms=1_234_567
    )
    result = publisher.send(topic, message)
    assert (result.error, result.partition, result.offset, result.timestamp_ms) == (
        None,
        partition_for_key(b"k", 3),
        0,
        1_234_567,
    )
    assert result.latency_us > 0
    (found,) = read(connection, topic)
    assert (found.key, found.value, found.headers, found.timestamp_ms) == (
        b"k",
        b"\x00\xff",
        message.headers,
        1_234_567,
    )


@pytest.mark.parametrize("compression", COMPRESSIONS)
def test_every_compression_is_readable(
    connection: ClusterConnection, publisher: Publisher, topic: str, compression: str
) -> None:
    results, summary = run(
        publisher, PublishRequest(topic=topic, make=plain, count=50, options=SendOptions(compression=compression))
    )
    assert summary.acknowledged == 50
    assert {message.value for message in read(connection, topic)} == {b"v%d" % n for n in range(50)}
    assert sorted(result.number for result in results) == list(range(50))


def test_a_tombstone_and_a_chosen_partition(connection: ClusterConnection, publisher: Publisher, topic: str) -> None:
    assert publisher.send(topic, OutgoingMessage(key=b"k", partition=2)).partition == 2
    (found,) = read(connection, topic)
    assert (found.partition, found.value) == (2, None)


def test_without_acks_there_is_no_offset(publisher: Publisher, topic: str) -> None:
    result = publisher.send(topic, OutgoingMessage(value=b"v"), SendOptions(acks="0", idempotent=False))
    assert (result.error, result.offset) == (None, None)


def test_round_robin_goes_over_all_partitions(publisher: Publisher, topic: str) -> None:
    results, _ = run(publisher, PublishRequest(topic=topic, make=plain, count=9, round_robin=True))
    assert [result.partition for result in sorted(results, key=lambda result: result.number)] == [0, 1, 2] * 3


def test_a_rate_is_kept(publisher: Publisher, topic: str) -> None:
    _, summary = run(publisher, PublishRequest(topic=topic, make=plain, count=21, rate=100.0))
    assert summary.acknowledged == 21
    assert summary.elapsed_s >= 0.2


def test_stop_stops_and_says_so(publisher: Publisher, topic: str) -> None:
    results, summary = run(publisher, PublishRequest(topic=topic, make=plain, count=None, rate=1000.0), stop_after=20)
    assert summary.stopped
    assert summary.sent == summary.acknowledged == len(results)


def test_many_are_all_acknowledged_once(connection: ClusterConnection, publisher: Publisher, topic: str) -> None:
    results, summary = run(publisher, PublishRequest(topic=topic, make=plain, count=30_000))
    assert (summary.sent, summary.acknowledged, summary.failed, summary.stopped) == (30_000, 30_000, 0, False)
    assert len({(result.partition, result.offset) for result in results}) == 30_000
    assert len(read(connection, topic)) == 30_000


def test_two_runs_at_once_keep_apart(publisher: Publisher, topic: str) -> None:
    done: list[tuple[int, list[SendResult], PublishSummary]] = []
    runs = []
    for count in (500, 700):
        results: list[SendResult] = []
        runs.append(
            publisher.run(
                PublishRequest(topic=topic, make=plain, count=count),
                results.extend,
                lambda summary, count=count, results=results: done.append((count, results, summary)),  # type: ignore[misc]
            )
        )
    for running in runs:
        assert running.join(60)
    for count, results, summary in done:
        assert summary.acknowledged == count == len(results)
    assert len(done) == 2


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (OutgoingMessage(partition=3), "The topic"),
        (OutgoingMessage(value=b"x" * 3_000_000), "The message is larger than the cluster accepts."),
    ],
)
def test_what_cannot_be_sent_says_why(publisher: Publisher, topic: str, message: OutgoingMessage, said: str) -> None:
    result = publisher.send(topic, message)
    assert result.offset is None
    assert result.error is not None
    assert result.error.startswith(said)


def test_a_failure_in_the_middle_does_not_stop_the_others(publisher: Publisher, topic: str) -> None:
    results, summary = run(
        publisher, PublishRequest(topic=topic, make=lambda n: OutgoingMessage(value=b"v", partition=n % 4), count=8)
    )
    assert (summary.acknowledged, summary.failed) == (6, 2)
    assert sorted(result.number for result in results if result.error) == [3, 7]


def test_a_topic_that_is_not_there_is_not_made(connection: ClusterConnection, publisher: Publisher, name: str) -> None:
    with pytest.raises(ClusterError, match="There is no topic"):
        publisher.send(name, OutgoingMessage(value=b"v"))
    assert name not in {topic.name for topic in connection.topics()}


@pytest.mark.parametrize(
    "options", [SendOptions(acks="1"), SendOptions(acks="2", idempotent=False), SendOptions(compression="rar")]
)
def test_options_that_contradict_each_other(publisher: Publisher, topic: str, options: SendOptions) -> None:
    with pytest.raises(ClusterError):
        publisher.send(topic, OutgoingMessage(), options)


def test_a_template_that_fails_ends_the_run_in_words(publisher: Publisher, topic: str) -> None:
    broken: Callable[[int], OutgoingMessage] = lambda n: plain(10 // (2 - n))  # noqa: E731 - one line says it
    results, summary = run(publisher, PublishRequest(topic=topic, make=broken, count=5))
    assert summary.error is not None
    assert "by zero" in summary.error.what
    assert summary.acknowledged == len(results) == 2


def test_closing_the_connection_ends_a_run(bootstrap: str, topic: str) -> None:
    connection = ClusterConnection(bootstrap)
    publisher = Publisher(connection)
    begun, ended = threading.Event(), threading.Event()
    running = publisher.run(
        PublishRequest(topic=topic, make=plain, count=None, rate=100.0), lambda _: begun.set(), lambda _: ended.set()
    )
    assert begun.wait(30)
    connection.close()
    assert running.join(30)
    assert ended.is_set()
    publisher.close()
