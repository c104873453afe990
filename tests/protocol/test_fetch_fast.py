"""The hand-written Fetch against the declared classes: same values, same bytes, and records passed through untouched."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.protocol.codec import decode, encode
from desktop_broker.protocol.errors import ProtocolError
from desktop_broker.protocol.fetch_fast import (
    MAX_VERSION,
    MIN_VERSION,
    AbortedTransaction,
    EpochEnd,
    FetchPartition,
    FetchRequestView,
    FetchResult,
    FetchTopic,
    ForgottenTopic,
    Leader,
    Node,
    encode_fetch_response,
    read_fetch_request,
)
from desktop_broker.protocol.frames import RequestHeader, encode_response
from desktop_broker.protocol.messages import fetch
from tests.protocol.strategies import messages

VERSIONS = range(MIN_VERSION, MAX_VERSION + 1)


def as_view(request: fetch.FetchRequest, version: int) -> FetchRequestView:
    def key(topic: fetch.FetchTopic | fetch.ForgottenTopic) -> object:
        return topic.topic_id if version >= 13 else topic.topic

    topics = [
        FetchTopic(
            key(topic),
            [
                FetchPartition(
                    p.partition, p.current_leader_epoch, p.fetch_offset, p.last_fetched_epoch,
                    p.log_start_offset, p.partition_max_bytes,
                )
                for p in topic.partitions
            ],
        )
        for topic in request.topics
    ]  # fmt: skip
    return FetchRequestView(
        request.replica_state.replica_id if version >= 15 else request.replica_id,
        request.replica_state.replica_epoch,
        request.max_wait_ms,
        request.min_bytes,
        request.max_bytes,
        request.isolation_level,
        request.session_id,
        request.session_epoch,
        topics,
        [ForgottenTopic(key(topic), topic.partitions) for topic in request.forgotten_topics_data],
        request.rack_id,
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_requests_are_read_as_declared(version: int) -> None:
    @given(messages(fetch.FetchRequest, version), st.booleans())
    def agree(request: fetch.FetchRequest, plain: bool) -> None:
        if plain:  # no tagged field anywhere: the way that consumers take
            request.cluster_id, request.replica_state = None, fetch.ReplicaState()
            for partition in (p for topic in request.topics for p in topic.partitions):
                default = fetch.FetchPartition()
                partition.replica_directory_id = default.replica_directory_id
                partition.high_watermark = default.high_watermark
        frame = memoryview(b"head" + encode(request, version))
        assert read_fetch_request(frame, version, 4) == as_view(request, version)

    agree()


@pytest.mark.parametrize("version", VERSIONS)
def test_damaged_requests_are_refused_as_declared(version: int) -> None:
    @given(messages(fetch.FetchRequest, version), st.data())
    def agree(request: fetch.FetchRequest, data: st.DataObject) -> None:
        frame = bytearray(encode(request, version))
        frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.sampled_from([0, 1, 2, 127, 128, 255]))
        del frame[data.draw(st.integers(1, len(frame))) :]
        expected: object = None
        with contextlib.suppress(ProtocolError):
            expected = as_view(decode(fetch.FetchRequest, frame, version), version)
        found: object = None
        with contextlib.suppress(ProtocolError):
            found = read_fetch_request(memoryview(frame), version)
        assert found == expected

    agree()


@pytest.mark.parametrize("version", [3, 19])
def test_versions_outside_the_range(version: int) -> None:
    with pytest.raises(ProtocolError):
        read_fetch_request(memoryview(bytes(90)), version)


@dataclass(frozen=True, slots=True)
class FileRegion:
    """A stand-in for a slice of a segment file."""

    content: bytes

    @property
    def length(self) -> int:
        return len(self.content)


def send(pieces: list[object]) -> bytes:
    return b"".join(piece.content if isinstance(piece, FileRegion) else piece for piece in pieces)


_INT32, _INT64 = st.integers(-(2**31), 2**31 - 1), st.integers(-(2**63), 2**63 - 1)
_CONTENT = st.binary(max_size=300)
_EPOCH_END = st.none() | st.builds(EpochEnd, st.integers(0, 9), _INT64)
_RESULTS = st.builds(
    FetchResult,
    _INT32,
    st.integers(-1, 100),
    _INT64,
    _INT64,
    _INT64,
    st.none() | st.lists(st.builds(AbortedTransaction, _INT64, _INT64), max_size=2),
    _INT32,
    st.none() | _CONTENT | _CONTENT.map(bytearray) | _CONTENT.map(memoryview) | _CONTENT.map(FileRegion),
    _EPOCH_END,
    st.none() | st.builds(Leader, st.integers(0, 9), _INT32),
    _EPOCH_END,
)
_NODES = st.lists(
    st.builds(Node, _INT32, st.text(max_size=9), st.integers(0, 65535), st.none() | st.text(max_size=9)), max_size=2
)


def as_declared(result: FetchResult, version: int) -> fetch.PartitionData:
    data = fetch.PartitionData(
        partition_index=result.partition,
        error_code=result.error_code,
        high_watermark=result.high_watermark,
        last_stable_offset=result.last_stable_offset,
        log_start_offset=result.log_start_offset,
        aborted_transactions=None
        if result.aborted_transactions is None
        else [fetch.AbortedTransaction(producer_id=a, first_offset=b) for a, b in result.aborted_transactions],
        records=b"" if result.records is None else send([result.records]),
    )
    if version >= 11:
        data.preferred_read_replica = result.preferred_read_replica
    if version >= 12:
        if result.diverging_epoch:
            epoch, end = result.diverging_epoch
            data.diverging_epoch = fetch.EpochEndOffset(epoch=epoch, end_offset=end)
        if result.current_leader:
            leader, epoch = result.current_leader
            data.current_leader = fetch.LeaderIdAndEpoch(leader_id=leader, leader_epoch=epoch)
        if result.snapshot_id:
            epoch, end = result.snapshot_id
            data.snapshot_id = fetch.SnapshotId(epoch=epoch, end_offset=end)
    return data


@pytest.mark.parametrize("version", VERSIONS)
def test_responses_are_the_declared_bytes(version: int) -> None:
    keys = st.uuids() if version >= 13 else st.text(max_size=150)
    topics_of = st.lists(st.tuples(keys, st.lists(_RESULTS, max_size=2)), max_size=2)

    @given(topics_of, _INT32, _INT32, _INT32, _NODES)
    def agree(
        topics: list[tuple[object, list[FetchResult]]],
        correlation_id: int,
        throttle: int,
        session: int,
        nodes: list[Node],
    ) -> None:
        pieces = encode_fetch_response(
            correlation_id, version, topics, throttle_time_ms=throttle, error_code=9, session_id=session, nodes=nodes
        )
        key = "topic_id" if version >= 13 else "topic"
        declared = fetch.FetchResponse(
            throttle_time_ms=throttle,
            error_code=9 if version >= 7 else 0,
            session_id=session if version >= 7 else 0,
            responses=[
                fetch.FetchableTopicResponse(**{key: topic}, partitions=[as_declared(r, version) for r in results])
                for topic, results in topics
            ],
        )
        if version >= 16:
            declared.node_endpoints = [
                fetch.NodeEndpoint(node_id=n.node_id, host=n.host, port=n.port, rack=n.rack) for n in nodes
            ]
        assert send(pieces) == encode_response(RequestHeader(1, version, correlation_id, None), declared)

    agree()


def test_records_are_passed_through_and_never_null() -> None:
    region, view = FileRegion(b"from a file"), memoryview(b"from memory")
    results = [FetchResult(0, records=region), FetchResult(1, records=view), FetchResult(2)]
    pieces = encode_fetch_response(1, 12, [("a", results)])
    assert [piece for piece in pieces if not isinstance(piece, bytes)] == [region, view]
    declared = decode(fetch.FetchResponse, send(pieces)[9:], 12)
    assert [bytes(p.records) for p in declared.responses[0].partitions] == [b"from a file", b"from memory", b""]
