"""Frames and headers: what stands around every request and response, and how a stream of bytes falls into frames.

Counterpart: `org.apache.kafka.common.requests.RequestHeader`, `NetworkReceive`. A frame is a size (int32) and that many bytes. Three
rules are easy to get wrong: the client id is a legacy string in every header version, the response header of ApiVersions is never
flexible, and a header's version follows from API and version (KIP-482, KIP-511).
"""

from __future__ import annotations

from struct import Struct, error
from typing import Final, NamedTuple

from desktop_broker.protocol.apis import APIS, ApiKey
from desktop_broker.protocol.codec import encode_into
from desktop_broker.protocol.errors import BadLengthError, BadTextError, ProtocolError, TruncatedError
from desktop_broker.protocol.primitives import read_uvarint
from desktop_broker.protocol.schema import Buffer, Message

MAX_REQUEST_SIZE: Final = 104857600
"""Kafka's default for `socket.request.max.bytes`."""

_REQUEST_START = Struct(">hhih")
_SIZE = Struct(">i")
_SIZE_AND_CORRELATION = Struct(">ii")
_SIZE_AND_CORRELATION_FLEXIBLE = Struct(">iib")
_CLIENT_IDS_LIMIT = 1024
_client_ids: dict[bytes, str] = {}


class RequestHeader(NamedTuple):
    """Who asks what. `client_id` may be null."""

    api_key: int
    api_version: int
    correlation_id: int
    client_id: str | None


def parse_request_header(buffer: Buffer) -> tuple[RequestHeader, int]:
    """Read the header at the start of a frame (without its size).

    The version need not be one that is served: that is the dispatcher's to check, since ApiVersions answers even then (KIP-511).

    Returns:
        The header, and where the request's body begins.

    Raises:
        ProtocolError: too few bytes, a bad client id, or an API that is not known (so neither is the form of its header).
    """
    try:
        key, version, correlation_id, length = _REQUEST_START.unpack_from(buffer)
    except error:
        raise TruncatedError(f"a request of {len(buffer)} bytes is too short for its header") from None
    api = APIS.get(key)
    if api is None:
        raise ProtocolError(f"API key {key} is not known")
    position = _REQUEST_START.size
    client_id = None
    if length >= 0:
        end = position + length
        if end > len(buffer):
            raise BadLengthError(f"the client id has length {length}, but {len(buffer) - position} bytes are left")
        client_id = _client_id(bytes(buffer[position:end]))
        position = end
    if version >= api.flexible_since:
        position = _skip_header_tags(buffer, position)
    return RequestHeader(key, version, correlation_id, client_id), position


def _client_id(raw: bytes) -> str:
    """The text, kept, since a client sends the same one with every request."""
    found = _client_ids.get(raw)
    if found is None:
        try:
            found = str(raw, "utf-8")
        except UnicodeDecodeError:
            raise BadTextError("the client id is not UTF-8") from None
        if len(_client_ids) >= _CLIENT_IDS_LIMIT:
            _client_ids.clear()
        _client_ids[raw] = found
    return found


def _skip_header_tags(buffer: Buffer, position: int) -> int:
    try:
        if buffer[position] == 0:
            return position + 1
        count, position = read_uvarint(buffer, position)
        for _ in range(count):
            _, position = read_uvarint(buffer, position)
            length, position = read_uvarint(buffer, position)
            if length > len(buffer) - position:
                raise BadLengthError(f"a tagged field of {length} bytes where {len(buffer) - position} are left")
            position += length
    except IndexError:
        raise TruncatedError("a request header ends early") from None
    return position


def has_flexible_response_header(api_key: int, version: int) -> bool:
    """Whether the response header ends in tagged fields. ApiVersions' never does, so that any client can read it."""
    return api_key != ApiKey.API_VERSIONS and version >= APIS[api_key].flexible_since


def response_start(api_key: int, version: int, correlation_id: int, body_size: int) -> bytes:
    """Size and header of a response whose body has `body_size` bytes: what goes before it on the connection."""
    if has_flexible_response_header(api_key, version):
        return _SIZE_AND_CORRELATION_FLEXIBLE.pack(body_size + 5, correlation_id, 0)
    return _SIZE_AND_CORRELATION.pack(body_size + 4, correlation_id)


def encode_response(header: RequestHeader, response: Message, *, version: int | None = None) -> bytes:
    """The whole response frame, its size first.

    Args:
        header: of the request that it answers.
        response: the body.
        version: where it differs from the request's: ApiVersions answers version 0 to a version that it does not know.

    Raises:
        EncodeError: a value does not fit.
    """
    if version is None:
        version = header.api_version
    pieces: list[Buffer] = [b""]
    encode_into(response, version, pieces.append)
    size = sum(map(len, pieces))
    pieces[0] = response_start(header.api_key, version, header.correlation_id, size)
    return b"".join(pieces)


def parse_response_header(buffer: Buffer, api_key: int, version: int) -> tuple[int, int]:
    """Read the header at the start of a response frame (without its size): correlation id, and where the body begins.

    Raises:
        ProtocolError: too few bytes.
    """
    if len(buffer) < 4:
        raise TruncatedError(f"a response of {len(buffer)} bytes is too short for its header")
    (correlation_id,) = _SIZE.unpack_from(buffer)
    if has_flexible_response_header(api_key, version):
        return correlation_id, _skip_header_tags(buffer, 4)
    return correlation_id, 4


def encode_request(request: Message, version: int, correlation_id: int, client_id: str | None = None) -> bytes:
    """The whole request frame, its size first.

    Raises:
        EncodeError: a value does not fit, or the version has no such field.
    """
    api_key = type(request).API_KEY
    encoded = b"" if client_id is None else client_id.encode()
    length = -1 if client_id is None else len(encoded)
    tags = b"\x00" if version >= APIS[api_key].flexible_since else b""
    start = _REQUEST_START.pack(api_key, version, correlation_id, length) + encoded + tags
    pieces: list[Buffer] = [b"", start]
    encode_into(request, version, pieces.append)
    pieces[0] = _SIZE.pack(sum(map(len, pieces)))
    return b"".join(pieces)
