"""Messages to bytes and back, in any version: the two functions that everything else calls.

The work is done by functions that `encoder` and `decoder` compile per class and version at first use. Sans-IO and stateless, so any
thread may call.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import TypeVar

from desktop_broker.protocol.decoder import Decoder, decoder_for
from desktop_broker.protocol.encoder import Encoder, encoder_for
from desktop_broker.protocol.errors import BadTextError, EncodeError, TruncatedError, UnsupportedVersionError
from desktop_broker.protocol.schema import Buffer, Message

MessageT = TypeVar("MessageT", bound=Message)

_encoders: dict[tuple[type[Message], int], Encoder] = {}
_decoders: dict[tuple[type[Message], int], Decoder] = {}


def is_flexible(cls: type[Message], version: int) -> bool:
    """Whether this version has compact lengths and tagged fields (KIP-482).

    Raises:
        UnsupportedVersionError: the message has no such version.
    """
    first, last = cls.VERSIONS
    if not first <= version <= last:
        raise UnsupportedVersionError(f"{cls.__name__} has versions {first} to {last}, not {version}")
    return version >= cls.FLEXIBLE


def encode(message: Message, version: int) -> bytes:
    """The message on the wire, without header or size.

    Raises:
        UnsupportedVersionError: the message has no such version.
        EncodeError: a value does not fit its field, or this version has no such field.
    """
    pieces: list[Buffer] = []
    encode_into(message, version, pieces.append)
    return b"".join(pieces)


def encode_into(message: Message, version: int, sink: Callable[[Buffer], None]) -> None:
    """Like `encode`, but hands the pieces to `sink` one by one; `records` fields are passed on uncopied."""
    cls = type(message)
    encoder = _encoders.get((cls, version))
    if encoder is None:
        encoder = _encoders[cls, version] = encoder_for(cls, version, is_flexible(cls, version))
    try:
        encoder(message, sink)
    except (struct.error, AttributeError, TypeError, UnicodeEncodeError) as error:
        raise EncodeError(f"{cls.__name__} version {version} cannot be written: {error}") from error


def decode(cls: type[MessageT], buffer: Buffer, version: int) -> MessageT:
    """The message at the start of the buffer. Bytes behind it are let alone, as in Kafka.

    `records` fields are slices of the buffer and valid as long as it is.

    Raises:
        ProtocolError: what is there is not such a message.
    """
    return decode_from(cls, buffer, version, 0)[0]


def decode_from(cls: type[MessageT], buffer: Buffer, version: int, offset: int) -> tuple[MessageT, int]:
    """Like `decode`, from `offset` on; returns also the offset after the message."""
    decoder = _decoders.get((cls, version))
    if decoder is None:
        decoder = _decoders[cls, version] = decoder_for(cls, version, is_flexible(cls, version))
    view = memoryview(buffer)
    try:
        message, end = decoder(view, offset, len(view))
    except (struct.error, IndexError) as error:
        raise TruncatedError(f"{cls.__name__} version {version} ends early") from error
    except UnicodeDecodeError as error:
        raise BadTextError(f"{cls.__name__} version {version} holds text that is not UTF-8") from error
    return message, end
