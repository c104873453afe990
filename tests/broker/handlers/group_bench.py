"""Handlers of the group family over a real coordinator (its log in memory), through the codec in any version."""

from __future__ import annotations

import uuid
from types import SimpleNamespace
from typing import Any, cast

from desktop_broker.broker.context import RequestContext
from desktop_broker.broker.handlers import handler_for
from desktop_broker.cluster.image import BrokerImage, MetadataImage, PartitionImage, TopicImage
from desktop_broker.cluster.persistent import PersistentMap
from desktop_broker.common.types import Endpoint
from desktop_broker.protocol.apis import APIS, ApiKey
from desktop_broker.protocol.codec import decode, encode
from desktop_broker.protocol.frames import RequestHeader
from desktop_broker.protocol.schema import Message
from tests.coordinator.harness import Harness

TOPIC_ID = uuid.UUID(int=0x1234_5678)
OFFSETS_TOPIC_ID = uuid.UUID(int=0x9ABC)


class InternalTopics:
    """Remembers what was asked for; `missing` until then."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def ensure(self, name: str) -> None:
        self.asked.append(name)


class GroupBench:
    """`call` sends a request through the codec and the handler, and its response through the codec again."""

    def __init__(self, harness: Harness) -> None:
        self.harness = harness
        self.image = image_of(topic("t", TOPIC_ID, leader=1), topic("__consumer_offsets", OFFSETS_TOPIC_ID, leader=1))
        self.internal_topics = InternalTopics()
        self.connection = SimpleNamespace(peer="127.0.0.1", closing=False)

    def call(self, api_key: ApiKey, version: int, request: Message) -> Any:
        api = APIS[api_key]
        received = decode(api.request, encode(request, version), version)
        services = SimpleNamespace(
            groups=self.harness.coordinator, image=self.image, internal_topics=self.internal_topics, broker_id=1
        )
        header = RequestHeader(api_key, version, 1, "app")
        context = RequestContext(cast(Any, services), cast(Any, self.connection), header)
        response = handler_for(api_key)(context, received)
        assert response is not None
        return decode(api.response, encode(response, version), version)


def topic(name: str, topic_id: uuid.UUID, leader: int) -> TopicImage:
    """A topic with one partition."""
    partition = PartitionImage(
        index=0,
        replicas=(1,),
        isr=(1,),
        leader=leader,
        leader_epoch=0,
        partition_epoch=0,
        directories=(uuid.UUID(int=7),),
    )
    return TopicImage(name=name, id=topic_id, partitions=(partition,))


def image_of(*topics: TopicImage, fenced: bool = False) -> MetadataImage:
    """Broker 1, and these topics."""
    broker = BrokerImage(
        id=1,
        endpoint=Endpoint("localhost", 9092),
        rack=None,
        incarnation=uuid.UUID(int=1),
        directory=uuid.UUID(int=7),
        epoch=1,
        fenced=fenced,
    )
    empty: PersistentMap[Any, TopicImage] = PersistentMap()
    return MetadataImage(
        brokers={1: broker},
        topics=empty.changed({one.name: one for one in topics}),
        topics_by_id=empty.changed({one.id: one for one in topics}),
    )


def versions(api_key: ApiKey) -> range:
    """All versions that are served."""
    api = APIS[api_key]
    return range(api.min_version, api.max_version + 1)
