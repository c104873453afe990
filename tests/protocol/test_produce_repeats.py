"""A recognized request is read exactly as one read field by field, and nothing else is recognized."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.common.types import new_uuid
from desktop_broker.protocol.frames import encode_request, parse_request_header
from desktop_broker.protocol.messages.produce import PartitionProduceData, ProduceRequest, TopicProduceData
from desktop_broker.protocol.produce_fast import read_produce_request
from desktop_broker.protocol.produce_repeats import ProduceRepeats

TOPIC_ID = new_uuid()


def frame(
    records: bytes, *, version: int = 9, partition: int = 0, topic: str = "t", acks: int = 1, correlation: int = 1
) -> memoryview:
    data = [PartitionProduceData(index=partition, records=records)]
    named = (
        TopicProduceData(topic_id=TOPIC_ID, partition_data=data)
        if version >= 13
        else TopicProduceData(name=topic, partition_data=data)
    )
    request = ProduceRequest(acks=acks, timeout_ms=100, topic_data=[named])
    return memoryview(bytearray(encode_request(request, version, correlation, "client")[4:]))


def read(one: memoryview) -> object:
    header, position = parse_request_header(one)
    return header, read_produce_request(one, header.api_version, position)


def taught(one: memoryview) -> ProduceRepeats:
    repeats = ProduceRepeats()
    header, position = parse_request_header(one)
    repeats.remember(one, header, read_produce_request(one, header.api_version, position))
    return repeats


_frames = st.builds(
    frame,
    st.binary(min_size=1, max_size=400),
    version=st.sampled_from([3, 8, 9, 12, 13]),
    partition=st.integers(0, 300),
    topic=st.sampled_from(["t", "u", "longer"]),
    acks=st.sampled_from([0, 1, -1]),
    correlation=st.integers(0, 2**31 - 1),
)


@given(first=_frames, second=_frames)
def test_what_is_recognized_is_read_alike(first: memoryview, second: memoryview) -> None:
    found = taught(first).match(second)
    assert found is None or found == read(second)


@given(records=st.binary(min_size=1, max_size=400), correlation=st.integers(0, 2**31 - 1), version=st.integers(9, 13))
def test_the_next_batch_is_recognized(records: bytes, correlation: int, version: int) -> None:
    repeats = taught(frame(b"first", version=version))
    again = frame(records, version=version, correlation=correlation)
    assert repeats.match(again) == read(again)


@given(first=_frames, damage=st.integers(0, 255), place=st.integers(0, 10_000))
def test_damage_is_never_read_as_something_else(first: memoryview, damage: int, place: int) -> None:
    damaged = memoryview(bytearray(first))
    damaged[place % len(damaged)] = damage
    found = taught(first).match(damaged)
    assert found is None or found == read(damaged)


@given(first=_frames, cut=st.integers(0, 500))
def test_a_cut_frame_is_not_recognized(first: memoryview, cut: int) -> None:
    shorter = first[: max(len(first) - 1 - cut, 0)]
    assert taught(first).match(shorter) is None
