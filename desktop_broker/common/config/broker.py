"""The broker configs that this cluster knows (`KafkaConfig`, 4.3), with Kafka's defaults save where DESIGN.md says otherwise."""

from __future__ import annotations

from dataclasses import replace

from desktop_broker.common.config.keys import ConfigKey, ConfigType, ConfigValue, declare
from desktop_broker.common.config.topic import TOPIC_KEYS

_B, _S, _I, _L, _D = ConfigType.BOOLEAN, ConfigType.STRING, ConfigType.INT, ConfigType.LONG, ConfigType.DOUBLE


def _key(
    name: str,
    type_: ConfigType,
    default: ConfigValue | None,
    help_: str,
    *,
    low: float | None = None,
    high: float | None = None,
    unit: str = "",
    dynamic: bool = True,
    acted_on: bool = True,
) -> ConfigKey:
    return ConfigKey(
        name=name,
        type=type_,
        default=default,
        help=help_,
        minimum=low,
        maximum=high,
        unit=unit,
        dynamic=dynamic,
        acted_on=acted_on,
    )


_OWN = declare(
    _key("broker.id", _I, -1, "The broker's number.", dynamic=False),
    _key("node.id", _I, -1, "The broker's number.", dynamic=False),
    _key("broker.rack", _S, None, "The rack the broker stands in.", dynamic=False),
    _key("listeners", _S, "", "Where the broker listens.", dynamic=False),
    _key("advertised.listeners", _S, "", "Where clients are told to go.", dynamic=False),
    _key("log.dirs", _S, "", "The broker's data folder.", dynamic=False),
    _key("process.roles", _S, "broker,controller", "What the node does.", dynamic=False),
    _key("inter.broker.listener.name", _S, "PLAINTEXT", "The listener that brokers use among themselves.", dynamic=False),
    _key("auto.create.topics.enable", _B, True, "Create a topic when a client asks for one that does not exist."),
    _key("delete.topic.enable", _B, True, "Whether topics may be deleted.", dynamic=False),
    _key("num.partitions", _I, 1, "Partitions of a topic made without a number.", low=1),
    _key("default.replication.factor", _I, 3, "Replicas of a topic made without a number.", low=1),
    _key("group.initial.rebalance.delay.ms", _I, 0, "How long an empty group waits for more members.", low=0, unit="ms"),
    _key("group.min.session.timeout.ms", _I, 6_000, "The least session time-out a member may ask for.", low=1, unit="ms"),
    _key("group.max.session.timeout.ms", _I, 1_800_000, "The most session time-out a member may ask for.", low=1, unit="ms"),
    _key("group.max.size", _I, 2_147_483_647, "The most members a group may have.", low=1),
    _key("offset.metadata.max.bytes", _I, 4_096, "The longest note a consumer may commit with an offset.", low=0, unit="bytes"),
    _key("offsets.commit.timeout.ms", _I, 5_000, "How long a commit may wait for its replicas.", low=1, unit="ms"),
    _key("offsets.retention.minutes", _I, 10_080, "How long offsets stay once their group is empty.", low=1, unit="minutes"),
    _key("offsets.retention.check.interval.ms", _L, 600_000, "How often expired offsets are looked for.", low=1, unit="ms"),
    _key("offsets.topic.num.partitions", _I, 8, "Partitions of __consumer_offsets.", low=1, dynamic=False),
    _key("offsets.topic.replication.factor", _I, 3, "Replicas of __consumer_offsets.", low=1, dynamic=False),
    _key("offsets.topic.segment.bytes", _I, 104_857_600, "Segment size of __consumer_offsets.", low=1, unit="bytes", dynamic=False),
    _key("transaction.state.log.num.partitions", _I, 8, "Partitions of __transaction_state.", low=1, dynamic=False),
    _key("transaction.state.log.replication.factor", _I, 3, "Replicas of __transaction_state.", low=1, dynamic=False),
    _key("transaction.state.log.min.isr", _I, 2, "Min ISR of __transaction_state.", low=1, dynamic=False),
    _key("transaction.max.timeout.ms", _I, 900_000, "The longest a transaction may stay open.", low=1, unit="ms"),
    _key("transactional.id.expiration.ms", _I, 604_800_000, "How long an unused transactional id is kept.", low=1, unit="ms"),
    _key("producer.id.expiration.ms", _I, 86_400_000, "How long an idle producer's sequence is remembered.", low=1, unit="ms"),
    _key("replica.lag.time.max.ms", _L, 30_000, "A follower this long behind leaves the ISR.", low=1, unit="ms"),
    _key("replica.fetch.max.bytes", _I, 1_048_576, "Bytes a follower asks per partition at once.", low=0, unit="bytes"),
    _key("replica.fetch.wait.max.ms", _I, 500, "The longest a follower's fetch waits.", low=0, unit="ms"),
    _key("leader.imbalance.check.interval.seconds", _L, 300, "How often preferred leaders are restored.", low=1),
    _key("leader.imbalance.per.broker.percentage", _I, 10, "The imbalance that is tolerated.", low=0, dynamic=False),
    _key("auto.leader.rebalance.enable", _B, True, "Restore preferred leaders by itself.", dynamic=False),
    _key("log.retention.check.interval.ms", _L, 300_000, "How often old segments are looked for.", low=1, unit="ms"),
    _key("log.flush.scheduler.interval.ms", _L, 1_000, "How often flush.ms is looked after.", low=1, unit="ms"),
    _key("log.flush.offset.checkpoint.interval.ms", _I, 60_000, "How often recovery points are written down.", low=0, unit="ms"),
    _key("log.cleaner.enable", _B, True, "Whether compacted topics are compacted.", dynamic=False),
    _key("log.cleaner.backoff.ms", _L, 15_000, "How long the cleaner rests when there is nothing to do.", low=0, unit="ms"),
    _key("socket.request.max.bytes", _I, 104_857_600, "The largest request taken.", low=1, unit="bytes", dynamic=False),
    _key("connections.max.idle.ms", _L, 600_000, "Idle connections are closed after this.", low=1, unit="ms", dynamic=False),
    _key("max.connections", _I, 2_147_483_647, "The most connections at once.", low=0),
    _key("fetch.max.bytes", _I, 57_671_680, "The most bytes a fetch answers.", low=1024, unit="bytes", dynamic=False),
    _key("max.incremental.fetch.session.cache.slots", _I, 1_000, "Fetch sessions kept.", low=0, dynamic=False),
    _key("replica.selector.class", _S, "org.apache.kafka.common.replica.RackAwareReplicaSelector",
         "How a consumer finds a near replica.", dynamic=False),
)  # fmt: skip

# A topic key's default can be set for a whole cluster under the broker key that Kafka gives it.
_TOPIC_DEFAULTS = declare(
    *(replace(key, name=key.broker_key) for key in TOPIC_KEYS.values() if key.broker_key is not None)
)

BROKER_KEYS: dict[str, ConfigKey] = dict(sorted({**_TOPIC_DEFAULTS, **_OWN}.items()))
"""Every broker key by name."""
