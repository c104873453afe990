"""The rules of the wire (1 to 6 in the protocol notes), malformed frames, and order."""

from __future__ import annotations

import socket
import struct
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_broker.broker.engine import Engine
from desktop_broker.common.errors import ErrorCode
from desktop_broker.common.events import EventKind
from desktop_broker.protocol.apis import APIS, SERVED_APIS, ApiKey
from desktop_broker.protocol.messages.api_versions import ApiVersionsRequest
from desktop_broker.protocol.messages.describe_acls import DescribeAclsRequest
from desktop_broker.protocol.messages.list_groups import ListGroupsRequest
from desktop_broker.protocol.messages.metadata import MetadataRequest
from tests.broker.conftest import address
from tests.broker.wire import Wire, batch, produce

pytestmark = pytest.mark.keeps_threads("the module's engine owns its brokers' threads")

VERSIONS = ApiVersionsRequest(client_software_name="t", client_software_version="1")


def header(key: int, version: int, correlation_id: int = 7) -> bytes:
    return struct.pack(">hhih", key, version, correlation_id, -1)


def framed(body: bytes) -> bytes:
    return struct.pack(">i", len(body)) + body


def test_rule_1_api_versions_answers_v0_to_a_version_it_does_not_know(wire: Wire) -> None:
    wire.socket.sendall(framed(header(ApiKey.API_VERSIONS, 99) + b"\x00"))
    frame = wire.frame()
    assert frame is not None
    api = APIS[ApiKey.API_VERSIONS]
    expected = struct.pack(">ihi", 7, ErrorCode.UNSUPPORTED_VERSION, 1)
    assert frame == expected + struct.pack(">hhh", api.key, 0, api.max_version)
    assert wire.ask(VERSIONS).error_code == 0


@pytest.mark.parametrize("version", range(5))
def test_rule_2_api_versions_lists_what_is_served(wire: Wire, version: int) -> None:
    response = wire.ask(VERSIONS if version >= 3 else ApiVersionsRequest(), version)
    listed = {api.api_key: (api.min_version, api.max_version) for api in response.api_keys}
    assert listed == {api.key: (api.advertised_min, api.max_version) for api in SERVED_APIS}
    assert listed[ApiKey.PRODUCE][0] == 0


def test_features_are_finalized(wire: Wire) -> None:
    response = wire.ask(VERSIONS)
    assert "metadata.version" in {feature.name for feature in response.finalized_features}
    assert response.finalized_features_epoch >= 0


@pytest.mark.parametrize(
    ("key", "version"), [(ApiKey.METADATA, 99), (ApiKey.PRODUCE, 2), (ApiKey.SASL_HANDSHAKE, 1), (4, 0), (-1, 0)]
)
def test_rule_4_what_is_not_served_closes_the_connection(engine: Engine, wire: Wire, key: int, version: int) -> None:
    wire.socket.sendall(framed(header(key, version) + bytes(20)))
    assert wire.is_closed()
    reasons = [event for event in engine.events.after(0) if event.kind is EventKind.CONNECTION_REFUSED]
    assert reasons
    assert reasons[-1].details["address"] == "127.0.0.1"


def test_a_reason_is_told_once_per_address(engine: Engine) -> None:
    def refusals() -> int:
        return sum(event.kind is EventKind.CONNECTION_REFUSED for event in engine.events.after(0))

    counts = []
    for _ in range(3):
        with Wire(address(engine, 2)) as one:
            one.socket.sendall(framed(header(ApiKey.METADATA, 77) + bytes(9)))
            assert one.is_closed()
        counts.append(refusals())
    assert counts[0] == counts[2]


def test_rule_4_answers_keep_the_order_of_requests(engine: Engine, make_topic: Callable[..., str]) -> None:
    topic = make_topic(replication=3)
    with Wire(address(engine, 1)) as one:
        asked = [
            (request, version, one.send(request, version))
            for request, version in [
                (produce(topic, batch(b"a")), 9),
                (produce(topic, batch(b"b"), acks=1), 9),
                (VERSIONS, 3),
                (produce(topic, batch(b"c")), 12),
                (MetadataRequest(topics=None), 12),
            ]
        ]
        answers = [one.answer(request, version, correlation_id) for request, version, correlation_id in asked]
    offsets = [answers[place].responses[0].partition_responses[0].base_offset for place in (0, 1, 3)]
    assert offsets == [0, 1, 2]


def test_rule_5_acks_0_gets_no_answer(wire: Wire, make_topic: Callable[..., str]) -> None:
    wire.send(produce(make_topic(), batch(b"quiet"), acks=0), 9)
    assert wire.ask(ListGroupsRequest()).error_code == 0


def test_rule_5_an_error_under_acks_0_closes_the_connection(wire: Wire) -> None:
    wire.send(produce("there.is.no.such", batch(b"lost"), acks=0), 9)
    assert wire.is_closed()


def test_rule_6_unknown_tagged_fields_are_skipped(wire: Wire) -> None:
    tags = b"\x01\x63\x03abc"  # one field, number 99, three bytes
    body = b"\x02t\x021" + tags
    wire.socket.sendall(framed(header(ApiKey.API_VERSIONS, 3) + tags + body))
    frame = wire.frame()
    assert frame is not None
    assert struct.unpack_from(">ih", frame) == (7, 0)


def test_rule_42_describe_acls_says_that_there_is_no_authorizer(wire: Wire) -> None:
    request = DescribeAclsRequest(resource_type_filter=1, operation=1, permission_type=1, pattern_type_filter=1)
    assert wire.ask(request).error_code == ErrorCode.SECURITY_DISABLED


def test_a_half_closed_client_gets_its_answers(wire: Wire) -> None:
    sent = wire.send(VERSIONS, 4)
    wire.socket.shutdown(socket.SHUT_WR)
    assert wire.answer(VERSIONS, 4, sent).error_code == 0
    assert wire.is_closed()


def test_a_size_that_lies_costs_no_memory(engine: Engine) -> None:
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    crowd = [Wire(address(engine, 1)) for _ in range(20)]
    for one in crowd:
        one.socket.sendall(struct.pack(">i", 100 * 1024 * 1024) + bytes(10))
    with Wire(address(engine, 1)) as other:
        other.ask(VERSIONS)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    for one in crowd:
        one.__exit__()
    assert peak - before < 20 * 1024 * 1024


_bodies = st.one_of(
    st.binary(max_size=200),
    st.builds(
        lambda api, version, rest: header(api.key, version) + rest,
        st.sampled_from(SERVED_APIS),
        st.integers(0, 18),
        st.binary(max_size=120),
    ),
)
_streams = st.one_of(st.binary(max_size=200), st.lists(_bodies.map(framed), max_size=4).map(b"".join))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stream=_streams)
def test_garbage_harms_nobody_else(engine: Engine, wire: Wire, stream: bytes) -> None:
    with Wire(address(engine, 1)) as one:
        try:
            one.socket.sendall(stream)
            one.socket.shutdown(socket.SHUT_WR)
        except ConnectionError:
            pass  # closed already, which is an answer too
        while one.frame() is not None:
            pass
    assert wire.ask(VERSIONS).error_code == 0
    crashes = [event for event in engine.events.after(0) if event.kind is EventKind.THREAD_CRASHED]
    assert not crashes, crashes[0].details
