"""What a handler is given: the broker's services, and the request's surroundings.

Counterpart: Kafka's `RequestContext`, and the constructor arguments of `KafkaApis`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_broker.common.clock import Clock
from desktop_broker.common.events import EventLog
from desktop_broker.protocol.frames import RequestHeader

if TYPE_CHECKING:
    from desktop_broker.broker.connection import Connection
    from desktop_broker.broker.fetch_sessions import FetchSessions
    from desktop_broker.broker.producer_ids import ProducerIds
    from desktop_broker.broker.settings import Settings
    from desktop_broker.broker.traffic import BrokerTraffic
    from desktop_broker.cluster.controller import Controller
    from desktop_broker.cluster.image import MetadataImage
    from desktop_broker.cluster.internal_topics import InternalTopics
    from desktop_broker.cluster.metadata_source import MetadataSource
    from desktop_broker.cluster.replica_manager import ReplicaManager
    from desktop_broker.coordinator.groups import GroupCoordinator


@dataclass(slots=True, kw_only=True)
class Services:
    """One incarnation of one broker, as its handlers see it. Made by `Broker.start`, never changed after; each part guards itself."""

    broker_id: int
    rack: str | None
    directory: Path
    metadata: MetadataSource
    controller: Controller
    replicas: ReplicaManager
    groups: GroupCoordinator
    internal_topics: InternalTopics
    settings: Settings
    producer_ids: ProducerIds
    sessions: FetchSessions
    traffic: BrokerTraffic
    events: EventLog
    clock: Clock

    @property
    def image(self) -> MetadataImage:
        """The cluster's metadata as this broker knows it now."""
        return self.replicas.image


@dataclass(slots=True)
class RequestContext:
    """One request under way, on its connection's thread."""

    services: Services
    connection: Connection
    header: RequestHeader

    @property
    def api_version(self) -> int:
        """The version the request came in, which the response takes too."""
        return self.header.api_version

    @property
    def client_id(self) -> str:
        """What the client calls itself; empty when it does not say."""
        return self.header.client_id or ""

    @property
    def client_host(self) -> str:
        """The client's address as Kafka shows it, such as `/127.0.0.1`."""
        return f"/{self.connection.peer}"

    @property
    def cancelled(self) -> bool:
        """Whether the connection is being closed: whoever waits should give up."""
        return self.connection.closing
