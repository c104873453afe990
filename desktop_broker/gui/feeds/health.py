"""From a look at the cluster to the numbers of its health sentence."""

from __future__ import annotations

from desktop_broker.common.statistics import EngineStatistics
from desktop_broker.gui.feeds.model import Health, HealthKind

IN_SYNC_STATES = frozenset({"leader", "in-sync"})


def health_of(look: EngineStatistics) -> Health:
    """An error when a partition has no leader, a warning when a broker is down or a replica is behind."""
    up = sum(1 for broker in look.brokers if broker.state == "running")
    offline = under = factor = 0
    for partition in look.partitions:
        factor = max(factor, len(partition.replicas))
        if partition.leader is None:
            offline += 1
        if sum(replica.state in IN_SYNC_STATES for replica in partition.replicas) < len(partition.replicas):
            under += 1
    failed = any(broker.state == "failed" for broker in look.brokers)
    kind = HealthKind.OK
    if under or up < len(look.brokers):
        kind = HealthKind.WARNING
    if offline or failed or not up:
        kind = HealthKind.ERROR
    return Health(
        kind=kind,
        brokers=len(look.brokers),
        brokers_up=up,
        partitions=len(look.partitions),
        under_replicated=under,
        offline=offline,
        replication_factor=factor,
        stopped=tuple(broker.id for broker in look.brokers if broker.state != "running"),
    )
