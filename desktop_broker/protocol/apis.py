"""The one table of APIs: key, versions, classes, and whether this broker serves them.

Counterpart: Kafka's `ApiKeys`. What stands here as served is what ApiVersions advertises and what dispatch accepts; the rest can be
read and written (for clients of ours and for tools) but is never advertised. Message modules are imported when first asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from importlib import import_module
from typing import Final

from desktop_broker.protocol.schema import NEVER, Message


class ApiKey(IntEnum):
    """The number of an API in a request header."""

    PRODUCE = 0
    FETCH = 1
    LIST_OFFSETS = 2
    METADATA = 3
    OFFSET_COMMIT = 8
    OFFSET_FETCH = 9
    FIND_COORDINATOR = 10
    JOIN_GROUP = 11
    HEARTBEAT = 12
    LEAVE_GROUP = 13
    SYNC_GROUP = 14
    DESCRIBE_GROUPS = 15
    LIST_GROUPS = 16
    SASL_HANDSHAKE = 17
    API_VERSIONS = 18
    CREATE_TOPICS = 19
    DELETE_TOPICS = 20
    DELETE_RECORDS = 21
    INIT_PRODUCER_ID = 22
    OFFSET_FOR_LEADER_EPOCH = 23
    ADD_PARTITIONS_TO_TXN = 24
    ADD_OFFSETS_TO_TXN = 25
    END_TXN = 26
    WRITE_TXN_MARKERS = 27
    TXN_OFFSET_COMMIT = 28
    DESCRIBE_ACLS = 29
    CREATE_ACLS = 30
    DELETE_ACLS = 31
    DESCRIBE_CONFIGS = 32
    ALTER_CONFIGS = 33
    ALTER_REPLICA_LOG_DIRS = 34
    DESCRIBE_LOG_DIRS = 35
    SASL_AUTHENTICATE = 36
    CREATE_PARTITIONS = 37
    DELETE_GROUPS = 42
    ELECT_LEADERS = 43
    INCREMENTAL_ALTER_CONFIGS = 44
    ALTER_PARTITION_REASSIGNMENTS = 45
    LIST_PARTITION_REASSIGNMENTS = 46
    OFFSET_DELETE = 47
    DESCRIBE_CLIENT_QUOTAS = 48
    ALTER_CLIENT_QUOTAS = 49
    DESCRIBE_USER_SCRAM_CREDENTIALS = 50
    ALTER_USER_SCRAM_CREDENTIALS = 51
    DESCRIBE_QUORUM = 55
    UPDATE_FEATURES = 57
    DESCRIBE_CLUSTER = 60
    DESCRIBE_PRODUCERS = 61
    DESCRIBE_TRANSACTIONS = 65
    LIST_TRANSACTIONS = 66
    CONSUMER_GROUP_HEARTBEAT = 68
    CONSUMER_GROUP_DESCRIBE = 69
    LIST_CONFIG_RESOURCES = 74
    DESCRIBE_TOPIC_PARTITIONS = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """One API.

    Attributes:
        key: its number.
        name: Kafka's name, such as `OffsetForLeaderEpoch`.
        min_version, max_version: what can be read and written.
        advertised_min: the first version that ApiVersions lists; lower than `min_version` only for Produce.
        flexible_since: first version with compact lengths and tagged fields, also in its headers.
        served: whether this broker answers it.
    """

    key: ApiKey
    name: str
    min_version: int
    max_version: int
    flexible_since: int
    served: bool
    advertised_min: int
    _classes: list[type[Message]] = field(default_factory=list, repr=False, compare=False)

    @property
    def request(self) -> type[Message]:
        """The request's class."""
        return (self._classes or self._load())[0]

    @property
    def response(self) -> type[Message]:
        """The response's class."""
        return (self._classes or self._load())[1]

    def supports(self, version: int) -> bool:
        """Whether requests of this version can be read."""
        return self.min_version <= version <= self.max_version

    def is_flexible(self, version: int) -> bool:
        """Whether this version is flexible (KIP-482)."""
        return version >= self.flexible_since

    def _load(self) -> list[type[Message]]:
        module = import_module(f"desktop_broker.protocol.messages.{self.key.name.lower()}")
        self._classes[:] = getattr(module, f"{self.name}Request"), getattr(module, f"{self.name}Response")
        return self._classes


def _api(
    key: ApiKey,
    versions: tuple[int, int],
    flexible_since: int = NEVER,
    *,
    served: bool,
    advertised_min: int | None = None,
) -> Api:
    return Api(
        key=key,
        name="".join(word.capitalize() for word in key.name.split("_")),
        min_version=versions[0],
        max_version=versions[1],
        flexible_since=flexible_since,
        served=served,
        advertised_min=versions[0] if advertised_min is None else advertised_min,
    )


_ROWS: Final = (
    # librdkafka drops compression when Produce does not start at 0 (KAFKA-18659); versions 0 to 2 are refused when used.
    _api(ApiKey.PRODUCE, (3, 13), 9, served=True, advertised_min=0),
    _api(ApiKey.FETCH, (4, 18), 12, served=True),
    _api(ApiKey.LIST_OFFSETS, (1, 11), 6, served=True),
    _api(ApiKey.METADATA, (0, 13), 9, served=True),
    _api(ApiKey.OFFSET_COMMIT, (2, 10), 8, served=True),
    _api(ApiKey.OFFSET_FETCH, (1, 10), 6, served=True),
    _api(ApiKey.FIND_COORDINATOR, (0, 6), 3, served=True),
    _api(ApiKey.JOIN_GROUP, (0, 9), 6, served=True),
    _api(ApiKey.HEARTBEAT, (0, 4), 4, served=True),
    _api(ApiKey.LEAVE_GROUP, (0, 5), 4, served=True),
    _api(ApiKey.SYNC_GROUP, (0, 5), 4, served=True),
    _api(ApiKey.DESCRIBE_GROUPS, (0, 6), 5, served=True),
    _api(ApiKey.LIST_GROUPS, (0, 5), 3, served=True),
    _api(ApiKey.SASL_HANDSHAKE, (0, 1), served=False),
    _api(ApiKey.API_VERSIONS, (0, 4), 3, served=True),
    _api(ApiKey.CREATE_TOPICS, (2, 7), 5, served=True),
    _api(ApiKey.DELETE_TOPICS, (1, 6), 4, served=True),
    _api(ApiKey.DELETE_RECORDS, (0, 2), 2, served=True),
    _api(ApiKey.INIT_PRODUCER_ID, (0, 5), 2, served=True),
    _api(ApiKey.OFFSET_FOR_LEADER_EPOCH, (2, 4), 4, served=True),
    _api(ApiKey.ADD_PARTITIONS_TO_TXN, (0, 5), 3, served=False),
    _api(ApiKey.ADD_OFFSETS_TO_TXN, (0, 4), 3, served=False),
    _api(ApiKey.END_TXN, (0, 5), 3, served=False),
    _api(ApiKey.WRITE_TXN_MARKERS, (1, 2), 1, served=False),
    _api(ApiKey.TXN_OFFSET_COMMIT, (0, 5), 3, served=False),
    _api(ApiKey.DESCRIBE_ACLS, (1, 3), 2, served=True),
    _api(ApiKey.CREATE_ACLS, (1, 3), 2, served=False),
    _api(ApiKey.DELETE_ACLS, (1, 3), 2, served=False),
    _api(ApiKey.DESCRIBE_CONFIGS, (1, 4), 4, served=True),
    _api(ApiKey.ALTER_CONFIGS, (0, 2), 2, served=True),
    _api(ApiKey.ALTER_REPLICA_LOG_DIRS, (1, 2), 2, served=True),
    _api(ApiKey.DESCRIBE_LOG_DIRS, (1, 5), 2, served=True),
    _api(ApiKey.SASL_AUTHENTICATE, (0, 2), 2, served=False),
    _api(ApiKey.CREATE_PARTITIONS, (0, 3), 2, served=True),
    _api(ApiKey.DELETE_GROUPS, (0, 2), 2, served=True),
    _api(ApiKey.ELECT_LEADERS, (0, 2), 2, served=False),
    _api(ApiKey.INCREMENTAL_ALTER_CONFIGS, (0, 1), 1, served=True),
    _api(ApiKey.ALTER_PARTITION_REASSIGNMENTS, (0, 1), 0, served=False),
    _api(ApiKey.LIST_PARTITION_REASSIGNMENTS, (0, 0), 0, served=False),
    _api(ApiKey.OFFSET_DELETE, (0, 0), served=True),
    _api(ApiKey.DESCRIBE_CLIENT_QUOTAS, (0, 1), 1, served=False),
    _api(ApiKey.ALTER_CLIENT_QUOTAS, (0, 1), 1, served=False),
    _api(ApiKey.DESCRIBE_USER_SCRAM_CREDENTIALS, (0, 0), 0, served=False),
    _api(ApiKey.ALTER_USER_SCRAM_CREDENTIALS, (0, 0), 0, served=False),
    _api(ApiKey.DESCRIBE_QUORUM, (0, 2), 0, served=False),
    _api(ApiKey.UPDATE_FEATURES, (0, 2), 0, served=False),
    _api(ApiKey.DESCRIBE_CLUSTER, (0, 2), 0, served=True),
    _api(ApiKey.DESCRIBE_PRODUCERS, (0, 0), 0, served=False),
    _api(ApiKey.DESCRIBE_TRANSACTIONS, (0, 0), 0, served=False),
    _api(ApiKey.LIST_TRANSACTIONS, (0, 2), 0, served=False),
    _api(ApiKey.CONSUMER_GROUP_HEARTBEAT, (0, 1), 0, served=False),
    _api(ApiKey.CONSUMER_GROUP_DESCRIBE, (0, 1), 0, served=False),
    _api(ApiKey.LIST_CONFIG_RESOURCES, (0, 1), 0, served=True),
    _api(ApiKey.DESCRIBE_TOPIC_PARTITIONS, (0, 0), 0, served=True),
)

APIS: Final[dict[int, Api]] = {row.key: row for row in _ROWS}
"""All known APIs by key."""

SERVED_APIS: Final[tuple[Api, ...]] = tuple(row for row in _ROWS if row.served)
"""What ApiVersions advertises, by key."""
