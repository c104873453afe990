"""The record formats of the metadata log, the internal topics and control batches; known bytes are Apache Kafka's."""

from __future__ import annotations

import contextlib
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.protocol.errors import BadLengthError, EncodeError, ProtocolError, UnsupportedVersionError
from desktop_broker.protocol.records.consumer_group_types import ConsumerGroupMetadataKey, ConsumerGroupMetadataValue
from desktop_broker.protocol.records.control_records import (
    ControlType,
    decode_control_record,
    decode_control_type,
    encode_control_record,
)
from desktop_broker.protocol.records.control_types import (
    EndTxnMarker,
    KRaftVersionRecord,
    LeaderChangeMessage,
    LeaderChangeMessageVoter,
    SnapshotFooterRecord,
    SnapshotHeaderRecord,
    VotersRecord,
)
from desktop_broker.protocol.records.group_records import decode_group_record, encode_group_key, encode_group_value
from desktop_broker.protocol.records.group_types import (
    GroupMetadataKey,
    GroupMetadataValue,
    OffsetCommitKey,
    OffsetCommitValue,
)
from desktop_broker.protocol.records.metadata_records import (
    RECORD_TYPES,
    decode_metadata_record,
    encode_metadata_record,
)
from desktop_broker.protocol.records.metadata_types import FenceBrokerRecord, TopicRecord
from desktop_broker.protocol.records.transaction_records import (
    decode_transaction_record,
    encode_transaction_key,
    encode_transaction_value,
)
from desktop_broker.protocol.records.transaction_types import TransactionLogKey, TransactionLogValue
from desktop_broker.protocol.schema import Message
from tests.protocol.strategies import messages, version_id


@pytest.mark.parametrize("record_type", RECORD_TYPES.values(), ids=version_id)
def test_metadata_records_there_and_back(record_type: type[Message]) -> None:
    @given(st.data())
    def there_and_back(data: st.DataObject) -> None:
        version = data.draw(st.integers(*record_type.VERSIONS))
        record = data.draw(messages(record_type, version))
        value = encode_metadata_record(record, version)
        assert value[:3] == bytes((1, record_type.API_KEY, version))
        assert decode_metadata_record(value) == record
        cut = data.draw(st.integers(0, len(value) - 1))
        with pytest.raises(ProtocolError):
            decode_metadata_record(value[:cut])

    there_and_back()


def test_a_topic_record_as_kafka_writes_it() -> None:
    value = b"\x01\x02\x00\x02a" + bytes(range(16)) + b"\x00"
    record = TopicRecord(name="a", topic_id=uuid.UUID(bytes=bytes(range(16))))
    assert encode_metadata_record(record) == value
    assert decode_metadata_record(value) == record


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (encode_metadata_record(FenceBrokerRecord(id=1)) + b"!", BadLengthError),
        (b"\x02\x07\x00", UnsupportedVersionError),
        (b"\x01\x07\x09", UnsupportedVersionError),
        (b"\x01\x63\x00", ProtocolError),
        (b"", ProtocolError),
    ],
)
def test_metadata_records_that_are_none(value: bytes, error: type[ProtocolError]) -> None:
    with pytest.raises(error):
        decode_metadata_record(value)


def test_an_offset_as_kafka_writes_it() -> None:
    key = OffsetCommitKey(group="g", topic="t", partition=3)
    value = OffsetCommitValue(offset=42, leader_epoch=7, metadata="m", commit_timestamp=9)
    assert encode_group_key(key) == b"\x00\x01\x00\x01g\x00\x01t\x00\x00\x00\x03"
    encoded = encode_group_value(value)
    assert encoded == b"\x00\x03" + (42).to_bytes(8, "big") + b"\x00\x00\x00\x07\x00\x01m" + (9).to_bytes(8, "big")
    assert decode_group_record(encode_group_key(key), encoded) == (key, value)
    assert decode_group_record(encode_group_key(key), None) == (key, None)


def test_an_offset_with_an_expiry_time_takes_version_1() -> None:
    value = OffsetCommitValue(offset=42, metadata="", expire_timestamp=5)
    encoded = encode_group_value(value)
    assert encoded[:2] == b"\x00\x01"
    assert decode_group_record(encode_group_key(OffsetCommitKey()), encoded)[1] == value


def test_group_records_of_both_protocols() -> None:
    pairs: list[tuple[Message, Message]] = [
        (GroupMetadataKey(group="g"), GroupMetadataValue(protocol_type="consumer", generation=4, leader="m")),
        (ConsumerGroupMetadataKey(group_id="g"), ConsumerGroupMetadataValue(epoch=3)),
    ]
    for key, value in pairs:
        assert decode_group_record(encode_group_key(key), encode_group_value(value)) == (key, value)
    assert encode_group_key(pairs[0][0]) == b"\x00\x02\x00\x01g"
    assert encode_group_value(pairs[0][1])[:2] == b"\x00\x03"


def test_a_transaction_as_kafka_writes_it() -> None:
    key = TransactionLogKey(transactional_id="tx")
    value = TransactionLogValue(producer_id=5, producer_epoch=1, transaction_status=2, client_transaction_version=2)
    assert encode_transaction_key(key) == b"\x00\x00\x00\x02tx"
    for version in (None, 1):
        encoded = encode_transaction_value(value, version)
        assert encoded[:2] == b"\x00\x01"
        assert decode_transaction_record(encode_transaction_key(key), encoded) == (key, value)
    with pytest.raises(EncodeError):
        encode_transaction_value(value, 0)
    assert decode_transaction_record(encode_transaction_key(key), None) == (key, None)


@given(st.binary(max_size=30), st.none() | st.binary(max_size=30))
def test_random_records_only_raise_protocol_errors(key: bytes, value: bytes | None) -> None:
    for decode in (decode_group_record, decode_transaction_record):
        with contextlib.suppress(ProtocolError):
            decode(key, value)
    with contextlib.suppress(ProtocolError):
        decode_control_record(key, value or b"")
    with contextlib.suppress(ProtocolError):
        decode_metadata_record(key)


@pytest.mark.parametrize(
    ("control_type", "message"),
    [
        (ControlType.ABORT, EndTxnMarker(coordinator_epoch=3)),
        (ControlType.COMMIT, EndTxnMarker(coordinator_epoch=3)),
        (ControlType.LEADER_CHANGE, LeaderChangeMessage(leader_id=2, voters=[LeaderChangeMessageVoter(voter_id=2)])),
        (ControlType.LEADER_CHANGE, LeaderChangeMessage(version=1, leader_id=2)),
        (ControlType.SNAPSHOT_HEADER, SnapshotHeaderRecord(last_contained_log_timestamp=9)),
        (ControlType.SNAPSHOT_FOOTER, SnapshotFooterRecord()),
        (ControlType.KRAFT_VERSION, KRaftVersionRecord(k_raft_version=1)),
        (ControlType.KRAFT_VOTERS, VotersRecord()),
    ],
)
def test_control_records_there_and_back(control_type: ControlType, message: Message) -> None:
    key, value = encode_control_record(control_type, message)
    assert key == b"\x00\x00" + control_type.to_bytes(2, "big")
    assert decode_control_record(key, value) == (control_type, message)
    with pytest.raises(ProtocolError):
        decode_control_record(key, value[:1])


def test_a_commit_marker_as_kafka_writes_it() -> None:
    _, value = encode_control_record(ControlType.COMMIT, EndTxnMarker(coordinator_epoch=7))
    assert value == b"\x00\x00\x00\x00\x00\x07"


def test_control_types_that_are_not_known_can_be_skipped() -> None:
    assert decode_control_type(b"\x00\x00\x00\x63") is None
    with pytest.raises(ProtocolError):
        decode_control_type(None)
    with pytest.raises(EncodeError):
        encode_control_record(ControlType.COMMIT, VotersRecord())
