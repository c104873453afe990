"""Scans over a real cluster find what they should, in order, and say honestly how far they came."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from desktop_broker.common.types import TopicPartition
from desktop_broker.kafka.connection import ClusterConnection
from desktop_broker.kafka.errors import ClusterError
from desktop_broker.kafka.model import Message, OutgoingMessage
from desktop_broker.kafka.partitioner import partition_for_key
from desktop_broker.kafka.publisher import Publisher
from desktop_broker.kafka.reader import MessageScan
from desktop_broker.kafka.scan_request import AtOffset, AtTime, Live, Newest, ScanProgress, ScanRequest, ScanStart
from desktop_broker.kafka.wire_requests import first_reachable
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.api_versions import ApiVersionsRequest, ApiVersionsResponse
from tests.kafka.conftest import Fill

pytestmark = pytest.mark.keeps_threads("the cluster of the module serves connections")

BASE_MS = 1_700_000_000_000


def scan(connection: ClusterConnection, request: ScanRequest) -> tuple[list[Message], ScanProgress]:
    messages: list[Message] = []
    told: list[ScanProgress] = []
    running = MessageScan(connection, request, messages.extend, told.append).start()
    assert running.join(60)
    assert [progress.finished for progress in told] == [False] * (len(told) - 1) + [True]
    return messages, told[-1]


def numbers(messages: list[Message]) -> list[int]:
    return [int(message.value or b"-1") for message in messages]


@pytest.fixture
def filled(topic: str, fill: Fill) -> str:
    """300 messages over three partitions, a millisecond apart, numbered."""
    fill(
        topic,
        300,
        lambda n: OutgoingMessage(
            key=b"k%d" % (n % 10),
            value=b"%d" % n,
            headers=(("odd", b"yes" if n % 2 else None),),
            timestamp_ms=BASE_MS + n,
        ),
    )
    return topic


def test_oldest_brings_everything_in_order_of_time(connection: ClusterConnection, filled: str) -> None:
    messages, end = scan(connection, ScanRequest(topic=filled))
    assert numbers(messages) == list(range(300))
    assert (end.complete, end.scanned, end.total, end.records, end.matches, end.resume) == (
        True,
        300,
        300,
        300,
        300,
        None,
    )
    first = messages[0]
    assert (first.key, first.headers, first.timestamp_ms) == (b"k0", (("odd", None),), BASE_MS)


def test_a_limit_stops_and_the_next_scan_goes_on(connection: ClusterConnection, filled: str) -> None:
    request: ScanRequest | None = ScanRequest(topic=filled, limit=70)
    found: list[int] = []
    rounds = 0
    while request is not None:
        messages, end = scan(connection, request)
        found += numbers(messages)
        assert end.complete == (end.resume is None)
        request, rounds = end.resume, rounds + 1
    assert found == list(range(300))
    assert rounds == 5


def test_newest_over_all_partitions_and_further_back(connection: ClusterConnection, filled: str) -> None:
    messages, end = scan(connection, ScanRequest(topic=filled, start=Newest(50)))
    assert numbers(messages) == list(range(250, 300))
    assert end.resume is not None
    older, _ = scan(connection, end.resume)
    assert numbers(older) == list(range(200, 250))
    everything, end = scan(connection, ScanRequest(topic=filled, start=Newest(1000)))
    assert numbers(everything) == list(range(300))
    assert end.resume is None


def test_newest_looks_further_back_where_records_are_gone(connection: ClusterConnection, filled: str) -> None:
    bounds = connection.offsets(TopicPartition(filled, index) for index in range(3))
    tp, (_, high) = max(bounds.items(), key=lambda item: item[1][1])
    connection.delete_records({tp: high - 1})
    messages, _ = scan(connection, ScanRequest(topic=filled, start=Newest(100)))
    assert len(messages) == 100
    assert sum(message.partition == tp.partition for message in messages) == 1


def test_filters_among_the_newest(connection: ClusterConnection, filled: str) -> None:
    messages, _ = scan(connection, ScanRequest(topic=filled, start=Newest(20), key=b"k7", key_partition_only=False))
    assert numbers(messages) == [287, 297]


@pytest.mark.parametrize(
    ("start", "expected"),
    [(AtTime(BASE_MS + 120), range(120, 300)), (AtTime(BASE_MS + 10_000), range(0)), (AtOffset(0), range(300))],
)
def test_where_to_start(connection: ClusterConnection, filled: str, start: ScanStart, expected: range) -> None:
    messages, end = scan(connection, ScanRequest(topic=filled, start=start))
    assert numbers(messages) == list(expected)
    assert end.complete


def test_an_offset_beyond_the_end_finds_nothing(connection: ClusterConnection, filled: str) -> None:
    messages, end = scan(connection, ScanRequest(topic=filled, start=AtOffset(10_000)))
    assert messages == []
    assert (end.complete, end.total) == (True, 0)


def test_an_offset_before_the_start_begins_where_there_is_something(connection: ClusterConnection, filled: str) -> None:
    connection.delete_records({TopicPartition(filled, 0): 5})
    messages, _ = scan(connection, ScanRequest(topic=filled, start=AtOffset(1), partitions=(0,)))
    assert messages[0].offset == 5


def test_a_key_is_looked_for_in_its_partition_only(connection: ClusterConnection, filled: str) -> None:
    messages, end = scan(connection, ScanRequest(topic=filled, key=b"k3"))
    assert numbers(messages) == list(range(3, 300, 10))
    assert set(end.positions) == {partition_for_key(b"k3", 3)}
    assert end.total is not None
    assert end.total < 300
    everywhere, end = scan(connection, ScanRequest(topic=filled, key=b"k3", key_partition_only=False))
    assert numbers(everywhere) == numbers(messages)
    assert end.total == 300


def test_text_is_found_in_headers_too(connection: ClusterConnection, filled: str) -> None:
    messages, end = scan(connection, ScanRequest(topic=filled, text="YES"))
    assert numbers(messages) == list(range(1, 300, 2))
    assert (end.records, end.matches) == (300, 150)


def test_chosen_partitions(connection: ClusterConnection, filled: str) -> None:
    messages, _ = scan(connection, ScanRequest(topic=filled, partitions=(1,)))
    assert {message.partition for message in messages} == {1}


def test_a_partition_that_is_not_there_is_named(connection: ClusterConnection, filled: str) -> None:
    messages, end = scan(connection, ScanRequest(topic=filled, partitions=(7,)))
    assert messages == []
    assert str(end.error) == f"The topic '{filled}' has no partition 7. It has 3, numbered from 0: choose among those."


def test_a_topic_that_is_not_there_is_not_made(connection: ClusterConnection, name: str) -> None:
    for start in (None, Live(), Newest(5)):
        request = ScanRequest(topic=name)
        _, end = scan(connection, request if start is None else replace(request, start=start))
        assert isinstance(end.error, ClusterError)
        assert end.error.code == "UNKNOWN_TOPIC_OR_PARTITION"
    assert name not in {topic.name for topic in connection.topics()}


def test_nothing_is_committed_and_no_group_appears(connection: ClusterConnection, filled: str) -> None:
    before = {group.id for group in connection.groups()}
    scan(connection, ScanRequest(topic=filled))
    assert {group.id for group in connection.groups()} == before


def test_aborted_and_open_transactions(connection: ClusterConnection, filled: str, bootstrap: str, name: str) -> None:
    """Markers leave gaps in the offsets; the scan passes them and is complete."""
    from confluent_kafka import Producer

    with first_reachable(bootstrap, {}) as wire:
        served = {row.api_key for row in wire.ask(ApiVersionsRequest(), ApiVersionsResponse).api_keys}
    if ApiKey.ADD_PARTITIONS_TO_TXN not in served:
        pytest.skip("transactions are not served")
    producer = Producer({"bootstrap.servers": bootstrap, "transactional.id": name})
    producer.init_transactions(30)
    producer.begin_transaction()
    producer.produce(filled, b"1000", partition=0)
    producer.flush()
    producer.abort_transaction()
    seen, end = scan(connection, ScanRequest(topic=filled, partitions=(0,)))
    assert numbers(seen)[-1] == 1000
    assert end.complete
    committed, end = scan(connection, ScanRequest(topic=filled, partitions=(0,), committed_only=True))
    assert 1000 not in numbers(committed)
    assert end.complete


def test_live_brings_what_comes_until_cancelled(
    connection: ClusterConnection, filled: str, publisher: Publisher
) -> None:
    ready, came, ended = threading.Event(), threading.Event(), threading.Event()
    messages: list[Message] = []

    def take(batch: list[Message]) -> None:
        messages.extend(batch)
        came.set()

    def hear(progress: ScanProgress) -> None:
        ready.set()
        if progress.finished:
            assert progress.cancelled
            assert progress.total is None
            ended.set()

    running = MessageScan(connection, ScanRequest(topic=filled, start=Live()), take, hear).start()
    assert ready.wait(30)
    publisher.send(filled, OutgoingMessage(value=b"777"))
    assert came.wait(30)
    running.cancel()
    assert running.join(30)
    assert ended.is_set()
    assert numbers(messages) == [777]


def test_cancel_says_where_it_stopped(connection: ClusterConnection, topic: str, fill: Fill) -> None:
    fill(topic, 20_000, lambda n: OutgoingMessage(key=b"%d" % n, value=b"%d" % n, timestamp_ms=BASE_MS + n))
    found: list[Message] = []
    told: list[ScanProgress] = []
    running: list[MessageScan] = []

    def take(batch: list[Message]) -> None:
        found.extend(batch)
        running[0].cancel()

    running.append(MessageScan(connection, ScanRequest(topic=topic), take, told.append))
    running[0].start()
    assert running[0].join(30)
    end = told[-1]
    assert end.cancelled
    assert end.resume is not None
    assert len(found) < 20_000
    rest, _ = scan(connection, end.resume)
    assert sorted(numbers(found + rest)) == list(range(20_000))
