"""The four codecs of record batches, as Kafka's clients write and read them, with a bound on what may come out.

Counterpart: `org.apache.kafka.common.compress`. gzip is the standard library's; snappy, LZ4 and Zstandard are `cramjam`'s, imported at
first use. Output never grows past the limit given, however the input was made. Sans-IO and stateless; any thread may call.
"""

from __future__ import annotations

import struct
import zlib
from enum import IntEnum
from typing import Final

from desktop_broker.protocol.errors import CompressionError, InflatedTooLargeError, UnsupportedCompressionError
from desktop_broker.protocol.schema import Buffer

_XERIAL_MAGIC: Final = b"\x82SNAPPY\x00"
_XERIAL_HEADER: Final = _XERIAL_MAGIC + struct.pack(">ii", 1, 1)
_XERIAL_BLOCK: Final = 32 * 1024  # the Java library's block size
_XERIAL_BOUND: Final = 64  # a snappy byte makes less than this many; see `_snappy_size`
_GZIP_WINDOW: Final = 31
_ZSTD_LEVEL: Final = 3  # Kafka's default
_FIRST_GUESS: Final = 64 * 1024


class Compression(IntEnum):
    """The codec in the low three bits of a batch's attributes."""

    NONE = 0
    GZIP = 1
    SNAPPY = 2
    LZ4 = 3
    ZSTD = 4


def compress(codec: int, data: Buffer) -> Buffer:
    """Compress the records of one batch.

    Raises:
        UnsupportedCompressionError: there is no such codec.
    """
    if codec == Compression.NONE:
        return data
    if codec == Compression.GZIP:
        return zlib.compress(data, wbits=_GZIP_WINDOW)
    import cramjam

    if codec == Compression.SNAPPY:
        return _compress_xerial(data)
    if codec == Compression.LZ4:
        # Kafka's reader wants blocks that stand alone.
        stream = cramjam.lz4.Compressor(content_checksum=False, block_linked=False)
        stream.compress(data)
        return bytes(stream.finish())
    if codec == Compression.ZSTD:
        return bytes(cramjam.zstd.compress(data, _ZSTD_LEVEL))
    raise UnsupportedCompressionError(f"there is no compression codec {codec}")


def decompress(codec: int, data: Buffer, limit: int) -> Buffer:
    """Decompress the records of one batch into at most `limit` bytes.

    Raises:
        CompressionError: the data is damaged.
        InflatedTooLargeError: more than `limit` bytes would come out.
        UnsupportedCompressionError: there is no such codec.
    """
    if codec == Compression.NONE:
        if len(data) > limit:
            raise _too_large(limit)
        return data
    if codec == Compression.GZIP:
        return _gunzip(data, limit)
    if codec == Compression.SNAPPY:
        return _unsnappy(data, limit)
    if codec in (Compression.LZ4, Compression.ZSTD):
        return _inflate(codec, data, limit)
    raise UnsupportedCompressionError(f"there is no compression codec {codec}")


def _too_large(limit: int) -> InflatedTooLargeError:
    return InflatedTooLargeError(f"compressed records would grow past {limit} bytes")


def _gunzip(data: Buffer, limit: int) -> bytes:
    """Members may follow one another, as in any gzip stream."""
    parts: list[bytes] = []
    left = limit
    rest: Buffer = data
    while rest:
        stream = zlib.decompressobj(wbits=_GZIP_WINDOW)
        try:
            part = stream.decompress(rest, left + 1)
        except zlib.error as error:
            raise CompressionError(f"gzip: {error}") from error
        left -= len(part)
        if left < 0:
            raise _too_large(limit)
        if not stream.eof:
            raise CompressionError("gzip: the data ends early")
        parts.append(part)
        rest = stream.unused_data
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _inflate(codec: int, data: Buffer, limit: int) -> Buffer:
    """LZ4 and Zstandard into a buffer that grows step by step: their headers need not tell the size, and could lie."""
    import cramjam

    into = cramjam.lz4.decompress_into if codec == Compression.LZ4 else cramjam.zstd.decompress_into
    if not data:
        return b""
    size = min(limit, max(_FIRST_GUESS, 4 * len(data)))
    while True:
        output = bytearray(size)
        try:
            return memoryview(output)[: into(data, output)]
        except cramjam.DecompressionError as error:
            if "whole buffer" not in str(error):
                raise CompressionError(str(error)) from error
            if size >= limit:
                raise _too_large(limit) from error
        size = min(limit, 4 * size)


def _compress_xerial(data: Buffer) -> bytes:
    """Blocks behind a header, as the Java library frames them; Kafka's clients expect no other form."""
    import cramjam

    view = memoryview(data)
    pieces = [_XERIAL_HEADER]
    for start in range(0, len(view), _XERIAL_BLOCK):
        block = bytes(cramjam.snappy.compress_raw(view[start : start + _XERIAL_BLOCK]))
        pieces += len(block).to_bytes(4, "big"), block
    return b"".join(pieces)


def _unsnappy(data: Buffer, limit: int) -> Buffer:
    """Either framing: Java's blocks, or one raw block, which some clients in C write."""
    view = memoryview(data)
    if bytes(view[: len(_XERIAL_MAGIC)]) != _XERIAL_MAGIC:
        return _unsnappy_block(view, limit)
    parts: list[Buffer] = []
    left, position = limit, len(_XERIAL_HEADER)
    while position < len(view):
        size = int.from_bytes(view[position : position + 4], "big")
        position += 4
        if size > len(view) - position or not size:
            raise CompressionError(f"snappy: a block of {size} bytes where {max(len(view) - position, 0)} are left")
        part = _unsnappy_block(view[position : position + size], left)
        left -= len(part)
        position += size
        parts.append(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _unsnappy_block(block: memoryview, limit: int) -> Buffer:
    """One raw block. It starts with the size that comes out, a claim that is checked against what the bytes could hold at most."""
    import cramjam

    try:
        size = cramjam.snappy.decompress_raw_len(block)
        if size > limit:
            raise _too_large(limit)
        if size > _XERIAL_BOUND * len(block):
            raise CompressionError(f"snappy: {len(block)} bytes cannot hold {size}")
        output = bytearray(size)
        cramjam.snappy.decompress_raw_into(block, output)
    except cramjam.DecompressionError as error:
        raise CompressionError(str(error)) from error
    return output
