"""The controller: every change of the cluster's metadata goes through here, is checked, written to the metadata log and published.

Counterpart: `org.apache.kafka.controller.QuorumController`. What is allowed and which records say it is worked out in `topics`, `configs`,
`elections` and `membership`; this is the one place that locks, commits and tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import cast
from uuid import UUID

from desktop_broker.cluster import membership
from desktop_broker.cluster.change_events import ChangeEvents
from desktop_broker.cluster.configs import describe_records, plan_change, plan_replacement
from desktop_broker.cluster.elections import PartitionChange, all_partitions, imbalanced
from desktop_broker.cluster.image import MetadataImage, ResourceType
from desktop_broker.cluster.isr_changes import elect, lose_replica, plan_isr
from desktop_broker.cluster.quorum import MetadataQuorum
from desktop_broker.cluster.requests import (
    BrokerRegistration,
    ConfigChange,
    ConfigReplacement,
    NewPartitions,
    NewTopic,
    TopicResult,
)
from desktop_broker.cluster.topics import plan_deletion, plan_growth, plan_topic
from desktop_broker.common.config import ConfigValue
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventKind, EventLog
from desktop_broker.common.types import TopicPartition
from desktop_broker.protocol.records.metadata_types import ProducerIdsRecord
from desktop_broker.protocol.schema import Message

PRODUCER_ID_BLOCK = 1_000
Plan = tuple[TopicResult, list[Message]]


class Controller:
    """Any thread may call, holding no lock of a broker. Each change is made under the quorum's lock and published after it, before the
    call returns. Without a majority every change raises NOT_CONTROLLER with a sentence, and nothing is changed.
    """

    def __init__(
        self, quorum: MetadataQuorum, broker_values: Callable[[], Mapping[str, ConfigValue]], events: EventLog
    ) -> None:
        self._quorum = quorum
        self._broker_values = broker_values
        self._events = events
        self._changes = ChangeEvents(events)

    # topics

    def create_topics(self, topics: Sequence[NewTopic], *, validate_only: bool = False) -> list[TopicResult]:
        """Make topics, each for itself: one that cannot be made does not keep the others from it."""
        taken: set[str] = set()
        twice = _repeated(topic.name for topic in topics)

        def plan(wanted: NewTopic) -> Plan:
            if wanted.name in twice:
                raise KafkaError(ErrorCode.INVALID_REQUEST, f"Topic '{wanted.name}' stands twice in the request.")
            planned = plan_topic(self._quorum.image, wanted, taken, self._broker_values())
            taken.add(wanted.name)
            return planned

        def tell(result: TopicResult) -> None:
            self._events.publish(
                EventKind.TOPIC_CREATED, topic=result.name, partitions=result.partitions, replication=result.replication
            )

        return self._each(topics, lambda topic: topic.name, plan, tell, validate_only)

    def delete_topics(self, topics: Sequence[str | UUID]) -> list[TopicResult]:
        """Delete topics by name or id."""

        def plan(wanted: str | UUID) -> Plan:
            if self._broker_values()["delete.topic.enable"] is False:
                raise KafkaError(
                    ErrorCode.TOPIC_DELETION_DISABLED, "Topics cannot be deleted: delete.topic.enable is false."
                )
            return plan_deletion(self._quorum.image, wanted)

        def tell(result: TopicResult) -> None:
            self._events.publish(EventKind.TOPIC_DELETED, topic=result.name)

        return self._each(topics, lambda topic: topic if isinstance(topic, str) else "", plan, tell, False)

    def create_partitions(self, topics: Sequence[NewPartitions], *, validate_only: bool = False) -> list[TopicResult]:
        """Add partitions to topics."""

        def tell(result: TopicResult) -> None:
            self._events.publish(EventKind.PARTITIONS_ADDED, topic=result.name, partitions=result.partitions)

        return self._each(
            topics, lambda topic: topic.topic, lambda topic: plan_growth(self._quorum.image, topic), tell, validate_only
        )

    def _each(
        self,
        items: Sequence[object],
        name_of: Callable[..., str],
        plan: Callable[..., Plan],
        tell: Callable[[TopicResult], None],
        validate_only: bool,
    ) -> list[TopicResult]:
        results: list[TopicResult] = []
        with self._changing():
            for item in items:
                try:
                    result, records = plan(item)
                    if not validate_only:
                        self._quorum.append(records)
                except KafkaError as error:
                    results.append(TopicResult(name=name_of(item), error=error))
                    continue
                results.append(result)
        if not validate_only:
            for result in results:
                if result.error is None:
                    tell(result)
        return results

    # configs

    def incremental_alter_configs(
        self, changes: Sequence[ConfigChange], *, validate_only: bool = False
    ) -> list[KafkaError | None]:
        """Change single configs, all of a resource's or none; an error or None for each resource."""
        return self._alter_configs(
            changes, lambda change: plan_change(self._quorum.image, change, self._broker_values()), validate_only
        )

    def alter_configs(
        self, replacements: Sequence[ConfigReplacement], *, validate_only: bool = False
    ) -> list[KafkaError | None]:
        """Replace all configs of resources (the older API)."""
        return self._alter_configs(
            replacements, lambda replacement: plan_replacement(self._quorum.image, replacement), validate_only
        )

    def _alter_configs(
        self,
        items: Sequence[ConfigChange] | Sequence[ConfigReplacement],
        plan: Callable[..., list[Message]],
        validate_only: bool,
    ) -> list[KafkaError | None]:
        outcomes: list[KafkaError | None] = []
        done: list[tuple[ResourceType, str, list[Message]]] = []
        with self._changing():
            for item in items:
                try:
                    records = plan(item)
                    if records and not validate_only:
                        self._quorum.append(records)
                        done.append((item.resource_type, item.name, records))
                    outcomes.append(None)
                except KafkaError as error:
                    outcomes.append(error)
        for kind, name, records in done:
            topic = name if kind is ResourceType.TOPIC else None
            broker = int(name) if kind is ResourceType.BROKER and name else None
            self._events.publish(
                EventKind.CONFIG_CHANGED, topic=topic, broker=broker, changes=describe_records(records)
            )
        return outcomes

    # producer ids

    def allocate_producer_ids(self, broker_id: int) -> range:
        """A block of ids that nobody else gets (`ProducerIdControlManager`). Raises KafkaError without a majority."""
        with self._changing():
            image = self._quorum.image
            first = image.next_producer_id
            broker = image.brokers.get(broker_id)
            record = ProducerIdsRecord(
                broker_id=broker_id,
                broker_epoch=-1 if broker is None else broker.epoch,
                next_producer_id=first + PRODUCER_ID_BLOCK,
            )
            self._quorum.append([record])
        return range(first, first + PRODUCER_ID_BLOCK)

    # brokers

    def register_brokers(self, registrations: Sequence[BrokerRegistration]) -> None:
        """Brokers are up and serve: unfenced, with leaders for what waited for them.

        Start of a cluster: all at once, so that leaders stay balanced. Brokers that the metadata takes to be running but whose logs are not
        attached are fenced. Raises KafkaError without a majority.
        """
        with self._changing():
            plan = membership.register(
                self._quorum.image, registrations, self._quorum.attached, self._quorum.next_offset, self._allows_unclean
            )
            self._commit(plan.records, plan.changes)
        self._changes.publish(plan.changes, "broker-started")

    def broker_stopping(self, broker_id: int) -> None:
        """Controlled shutdown: leaders move away and the broker leaves the ISRs, as far as others can take over."""
        with self._changing():
            plan = membership.stop(self._quorum.image, broker_id)
            self._commit(plan.records, plan.changes)
        self._changes.publish(plan.changes, "broker-stopping")

    def broker_stopped(self, broker_id: int) -> None:
        """The broker is down after a controlled shutdown."""
        self._fence(broker_id, "broker-stopped")

    def broker_failed(self, broker_id: int) -> None:
        """The broker died."""
        self._fence(broker_id, "broker-failed")

    def _fence(self, broker_id: int, reason: str) -> None:
        try:
            with self._changing():
                plan = membership.fence(self._quorum.image, broker_id, self._allows_unclean)
                self._commit(plan.records, plan.changes)
        except KafkaError as error:
            if error.code is not ErrorCode.NOT_CONTROLLER:
                raise
            return  # without a majority it cannot be written down; whoever registers next finds it missing
        self._changes.publish(plan.changes, reason)

    # partitions

    def alter_partition(
        self,
        broker_id: int,
        tp: TopicPartition,
        *,
        topic_id: UUID,
        leader_epoch: int,
        partition_epoch: int,
        isr: Sequence[int],
        reason: str,
    ) -> None:
        """A leader asks for another ISR (AlterPartition, KIP-497).

        Raises:
            KafkaError: FENCED_LEADER_EPOCH, INVALID_UPDATE_VERSION, INELIGIBLE_REPLICA, ...: the leader's view is out of date.
        """
        with self._changing():
            found = plan_isr(self._quorum.image, broker_id, tp, topic_id, leader_epoch, partition_epoch, tuple(isr))
            changes = [found] if found is not None else []
            self._commit([], changes)
        self._changes.publish(changes, reason)

    def replica_failed(self, broker_id: int, tp: TopicPartition, problem: str) -> None:
        """A replica's files failed: it leaves the ISR, and another leads if there is one. Until its broker restarts."""
        with self._changing():
            found = lose_replica(self._quorum.image, broker_id, tp, self._allows_unclean(tp.topic))
            changes = [found] if found is not None else []
            self._commit([], changes)
        self._changes.publish(changes, "storage-error", problem=problem)

    def elect_leaders(
        self, partitions: Sequence[TopicPartition] | None, *, unclean: bool
    ) -> dict[TopicPartition, KafkaError | None]:
        """Elect preferred leaders, or unclean ones (ElectLeaders, KIP-460).

        Args:
            partitions: None for all; then only those that changed or could not are in the answer.
        """
        outcomes: dict[TopicPartition, KafkaError | None] = {}
        changes: list[PartitionChange] = []
        with self._changing():
            image = self._quorum.image
            wanted = partitions
            if wanted is None:
                wanted = [TopicPartition(topic.name, partition.index) for topic, partition in all_partitions(image)]
            for tp in wanted:
                try:
                    changes.append(elect(image, tp, unclean=unclean))
                    outcomes[tp] = None
                except KafkaError as error:
                    if partitions is not None or error.code is not ErrorCode.ELECTION_NOT_NEEDED:
                        outcomes[tp] = error
            self._commit([], changes)
        self._changes.publish(changes, "unclean-election" if unclean else "preferred-election")
        return outcomes

    def restore_preferred_leaders(self) -> None:
        """Give brokers that lead too little their preferred partitions back (rule 39). A periodic chore; quiet without a majority."""
        values = self._broker_values()
        if not values["auto.leader.rebalance.enable"]:
            return
        percentage = cast(int, values["leader.imbalance.per.broker.percentage"])
        try:
            with self._changing():
                image = self._quorum.image
                changes = list(imbalanced(image, image.active_brokers(), percentage))
                self._commit([], changes)
        except KafkaError as error:
            if error.code is not ErrorCode.NOT_CONTROLLER:
                raise
            return
        self._changes.publish(changes, "preferred-election")

    # committing

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Under the lock, then publish, also when it failed: the seat may have gone."""
        try:
            with self._quorum.lock:
                self._quorum.require_seat()
                yield
        finally:
            self._quorum.publish()

    def _commit(self, records: Sequence[Message], changes: Sequence[PartitionChange]) -> None:
        everything = [*records, *(change.record for change in changes)]
        if everything:
            self._quorum.append(everything)

    def _allows_unclean(self, topic: str) -> bool:
        image: MetadataImage = self._quorum.image
        return image.topic_config(topic, self._broker_values()).unclean_leader_election_enable


def _repeated(names: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    return {name for name in names if name in seen or seen.add(name)}  # type: ignore[func-returns-value]  # `add` gives None: the first one is let through
