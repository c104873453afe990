"""The engine: one cluster of brokers in this process. The public Python API, and what control, window and command line steer.

Counterpart: `kafka.testkit.KafkaClusterTestKit`, made to be lived with: data survives, brokers come and go.

    with Engine(brokers=1, port=0, ephemeral=True) as engine:
        Producer({"bootstrap.servers": engine.bootstrap_servers})
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from desktop_broker.broker.broker import Broker
from desktop_broker.broker.cluster_spec import Wishes
from desktop_broker.broker.data_folder import DataFolder
from desktop_broker.broker.description import BrokerDescription, EngineDescription
from desktop_broker.broker.errors import EngineError
from desktop_broker.broker.life import BrokerIdentity
from desktop_broker.broker.limits import raise_file_limit
from desktop_broker.broker.settings import Settings
from desktop_broker.broker.startup import start_brokers, take_ports
from desktop_broker.broker.statistics import snapshot
from desktop_broker.cluster.cluster import Cluster
from desktop_broker.cluster.image import ResourceType
from desktop_broker.cluster.requests import BrokerRegistration, ConfigChange, ConfigOp, ConfigOperation
from desktop_broker.common.clock import Clock, SystemClock
from desktop_broker.common.config import BROKER_KEYS, ConfigError, parse_all
from desktop_broker.common.errors import KafkaError
from desktop_broker.common.events import EventLog, crash_reporter
from desktop_broker.common.scheduler import Scheduler
from desktop_broker.common.statistics import EngineStatistics
from desktop_broker.common.types import Endpoint, parse_endpoint
from desktop_broker.common.version import program_version

Say = Callable[[str], None]


class Engine:
    """One cluster. Any thread may call; `_lock` lets one change of brokers happen at a time, statistics and events need no lock.

    Args:
        data_dir: where the cluster lives; None for the user's own, or with `ephemeral` for a temporary folder.
        brokers: how many, 1 to 9, chosen when the folder's cluster is made; None: as it was made, or 3.
        port: of the first broker, the others count up; 0: free ports; None: as before, or 9092.
        advertise: what clients are told for the first broker (ports count up); None: where it listens.
        racks: names by broker id; RACK1 and so on where nothing is said.
        configs: broker configs for this run, by Kafka's names.
        ephemeral: keep nothing: the folder is removed at the end.
        host: the address to listen on.
        clock: where the time comes from.
        on_progress: called with a line of text as the start goes on, from the starting thread and its helpers.
    """

    def __init__(
        self,
        data_dir: Path | str | None = None,
        *,
        brokers: int | None = None,
        port: int | None = None,
        advertise: Endpoint | str | None = None,
        racks: Mapping[int, str] | None = None,
        configs: Mapping[str, str] | None = None,
        ephemeral: bool = False,
        host: str = "127.0.0.1",
        clock: Clock | None = None,
        on_progress: Say = lambda line: None,
    ) -> None:
        """Raises EngineError when an argument makes no sense. Touches nothing yet."""
        self._clock = clock or SystemClock()
        self._host = host
        self._configs = _checked(configs or {})
        self._wishes = Wishes(brokers=brokers, port=port, advertise=_endpoint(advertise), racks=racks)
        self._folder = DataFolder(Path(data_dir) if data_dir is not None else None, ephemeral=ephemeral)
        self._say = on_progress
        self._lock = threading.RLock()
        self._brokers: dict[int, Broker] = {}
        self._waiting: dict[int, BrokerRegistration] = {}  # came up while there was no majority
        self._cluster: Cluster | None = None
        self._scheduler: Scheduler | None = None
        self._started_ms = 0
        self.events = EventLog(self._clock)

    # life

    def start(self) -> Engine:
        """Start all brokers; returns when they serve.

        Raises:
            EngineError: one sentence; whatever had been started is closed again, and nothing is lost.
        """
        with self._lock:
            if self._cluster is not None:
                raise EngineError("This engine runs already.")
            raise_file_limit()
            self._folder.open()
            try:
                self._start()
            except BaseException as error:
                self._undo()
                if isinstance(error, KafkaError):
                    raise EngineError(str(error)) from error
                raise
        return self

    def _start(self) -> None:
        folder = self._folder
        spec = folder.resolve(self._wishes)
        bound, spec = take_ports(self._host, spec)
        try:
            folder.save(spec)
            self._scheduler = Scheduler("controller", self._clock, crash_reporter(self.events))
            self._cluster = Cluster(
                cluster_id=spec.cluster_id,
                broker_ids=[broker.id for broker in spec.brokers],
                clock=self._clock,
                events=self.events,
                scheduler=self._scheduler,
                configs=self._configs,
            )
            self._brokers = {
                broker.id: Broker(
                    BrokerIdentity(
                        id=broker.id,
                        rack=broker.rack,
                        directory=folder.place / f"broker-{broker.id}",
                        listen=Endpoint(self._host, broker.port),
                        advertised=_advertised(self._host, broker.port, broker.advertised),
                    ),
                    self._cluster,
                    self._configs,
                    clock=self._clock,
                    events=self.events,
                )
                for broker in spec.brokers
            }
            start_brokers(list(self._brokers.values()), bound, self._cluster.controller, self._say)
        except BaseException:
            for each in bound.values():
                each.close()
            raise
        self._cluster.start()
        self._started_ms = self._clock.now_ms()
        folder.publish(self.bootstrap_servers)

    def _undo(self) -> None:
        for broker in self._brokers.values():
            broker.abandon()
        self._close()

    def stop(self) -> None:
        """Stop all brokers cleanly and let the folder go. Idempotent.

        Raises:
            EngineError: the disk refused the last writes; everything is down all the same, and the next start recovers.
        """
        with self._lock:
            cluster = self._cluster
            if cluster is None:
                return
            cluster.stopping()
            failures = []
            for broker in self._brokers.values():
                try:
                    broker.stop(whole_cluster=True)
                except EngineError as error:
                    failures.append(error)
            self._close()
            self.events.close()
        if failures:
            raise failures[0]

    def _close(self) -> None:
        if self._scheduler is not None:
            self._scheduler.stop()
        self._cluster = self._scheduler = None
        self._folder.close()

    def __enter__(self) -> Engine:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()

    # brokers

    def start_broker(self, broker_id: int) -> None:
        """Start a stopped broker; returns when it serves.

        Raises:
            EngineError: it runs, there is no such broker, or why it cannot start.
        """
        with self._lock:
            broker = self._broker(broker_id)
            if broker.status not in ("stopped", "failed"):
                raise EngineError(f"Broker {broker_id} is {broker.status} already.")
            broker.open()
            self._waiting[broker_id] = broker.join()
            self._serve_waiting()

    def _serve_waiting(self) -> None:
        """Tell the controller of the brokers that have come up. Without a majority there is none: they wait for the next one."""
        try:
            self._running().controller.register_brokers(list(self._waiting.values()))
        except KafkaError as error:
            for broker_id in self._waiting:
                self._brokers[broker_id].wait_for_majority(str(error))
            return
        waiting, self._waiting = list(self._waiting), {}
        for broker_id in waiting:
            self._brokers[broker_id].serve()

    def stop_broker(self, broker_id: int) -> None:
        """Stop a broker in the controlled way: its leaders move first, so that clients lose nothing.

        Raises:
            EngineError: it does not run, or there is no such broker.
        """
        with self._lock:
            broker = self._running_broker(broker_id)
            self._waiting.pop(broker_id, None)
            broker.stop()

    def kill_broker(self, broker_id: int) -> None:
        """Crash a broker: memory and sockets are dropped at once; its next start recovers. Raises EngineError as `stop_broker`."""
        with self._lock:
            broker = self._running_broker(broker_id)
            self._waiting.pop(broker_id, None)
            broker.kill()

    # looking

    @property
    def bootstrap_servers(self) -> str:
        """The advertised addresses, `host:port,...`, which clients take as `bootstrap.servers`."""
        return ",".join(str(broker.identity.advertised) for broker in self._brokers.values())

    @property
    def cluster_id(self) -> str:
        """The cluster's id, as in `meta.properties`."""
        return self._running().image.cluster_id

    def statistics(self) -> EngineStatistics:
        """The whole cluster at this moment."""
        return snapshot(self._running(), [broker.state() for broker in self._brokers.values()], self._clock)

    def describe(self) -> EngineDescription:
        """What this engine is and where its brokers are."""
        return EngineDescription(
            cluster_id=self.cluster_id,
            data_dir=str(self._folder.place),
            bootstrap=self.bootstrap_servers,
            pid=os.getpid(),
            version=program_version(),
            ephemeral=self._folder.ephemeral,
            started_ms=self._started_ms,
            brokers=tuple(
                BrokerDescription(
                    id=identity.id,
                    listen=identity.listen,
                    advertised=identity.advertised,
                    rack=identity.rack,
                    folder=str(identity.directory),
                )
                for identity in (broker.identity for broker in self._brokers.values())
            ),
        )

    def report_crash(self, thread: str, error: BaseException) -> None:
        """Make an event of a fault in a thread that works for the engine."""
        crash_reporter(self.events)(thread, error)

    # configs

    def configs(self) -> dict[str, str | None]:
        """Every broker config with its value now, for the cluster as a whole."""
        settings = Settings(None, self._running(), self._configs)
        return {name: settings.explain(name)[0].text for name in BROKER_KEYS}

    def set_config(self, name: str, value: str | None) -> None:
        """Set a broker config for the whole cluster while it runs; None goes back to what it was started with.

        Raises:
            EngineError: there is no such config, it cannot change while the cluster runs, or the value does not do.
        """
        operation = ConfigOperation(key=name, op=ConfigOp.DELETE if value is None else ConfigOp.SET, value=value)
        change = ConfigChange(resource_type=ResourceType.BROKER, name="", operations=[operation])
        try:
            (error,) = self._running().controller.incremental_alter_configs([change])
        except KafkaError as refused:
            raise EngineError(str(refused)) from refused
        if error is not None:
            raise EngineError(str(error)) from error

    # underneath

    def _running(self) -> Cluster:
        cluster = self._cluster
        if cluster is None:
            raise EngineError("This engine does not run: call start() first.")
        return cluster

    def _broker(self, broker_id: int) -> Broker:
        self._running()
        broker = self._brokers.get(broker_id)
        if broker is None:
            raise EngineError(f"There is no broker {broker_id}: ids are 1 to {len(self._brokers)}.")
        return broker

    def _running_broker(self, broker_id: int) -> Broker:
        broker = self._broker(broker_id)
        if broker.status != "running" and broker_id not in self._waiting:
            raise EngineError(f"Broker {broker_id} is {broker.status}, not running.")
        return broker


def _checked(configs: Mapping[str, str]) -> dict[str, str]:
    try:
        parse_all(BROKER_KEYS, configs)
    except ConfigError as error:
        raise EngineError(str(error)) from None
    return dict(configs)


def _endpoint(text: Endpoint | str | None) -> Endpoint | None:
    if not isinstance(text, str):
        return text
    try:
        return parse_endpoint(text)
    except ValueError as error:
        raise EngineError(str(error)) from None


def _advertised(host: str, port: int, wanted: Endpoint | None) -> Endpoint:
    if wanted is None:
        return Endpoint(host, port)
    return wanted if wanted.port else Endpoint(wanted.host, port)
