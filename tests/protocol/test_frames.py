"""Headers of requests and responses, held against kio's and kafka-python's."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kafka.protocol.metadata import ApiVersionsRequest as TheirApiVersionsRequest
from kafka.protocol.metadata import MetadataRequest as TheirMetadataRequest
from kafka.protocol.metadata import MetadataResponse as TheirMetadataResponse

from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.codec import decode, encode
from desktop_broker.protocol.errors import BadLengthError, BadTextError, ProtocolError, TruncatedError
from desktop_broker.protocol.frames import (
    RequestHeader,
    encode_request,
    encode_response,
    parse_request_header,
    parse_response_header,
)
from desktop_broker.protocol.messages.api_versions import ApiVersionsRequest, ApiVersionsResponse
from desktop_broker.protocol.messages.metadata import MetadataRequest, MetadataRequestTopic, MetadataResponse


def body_of(frame: bytes) -> bytes:
    assert int.from_bytes(frame[:4], "big") == len(frame) - 4
    return frame[4:]


@pytest.mark.parametrize("client_id", [None, "", "rdkafka", "\N{HANGUL SYLLABLE GA}"])
@pytest.mark.parametrize("version", range(14))
def test_requests_there_and_back(version: int, client_id: str | None) -> None:
    request = MetadataRequest(topics=[MetadataRequestTopic(name="a")])
    frame = body_of(encode_request(request, version, 42, client_id))
    header, position = parse_request_header(memoryview(frame))
    assert header == RequestHeader(ApiKey.METADATA, version, 42, client_id)
    assert decode(MetadataRequest, frame[position:], version) == request


@pytest.mark.parametrize("version", range(14))
def test_request_frames_are_kafka_pythons(version: int) -> None:
    theirs = TheirMetadataRequest[version](topics=[])
    theirs.with_header(correlation_id=7, client_id="c")
    expected = bytes(theirs.encode(header=True, framed=True))
    assert encode_request(MetadataRequest(topics=[]), version, 7, "c") == expected


def test_the_client_id_of_api_versions_is_a_legacy_string_too() -> None:
    theirs = TheirApiVersionsRequest[4](client_software_name="n", client_software_version="v")
    theirs.with_header(correlation_id=1, client_id="c")
    expected = bytes(theirs.encode(header=True, framed=True))
    ours = ApiVersionsRequest(client_software_name="n", client_software_version="v")
    assert encode_request(ours, 4, 1, "c") == expected


@pytest.mark.parametrize("version", range(14))
def test_response_frames_are_read_by_kafka_python(version: int) -> None:
    frame = encode_response(RequestHeader(ApiKey.METADATA, version, 9, None), MetadataResponse(controller_id=3))
    theirs = TheirMetadataResponse.decode(frame, version=version, header=True, framed=True)
    assert theirs.header.correlation_id == 9
    assert parse_response_header(body_of(frame), ApiKey.METADATA, version)[0] == 9


def test_the_response_header_of_api_versions_is_never_flexible() -> None:
    """A client that speaks an unknown version must be able to read it (KIP-511)."""
    response = ApiVersionsResponse(error_code=35)
    frame = encode_response(RequestHeader(ApiKey.API_VERSIONS, 99, 5, None), response, version=0)
    assert body_of(frame) == (5).to_bytes(4, "big") + encode(response, 0)
    frame = encode_response(RequestHeader(ApiKey.API_VERSIONS, 4, 5, None), ApiVersionsResponse())
    assert body_of(frame) == (5).to_bytes(4, "big") + encode(ApiVersionsResponse(), 4)


def test_header_of_a_version_not_known_is_read() -> None:
    frame = b"\x00\x12\x00\x63" + bytes(4) + b"\x00\x01c" + b"\x01\x05\x02ab"
    assert parse_request_header(frame) == (RequestHeader(18, 99, 0, "c"), len(frame))


@pytest.mark.parametrize(
    ("frame", "error"),
    [
        (b"", TruncatedError),
        (b"\x00\x12\x00\x04", TruncatedError),
        (b"\x03\xe7\x00\x00" + bytes(20), ProtocolError),
        (b"\x00\x12\x00\x00" + bytes(4) + b"\x00\x05abc", BadLengthError),
        (b"\x00\x12\x00\x00" + bytes(4) + b"\x00\x01\xff", BadTextError),
        (b"\x00\x12\x00\x04" + bytes(4) + b"\xff\xff", TruncatedError),
        (b"\x00\x12\x00\x04" + bytes(4) + b"\xff\xff\x01\x00\x70abc", BadLengthError),
    ],
)
def test_bad_headers(frame: bytes, error: type[ProtocolError]) -> None:
    with pytest.raises(error):
        parse_request_header(frame)


@given(st.binary(max_size=40))
def test_random_bytes_only_raise_protocol_errors(data: bytes) -> None:
    with contextlib.suppress(ProtocolError):
        parse_request_header(data)
    with contextlib.suppress(ProtocolError):
        parse_response_header(data, ApiKey.METADATA, 12)
