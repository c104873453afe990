"""The codecs: framings of other clients, several members, limits, damage."""

from __future__ import annotations

import contextlib
import gzip
import tracemalloc

import cramjam
import pytest
from aiokafka.codec import snappy_decode, snappy_encode
from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.protocol.compression import Compression, compress, decompress
from desktop_broker.protocol.errors import (
    CompressionError,
    InflatedTooLargeError,
    ProtocolError,
    UnsupportedCompressionError,
)

CODECS = [codec for codec in Compression if codec]
LIMIT = 10_000_000


@given(st.sampled_from(Compression), st.binary(max_size=300), st.integers(1, 400))
def test_there_and_back(codec: Compression, data: bytes, times: int) -> None:
    assert bytes(decompress(codec, memoryview(bytes(compress(codec, data * times))), LIMIT)) == data * times


@pytest.mark.parametrize("codec", Compression)
@pytest.mark.parametrize("data", [bytes(100_000), b"ab" * 99_999])
def test_the_limit_is_exact(codec: Compression, data: bytes) -> None:
    packed = compress(codec, data)
    assert bytes(decompress(codec, packed, len(data))) == data
    for limit in (len(data) - 1, 1000, 0):
        with pytest.raises(InflatedTooLargeError):
            decompress(codec, packed, limit)


@pytest.mark.parametrize("codec", CODECS)
def test_a_bomb_allocates_no_more_than_the_limit(codec: Compression) -> None:
    bomb = bytes(compress(codec, bytes(20_000_000)))
    decompress(codec, compress(codec, b"warm"), 10)
    tracemalloc.start()
    try:
        with pytest.raises(InflatedTooLargeError):
            decompress(codec, bomb, 100_000)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_snappy_in_java_blocks_and_raw() -> None:
    data = b"snappy" * 20_000
    assert bytes(decompress(Compression.SNAPPY, snappy_encode(data, xerial_compatible=True), LIMIT)) == data
    assert bytes(decompress(Compression.SNAPPY, bytes(cramjam.snappy.compress_raw(data)), LIMIT)) == data
    assert snappy_decode(bytes(compress(Compression.SNAPPY, data))) == data


def test_a_snappy_size_that_lies_is_refused() -> None:
    with pytest.raises(CompressionError, match="cannot hold"):
        decompress(Compression.SNAPPY, b"\x80\x80\x80\x04" + b"\x00a", 1 << 30)


def test_gzip_members_follow_one_another() -> None:
    assert decompress(Compression.GZIP, gzip.compress(b"one") + gzip.compress(b"two"), LIMIT) == b"onetwo"


def test_lz4_blocks_stand_alone_as_kafkas_reader_wants() -> None:
    flags = bytes(compress(Compression.LZ4, b"x" * 200_000))[4]
    assert flags >> 6 == 1
    assert flags & 0x20


@pytest.mark.parametrize("codec", CODECS)
def test_truncated_data_is_refused(codec: Compression) -> None:
    packed = bytes(compress(codec, bytes(range(256)) * 300))
    for cut in (1, len(packed) // 2, len(packed) - 1):
        with pytest.raises(CompressionError):
            decompress(codec, packed[:cut], LIMIT)


@given(st.sampled_from(CODECS), st.binary(max_size=100))
def test_random_data_only_raises_protocol_errors(codec: Compression, data: bytes) -> None:
    for candidate in (data, b"\x82SNAPPY\x00" + data):
        with contextlib.suppress(ProtocolError):
            assert len(decompress(codec, candidate, 100_000)) <= 100_000


def test_codecs_that_are_not_there() -> None:
    for call in (lambda: compress(5, b""), lambda: decompress(7, b"", LIMIT)):
        with pytest.raises(UnsupportedCompressionError):
            call()
