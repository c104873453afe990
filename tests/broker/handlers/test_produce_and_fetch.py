"""Rules 3 and 11 to 26 as far as a client sees them, spoken over a plain socket."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from desktop_broker.broker.engine import Engine
from desktop_broker.common.errors import ErrorCode
from desktop_broker.common.types import new_uuid
from desktop_broker.protocol.batch import decode_records, iter_batches
from desktop_broker.protocol.messages.fetch import FetchPartition, FetchRequest, FetchTopic
from desktop_broker.protocol.messages.init_producer_id import InitProducerIdRequest
from desktop_broker.protocol.messages.list_offsets import ListOffsetsPartition, ListOffsetsRequest, ListOffsetsTopic
from desktop_broker.protocol.messages.metadata import MetadataRequest, MetadataRequestTopic
from desktop_broker.protocol.messages.offset_for_leader_epoch import (
    OffsetForLeaderEpochRequest,
    OffsetForLeaderPartition,
    OffsetForLeaderTopic,
)
from desktop_broker.protocol.messages.produce import PartitionProduceData, ProduceRequest, TopicProduceData
from tests.broker.conftest import address
from tests.broker.wire import Wire, batch, produce

pytestmark = pytest.mark.keeps_threads("the module's engine owns its brokers' threads")


def put(wire: Wire, topic: str, records: bytes | None, version: int = 9, **options: int) -> Any:
    """Produce to one partition; its result."""
    return wire.ask(produce(topic, records, **options), version).responses[0].partition_responses[0]


def fetch_request(topic: str, offset: int = 0, **options: Any) -> FetchRequest:
    partition = {"partition": 0, "fetch_offset": offset, "partition_max_bytes": options.pop("partition_bytes", 1 << 20)}
    for name in ("partition", "current_leader_epoch", "last_fetched_epoch"):
        if name in options:
            partition[name] = options.pop(name)
    defaults: dict[str, Any] = {"max_wait_ms": 0, "min_bytes": 1, "max_bytes": 1 << 20, "session_epoch": -1}
    return FetchRequest(
        topics=[FetchTopic(topic=topic, partitions=[FetchPartition(**partition)])], **defaults | options
    )


def get(wire: Wire, topic: str, offset: int = 0, version: int = 12, **options: Any) -> Any:
    """Fetch one partition; its result."""
    return wire.ask(fetch_request(topic, offset, **options), version).responses[0].partitions[0]


def values(records: bytes) -> list[bytes | None]:
    return [record.value for _, one in iter_batches(records) for record in decode_records(one)]


def topic_id(wire: Wire, topic: str) -> Any:
    return wire.ask(MetadataRequest(topics=[MetadataRequestTopic(name=topic)])).topics[0].topic_id


@pytest.mark.parametrize("version", range(3, 13))
@pytest.mark.parametrize("acks", [1, -1])
def test_what_goes_in_comes_out(wire: Wire, make_topic: Callable[..., str], version: int, acks: int) -> None:
    topic = make_topic(replication=3)
    result = put(wire, topic, batch(b"one", b"two", key=b"k"), version, acks=acks)
    assert (result.error_code, result.base_offset) == (0, 0)
    for fetch_version in range(4, 13):
        found = get(wire, topic, version=fetch_version, max_wait_ms=5000)
        assert values(found.records) == [b"one", b"two"]
        assert found.high_watermark == 2


def test_topics_can_be_named_by_id(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic()
    known, unknown = topic_id(wire, topic), new_uuid()
    data = [PartitionProduceData(index=0, records=batch(b"x"))]
    request = ProduceRequest(
        acks=1,
        timeout_ms=1000,
        topic_data=[
            TopicProduceData(topic_id=known, partition_data=data),
            TopicProduceData(topic_id=unknown, partition_data=data),
        ],
    )
    results = wire.ask(request, 13).responses
    assert [(each.topic_id, each.partition_responses[0].error_code) for each in results] == [
        (known, 0),
        (unknown, ErrorCode.UNKNOWN_TOPIC_ID),
    ]
    fetch = FetchRequest(
        max_wait_ms=0,
        min_bytes=1,
        max_bytes=1000,
        session_epoch=-1,
        topics=[
            FetchTopic(
                topic_id=each, partitions=[FetchPartition(partition=0, fetch_offset=0, partition_max_bytes=1000)]
            )
            for each in (known, unknown)
        ],
    )
    found = [each.partitions[0] for each in wire.ask(fetch, 18).responses]
    assert values(found[0].records) == [b"x"]
    assert found[1].error_code == ErrorCode.UNKNOWN_TOPIC_ID


def test_rule_3_records_are_never_null(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic()
    assert get(wire, topic).records == b""
    assert get(wire, topic, 99).records == b""
    assert get(wire, "there.is.no.such").records == b""


def test_rule_11_a_wrong_broker_names_the_leader(engine: Engine, make_topic: Callable[..., str]) -> None:
    topic = make_topic()
    with Wire(address(engine, 2)) as other:
        response = other.ask(produce(topic, batch(b"x")), 12)
        result = response.responses[0].partition_responses[0]
        assert result.error_code == ErrorCode.NOT_LEADER_OR_FOLLOWER
        assert result.current_leader.leader_id == 1
        assert f"{response.node_endpoints[0].host}:{response.node_endpoints[0].port}" == address(engine, 1)
        ask = fetch_request(topic)
        ask.topics[0].topic_id = topic_id(other, topic)
        response = other.ask(ask, 18)
        result = response.responses[0].partitions[0]
        assert result.error_code == ErrorCode.NOT_LEADER_OR_FOLLOWER
        assert result.current_leader.leader_id == 1
        assert response.node_endpoints[0].node_id == 1


def test_rule_12_leader_epochs_are_compared(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic()
    assert get(wire, topic, current_leader_epoch=0).error_code == 0
    assert get(wire, topic, current_leader_epoch=5).error_code == ErrorCode.UNKNOWN_LEADER_EPOCH


def test_rule_14_a_diverging_epoch_is_answered_at_once(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic()
    put(wire, topic, batch(b"a"))
    found = get(wire, topic, 1, last_fetched_epoch=0, max_wait_ms=0)
    assert found.diverging_epoch.end_offset == -1
    found = get(wire, topic, 7, last_fetched_epoch=0, max_wait_ms=60_000)
    assert (found.diverging_epoch.epoch, found.diverging_epoch.end_offset) == (0, 1)


def test_rule_14_a_long_poll_ends_when_something_comes(
    engine: Engine, wire: Wire, make_topic: Callable[..., str]
) -> None:
    topic = make_topic(replication=3)
    found: list[Any] = []

    def wait() -> None:
        with Wire(address(engine, 1)) as consumer:
            found.append(get(consumer, topic, max_wait_ms=60_000))

    waiting = threading.Thread(target=wait)
    waiting.start()
    put(wire, topic, batch(b"news"))
    waiting.join(20)
    assert values(found[0].records) == [b"news"]


def test_rule_14_a_long_poll_ends_by_itself(wire: Wire, make_topic: Callable[..., str]) -> None:
    started = time.monotonic()
    assert get(wire, make_topic(), max_wait_ms=60).records == b""
    assert time.monotonic() - started >= 0.06


def test_rule_15_the_first_batch_ignores_limits_and_batches_stay_whole(
    wire: Wire, make_topic: Callable[..., str]
) -> None:
    topic = make_topic()
    put(wire, topic, batch(b"a" * 500, b"b"))
    put(wire, topic, batch(b"c" * 500))
    assert len(values(get(wire, topic, partition_bytes=1).records)) == 2
    assert len(values(get(wire, topic, max_bytes=1).records)) == 2
    assert values(get(wire, topic, 1, partition_bytes=1).records)[1] == b"b"
    assert len(values(get(wire, topic).records)) == 3


def test_large_fetches_come_from_files(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic()
    for letter in b"abc":
        put(wire, topic, batch(bytes([letter]) * 300_000))
    found = get(wire, topic)
    assert [value[:1] for value in values(found.records) if value] == [b"a", b"b", b"c"]


@pytest.mark.parametrize("isolation_level", [0, 1])
def test_rule_16_without_transactions_all_is_stable(
    wire: Wire, make_topic: Callable[..., str], isolation_level: int
) -> None:
    topic = make_topic()
    put(wire, topic, batch(b"x"))
    found = get(wire, topic, isolation_level=isolation_level)
    assert found.last_stable_offset == found.high_watermark == 1
    assert found.aborted_transactions == ([] if isolation_level else None)


def test_rule_17_a_consumer_is_sent_to_its_rack(engine: Engine, wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic(replication=3)
    put(wire, topic, batch(b"near"))
    assert get(wire, topic, rack_id="RACK2").preferred_read_replica == 2
    assert get(wire, topic, rack_id="RACK1").preferred_read_replica == -1
    assert get(wire, topic, rack_id="elsewhere").preferred_read_replica == -1
    with Wire(address(engine, 2)) as follower:
        assert values(get(follower, topic, rack_id="RACK2", max_wait_ms=5000).records) == [b"near"]
        assert get(follower, topic, version=10).error_code == ErrorCode.NOT_LEADER_OR_FOLLOWER


def test_rule_13_an_incremental_session_tells_only_news(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic()
    first = wire.ask(fetch_request(topic, session_epoch=0), 12)
    assert first.session_id > 0
    step = FetchRequest(max_wait_ms=0, min_bytes=1, max_bytes=1000, session_id=first.session_id, session_epoch=1)
    assert wire.ask(step, 12).responses == []
    put(wire, topic, batch(b"x"))
    step.session_epoch = 2
    assert values(wire.ask(step, 12).responses[0].partitions[0].records) == [b"x"]
    step.session_id += 1
    assert wire.ask(step, 12).error_code == ErrorCode.FETCH_SESSION_ID_NOT_FOUND


def list_offset(wire: Wire, topic: str, timestamp: int, version: int = 11) -> tuple[int, int]:
    asked = [ListOffsetsPartition(partition_index=0, timestamp=timestamp)]
    request = ListOffsetsRequest(replica_id=-1, topics=[ListOffsetsTopic(name=topic, partitions=asked)])
    found = wire.ask(request, version).topics[0].partitions[0]
    return found.error_code, found.offset


def test_rule_18_special_times(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic()
    put(wire, topic, batch(b"a", timestamp=1_795_000_000_000))
    put(wire, topic, batch(b"b", timestamp=1_795_000_000_100))
    put(wire, topic, batch(b"c", timestamp=1_795_000_000_050))
    assert [list_offset(wire, topic, special) for special in (-1, -2, -3, -4, -5)] == [
        (0, 3),
        (0, 0),
        (0, 1),
        (0, 0),
        (0, -1),
    ]
    assert list_offset(wire, topic, 1_795_000_000_050) == (0, 1)
    assert list_offset(wire, topic, 1_795_000_000_101) == (0, -1)
    assert list_offset(wire, topic, -3, version=6)[0] == ErrorCode.UNSUPPORTED_VERSION
    assert list_offset(wire, "there.is.no.such", -1)[0] == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION


def producer_id(wire: Wire) -> int:
    return int(wire.ask(InitProducerIdRequest(transactional_id=None)).producer_id)


def test_rules_19_and_20_sequences(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic, me = make_topic(replication=3), producer_id(wire)
    assert me != producer_id(wire)

    def send(sequence: int, epoch: int = 0) -> tuple[int, int]:
        result = put(wire, topic, batch(b"x", producer_id=me, producer_epoch=epoch, base_sequence=sequence))
        return result.error_code, result.base_offset

    assert [send(sequence) for sequence in (0, 1, 2)] == [(0, 0), (0, 1), (0, 2)]
    assert send(1) == (0, 1)  # a repeat succeeds with its first offset
    assert send(5)[0] == ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    assert send(0, epoch=1) == (0, 3)
    assert send(3, epoch=0)[0] == ErrorCode.INVALID_PRODUCER_EPOCH


def test_a_transactional_producer_is_refused_clearly(wire: Wire, make_topic: Callable[..., str]) -> None:
    assert wire.ask(InitProducerIdRequest(transactional_id="t")).error_code == ErrorCode.INVALID_REQUEST
    records = batch(b"x", producer_id=1, producer_epoch=0, base_sequence=0, is_transactional=True)
    assert put(wire, make_topic(), records).error_code == ErrorCode.INVALID_TXN_STATE


@pytest.mark.parametrize("records", [None, b"", b"short", batch(b"x")[:-1], batch(b"x") + b"more"])
def test_rule_22_what_is_no_batch(wire: Wire, make_topic: Callable[..., str], records: bytes | None) -> None:
    topic = make_topic()
    assert put(wire, topic, records).error_code in (ErrorCode.INVALID_RECORD, ErrorCode.CORRUPT_MESSAGE)
    assert put(wire, topic, batch(b"fine")).base_offset == 0


def test_rule_22_a_flipped_bit_is_found(wire: Wire, make_topic: Callable[..., str]) -> None:
    damaged = bytearray(batch(b"value"))
    damaged[-2] ^= 1
    assert put(wire, make_topic(), bytes(damaged)).error_code == ErrorCode.CORRUPT_MESSAGE


def test_rule_23_log_append_time(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic(message_timestamp_type="LogAppendTime")
    result = put(wire, topic, batch(b"x", timestamp=1))
    assert result.log_append_time_ms > 1_700_000_000_000
    ((header, _),) = iter_batches(get(wire, topic).records)
    assert header.max_timestamp == result.log_append_time_ms


def test_rule_24_a_compacted_topic_wants_keys(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic(cleanup_policy="compact")
    result = put(wire, topic, batch(b"no", b"key"))
    assert result.error_code == ErrorCode.INVALID_RECORD
    assert [error.batch_index for error in result.record_errors] == [0, 1]
    assert put(wire, topic, batch(b"v", key=b"k")).error_code == 0


def test_rule_25_too_large(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic(max_message_bytes="200")
    assert put(wire, topic, batch(b"x" * 300)).error_code == ErrorCode.MESSAGE_TOO_LARGE
    assert put(wire, topic, batch(b"x")).error_code == 0


def test_rule_26_min_isr_is_capped_at_the_replicas(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic(min_insync_replicas="2")
    assert put(wire, topic, batch(b"x")).error_code == 0


def test_acks_that_do_not_exist(wire: Wire, make_topic: Callable[..., str]) -> None:
    assert put(wire, make_topic(), batch(b"x"), acks=2).error_code == ErrorCode.INVALID_REQUIRED_ACKS


def test_epochs_end_where_the_log_does(wire: Wire, make_topic: Callable[..., str]) -> None:
    topic = make_topic()
    put(wire, topic, batch(b"a", b"b"))
    asked = [OffsetForLeaderPartition(partition=0, current_leader_epoch=0, leader_epoch=0)]
    request = OffsetForLeaderEpochRequest(replica_id=-1, topics=[OffsetForLeaderTopic(topic=topic, partitions=asked)])
    found = wire.ask(request).topics[0].partitions[0]
    assert (found.error_code, found.leader_epoch, found.end_offset) == (0, 0, 2)
