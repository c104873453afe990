"""Every topic config of Kafka 4.3 (`TopicConfig`), and the typed values that a log works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import cast

from desktop_broker.common.config.keys import ConfigKey, ConfigType, ConfigValue, declare

_LONG_MAX = 2**63 - 1
_DAY_MS = 86_400_000
_B, _S, _I, _L, _D, _LIST = (
    ConfigType.BOOLEAN,
    ConfigType.STRING,
    ConfigType.INT,
    ConfigType.LONG,
    ConfigType.DOUBLE,
    ConfigType.LIST,
)


def _key(
    name: str,
    type_: ConfigType,
    default: ConfigValue,
    help_: str,
    *,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
    unit: str = "",
    broker: str | None = None,
    acted_on: bool = True,
) -> ConfigKey:
    return ConfigKey(
        name=name,
        type=type_,
        default=default,
        help=help_,
        minimum=low,
        maximum=high,
        choices=choices,
        unit=unit,
        broker_key=broker or f"log.{name}",
        acted_on=acted_on,
    )


TOPIC_KEYS = declare(
    _key("cleanup.policy", _LIST, ("delete",), "Old data is deleted, or compacted to the last value of each key, or both.",
         choices=("delete", "compact")),
    _key("compression.type", _S, "producer", "How batches are stored; 'producer' keeps them as they were sent.",
         choices=("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"), broker="compression.type"),
    _key("compression.gzip.level", _I, -1, "The level used when compression.type is gzip (-1: the usual one).",
         low=-1, high=9, broker="compression.gzip.level"),
    _key("compression.lz4.level", _I, 9, "The level used when compression.type is lz4.",
         low=1, high=17, broker="compression.lz4.level"),
    _key("compression.zstd.level", _I, 3, "The level used when compression.type is zstd.",
         low=-131072, high=22, broker="compression.zstd.level"),
    _key("delete.retention.ms", _L, _DAY_MS, "How long a compacted topic keeps the mark of a deleted key.",
         low=0, unit="ms", broker="log.cleaner.delete.retention.ms"),
    _key("file.delete.delay.ms", _L, 60_000, "How long a removed segment's files stay before they are deleted.",
         low=0, unit="ms", broker="log.segment.delete.delay.ms"),
    _key("flush.messages", _L, _LONG_MAX, "Force data to disk after so many messages.",
         low=1, unit="messages", broker="log.flush.interval.messages"),
    _key("flush.ms", _L, _LONG_MAX, "Force data to disk when it has waited so long.",
         low=0, unit="ms", broker="log.flush.interval.ms"),
    _key("follower.replication.throttled.replicas", _LIST, (), "Followers whose copying is throttled.",
         broker="follower.replication.throttled.replicas", acted_on=False),
    _key("index.interval.bytes", _I, 4096, "One offset index entry per so many bytes of log.",
         low=0, unit="bytes", broker="log.index.interval.bytes"),
    _key("leader.replication.throttled.replicas", _LIST, (), "Leaders whose copying is throttled.",
         broker="leader.replication.throttled.replicas", acted_on=False),
    _key("local.retention.bytes", _L, -2, "With tiered storage: bytes kept locally. There is no tiered storage here.",
         low=-2, unit="bytes", broker="log.local.retention.bytes", acted_on=False),
    _key("local.retention.ms", _L, -2, "With tiered storage: time kept locally. There is no tiered storage here.",
         low=-2, unit="ms", broker="log.local.retention.ms", acted_on=False),
    _key("max.compaction.lag.ms", _L, _LONG_MAX, "The longest a record may stay uncompacted.",
         low=1, unit="ms", broker="log.cleaner.max.compaction.lag.ms"),
    _key("max.message.bytes", _I, 1_048_588, "The largest batch a producer may send.",
         low=0, unit="bytes", broker="message.max.bytes"),
    _key("message.timestamp.after.max.ms", _L, 3_600_000, "How far ahead of the broker's clock a timestamp may lie.",
         low=0, unit="ms"),
    _key("message.timestamp.before.max.ms", _L, _LONG_MAX, "How far behind the broker's clock a timestamp may lie.",
         low=0, unit="ms"),
    _key("message.timestamp.type", _S, "CreateTime", "Timestamps are the producer's, or the time of the append.",
         choices=("CreateTime", "LogAppendTime")),
    _key("min.cleanable.dirty.ratio", _D, 0.5, "The share of uncompacted data at which compaction starts.",
         low=0, high=1, unit="ratio", broker="log.cleaner.min.cleanable.ratio"),
    _key("min.compaction.lag.ms", _L, 0, "The least time a record stays uncompacted.",
         low=0, unit="ms", broker="log.cleaner.min.compaction.lag.ms"),
    _key("min.insync.replicas", _I, 1, "With acks=all: how many replicas must be in sync for a write to be taken.",
         low=1, broker="min.insync.replicas"),
    _key("preallocate", _B, False, "Create each segment file at its full size.", broker="log.preallocate", acted_on=False),
    _key("remote.log.copy.disable", _B, False, "With tiered storage: stop copying. There is no tiered storage here.",
         broker="remote.log.copy.disable", acted_on=False),
    _key("remote.log.delete.on.disable", _B, False, "With tiered storage: delete on disabling. There is none here.",
         broker="remote.log.delete.on.disable", acted_on=False),
    _key("remote.storage.enable", _B, False, "Tiered storage. There is none here.",
         broker="remote.storage.enable", acted_on=False),
    _key("retention.bytes", _L, -1, "The most bytes a partition keeps before old segments go (-1: no limit).",
         low=-1, unit="bytes"),
    _key("retention.ms", _L, 7 * _DAY_MS, "How long records are kept before old segments go (-1: for ever).",
         low=-1, unit="ms"),
    _key("segment.bytes", _I, 1_073_741_824, "The size at which a partition starts a new segment file.",
         low=1024, unit="bytes"),
    _key("segment.index.bytes", _I, 10_485_760, "The largest an index file may become.",
         low=4, unit="bytes", broker="log.index.size.max.bytes"),
    _key("segment.jitter.ms", _L, 0, "At most so much is taken off segment.ms, at random.",
         low=0, unit="ms", broker="log.roll.jitter.ms"),
    _key("segment.ms", _L, 7 * _DAY_MS, "The age at which a partition starts a new segment file.",
         low=1, unit="ms", broker="log.roll.ms"),
    _key("unclean.leader.election.enable", _B, False,
         "Let a replica that is not in sync become leader when no other is left. Data may be lost.",
         broker="unclean.leader.election.enable"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicConfig:
    """The values that logs and partitions act on, one field per key (dots become underscores). Immutable: a change makes another."""

    cleanup_policy: tuple[str, ...] = ("delete",)
    compression_type: str = "producer"
    compression_gzip_level: int = -1
    compression_lz4_level: int = 9
    compression_zstd_level: int = 3
    delete_retention_ms: int = _DAY_MS
    file_delete_delay_ms: int = 60_000
    flush_messages: int = _LONG_MAX
    flush_ms: int = _LONG_MAX
    index_interval_bytes: int = 4096
    max_compaction_lag_ms: int = _LONG_MAX
    max_message_bytes: int = 1_048_588
    message_timestamp_after_max_ms: int = 3_600_000
    message_timestamp_before_max_ms: int = _LONG_MAX
    message_timestamp_type: str = "CreateTime"
    min_cleanable_dirty_ratio: float = 0.5
    min_compaction_lag_ms: int = 0
    min_insync_replicas: int = 1
    retention_bytes: int = -1
    retention_ms: int = 7 * _DAY_MS
    segment_bytes: int = 1_073_741_824
    segment_index_bytes: int = 10_485_760
    segment_jitter_ms: int = 0
    segment_ms: int = 7 * _DAY_MS
    unclean_leader_election_enable: bool = False

    @property
    def compacted(self) -> bool:
        """Whether only the last value of each key need be kept."""
        return "compact" in self.cleanup_policy

    @property
    def log_append_time(self) -> bool:
        """Whether the broker stamps records (rule 23)."""
        return self.message_timestamp_type == "LogAppendTime"

    @classmethod
    def from_values(
        cls, overrides: Mapping[str, ConfigValue], broker: Mapping[str, ConfigValue] | None = None
    ) -> TopicConfig:
        """Values for one topic: its own overrides, else the broker's defaults (by broker key), else Kafka's."""
        chosen: dict[str, ConfigValue] = {}
        for field in fields(cls):
            key = TOPIC_KEYS[field.name.replace("_", ".")]
            if key.name in overrides:
                chosen[field.name] = overrides[key.name]
            elif broker is not None and key.broker_key in broker:
                chosen[field.name] = broker[cast(str, key.broker_key)]
        return cls(**chosen)  # type: ignore[arg-type]  # types were checked when the texts were parsed
