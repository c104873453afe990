"""Records byte for byte, and read by Apache Kafka's own decoder where that runs."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path

import pytest

from desktop_broker.common.types import TopicPartition
from desktop_broker.coordinator.classic_group import ClassicGroup
from desktop_broker.coordinator.effects import Client
from desktop_broker.coordinator.log import Record
from desktop_broker.coordinator.member import ClassicMember
from desktop_broker.coordinator.offsets import CommittedOffset
from desktop_broker.coordinator.records import group_record, group_tombstone, offset_record, offset_tombstone, read
from desktop_broker.protocol import batch
from desktop_broker.protocol.codec import encode
from desktop_broker.protocol.errors import ProtocolError
from desktop_broker.protocol.messages.consumer_protocol import ConsumerProtocolAssignment, ConsumerProtocolSubscription
from tests.support.apache_kafka import run_tool

TOPIC_ID = uuid.UUID("00112233-4455-6677-8899-aabbccddeeff")


def make_group() -> ClassicGroup:
    group = ClassicGroup("g", 1_700_000_000_000)
    group.protocol_type, group.protocol, group.generation = "consumer", "range", 3
    subscription = b"\x00\x01" + encode(ConsumerProtocolSubscription(topics=["t"]), 1)
    for member_id, instance_id in (("a-1", None), ("i-2", "i")):
        member = ClassicMember(
            member_id,
            instance_id=instance_id,
            client=Client("app", "/127.0.0.1"),
            rebalance_timeout_ms=60_000,
            session_timeout_ms=10_000,
            protocols=(("range", subscription),),
        )
        group.add(member, None)
    return group


def test_an_offset_is_written_as_kafka_4_3_writes_it() -> None:
    committed = CommittedOffset(offset=5, leader_epoch=2, metadata="x", commit_timestamp_ms=258, topic_id=TOPIC_ID)
    key, value = offset_record("g", "t", 1, committed)
    assert key.hex() == "000100016700017400000001"
    assert value is not None
    expected = "000400000000000000050000000202780000000000000102010010" + TOPIC_ID.hex
    assert value.hex() == expected


def test_an_offset_without_topic_id_has_no_tag() -> None:
    _, value = offset_record("g", "t", 1, CommittedOffset(offset=5, commit_timestamp_ms=258))
    assert value is not None
    assert value.hex() == "00040000000000000005ffffffff01000000000000010200"


def test_an_offset_that_expires_by_itself_is_written_in_version_1() -> None:
    committed = CommittedOffset(offset=5, metadata="x", commit_timestamp_ms=258, expire_timestamp_ms=259)
    _, value = offset_record("g", "t", 1, committed)
    assert value is not None
    assert value.hex() == "0001000000000000000500017800000000000001020000000000000103"


def test_tombstones() -> None:
    assert offset_tombstone("g", TopicPartition("t", 1)) == (bytes.fromhex("000100016700017400000001"), None)
    assert group_tombstone("g") == (bytes.fromhex("0002000167"), None)


def test_a_group_is_written_in_version_3() -> None:
    key, value = group_record(make_group(), {"a-1": b"mine"})
    assert key.hex() == "0002000167"
    assert value is not None
    assert value[:2] == b"\x00\x03"


def test_records_of_other_kinds_are_not_ours() -> None:
    assert read((b"\x00\x03\x00\x01g", b"\x00\x00")) is None
    assert read((b"\x03\xe8", None)) is None


@pytest.mark.parametrize(
    "record",
    [
        (b"", None),
        (b"\x00", None),
        (b"\x00\x01\x00", None),
        (b"\x00\x02\x00\x01g", b""),
        (b"\x00\x02\x00\x01g", b"\x00\x03\x00"),
        (b"\x00\x02\x00\x01g", b"\x00\x63"),  # a version to come
        (b"\x00\x02\x00\x01g", b"\xff\xff"),
    ],
)
def test_records_that_cannot_be_read(record: Record) -> None:
    with pytest.raises(ProtocolError):
        read(record)


def test_apache_kafka_reads_them(tmp_path: Path) -> None:
    """`DumpLogSegments --offsets-decoder` is Kafka's own reader of `__consumer_offsets`."""
    assignment = b"\x00\x01" + encode(ConsumerProtocolAssignment(), 1)
    written = [
        group_record(make_group(), {"a-1": assignment, "i-2": assignment}),
        offset_record("g", "t", 1, CommittedOffset(offset=5, leader_epoch=2, metadata="note", topic_id=TOPIC_ID)),
        offset_record("old", "t", 0, CommittedOffset(offset=6, expire_timestamp_ms=9)),
        offset_tombstone("g", TopicPartition("t", 1)),
        group_tombstone("g"),
    ]
    records = [batch.Record(offset, 1_700_000_000_000, key, value) for offset, (key, value) in enumerate(written)]
    segment = tmp_path / "00000000000000000000.log"
    segment.write_bytes(batch.build_batch(records, partition_leader_epoch=0))
    output = run_tool("dump-log", "--offsets-decoder", "--print-data-log", "--files", str(segment))
    lines = re.findall(r"key: (\{.*?\}) payload: ?(.*)$", output, re.MULTILINE)
    assert len(lines) == len(written), output
    (group_key, group_value), (offset_key, offset_value), (_, old_value), (_, gone), (_, group_gone) = (
        (json.loads(key), json.loads(value) if value.startswith("{") else value) for key, value in lines
    )
    assert group_key == {"type": "2", "data": {"group": "g"}}
    assert (group_value["version"], group_value["data"]["protocol"]) == ("3", "range")
    assert group_value["data"]["generation"] == 3
    assert [one["memberId"] for one in group_value["data"]["members"]] == ["a-1", "i-2"]
    assert [one["groupInstanceId"] for one in group_value["data"]["members"]] == [None, "i"]
    assert offset_key == {"type": "1", "data": {"group": "g", "topic": "t", "partition": 1}}
    assert offset_value["version"] == "4"
    assert (offset_value["data"]["offset"], offset_value["data"]["leaderEpoch"]) == (5, 2)
    assert (offset_value["data"]["metadata"], offset_value["data"]["topicId"]) == ("note", "ABEiM0RVZneImaq7zN3u_w")
    assert (old_value["version"], old_value["data"]["expireTimestamp"]) == ("1", 9)
    assert not isinstance(gone, dict)
    assert not isinstance(group_gone, dict)
