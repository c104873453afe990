"""Streams cut into frames: whole, in any portions, hostile; and how much memory that takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.protocol.errors import BadLengthError
from desktop_broker.protocol.frame_reader import FrameReader


def framed(body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + body


def feed(reader: FrameReader, data: bytes, portion: int) -> list[bytes]:
    """Let the reader take the bytes as a socket would give them, at most `portion` at a time."""
    frames: list[bytes] = []
    position = 0
    while True:
        while (frame := reader.next_frame()) is not None:
            frames.append(bytes(frame))
        if position == len(data):
            return frames
        target = reader.writable()
        assert len(target) > 0
        count = min(len(target), portion, len(data) - position)
        target[:count] = data[position : position + count]
        reader.received(count)
        position += count


@given(
    st.lists(st.one_of(st.integers(0, 300), st.sampled_from([65532, 65536, 70000, 200_000])), max_size=6),
    st.sampled_from([1000, 4096, 65536, 1 << 20]),
)
def test_frames_come_out_as_they_went_in(sizes: list[int], portion: int) -> None:
    bodies = [bytes([number + 1]) * size for number, size in enumerate(sizes)]
    reader = FrameReader()
    assert feed(reader, b"".join(map(framed, bodies)), portion) == bodies
    assert reader.pending == 0


@given(st.binary(max_size=40), st.integers(1, 5))
def test_small_frames_in_single_bytes(body: bytes, portion: int) -> None:
    assert feed(FrameReader(), framed(body) * 3, portion) == [body] * 3


@pytest.mark.parametrize("size", [-1, 1001, 2**31 - 1, -(2**31)])
def test_sizes_that_are_not_allowed(size: int) -> None:
    with pytest.raises(BadLengthError):
        feed(FrameReader(max_size=1000), size.to_bytes(4, "big", signed=True), 4)


def test_a_size_that_lies_costs_nothing() -> None:
    reader = FrameReader()
    feed(reader, (100_000_000).to_bytes(4, "big") + bytes(50_000), 10_000)
    assert reader.capacity <= 64 * 1024
    feed(reader, bytes(200_000), 10_000)
    assert reader.capacity <= 512 * 1024


def test_the_buffer_shrinks_after_a_large_frame() -> None:
    reader = FrameReader()
    feed(reader, framed(bytes(8_000_000)), 1 << 20)
    assert reader.capacity >= 8_000_000
    feed(reader, framed(b"small") * 200, 9)
    assert reader.capacity <= 1024 * 1024


def test_a_large_frame_is_received_to_its_end_and_no_further() -> None:
    """Else the start of the next one would have to be moved."""
    reader = FrameReader()
    size = 1_000_000
    target = reader.writable()
    target[:4] = size.to_bytes(4, "big")
    reader.received(len(target))
    received = len(target)
    while reader.next_frame() is None:
        target = reader.writable()
        received += len(target)
        assert received <= size + 4
        reader.received(len(target))
    assert received == size + 4


def test_frames_are_writable_and_keep_their_bytes_when_the_buffer_is_replaced() -> None:
    reader = FrameReader()
    data = framed(b"first") + (500_000).to_bytes(4, "big") + bytes(40_000)
    target = reader.writable()
    target[: len(data)] = data
    reader.received(len(data))
    frame = reader.next_frame()
    assert frame is not None
    frame[:] = b"FIRST"
    assert bytes(frame) == b"FIRST"
