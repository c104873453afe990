"""The control socket: what a client may ask, and that garbage harms nobody."""

from __future__ import annotations

import contextlib
import json
import socket
import stat
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_broker.broker.description import EngineDescription
from desktop_broker.broker.errors import EngineError
from desktop_broker.common.clock import SystemClock
from desktop_broker.common.events import EventKind, EventLog
from desktop_broker.common.statistics import EngineStatistics, Traffic
from desktop_broker.control.address import FILE_NAME, read_address
from desktop_broker.control.client import ControlError, EngineClient, EngineGone
from desktop_broker.control.frames import MAX_REQUEST_BYTES
from desktop_broker.control.server import MAX_CONNECTIONS, ControlServer


class SmallEngine:
    """Stands in for the facade: the server only passes on what it is asked."""

    def __init__(self) -> None:
        self.events = EventLog(SystemClock())
        self.asked: list[tuple[object, ...]] = []
        self.crashes: list[str] = []

    def describe(self) -> EngineDescription:
        return EngineDescription(
            cluster_id="c",
            data_dir="/d",
            bootstrap="h:1",
            pid=7,
            version="0",
            ephemeral=False,
            started_ms=5,
            brokers=(),
        )

    def statistics(self) -> EngineStatistics:
        return EngineStatistics(
            time_ms=1,
            monotonic_s=0.5,
            cluster_id="c",
            brokers=(),
            topics=(),
            partitions=(),
            traffic=Traffic(bytes_in=3),
        )

    def start_broker(self, broker: int) -> None:
        self.asked.append(("start", broker))

    def stop_broker(self, broker: int) -> None:
        raise EngineError(f"There is no broker {broker}.")

    def kill_broker(self, broker: int) -> None:
        raise RuntimeError(f"a fault with {broker}")

    def configs(self) -> dict[str, str | None]:
        return {"num.partitions": "1", "broker.rack": None}

    def set_config(self, name: str, value: str | None) -> None:
        self.asked.append(("set", name, value))

    def report_crash(self, thread: str, error: BaseException) -> None:
        self.crashes.append(f"{thread}: {error}")


class Served:
    def __init__(self, data_dir: Path) -> None:
        self.engine = SmallEngine()
        self.data_dir = data_dir
        self.shut_down = threading.Event()
        self.server = ControlServer(self.engine, data_dir, self.shut_down.set, pid=7)  # type: ignore[arg-type]  # the part of it that is asked
        self.server.start()

    def raw(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=10)

    def admitted(self) -> socket.socket:
        connection = self.raw()
        address = read_address(self.data_dir)
        assert address is not None
        connection.sendall(framed({"token": address.token}))
        assert answer(connection) == {"result": True}
        return connection


def framed(message: object) -> bytes:
    body = json.dumps(message).encode()
    return struct.pack(">I", len(body)) + body


def answer(connection: socket.socket) -> object:
    """The next answer, None when the connection ends."""
    stream = connection.makefile("rb")
    head = stream.read(4)
    if len(head) < 4:
        return None
    return json.loads(stream.read(struct.unpack(">I", head)[0]))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    one = Served(tmp_path)
    yield one
    one.server.stop()


@pytest.fixture
def client(served: Served) -> Iterator[EngineClient]:
    with EngineClient.connect(served.data_dir) as one:
        yield one


def test_a_client_gets_typed_answers(served: Served, client: EngineClient) -> None:
    assert client.describe() == served.engine.describe()
    assert client.statistics() == served.engine.statistics()
    assert client.configs() == served.engine.configs()


def test_commands_reach_the_engine(served: Served, client: EngineClient) -> None:
    client.start_broker(2)
    client.set_config("num.partitions", "4")
    client.set_config("num.partitions", None)
    assert served.engine.asked == [("start", 2), ("set", "num.partitions", "4"), ("set", "num.partitions", None)]


def test_refusals_arrive_as_sentences(client: EngineClient) -> None:
    with pytest.raises(ControlError, match=r"^There is no broker 9\.$"):
        client.stop_broker(9)


def test_a_fault_is_said_and_reported(served: Served, client: EngineClient) -> None:
    with pytest.raises(ControlError, match="failed inside the engine"):
        client.kill_broker(1)
    assert served.engine.crashes == ["control/kill_broker: a fault with 1"]
    client.start_broker(1)


def test_events_are_waited_for_and_hold_up_nobody(served: Served, client: EngineClient) -> None:
    found: list[object] = []
    waiting = threading.Thread(target=lambda: found.extend(client.events_after(0, 20)))
    waiting.start()
    client.start_broker(1)
    served.engine.events.publish(EventKind.BROKER_STARTED, broker=1)
    waiting.join(10)
    assert [event.kind for event in found] == [EventKind.BROKER_STARTED]  # type: ignore[attr-defined]  # events


def test_closing_a_client_ends_its_wait(client: EngineClient) -> None:
    ended: list[Exception] = []

    def wait() -> None:
        try:
            client.events_after(0, 25)
        except EngineGone as error:
            ended.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    while not client._busy:
        threading.Event().wait(0.001)
    client.close()
    waiting.join(10)
    assert len(ended) == 1


def test_shutdown_only_asks(served: Served, client: EngineClient) -> None:
    client.shutdown()
    assert served.shut_down.wait(10)
    client.describe()


def test_the_token_file_is_the_owners_and_goes_with_the_server(served: Served) -> None:
    path = served.data_dir / FILE_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    served.server.stop()
    assert not path.exists()
    with pytest.raises(EngineGone, match="No engine runs"):
        EngineClient.connect(served.data_dir)


def test_an_engine_that_is_gone_is_said_to_be(served: Served, client: EngineClient) -> None:
    client.describe()
    served.server.stop()
    with pytest.raises(EngineGone, match="does not answer"):
        client.describe()


def test_the_wrong_token_ends_the_connection(served: Served) -> None:
    for hello in ({"token": "wrong"}, {"token": 5}, {}, {"method": "shutdown"}):
        with served.raw() as connection:
            connection.sendall(framed(hello))
            assert answer(connection) is None
    assert not served.shut_down.is_set()


@pytest.mark.parametrize(
    "request_",
    [{"method": "nope"}, {"method": 3}, {}, {"method": "describe", "arguments": [1]}, {"method": "start_broker"}],
)
def test_a_request_that_makes_no_sense_gets_a_sentence(served: Served, request_: object) -> None:
    with served.admitted() as connection:
        connection.sendall(framed(request_))
        reply = answer(connection)
        assert isinstance(reply, dict)
        assert "error" in reply
        connection.sendall(framed({"method": "describe"}))
        assert "result" in (answer(connection) or {})  # type: ignore[operator]  # a dict


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(garbage=st.one_of(st.binary(max_size=300), st.binary(max_size=100).map(lambda b: struct.pack(">I", len(b)) + b)))
@pytest.mark.parametrize("admitted", [False, True])
def test_garbage_ends_its_connection_and_nothing_else(served: Served, admitted: bool, garbage: bytes) -> None:
    connection = served.admitted() if admitted else served.raw()
    with connection, contextlib.suppress(OSError):  # a reset is an end too
        connection.sendall(garbage)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(4096):
            pass
    with EngineClient.connect(served.data_dir) as client:
        assert client.describe().cluster_id == "c"


def test_a_length_that_lies_costs_nothing(served: Served) -> None:
    for length in (MAX_REQUEST_BYTES + 1, 2**32 - 1):
        with served.admitted() as connection:
            connection.sendall(struct.pack(">I", length))
            assert answer(connection) is None


def test_connections_are_bounded(served: Served) -> None:
    crowd = [served.admitted() for _ in range(MAX_CONNECTIONS)]
    with served.raw() as connection:
        assert connection.recv(1) == b""
    for connection in crowd:
        connection.close()


def test_two_servers_never_share_a_token(tmp_path: Path) -> None:
    tokens = set()
    make: Callable[[], Served] = lambda: Served(tmp_path)  # noqa: E731 - one expression
    for _ in range(2):
        one = make()
        address = read_address(tmp_path)
        assert address is not None
        tokens.add(address.token)
        one.server.stop()
    assert len(tokens) == 2
