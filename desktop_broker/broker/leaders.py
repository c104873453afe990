"""Who leads a partition and where, for answers that send a client on (KIP-951, rule 11)."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_broker.cluster.image import MetadataImage
from desktop_broker.common.errors import ErrorCode
from desktop_broker.protocol.hot_path import Leader, Node

MOVED = frozenset({ErrorCode.NOT_LEADER_OR_FOLLOWER, ErrorCode.FENCED_LEADER_EPOCH})
"""Errors beside which the current leader is named."""


def current_leader(image: MetadataImage, topic: str, index: int) -> Leader:
    """The leader as the metadata knows it; -1 and -1 when the partition is not known."""
    partition = image.partition(topic, index)
    return Leader(-1, -1) if partition is None else Leader(partition.leader, partition.leader_epoch)


def nodes_of(image: MetadataImage, leaders: Iterable[Leader]) -> list[Node]:
    """Where these leaders are reached, each once."""
    nodes = []
    for broker_id in sorted({leader.leader_id for leader in leaders}):
        broker = image.brokers.get(broker_id)
        if broker is not None:
            nodes.append(Node(broker.id, broker.endpoint.host, broker.endpoint.port, broker.rack))
    return nodes
