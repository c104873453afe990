"""One broker of an engine over all its lives: started, stopped, killed and started again.

The states are those of `BrokerStatistics`: stopped, starting, running, stopping, failed.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping

from desktop_broker.broker.errors import EngineError
from desktop_broker.broker.life import BrokerIdentity, BrokerLife
from desktop_broker.broker.ports import bind, port_taken
from desktop_broker.broker.statistics import BrokerState
from desktop_broker.broker.traffic import BrokerTraffic
from desktop_broker.cluster.cluster import Cluster
from desktop_broker.cluster.requests import BrokerRegistration
from desktop_broker.common.clock import Clock
from desktop_broker.common.errors import KafkaError
from desktop_broker.common.events import EventKind, EventLog, Severity
from desktop_broker.storage.errors import StorageError

Progress = Callable[[int, int], None]


class Broker:
    """Driven by one thread at a time, the one that holds the engine's lock; `state` may be read by any.

    The traffic counters live as long as the engine, so that a restart does not turn them back.
    """

    def __init__(
        self, identity: BrokerIdentity, cluster: Cluster, static: Mapping[str, str], *, clock: Clock, events: EventLog
    ) -> None:
        self.identity = identity
        self._cluster = cluster
        self._static = static
        self._clock = clock
        self._events = events
        self._traffic = BrokerTraffic()
        self._life: BrokerLife | None = None
        self._bound: socket.socket | None = None
        self._error: str | None = None
        self.status = "stopped"

    def state(self) -> BrokerState:
        """What the statistics say of it."""
        identity, life = self.identity, self._life
        running = life is not None and self.status in ("running", "stopping")
        return BrokerState(
            id=identity.id,
            state=self.status,
            listen=identity.listen,
            advertised=identity.advertised,
            rack=identity.rack,
            connections=life.connections if life is not None else 0,
            traffic=self._traffic.by_topic(),
            replicas=life.replicas if life is not None and running else None,
            error=self._error,
        )

    def open(self, bound: socket.socket | None = None, progress: Progress | None = None) -> None:
        """First step of a start: take the port and load the logs.

        Raises:
            EngineError: the port is taken, or the folder cannot be used; the broker is failed then.
        """
        self.status, self._error = "starting", None
        listen = self.identity.listen
        try:
            self._bound = bound if bound is not None else bind(listen.host, listen.port)
            self._life = BrokerLife(
                self.identity, self._cluster, self._traffic, self._static, clock=self._clock, events=self._events
            )
            self._life.load(progress)
        except (EngineError, KafkaError) as error:
            raise self._fail(error) from error

    def join(self) -> BrokerRegistration:
        """Second step: take part in the quorum; returns what the controller is to be told. Raises EngineError."""
        assert self._life is not None  # opened before
        try:
            return self._life.join()
        except KafkaError as error:
            raise self._fail(error) from error

    def wait_for_majority(self, reason: str) -> None:
        """It is up, but there is no controller to tell."""
        self._error = reason

    def serve(self) -> None:
        """Last step: take the roles and open the port. Raises EngineError."""
        assert self._life is not None
        assert self._bound is not None
        bound, self._bound = self._bound, None
        try:
            self._life.serve(bound)
        except OSError:
            taken = port_taken(self.identity.listen.host, self.identity.listen.port, 1)
            raise self._fail(taken) from None
        self.status, self._error = "running", None
        self._events.publish(EventKind.BROKER_STARTED, Severity.GOOD, broker=self.identity.id)

    def stop(self, *, whole_cluster: bool = False) -> None:
        """Stop in the controlled way; nothing acknowledged is lost. Nothing happens when it does not run.

        Raises:
            EngineError: the disk refused the last writes; the broker is down, and its next start recovers.
        """
        life = self._life
        if life is None:
            return
        self.status = "stopping"
        if not whole_cluster:
            life.retire()
        try:
            life.end(clean=True, whole_cluster=whole_cluster)
        except StorageError as error:
            raise self._fail(error, ended=True) from error
        self._life = None
        self.status = "stopped"
        if not whole_cluster:
            self._events.publish(EventKind.BROKER_STOPPED, broker=self.identity.id)

    def kill(self, *, whole_cluster: bool = False) -> None:
        """Crash: memory and sockets are dropped at once, nothing is written any more."""
        life = self._life
        if life is None:
            return
        life.incarnation.kill()
        life.end(clean=False, whole_cluster=whole_cluster)
        self._life = None
        self.status = "stopped"
        if not whole_cluster:
            self._events.publish(EventKind.BROKER_KILLED, Severity.WARNING, broker=self.identity.id)

    def abandon(self) -> None:
        """Undo a start that did not get through, without marking anything."""
        life, self._life = self._life, None
        if self._bound is not None:
            self._bound.close()
            self._bound = None
        if life is not None:
            life.end(clean=False, whole_cluster=True)
        if self.status != "failed":
            self.status = "stopped"

    def _fail(self, error: EngineError | KafkaError, *, ended: bool = False) -> EngineError:
        if ended:
            self._life = None
        self.abandon()
        self.status, self._error = "failed", str(error)
        self._events.publish(EventKind.BROKER_FAILED, Severity.ERROR, broker=self.identity.id, reason=str(error))
        return error if isinstance(error, EngineError) else EngineError(f"Broker {self.identity.id}: {error}")
