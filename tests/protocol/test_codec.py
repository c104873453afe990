"""Every message in every version: there and back, and byte for byte as kio and kafka-python read and write it."""

from __future__ import annotations

import contextlib
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_broker.protocol.codec import decode, decode_from, encode
from desktop_broker.protocol.errors import (
    BadLengthError,
    EncodeError,
    NullError,
    ProtocolError,
    UnsupportedVersionError,
)
from desktop_broker.protocol.messages.api_versions import ApiVersionsRequest
from desktop_broker.protocol.messages.fetch import FetchRequest, ForgottenTopic
from desktop_broker.protocol.messages.heartbeat import HeartbeatRequest, HeartbeatResponse
from desktop_broker.protocol.messages.metadata import MetadataRequest, MetadataResponse
from desktop_broker.protocol.messages.offset_for_leader_epoch import OffsetForLeaderEpochRequest
from desktop_broker.protocol.messages.produce import PartitionProduceData, ProduceRequest, TopicProduceData
from desktop_broker.protocol.schema import Message
from tests.protocol.oracles import kafka_python_class, kafka_python_oracle, kio_class, kio_oracle, values_of
from tests.protocol.strategies import class_versions, messages, version_id

EXAMPLES = settings(max_examples=10)


@pytest.mark.parametrize(("cls", "version"), class_versions(), ids=version_id)
def test_oracles_agree_byte_for_byte(cls: type[Message], version: int) -> None:
    oracles = [oracle for oracle in (kio_oracle(cls, version), kafka_python_oracle(cls, version)) if oracle]

    @EXAMPLES
    @given(message=messages(cls, version))
    def there_and_back(message: Message) -> None:
        data = encode(message, version)
        assert decode_from(cls, b"before" + data + b"after", version, 6) == (message, 6 + len(data))
        for oracle in oracles:
            assert oracle(data) in (data, None)

    there_and_back()


WITH_KAFKA_PYTHON = [(cls, version) for cls, version in class_versions() if kafka_python_class(cls, version)]


@pytest.mark.parametrize("cls", dict(WITH_KAFKA_PYTHON), ids=version_id)
def test_field_names_and_values_are_those_of_kafka_python(cls: type[Message]) -> None:
    """Equal bytes could still stand in swapped fields: names and values must agree too."""
    version = dict(WITH_KAFKA_PYTHON)[cls]
    theirs = kafka_python_class(cls, version)

    @EXAMPLES
    @given(message=messages(cls, version))
    def same_values(message: Message) -> None:
        if cls.__name__ == "ApiVersionsResponse" and message.error_code:
            return
        assert values_of(theirs.decode(encode(message, version), version=version), message, version) == {}

    same_values()


def test_the_oracles_know_nearly_everything() -> None:
    """So that a renamed module of theirs does not silence the tests above."""
    pairs = [(cls, version) for cls, version in class_versions() if cls.__name__.endswith(("Request", "Response"))]
    assert [(cls.__name__, version) for cls, version in pairs if kio_class(cls, version) is None] == []
    assert len(WITH_KAFKA_PYTHON) > 0.9 * len(pairs)


def test_a_value_that_the_version_lacks_is_dropped_when_ignorable_and_else_refused() -> None:
    assert encode(MetadataResponse(throttle_time_ms=5), 0) == encode(MetadataResponse(), 0)
    with pytest.raises(EncodeError, match="MetadataRequest version 3 cannot carry allow_auto_topic_creation"):
        encode(MetadataRequest(allow_auto_topic_creation=False), 3)
    with pytest.raises(EncodeError, match="cannot carry forgotten_topics_data"):
        encode(FetchRequest(forgotten_topics_data=[ForgottenTopic(topic="a")]), 6)


def test_a_value_that_does_not_fit_its_field_is_refused() -> None:
    for wrong in (1 << 31, None, "5"):
        with pytest.raises(EncodeError, match="HeartbeatRequest version 3"):
            encode(HeartbeatRequest(group_id="g", generation_id=wrong), 3)  # type: ignore[arg-type]
    with pytest.raises(EncodeError):
        encode(HeartbeatRequest(group_id=None), 3)  # type: ignore[arg-type]
    with pytest.raises(EncodeError):
        encode(HeartbeatRequest(group_id="x" * 40000), 3)
    with pytest.raises(EncodeError):
        encode(HeartbeatRequest(group_id="\ud800"), 3)


def test_versions_outside_the_declared_ones_are_refused() -> None:
    for version in (-1, 5, 99):
        with pytest.raises(UnsupportedVersionError, match="HeartbeatRequest has versions 0 to 4"):
            encode(HeartbeatRequest(), version)
        with pytest.raises(UnsupportedVersionError):
            decode(HeartbeatRequest, b"\x00" * 100, version)


@pytest.mark.parametrize("length", [126, 127, 128, 129, 16382, 16383, 16384])
def test_lengths_where_a_compact_one_takes_another_byte(length: int) -> None:
    """Each edge for sure, and not only when hypothesis comes by: strings, arrays of structs, records."""
    request = HeartbeatRequest(group_id="a" * length, member_id="b")
    assert decode(HeartbeatRequest, encode(request, 4), 4) == request
    topics = [TopicProduceData(partition_data=[PartitionProduceData(records=b"a" * length)])] * length
    many = ProduceRequest(topic_data=topics[: 2 * length // 100] if length > 1000 else topics)
    data = encode(many, 9)
    assert decode(ProduceRequest, data, 9) == many
    for oracle in (kio_oracle(ProduceRequest, 9), kafka_python_oracle(ProduceRequest, 9)):
        assert oracle is not None
        assert oracle(data) == data


def test_unknown_tagged_fields_are_skipped_and_defaults_not_written() -> None:
    assert encode(HeartbeatResponse(), 4) == bytes(7)
    unknown = bytes(6) + b"\x02\x05\x03abc\xff\x01\x00"
    assert decode_from(HeartbeatResponse, unknown, 4, 0) == (HeartbeatResponse(), len(unknown))
    # Beside known ones, in a message that declares tags.
    plain = encode(FetchRequest(cluster_id="c"), 12)
    assert plain.endswith(b"\x01\x00\x02\x02c")
    mixed = plain[: -len(b"\x01\x00\x02\x02c")] + b"\x02\x00\x02\x02c\x7f\x01x"
    assert decode(FetchRequest, mixed, 12) == FetchRequest(cluster_id="c")


def test_a_tagged_field_must_fill_its_length() -> None:
    plain = encode(FetchRequest(cluster_id="c"), 12)
    for wrong in (b"\x01\x00\x03\x02c!", b"\x01\x00\x01\x02c"):
        with pytest.raises(BadLengthError):
            decode(FetchRequest, plain[: -len(b"\x01\x00\x02\x02c")] + wrong, 12)


def test_null_where_none_is_allowed() -> None:
    with pytest.raises(NullError, match="group_id"):
        decode(HeartbeatRequest, b"\xff\xff" + bytes(20), 0)
    with pytest.raises(NullError, match="group_id"):
        decode(HeartbeatRequest, bytes(30), 4)


def test_records_are_a_slice_of_the_buffer() -> None:
    request = ProduceRequest(topic_data=[TopicProduceData(partition_data=[PartitionProduceData(records=b"batch")])])
    buffer = bytearray(encode(request, 9))
    records = decode(ProduceRequest, buffer, 9).topic_data[0].partition_data[0].records
    assert isinstance(records, memoryview)
    records[:] = b"BATCH"
    assert b"BATCH" in buffer


@pytest.mark.parametrize(("cls", "version"), class_versions(), ids=version_id)
def test_malformed_input_only_raises_protocol_errors(cls: type[Message], version: int) -> None:
    @EXAMPLES
    @given(message=messages(cls, version), data=st.data())
    def damaged(message: Message, data: st.DataObject) -> None:
        good = encode(message, version)
        cut = data.draw(st.integers(0, len(good)))
        mutated = bytearray(good)
        for _ in range(data.draw(st.integers(1, 3))):
            if mutated:
                mutated[data.draw(st.integers(0, len(mutated) - 1))] = data.draw(st.sampled_from([0, 1, 127, 128, 255]))
        for candidate in (good[:cut], bytes(mutated), good[cut:]):
            with contextlib.suppress(ProtocolError):
                decode(cls, candidate, version)
        if cut < len(good):
            with pytest.raises(ProtocolError):
                decode(cls, good[:cut], version)

    damaged()


HOSTILE = [
    (MetadataRequest, 1, b"\x7f\xff\xff\xff"),
    (MetadataRequest, 12, b"\xff\xff\xff\xff\x0f"),
    (OffsetForLeaderEpochRequest, 2, b"\x7f\xff\xff\xff"),
    (ApiVersionsRequest, 3, b"\xff\xff\xff\xff\x0f"),
    (HeartbeatResponse, 4, bytes(6) + b"\xff\xff\xff\xff\x0f"),
    (HeartbeatResponse, 4, bytes(6) + b"\x01\x00\xff\xff\xff\xff\x0f"),
    (HeartbeatResponse, 4, bytes(6) + b"\xff\xff\xff\xff\x7f"),
    (ProduceRequest, 9, b"\x00" + bytes(6) + b"\x02\x02a\x02" + bytes(4) + b"\xff\xff\xff\xff\x0f"),
]


@pytest.mark.parametrize(("cls", "version", "data"), HOSTILE)
def test_hostile_lengths_allocate_nothing(cls: type[Message], version: int, data: bytes) -> None:
    with contextlib.suppress(ProtocolError):
        decode(cls, data, version)  # compile outside the measurement
    tracemalloc.start()
    try:
        with pytest.raises(ProtocolError):
            decode(cls, data + bytes(64), version)
        assert tracemalloc.get_traced_memory()[1] < 64 * 1024
    finally:
        tracemalloc.stop()
