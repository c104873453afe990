"""Bringing all brokers of a cluster up together: ports first, so that a taken one costs nothing, then logs side by side, then roles at once."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from functools import partial

from desktop_broker.broker.broker import Broker
from desktop_broker.broker.cluster_spec import ClusterSpec
from desktop_broker.broker.errors import PortTakenError
from desktop_broker.broker.ports import bind
from desktop_broker.cluster.controller import Controller
from desktop_broker.common.threads import start_thread

_LOOK_UP_S = 0.2  # the main thread must come up for air, or Ctrl-C would wait for a long recovery
Say = Callable[[str], None]


def take_ports(host: str, spec: ClusterSpec) -> tuple[dict[int, socket.socket], ClusterSpec]:
    """A bound socket for each broker by id, and the spec with the ports as they are now.

    Raises:
        EngineError: a port cannot be had; none is held then.
    """
    bound: dict[int, socket.socket] = {}
    try:
        for broker in spec.brokers:
            bound[broker.id] = _take(host, broker.port, len(spec.brokers), spec.free_ports)
    except BaseException:
        for each in bound.values():
            each.close()
        raise
    return bound, spec.with_ports({broker: int(taken.getsockname()[1]) for broker, taken in bound.items()})


def _take(host: str, port: int, brokers: int, any_other: bool) -> socket.socket:
    try:
        return bind(host, port, brokers=brokers)
    except PortTakenError:
        if not any_other:
            raise
        return bind(host, 0)


def start_brokers(brokers: Sequence[Broker], bound: dict[int, socket.socket], controller: Controller, say: Say) -> None:
    """Start them all. Sockets are taken out of `bound` as brokers take them over.

    Raises:
        EngineError: one of them cannot start; the others are left as far as they came, for the caller to abandon.
        KafkaError: the controller refused.
    """
    _load_side_by_side(brokers, bound, say)
    controller.register_brokers([broker.join() for broker in brokers])
    for broker in brokers:
        broker.serve()


def _load_side_by_side(brokers: Sequence[Broker], bound: dict[int, socket.socket], say: Say) -> None:
    failures: list[BaseException] = []

    def load(broker: Broker) -> None:
        broker.open(bound.pop(broker.identity.id), partial(_tell, say, broker.identity.id))

    threads = [
        start_thread(
            f"broker-{broker.identity.id}/load", partial(load, broker), lambda _, error: failures.append(error)
        )
        for broker in brokers
    ]
    for thread in threads:
        while thread.is_alive():
            thread.join(_LOOK_UP_S)
    if failures:
        raise failures[0]


def _tell(say: Say, broker_id: int, done: int, total: int) -> None:
    if total > 100:
        say(f"Broker {broker_id}: {done} of {total} partitions opened")
