"""Changes of one partition: another ISR, a lost replica, an election that somebody asked for.

Counterpart: `ReplicationControlManager.alterPartition`, `electLeader`. Pure functions of an image.
"""

from __future__ import annotations

from uuid import UUID

from desktop_broker.cluster.elections import PartitionChange, change, choose_leader, usable_replicas
from desktop_broker.cluster.image import LOST_DIRECTORY, NO_LEADER, MetadataImage, PartitionImage, TopicImage
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.types import TopicPartition


def plan_isr(
    image: MetadataImage,
    broker_id: int,
    tp: TopicPartition,
    topic_id: UUID,
    leader_epoch: int,
    partition_epoch: int,
    isr: tuple[int, ...],
) -> PartitionChange | None:
    """A leader's wish for another ISR; None when it is the ISR already.

    Raises:
        KafkaError: the wish rests on what is no longer so.
    """
    topic, partition = _find(image, tp)
    if topic.id != topic_id:
        raise KafkaError(ErrorCode.UNKNOWN_TOPIC_ID, f"{tp} belongs to another topic now.")
    if leader_epoch != partition.leader_epoch:
        code = (
            ErrorCode.FENCED_LEADER_EPOCH if leader_epoch < partition.leader_epoch else ErrorCode.UNKNOWN_LEADER_EPOCH
        )
        raise KafkaError(code, f"{tp} is in leader epoch {partition.leader_epoch}, not {leader_epoch}.")
    if broker_id != partition.leader:
        raise KafkaError(ErrorCode.INVALID_REQUEST, f"Broker {broker_id} does not lead {tp}.")
    if partition_epoch != partition.partition_epoch:
        raise KafkaError(
            ErrorCode.INVALID_UPDATE_VERSION,
            f"{tp} is in partition epoch {partition.partition_epoch}, not {partition_epoch}.",
        )
    if broker_id not in isr or not set(isr) <= set(partition.replicas):
        raise KafkaError(ErrorCode.INVALID_REQUEST, f"{list(isr)} cannot be the ISR of {tp}.")
    usable = usable_replicas(partition, image.active_brokers())
    unfit = [broker for broker in isr if broker not in usable and broker not in partition.isr]
    if unfit:
        raise KafkaError(
            ErrorCode.INELIGIBLE_REPLICA, f"Brokers {unfit} cannot join the ISR of {tp}: they are not running."
        )
    return change(topic, partition, isr=isr, leader=partition.leader)


def lose_replica(image: MetadataImage, broker_id: int, tp: TopicPartition, unclean: bool) -> PartitionChange | None:
    """A replica's files failed; None when that is known, or the partition is gone."""
    topic = image.topics.get(tp.topic)
    partition = image.partition(*tp)
    if topic is None or partition is None or broker_id not in partition.replicas:
        return None
    directories = tuple(
        LOST_DIRECTORY if broker == broker_id else directory
        for broker, directory in zip(partition.replicas, partition.directories, strict=True)
    )
    isr = tuple(broker for broker in partition.isr if broker != broker_id) or partition.isr
    leader, uncleanly = partition.leader, False
    if leader in (broker_id, NO_LEADER):
        usable = tuple(broker for broker in usable_replicas(partition, image.active_brokers()) if broker != broker_id)
        leader, uncleanly = choose_leader(usable, isr, unclean=unclean)
        if uncleanly:
            isr = (leader,)
    return change(topic, partition, isr=isr, leader=leader, unclean=uncleanly, directories=directories)


def elect(image: MetadataImage, tp: TopicPartition, *, unclean: bool) -> PartitionChange:
    """Make the preferred replica the leader; or, unclean, any replica where there is no leader.

    Raises:
        KafkaError: ELECTION_NOT_NEEDED, PREFERRED_LEADER_NOT_AVAILABLE, ELIGIBLE_LEADERS_NOT_AVAILABLE.
    """
    topic, partition = _find(image, tp)
    usable = usable_replicas(partition, image.active_brokers())
    isr = partition.isr
    if unclean:
        if partition.leader != NO_LEADER:
            raise KafkaError(ErrorCode.ELECTION_NOT_NEEDED, f"{tp} has a leader, broker {partition.leader}.")
        leader, uncleanly = choose_leader(usable, isr, unclean=True)
        if leader == NO_LEADER:
            raise KafkaError(ErrorCode.ELIGIBLE_LEADERS_NOT_AVAILABLE, f"No replica of {tp} is running.")
        isr = (leader,) if uncleanly else isr
    else:
        leader, uncleanly = partition.replicas[0], False
        if partition.leader == leader:
            raise KafkaError(ErrorCode.ELECTION_NOT_NEEDED, f"The preferred replica already leads {tp}.")
        if leader not in usable or leader not in isr:
            raise KafkaError(
                ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE, f"Broker {leader}, preferred to lead {tp}, is not in sync."
            )
    found = change(topic, partition, isr=isr, leader=leader, unclean=uncleanly)
    assert found is not None  # the leader changes
    return found


def _find(image: MetadataImage, tp: TopicPartition) -> tuple[TopicImage, PartitionImage]:
    topic, partition = image.topics.get(tp.topic), image.partition(*tp)
    if topic is None or partition is None:
        raise KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, f"There is no partition {tp}.")
    return topic, partition
