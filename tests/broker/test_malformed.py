"""Requests that were whole before something changed them: each harms its own connection at most, and memory stays bounded."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop_broker.broker.engine import Engine
from desktop_broker.common.events import EventKind
from desktop_broker.control.address import read_address
from desktop_broker.control.client import EngineClient
from desktop_broker.protocol.apis import SERVED_APIS, Api, ApiKey
from desktop_broker.protocol.batch_header import CRC_POSITION, compute_crc
from desktop_broker.protocol.compression import Compression
from desktop_broker.protocol.frames import encode_request
from desktop_broker.protocol.messages.api_versions import ApiVersionsRequest
from tests.broker.asks import ASKS, fit
from tests.broker.conftest import address, create_topic
from tests.broker.wire import Wire, batch, produce
from tests.broker.world import World
from tests.clients.serving import Serving

pytestmark = pytest.mark.keeps_threads("the module's engine owns its brokers' threads")

VERSIONS = ApiVersionsRequest()
# A changed count in these makes thousands of partitions, as it should: they are only cut short.
MAKERS = (ApiKey.CREATE_TOPICS, ApiKey.CREATE_PARTITIONS)
# A changed time in these makes a wait of days: nobody stays for the answer.
WAITERS = (ApiKey.FETCH, ApiKey.JOIN_GROUP, ApiKey.SYNC_GROUP)
CROWD = 200
MEGABYTE = 1024 * 1024

_apis = st.sampled_from(SERVED_APIS).flatmap(
    lambda api: st.tuples(st.just(api), st.integers(api.min_version, api.max_version))
)
_edit = st.one_of(
    st.tuples(st.just("cut"), st.just(b"")),
    st.tuples(st.just("overwrite"), st.binary(min_size=1, max_size=8)),
    st.tuples(
        st.just("overwrite"), st.sampled_from([b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff", b"\xff\xff\xff\xff\x07"])
    ),
    st.tuples(st.just("insert"), st.binary(min_size=1, max_size=8)),
)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    configs = {
        "offsets.topic.num.partitions": "1",
        "group.initial.rebalance.delay.ms": "0",
        "auto.create.topics.enable": "false",
    }
    with Engine(brokers=3, port=0, ephemeral=True, configs=configs) as engine:
        yield World(engine)


@pytest.fixture(scope="module")
def compacted(world: World) -> str:
    """A topic whose leader reads the records it is sent."""
    return create_topic(world.engine, cleanup_policy="compact")


@settings(max_examples=200)
@given(asked=_apis, broker=st.integers(1, 3), good=st.booleans(), where=st.floats(0, 1, exclude_max=True), edit=_edit)
def test_a_damaged_request_harms_nobody_else(
    world: World, asked: tuple[Api, int], broker: int, good: bool, where: float, edit: tuple[str, bytes]
) -> None:
    api, version = asked
    request = fit(ASKS[api.key](world, version)[0 if good else 1], version)
    frame = damaged(encode_request(request, version, 7, "client")[4:], where, *edit, only_cut=api.key in MAKERS)
    with Wire(address(world.engine, broker)) as one, Wire(address(world.engine, broker)) as other:
        one.socket.sendall(struct.pack(">i", len(frame)) + frame)
        one.socket.shutdown(socket.SHUT_WR)
        while api.key not in WAITERS and one.frame() is not None:
            pass
        assert other.ask(VERSIONS, 0).error_code == 0
    assert crash(world.engine) is None


def damaged(body: bytes, where: float, how: str, patch: bytes, *, only_cut: bool) -> bytes:
    """The body of a frame with one change behind its API key and version."""
    place = 4 + int(where * (len(body) - 4))
    if how == "cut" or only_cut:
        return body[:place]
    rest = body[place:] if how == "insert" else body[place + len(patch) :]
    return body[:place] + patch + rest


def crash(engine: Engine) -> object:
    """What the first thread that met a fault says of it."""
    events = [event for event in engine.events.after(0) if event.kind is EventKind.THREAD_CRASHED]
    return events[0].details if events else None


@settings(max_examples=100)
@given(
    place=st.integers(0, 90),
    patch=st.binary(min_size=1, max_size=8),
    codec=st.sampled_from(list(Compression)),
    sealed=st.booleans(),
)
@example(place=57, patch=b"\x7f\xff\xff\xff", codec=Compression.NONE, sealed=True)  # the count of records
def test_a_damaged_batch_harms_nobody_else(
    world: World, compacted: str, place: int, patch: bytes, codec: Compression, sealed: bool
) -> None:
    """`sealed`: the checksum agrees with the damage, as a client with a fault would make it."""
    records = bytearray(batch(b"value" * 20, b"other", key=b"key", compression=codec))
    records[place : place + len(patch)] = patch
    if sealed:
        struct.pack_into(">I", records, CRC_POSITION, compute_crc(records, 0, len(records)))
    with Wire(address(world.engine, 1)) as one:
        for topic in (world.topic, compacted):
            one.send(produce(topic, bytes(records), acks=1), 9)
            assert one.frame() is not None
        assert one.ask(VERSIONS, 0).error_code == 0
    assert crash(world.engine) is None


# The engine as a process of its own: what it takes from the system can be measured.


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    one = Serving(tmp_path / "data")
    one.start()
    yield one
    one.stop()


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="memory is read from /proc")
def test_memory_stays_bounded(serving: Serving) -> None:
    places = serving.bootstrap.split(",")
    with Wire(places[0]) as other, EngineClient.connect(serving.data) as control:
        before = memory(serving.pid, "VmRSS")
        crowd = [Wire(places[index % 3]) for index in range(CROWD)]
        for index, one in enumerate(crowd):
            one.socket.sendall(CLAIMS[index % len(CLAIMS)])
        for one in crowd[1::2]:  # the others stay, with what they have sent
            one.socket.shutdown(socket.SHUT_WR)
            ended(one.socket)
        known = read_address(serving.data)
        assert known is not None
        hello = json.dumps({"token": known.token}).encode()
        for index in range(CROWD):
            with socket.create_connection(("127.0.0.1", known.port), timeout=20) as asking:
                if index % 2:
                    asking.sendall(struct.pack(">I", len(hello)) + hello)
                asking.sendall(struct.pack(">I", 2**32 - 1 - index) + bytes(2000))
                ended(asking)
        assert other.ask(VERSIONS, 0).error_code == 0
        assert len(control.describe().brokers) == 3
        grown = memory(serving.pid, "VmHWM") - before
        for one in crowd:
            one.__exit__()
        assert other.ask(VERSIONS, 0).error_code == 0
    assert grown < 48 * MEGABYTE


def ended(connection: socket.socket) -> None:
    """Wait until the other side has closed; whatever it says before is not looked at."""
    with contextlib.suppress(ConnectionError):  # a reset is an end too
        while connection.recv(65_536):
            pass


def claims() -> list[bytes]:
    """Starts of frames that promise more than comes: their size, or the count in front of an array."""
    found = [
        struct.pack(">i", 100 * MEGABYTE) + bytes(60_000),
        b"\x7f\xff\xff\xff",
        b"\x80\x00\x00\x00",
        b"GET / HTTP/1.1\r\n\r\n",
    ]
    for api in SERVED_APIS:
        for count in (b"\x00\x00" + b"\x7f\xff\xff\xff" * 8, b"\x00" + b"\xff\xff\xff\xff\x07" * 8):
            body = struct.pack(">hhih", api.key, api.max_version, 7, -1) + count
            found.append(struct.pack(">i", len(body)) + body)
    return found


CLAIMS = claims()


def memory(pid: int, field: str) -> int:
    """Bytes, as the system counts them."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))
