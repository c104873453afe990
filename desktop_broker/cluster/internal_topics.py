"""The topics that the cluster keeps its own state in, made when they are first needed.

Counterpart: `kafka.server.AutoTopicCreationManager`, `GroupCoordinatorConfig`, `TransactionLog`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from desktop_broker.cluster.image import TopicImage
from desktop_broker.cluster.names import CONSUMER_OFFSETS, TRANSACTION_STATE
from desktop_broker.cluster.requests import NewTopic
from desktop_broker.common.errors import ErrorCode, KafkaError

if TYPE_CHECKING:
    from desktop_broker.cluster.cluster import Cluster

_PREFIXES = {CONSUMER_OFFSETS: "offsets.topic", TRANSACTION_STATE: "transaction.state.log"}
_TRANSACTION_SEGMENT_BYTES = 104_857_600


class InternalTopics:
    """Any thread may call; the controller sees to it that each topic is made once."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    def ensure(self, name: str) -> TopicImage:
        """The topic, made now if need be.

        Raises:
            KafkaError: why it cannot be made (COORDINATOR_NOT_AVAILABLE is what clients ask again for); nobody but the cluster names topics here.
        """
        found = self._cluster.image.topics.get(name)
        if found is not None:
            return found
        (result,) = self._cluster.controller.create_topics([self._plan(name)])
        if result.error is not None and result.error.code is not ErrorCode.TOPIC_ALREADY_EXISTS:
            raise KafkaError(ErrorCode.COORDINATOR_NOT_AVAILABLE, f"{name} cannot be made yet: {result.error.message}")
        return self._cluster.image.topics[name]

    def _plan(self, name: str) -> NewTopic:
        values = self._cluster.broker_values()
        prefix = _PREFIXES[name]
        configs: dict[str, str | None] = {"cleanup.policy": "compact", "compression.type": "producer"}
        if name == CONSUMER_OFFSETS:
            configs["segment.bytes"] = str(values["offsets.topic.segment.bytes"])
        else:
            configs["compression.type"] = "uncompressed"
            configs["segment.bytes"] = str(_TRANSACTION_SEGMENT_BYTES)
            configs["min.insync.replicas"] = str(values["transaction.state.log.min.isr"])
            configs["unclean.leader.election.enable"] = "false"
        return NewTopic(
            name=name,
            partitions=cast(int, values[f"{prefix}.num.partitions"]),
            replication=cast(int, values[f"{prefix}.replication.factor"]),
            configs=configs,
        )
