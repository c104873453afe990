"""Brokers that come, stop and die: the records that say so and what follows for partitions.

Counterpart: `org.apache.kafka.controller.ClusterControlManager`, with the consequences of `ReplicationControlManager`. Pure functions of an image.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from desktop_broker.cluster.elections import PartitionChange, with_brokers, without_brokers
from desktop_broker.cluster.image import BrokerImage, MetadataImage
from desktop_broker.cluster.image_delta import register_record
from desktop_broker.cluster.requests import BrokerRegistration
from desktop_broker.protocol.records.metadata_types import BrokerRegistrationChangeRecord
from desktop_broker.protocol.schema import Message

_FENCE, _UNFENCE = 1, -1
AllowsUnclean = Callable[[str], bool]


class MembershipPlan(NamedTuple):
    """Records about brokers, and changes of partitions that follow."""

    records: list[Message]
    changes: list[PartitionChange]


def register(
    image: MetadataImage,
    registrations: Sequence[BrokerRegistration],
    attached: Collection[int],
    next_offset: int,
    allows_unclean: AllowsUnclean,
) -> MembershipPlan:
    """Brokers come up. `next_offset`: of the first record, from which broker epochs are made, as in Kafka."""
    came = {registration.id for registration in registrations}
    records: list[Message] = []
    for registration in registrations:
        epoch = next_offset + len(records)
        broker = BrokerImage(
            id=registration.id,
            endpoint=registration.endpoint,
            rack=registration.rack,
            incarnation=registration.incarnation,
            directory=registration.directory,
            epoch=epoch,
            fenced=True,
        )
        records.append(register_record(broker))
        records.append(BrokerRegistrationChangeRecord(broker_id=broker.id, broker_epoch=epoch, fenced=_UNFENCE))
    gone = {broker.id for broker in image.brokers.values() if not broker.fenced} - came - set(attached)
    records += [_fence_record(image.brokers[broker]) for broker in sorted(gone)]
    active = (image.active_brokers() | came) - gone
    directories = {registration.id: registration.directory for registration in registrations}
    return MembershipPlan(records, list(with_brokers(image, directories, gone, active, allows_unclean)))


def stop(image: MetadataImage, broker_id: int) -> MembershipPlan:
    """A broker is about to stop. Where nobody else is in sync it stays the leader to the end: a controlled stop loses nothing."""
    broker = image.brokers.get(broker_id)
    if broker is None or not broker.active:
        return MembershipPlan([], [])
    record = BrokerRegistrationChangeRecord(broker_id=broker_id, broker_epoch=broker.epoch, in_controlled_shutdown=1)
    active = image.active_brokers() - {broker_id}
    changes = [found for found in without_brokers(image, {broker_id}, active, lambda _: False) if found.leader >= 0]
    return MembershipPlan([record], changes)


def fence(image: MetadataImage, broker_id: int, allows_unclean: AllowsUnclean) -> MembershipPlan:
    """A broker is down."""
    broker = image.brokers.get(broker_id)
    if broker is None or broker.fenced:
        return MembershipPlan([], [])
    active = image.active_brokers() - {broker_id}
    return MembershipPlan([_fence_record(broker)], list(without_brokers(image, {broker_id}, active, allows_unclean)))


def _fence_record(broker: BrokerImage) -> BrokerRegistrationChangeRecord:
    return BrokerRegistrationChangeRecord(broker_id=broker.id, broker_epoch=broker.epoch, fenced=_FENCE)
