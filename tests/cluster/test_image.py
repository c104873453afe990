"""The image made step by step, the image replayed from records, and a snapshot of it are the same."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.cluster.image import EMPTY_IMAGE, MetadataImage, PartitionImage, ResourceType, changed_topics
from desktop_broker.cluster.image_delta import apply_records, image_records, partition_record
from desktop_broker.cluster.persistent import PersistentMap
from desktop_broker.common.config import BROKER_KEYS, TopicConfig
from desktop_broker.common.types import Endpoint
from desktop_broker.protocol.records import metadata_types as types
from desktop_broker.protocol.schema import Message


def uid(number: int) -> UUID:
    return UUID(int=1000 + number)


def registration(broker: int, epoch: int) -> Message:
    return types.RegisterBrokerRecord(
        broker_id=broker,
        broker_epoch=epoch,
        incarnation_id=uid(epoch),
        end_points=[types.BrokerEndpoint(name="PLAINTEXT", host="127.0.0.1", port=9091 + broker)],
        rack="R",
        log_dirs=[uid(broker)],
    )


def partition(topic: int, index: int, leader: int = 1) -> Message:
    return partition_record(
        uid(topic),
        PartitionImage(
            index=index,
            replicas=(1, 2),
            isr=(1, 2),
            leader=leader,
            leader_epoch=0,
            partition_epoch=0,
            directories=(uid(1), uid(2)),
        ),
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Message]:
    """Records in an order that a controller could have written."""
    records: list[Message] = []
    sizes: dict[int, int] = {}
    for number in range(draw(st.integers(1, 40))):
        kind = draw(
            st.sampled_from(["topic", "grow", "change", "delete", "config", "broker", "fence", "ids", "feature"])
        )
        topic = draw(st.sampled_from(sorted(sizes))) if sizes else None
        match kind:
            case "topic":
                new = 1 + number
                sizes[new] = 1
                records += [types.TopicRecord(name=f"t{new}", topic_id=uid(new)), partition(new, 0)]
            case "grow" if topic is not None:
                records.append(partition(topic, sizes[topic]))
                sizes[topic] += 1
            case "change" if topic is not None:
                records.append(
                    types.PartitionChangeRecord(
                        topic_id=uid(topic),
                        partition_id=draw(st.integers(0, sizes[topic] - 1)),
                        leader=draw(st.sampled_from([-2, -1, 1, 2])),
                        isr=draw(st.sampled_from([None, [1], [2], [1, 2]])),
                        leader_recovery_state=draw(st.sampled_from([-1, 0, 1])),
                    )
                )
            case "delete" if topic is not None:
                del sizes[topic]
                records.append(types.RemoveTopicRecord(topic_id=uid(topic)))
            case "config":
                on_topic = topic is not None and draw(st.booleans())
                records.append(
                    types.ConfigRecord(
                        resource_type=ResourceType.TOPIC if on_topic else ResourceType.BROKER,
                        resource_name=f"t{topic}" if on_topic else "",
                        name=draw(st.sampled_from(["retention.ms", "segment.bytes"])),
                        value=draw(st.sampled_from([None, "2000", "3000"])),
                    )
                )
            case "broker":
                records.append(registration(draw(st.integers(1, 3)), number))
            case "fence":
                broker = draw(st.integers(1, 3))
                records.append(
                    types.BrokerRegistrationChangeRecord(
                        broker_id=broker,
                        broker_epoch=draw(st.integers(0, 40)),
                        fenced=draw(st.sampled_from([-1, 0, 1])),
                    )
                )
            case "ids":
                records.append(types.ProducerIdsRecord(next_producer_id=number * 1000))
            case "feature":
                records.append(types.FeatureLevelRecord(name="f", feature_level=draw(st.integers(0, 2))))
    return records


def content(image: MetadataImage) -> tuple[object, ...]:
    return (
        dict(image.features),
        dict(image.brokers),
        dict(image.topics),
        dict(image.topics_by_id),
        {resource: dict(values) for resource, values in image.configs.items()},
        image.next_producer_id,
    )


@given(histories(), st.data())
def test_steps_replay_and_snapshot_agree(records: list[Message], data: st.DataObject) -> None:
    at_once = apply_records(EMPTY_IMAGE, records, len(records) - 1)
    stepped = EMPTY_IMAGE
    position = 0
    while position < len(records):
        size = data.draw(st.integers(1, 5))
        before, kept = stepped, content(stepped)
        stepped = apply_records(stepped, records[position : position + size], position)
        assert content(before) == kept  # an image never changes
        _check_differences(before, stepped)
        position += size
    assert content(stepped) == content(at_once)
    assert content(apply_records(EMPTY_IMAGE, image_records(at_once), 0)) == content(at_once)


def _check_differences(before: MetadataImage, after: MetadataImage) -> None:
    told = {name for name, _, _ in changed_topics(before, after)}
    names = set(before.topics) | set(after.topics)
    assert told >= {name for name in names if before.topics.get(name) != after.topics.get(name)}


@given(
    st.dictionaries(st.integers(0, 400), st.integers()),
    st.dictionaries(st.integers(0, 400), st.integers()),
    st.sets(st.integers(0, 400)),
)
def test_a_persistent_map_is_a_dict_that_keeps_its_past(
    first: dict[int, int], updates: dict[int, int], removals: set[int]
) -> None:
    start: PersistentMap[int, int] = PersistentMap[int, int]().changed(first)
    after = start.changed(updates, removals)
    expected = {key: value for key, value in first.items() if key not in removals} | updates
    assert dict(after) == expected
    assert len(after) == len(expected)
    assert dict(start) == first
    assert all(key in after for key in expected)
    assert 1000 not in after


def test_a_topics_config_is_its_overrides_over_the_brokers_values() -> None:
    image = apply_records(
        EMPTY_IMAGE,
        [
            types.TopicRecord(name="t", topic_id=uid(1)),
            types.ConfigRecord(resource_type=ResourceType.TOPIC, resource_name="t", name="retention.ms", value="5"),
        ],
        1,
    )
    assert image.topic_config("t", {"log.retention.ms": 7, "log.segment.bytes": 4096}) == TopicConfig(
        retention_ms=5, segment_bytes=4096
    )
    assert "log.retention.ms" in BROKER_KEYS


def test_a_registration_is_seen_with_its_endpoint_and_fence() -> None:
    image = apply_records(EMPTY_IMAGE, [registration(2, 7)], 7)
    broker = image.brokers[2]
    assert (broker.endpoint, broker.fenced, broker.epoch, broker.rack) == (Endpoint("127.0.0.1", 9093), True, 7, "R")
    unfenced = types.BrokerRegistrationChangeRecord(broker_id=2, broker_epoch=7, fenced=-1)
    stale = types.BrokerRegistrationChangeRecord(broker_id=2, broker_epoch=6, fenced=1)
    assert apply_records(image, [unfenced, stale], 9).active_brokers() == {2}
