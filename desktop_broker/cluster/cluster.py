"""The shared part of one engine's cluster: quorum, controller, links, and what all brokers are configured with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from desktop_broker.cluster.controller import Controller
from desktop_broker.cluster.image import MetadataImage
from desktop_broker.cluster.link import Links
from desktop_broker.cluster.quorum import SNAPSHOT_EVERY, MetadataQuorum
from desktop_broker.common.clock import Clock
from desktop_broker.common.config import BROKER_KEYS, ConfigValue, parse_all
from desktop_broker.common.events import EventLog
from desktop_broker.common.scheduler import Job, Scheduler

_REPLICATION_KEYS = (
    "default.replication.factor",
    "offsets.topic.replication.factor",
    "transaction.state.log.replication.factor",
)
_Texts = Mapping[str, str]
_Cached = tuple[_Texts, _Texts, Mapping[str, ConfigValue]]


class Cluster:
    """Made once per engine, before its brokers. Any thread may call; each part guards itself, and the caches are replaced whole."""

    def __init__(
        self,
        *,
        cluster_id: str,
        broker_ids: Sequence[int],
        clock: Clock,
        events: EventLog,
        scheduler: Scheduler,
        configs: Mapping[str, str] = MappingProxyType({}),
        snapshot_every: int = SNAPSHOT_EVERY,
    ) -> None:
        """`configs`: static, for all brokers, as texts.

        Raises:
            ConfigError: one of them does not do.
        """
        self._scheduler = scheduler
        self._base = default_broker_values(len(broker_ids)) | parse_all(BROKER_KEYS, configs)
        self._cache: dict[int | None, _Cached] = {}
        self._job: Job | None = None
        self.links = Links()
        self.quorum = MetadataQuorum(cluster_id, broker_ids, clock, events, snapshot_every)
        self.controller = Controller(self.quorum, self.broker_values, events)

    @property
    def image(self) -> MetadataImage:
        """The newest committed metadata."""
        return self.quorum.image

    def broker_values(self, broker_id: int | None = None) -> Mapping[str, ConfigValue]:
        """Every broker config that has a value: defaults, then static, then dynamic for all, then dynamic for one broker."""
        image = self.quorum.image
        common = image.broker_overrides(None)
        own = common if broker_id is None else image.broker_overrides(broker_id)
        cached = self._cache.get(broker_id)
        if cached is None or cached[0] is not common or cached[1] is not own:
            values = self._base | parse_all(BROKER_KEYS, common) | parse_all(BROKER_KEYS, own)
            cached = self._cache[broker_id] = (common, own, MappingProxyType(values))
        return cached[2]

    def start(self) -> None:
        """Begin the periodic chores."""
        self._schedule()

    def stopping(self) -> None:
        """The whole cluster is about to stop: the controller's seat need not move any more."""
        self.close()
        self.quorum.stopping()

    def close(self) -> None:
        """End the periodic chores."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _schedule(self) -> None:
        seconds = self.broker_values()["leader.imbalance.check.interval.seconds"]
        assert isinstance(seconds, int)
        self._job = self._scheduler.after(seconds, self._balance)

    def _balance(self) -> None:
        job = self._job
        try:
            self.controller.restore_preferred_leaders()
        finally:
            if job is not None and self._job is job:
                self._schedule()


def default_broker_values(brokers: int) -> dict[str, ConfigValue]:
    """The defaults of all broker configs in a cluster of so many: nothing has more replicas than there are brokers."""
    values = {name: key.default for name, key in BROKER_KEYS.items() if key.default is not None}
    for name in _REPLICATION_KEYS:
        values[name] = min(3, brokers)
    return values
