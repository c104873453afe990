"""The hand-written Produce against the declared classes: same values, same bytes, same refusals."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.protocol.codec import decode, encode
from desktop_broker.protocol.errors import ProtocolError
from desktop_broker.protocol.frames import RequestHeader, encode_response
from desktop_broker.protocol.hot_path import Leader, Node
from desktop_broker.protocol.messages.produce import (
    BatchIndexAndErrorMessage,
    LeaderIdAndEpoch,
    NodeEndpoint,
    PartitionProduceData,
    PartitionProduceResponse,
    ProduceRequest,
    ProduceResponse,
    TopicProduceData,
    TopicProduceResponse,
)
from desktop_broker.protocol.produce_fast import (
    MAX_VERSION,
    MIN_VERSION,
    ProducePartition,
    ProduceRequestView,
    ProduceResult,
    ProduceTopic,
    RecordError,
    encode_produce_response,
    read_produce_request,
)
from tests.protocol.strategies import messages

VERSIONS = range(MIN_VERSION, MAX_VERSION + 1)


def as_view(request: ProduceRequest, version: int) -> ProduceRequestView:
    topics = [
        ProduceTopic(
            topic.topic_id if version >= 13 else topic.name,
            [ProducePartition(p.index, p.records) for p in topic.partition_data],
        )
        for topic in request.topic_data
    ]
    return ProduceRequestView(request.transactional_id, request.acks, request.timeout_ms, topics)


@pytest.mark.parametrize("version", VERSIONS)
def test_requests_are_read_as_declared(version: int) -> None:
    @given(messages(ProduceRequest, version))
    def agree(request: ProduceRequest) -> None:
        frame = memoryview(bytearray(b"head" + encode(request, version)))
        assert read_produce_request(frame, version, 4) == as_view(request, version)

    agree()


@pytest.mark.parametrize("length", [126, 127, 128, 129, 16383, 16384])
@pytest.mark.parametrize("version", [8, 9, 13])
def test_lengths_where_a_compact_one_takes_another_byte(version: int, length: int) -> None:
    partitions = [PartitionProduceData(records=b"a" * length)] * min(length, 200)
    topic = TopicProduceData(name="a" * length if version < 13 else "", partition_data=partitions)
    request = ProduceRequest(transactional_id="t" * length, topic_data=[topic])
    assert read_produce_request(memoryview(encode(request, version)), version) == as_view(request, version)


def test_records_are_writable_slices_of_the_frame() -> None:
    request = decode(
        ProduceRequest, b"\x00\x00\x01" + bytes(4) + b"\x02\x02a\x02" + bytes(4) + b"\x04xyz\x00\x00\x00", 9
    )
    buffer = bytearray(encode(request, 9))
    records = read_produce_request(memoryview(buffer), 9).topics[0].partitions[0].records
    assert records is not None
    records[:] = b"XYZ"
    assert b"XYZ" in buffer


@pytest.mark.parametrize("version", VERSIONS)
def test_damaged_requests_are_refused_as_declared(version: int) -> None:
    @given(messages(ProduceRequest, version), st.data())
    def agree(request: ProduceRequest, data: st.DataObject) -> None:
        frame = bytearray(encode(request, version))
        frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.sampled_from([0, 1, 2, 127, 128, 255]))
        del frame[data.draw(st.integers(1, len(frame))) :]
        expected: object = None
        with contextlib.suppress(ProtocolError):
            expected = as_view(decode(ProduceRequest, frame, version), version)
        found: object = None
        with contextlib.suppress(ProtocolError):
            found = read_produce_request(memoryview(frame), version)
        assert found == expected

    agree()


@pytest.mark.parametrize("version", [2, 14])
def test_versions_outside_the_range(version: int) -> None:
    with pytest.raises(ProtocolError):
        read_produce_request(memoryview(bytes(50)), version)


_INT32, _INT64 = st.integers(-(2**31), 2**31 - 1), st.integers(-(2**63), 2**63 - 1)
_MESSAGE = st.none() | st.text(max_size=150)
_RESULTS = st.builds(
    ProduceResult,
    _INT32,
    st.integers(-1, 100),
    _INT64,
    _INT64,
    _INT64,
    st.lists(st.builds(RecordError, _INT32, _MESSAGE), max_size=2),
    _MESSAGE,
    st.none() | st.builds(Leader, st.integers(0, 9), _INT32),
)
_NODES = st.lists(st.builds(Node, _INT32, st.text(max_size=9), st.integers(0, 65535), _MESSAGE), max_size=2)


def as_declared(
    version: int, topics: list[tuple[object, list[ProduceResult]]], throttle: int, nodes: list[Node]
) -> ProduceResponse:
    responses = [
        TopicProduceResponse(
            **{"topic_id" if version >= 13 else "name": topic},
            partition_responses=[
                PartitionProduceResponse(
                    index=r.partition,
                    error_code=r.error_code,
                    base_offset=r.base_offset,
                    log_append_time_ms=r.log_append_time_ms,
                    log_start_offset=r.log_start_offset,
                    record_errors=[
                        BatchIndexAndErrorMessage(batch_index=e.batch_index, batch_index_error_message=e.message)
                        for e in r.record_errors
                    ],
                    error_message=r.error_message,
                    current_leader=LeaderIdAndEpoch(leader_id=r.current_leader[0], leader_epoch=r.current_leader[1])
                    if r.current_leader and version >= 10
                    else LeaderIdAndEpoch(),
                )
                for r in results
            ],
        )
        for topic, results in topics
    ]
    endpoints = [NodeEndpoint(node_id=n.node_id, host=n.host, port=n.port, rack=n.rack) for n in nodes]
    return ProduceResponse(
        responses=responses, throttle_time_ms=throttle, node_endpoints=endpoints if version >= 10 else []
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_responses_are_the_declared_bytes(version: int) -> None:
    keys = st.uuids() if version >= 13 else st.text(max_size=150)
    topics_of = st.lists(st.tuples(keys, st.lists(_RESULTS, max_size=2)), max_size=2)

    @given(topics_of, _INT32, _INT32, _NODES)
    def agree(
        topics: list[tuple[object, list[ProduceResult]]], correlation_id: int, throttle: int, nodes: list[Node]
    ) -> None:
        frame = encode_produce_response(correlation_id, version, topics, throttle_time_ms=throttle, nodes=nodes)
        declared = as_declared(version, topics, throttle, nodes)
        assert frame == encode_response(RequestHeader(0, version, correlation_id, None), declared)

    agree()
