"""What the parts of one broker ask of the cluster that they belong to: its controller, its links and its configs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop_broker.cluster.controller import Controller
    from desktop_broker.cluster.link import Links
    from desktop_broker.common.config import ConfigValue


class ClusterServices(Protocol):
    """What a replica manager needs of its cluster (`cluster.Cluster`)."""

    controller: Controller
    links: Links

    def broker_values(self, broker_id: int | None = None) -> Mapping[str, ConfigValue]: ...
