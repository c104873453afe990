"""One life of one broker, from opening its folder to closing it: everything that a restart makes anew.

Counterpart: `kafka.server.BrokerServer`. The order matters: the logs are loaded, the metadata log takes part in the quorum, the controller
learns of the broker, roles are taken, and only then is the port opened.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_broker.broker.connections import Connections
from desktop_broker.broker.context import Services
from desktop_broker.broker.coordinator_log import PartitionedLog
from desktop_broker.broker.dispatch import Dispatcher
from desktop_broker.broker.fetch_sessions import FetchSessions
from desktop_broker.broker.housekeeping import Housekeeping
from desktop_broker.broker.listener import Listener
from desktop_broker.broker.producer_ids import ProducerIds
from desktop_broker.broker.settings import Settings
from desktop_broker.broker.traffic import BrokerTraffic
from desktop_broker.cluster.cluster import Cluster
from desktop_broker.cluster.image import MetadataImage, changed_topics
from desktop_broker.cluster.incarnation import Incarnation
from desktop_broker.cluster.internal_topics import InternalTopics
from desktop_broker.cluster.names import CONSUMER_OFFSETS
from desktop_broker.cluster.replica_manager import ReplicaManager
from desktop_broker.cluster.requests import BrokerRegistration
from desktop_broker.common.clock import Clock
from desktop_broker.common.config import TopicConfig
from desktop_broker.common.errors import KafkaError
from desktop_broker.common.events import EventLog, crash_reporter
from desktop_broker.common.scheduler import Scheduler
from desktop_broker.common.types import Endpoint
from desktop_broker.coordinator.config import GroupConfig
from desktop_broker.coordinator.groups import GroupCoordinator
from desktop_broker.storage.manager import LogManager


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerIdentity:
    """What stays the same over all lives of a broker."""

    id: int
    rack: str | None
    directory: Path
    listen: Endpoint
    advertised: Endpoint


class BrokerLife:
    """Made, opened, served and ended by one thread at a time: the one that holds the engine's lock."""

    def __init__(
        self,
        identity: BrokerIdentity,
        cluster: Cluster,
        traffic: BrokerTraffic,
        static: Mapping[str, str],
        *,
        clock: Clock,
        events: EventLog,
    ) -> None:
        self.identity = identity
        self._cluster = cluster
        self._traffic = traffic
        self._clock = clock
        self._events = events
        self._on_crash = crash_reporter(events, identity.id)
        self.incarnation = Incarnation(identity.id)
        self.settings = Settings(identity.id, cluster, {**static, **_own_configs(identity)})
        name = f"broker-{identity.id}"
        self._timers = Scheduler(f"{name}/timers", clock, self._on_crash)
        self._storage = Scheduler(f"{name}/storage", clock, self._on_crash)
        self.logs = LogManager(
            identity.directory,
            identity.id,
            cluster_id=cluster.image.cluster_id,
            clock=clock,
            events=events,
            scheduler=self._storage,
            defaults=TopicConfig.from_values({}, cluster.broker_values(identity.id)),
        )
        self._loaded = False
        self._attached = False
        self.replicas: ReplicaManager | None = None
        self._groups: GroupCoordinator | None = None
        self._listener: Listener | None = None
        self._connections: Connections | None = None
        self._housekeeping: Housekeeping | None = None

    @property
    def connections(self) -> int:
        """How many are open."""
        return len(self._connections) if self._connections is not None else 0

    # coming up

    def load(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Open all logs, recovering what a crash left. The long part; brokers may do it side by side.

        Raises:
            StorageError: the folder cannot be used.
        """
        self.logs.load(progress)
        self._loaded = True

    def join(self) -> BrokerRegistration:
        """Take part in the metadata quorum; returns what the controller is to be told.

        Raises:
            StorageError: the metadata log cannot be used.
        """
        identity = self.identity
        self._cluster.quorum.attach(identity.id, self.logs)
        self._attached = True
        self.replicas = ReplicaManager(
            broker_id=identity.id,
            incarnation=self.incarnation,
            logs=self.logs,
            cluster=self._cluster,
            clock=self._clock,
            events=self._events,
            scheduler=self._timers,
            rack=identity.rack,
        )
        return BrokerRegistration(
            id=identity.id,
            endpoint=identity.advertised,
            incarnation=self.incarnation.id,
            rack=identity.rack,
            directory=self.logs.directory_id,
        )

    def serve(self, bound: socket.socket) -> None:
        """Take the roles that the metadata gives, and open the port. The socket is the listener's from here on.

        Raises:
            OSError: another program began to listen on the port in between.
        """
        assert self.replicas is not None  # joined before
        self._groups = self._make_groups(self.replicas)
        services = self._make_services(self.replicas, self._groups)
        self._connections = Connections(
            f"broker-{self.identity.id}", Dispatcher(services), self.settings, self._traffic, self._on_crash
        )
        self._listener = Listener(bound, f"broker-{self.identity.id}", self._connections.accept, self._on_crash)
        self._cluster.quorum.subscribe(self.identity.id, self._apply)
        self._housekeeping = Housekeeping(self.logs, self.replicas, self.settings, self._storage)
        self._housekeeping.start()
        self._listener.start()

    def _make_groups(self, replicas: ReplicaManager) -> GroupCoordinator:
        log = PartitionedLog(
            CONSUMER_OFFSETS,
            replicas,
            self._cluster,
            self._clock,
            timeout_s=lambda: self.settings.integer("offsets.commit.timeout.ms") / 1000,
            default_partitions=lambda: self.settings.integer("offsets.topic.num.partitions"),
        )
        return GroupCoordinator(
            self.identity.id,
            log,
            clock=self._clock,
            scheduler=self._timers,
            events=self._events,
            config=lambda: GroupConfig.from_values(self.settings.values()),
            topic_id=lambda name: topic.id if (topic := self._cluster.image.topics.get(name)) is not None else None,
        )

    def _make_services(self, replicas: ReplicaManager, groups: GroupCoordinator) -> Services:
        controller = self._cluster.controller
        return Services(
            broker_id=self.identity.id,
            rack=self.identity.rack,
            directory=self.identity.directory,
            metadata=self._cluster,
            controller=controller,
            replicas=replicas,
            groups=groups,
            internal_topics=InternalTopics(self._cluster),
            settings=self.settings,
            producer_ids=ProducerIds(lambda: controller.allocate_producer_ids(self.identity.id)),
            sessions=FetchSessions(
                self._clock, lambda: self.settings.integer("max.incremental.fetch.session.cache.slots")
            ),
            traffic=self._traffic,
            events=self._events,
            clock=self._clock,
        )

    def _apply(self, before: MetadataImage, after: MetadataImage) -> None:
        """New metadata: roles of replicas first, then the groups whose partitions came or went."""
        assert self.replicas is not None  # subscribed after it was made
        assert self._groups is not None
        self.replicas.apply(before, after)
        deleted = []
        for name, old, new in changed_topics(before, after):
            if old is not None and (new is None or new.id != old.id):
                deleted.append(name)
            if name == CONSUMER_OFFSETS:
                for index in range(max(len(old.partitions) if old else 0, len(new.partitions) if new else 0)):
                    now = new.partitions[index] if new is not None and index < len(new.partitions) else None
                    if now is not None and now.leader == self.identity.id:
                        self._groups.load(index, now.leader_epoch)
                    else:
                        self._groups.unload(index, now.leader_epoch if now is not None else None)
        if deleted:
            self._groups.topics_deleted(deleted)

    # going down

    def retire(self) -> None:
        """Controlled shutdown begins: leaders move to other brokers while this one still answers."""
        with contextlib.suppress(KafkaError):  # without a majority nothing can move, and stopping goes on all the same
            self._cluster.controller.broker_stopping(self.identity.id)

    def end(self, *, clean: bool, whole_cluster: bool = False) -> None:
        """Close everything, however far the start had come.

        Args:
            clean: data is flushed and the shutdown marked as clean; otherwise as a crash leaves it.
            whole_cluster: nobody else needs to be told.

        Raises:
            StorageError: the last checkpoints could not be written; the next start recovers.
        """
        if not clean:
            self.incarnation.kill()
        if self._housekeeping is not None:
            self._housekeeping.stop()
        if self._listener is not None:
            self._listener.stop()
        if self._connections is not None:
            self._connections.stop()
        if self._attached:
            self._cluster.quorum.unsubscribe(self.identity.id)
        if self._groups is not None and clean:
            self._groups.close()  # its last writes still find their replicas
        if self.replicas is not None:
            self.replicas.shutdown(clean)
        if self._groups is not None:
            self._groups.close()
        if self._connections is not None:
            self._connections.join()
        if self._attached:
            self._leave_quorum(clean, whole_cluster)
        self._timers.stop()
        self._storage.stop()
        if self._loaded:
            self.logs.shutdown(clean)

    def _leave_quorum(self, clean: bool, whole_cluster: bool) -> None:
        controller = self._cluster.controller
        if clean and not whole_cluster:
            controller.broker_stopped(self.identity.id)
        self._cluster.quorum.detach(self.identity.id, clean=clean)
        if not clean and not whole_cluster:
            controller.broker_failed(self.identity.id)


def _own_configs(identity: BrokerIdentity) -> dict[str, str]:
    """What DescribeConfigs shows of the broker itself."""
    own = {
        "broker.id": str(identity.id),
        "node.id": str(identity.id),
        "listeners": f"PLAINTEXT://{identity.listen}",
        "advertised.listeners": f"PLAINTEXT://{identity.advertised}",
        "log.dirs": str(identity.directory),
    }
    if identity.rack is not None:
        own["broker.rack"] = identity.rack
    return own
