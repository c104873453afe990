"""What an engine says of itself. Light, so that the window can import it without the brokers."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_broker.common.types import Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerDescription:
    """One broker as it was chosen at creation: where it listens, where clients are told to go, its rack and its folder."""

    id: int
    listen: Endpoint
    advertised: Endpoint
    rack: str | None
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineDescription:
    """A running engine. `bootstrap` is `host:port,...` with the advertised addresses; `version` the program's."""

    cluster_id: str
    data_dir: str
    bootstrap: str
    pid: int
    version: str
    ephemeral: bool
    started_ms: int
    brokers: tuple[BrokerDescription, ...]
