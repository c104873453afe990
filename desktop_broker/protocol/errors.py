"""What can be wrong with bytes: one small tree, so that a connection can say what it was and close.

Nothing else leaves this layer for bad input; `IndexError`, `struct.error` and the like are turned into these. Each class names
the error code that fits where a response can still carry one.
"""

from __future__ import annotations

from typing import ClassVar

from desktop_broker.common.errors import ErrorCode


class ProtocolError(Exception):
    """Bytes that break Kafka's protocol, or a message that cannot be written in the version asked for."""

    code: ClassVar[ErrorCode] = ErrorCode.INVALID_REQUEST


class TruncatedError(ProtocolError):
    """The bytes end before the value does."""


class BadLengthError(ProtocolError):
    """A length or count that is negative, or larger than what is left."""


class BadTextError(ProtocolError):
    """A string that is not UTF-8."""


class NullError(ProtocolError):
    """A null where this version allows none."""


class EncodeError(ProtocolError):
    """A value that does not fit its field, or that the version asked for cannot carry."""


class UnsupportedVersionError(ProtocolError):
    """A version that the message does not have."""

    code = ErrorCode.UNSUPPORTED_VERSION


class CorruptBatchError(ProtocolError):
    """A record batch whose header, CRC or records contradict each other."""

    code = ErrorCode.CORRUPT_MESSAGE


class UnsupportedMagicError(CorruptBatchError):
    """A message set of the formats before Kafka 0.11 (magic 0 or 1), or of one not known."""

    code = ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT


class CompressionError(CorruptBatchError):
    """Compressed data that cannot be read, or a codec that is not known."""

    code = ErrorCode.CORRUPT_MESSAGE


class UnsupportedCompressionError(CompressionError):
    """A codec number that Kafka does not have."""

    code = ErrorCode.UNSUPPORTED_COMPRESSION_TYPE


class InflatedTooLargeError(CompressionError):
    """Compressed data that would grow past the limit given."""

    code = ErrorCode.MESSAGE_TOO_LARGE
