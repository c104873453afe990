"""A taken port is named, with its holder and with free ones."""

from __future__ import annotations

import os
import socket
import sys

import pytest

from desktop_broker.broker.errors import EngineError, PortTakenError
from desktop_broker.broker.ports import bind, free_runs, holder_of


@pytest.fixture
def taken() -> socket.socket:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder


def test_a_taken_port_is_named_with_free_ones(taken: socket.socket) -> None:
    port = taken.getsockname()[1]
    with pytest.raises(PortTakenError, match=f"Port {port} is in use") as caught:
        bind("127.0.0.1", port, brokers=3)
    assert caught.value.port == port
    for start in caught.value.alternatives:
        for offset in range(3):
            bind("127.0.0.1", start + offset).close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only /proc tells who holds a port")
def test_the_holder_is_named(taken: socket.socket) -> None:
    assert f"(process {os.getpid()})" in (holder_of(taken.getsockname()[1]) or "")


def test_nobody_holds_a_free_port() -> None:
    with bind("127.0.0.1", 0) as free:
        assert holder_of(free.getsockname()[1]) is None  # bound, but nobody listens yet


def test_runs_skip_what_is_taken(taken: socket.socket) -> None:
    port = taken.getsockname()[1]
    for start in free_runs("127.0.0.1", port - 1, 2):
        assert port not in (start, start + 1)


def test_an_address_of_another_machine() -> None:
    with pytest.raises(EngineError, match=r"Cannot listen on 192.0.2.1"):
        bind("192.0.2.1", 0)
