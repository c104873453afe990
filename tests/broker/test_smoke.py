"""A real client: librdkafka makes a topic, writes in every codec, and a group of one reads it all and commits."""

from __future__ import annotations

import pytest
from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from desktop_broker.broker.engine import Engine

pytestmark = pytest.mark.keeps_threads("the module's engine owns its brokers' threads")
CODECS = ["none", "gzip", "snappy", "lz4", "zstd"]


def test_librdkafka_writes_reads_and_commits(engine: Engine) -> None:
    servers = {"bootstrap.servers": engine.bootstrap_servers}
    admin = AdminClient(servers)
    admin.create_topics([NewTopic("smoke", 4, 3)])["smoke"].result(20)
    sent = set()
    for codec in CODECS:
        producer = Producer(servers | {"compression.type": codec, "enable.idempotence": True, "linger.ms": 5})
        for number in range(200):
            value = f"{codec} {number} {'x' * 50}"
            producer.produce("smoke", value, key=str(number), headers={"codec": codec})
            sent.add(value)
        assert producer.flush(20) == 0
    consumer = Consumer(servers | {"group.id": "smoke", "auto.offset.reset": "earliest", "enable.auto.commit": False})
    consumer.subscribe(["smoke"])
    received: list[str] = []
    for _ in range(200):
        for message in consumer.consume(500, 0.5):
            assert message.error() is None
            value = message.value()
            assert value is not None
            received.append(value.decode())
        if len(received) >= len(sent):
            break
    assert sorted(received) == sorted(sent)
    consumer.commit(asynchronous=False)
    committed = consumer.committed([TopicPartition("smoke", index) for index in range(4)], 10)
    consumer.close()
    assert sum(each.offset for each in committed) == len(sent)
