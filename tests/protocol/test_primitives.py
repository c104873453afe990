"""Variable-length integers at their edges, and the cache of ids."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.protocol.errors import BadLengthError
from desktop_broker.protocol.primitives import read_uvarint, read_varint, uuid_of, uvarint, varint


@pytest.mark.parametrize(
    ("value", "data"),
    [(0, b"\x00"), (127, b"\x7f"), (128, b"\x80\x01"), (16383, b"\xff\x7f"), (2**32 - 1, b"\xff\xff\xff\xff\x0f")],
)
def test_uvarint(value: int, data: bytes) -> None:
    assert uvarint(value) == data
    assert read_uvarint(b"." + data, 1) == (value, 1 + len(data))


@pytest.mark.parametrize(
    ("value", "data"),
    [(0, b"\x00"), (-1, b"\x01"), (1, b"\x02"), (-64, b"\x7f"), (64, b"\x80\x01"), (-(2**63), b"\xff" * 9 + b"\x01")],
)
def test_varint(value: int, data: bytes) -> None:
    assert varint(value) == data
    assert read_varint(b"." + data, 1) == (value, 1 + len(data))


@given(st.integers(-(2**63), 2**63 - 1))
def test_varint_there_and_back(value: int) -> None:
    data = varint(value)
    assert read_varint(data, 0) == (value, len(data))


@pytest.mark.parametrize("data", [b"\xff\xff\xff\xff\x10", b"\x80\x80\x80\x80\x80\x00"])
def test_uvarint_of_more_than_32_bits(data: bytes) -> None:
    with pytest.raises(BadLengthError):
        read_uvarint(data, 0)


def test_varint_of_more_than_64_bits() -> None:
    with pytest.raises(BadLengthError):
        read_varint(b"\xff" * 11, 0)


def test_ids_are_kept_but_not_without_bound() -> None:
    for _ in range(5000):
        raw = uuid.uuid4()
        assert uuid_of(raw.bytes) == raw
    assert uuid_of(raw.bytes) is uuid_of(raw.bytes)
