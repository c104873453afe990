"""librdkafka through confluent-kafka. See README.md of this folder."""

from __future__ import annotations

import json
import sys
import threading
from typing import Any

from confluent_kafka import Consumer, KafkaException, Producer
from confluent_kafka.admin import AdminClient, NewTopic

_print = threading.Lock()


def say(line: dict[str, Any]) -> None:
    with _print:
        print(json.dumps(line), flush=True)


def create(bootstrap: str, topic: str, partitions: str) -> None:
    admin = AdminClient({"bootstrap.servers": bootstrap})
    for future in admin.create_topics([NewTopic(topic, int(partitions), 3)]).values():
        future.result(30)


def produce(bootstrap: str, topic: str, codec: str, count: str, prefix: str) -> None:
    producer = Producer(
        {"bootstrap.servers": bootstrap, "compression.type": codec, "enable.idempotence": True, "linger.ms": 5}
    )
    failed: list[object] = []
    for i in range(int(count)):
        producer.produce(
            topic,
            f"{prefix}-{i}",
            f"k{i}",
            headers={"codec": codec},
            on_delivery=lambda e, _m: failed.append(e) if e else None,
        )
        producer.poll(0)
    if producer.flush(60) or failed:
        raise RuntimeError(f"not acknowledged: {failed}")


def member(bootstrap: str, topic: str, group: str) -> None:
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "session.timeout.ms": 10_000,
        }
    )

    def told(who: Any, _partitions: Any) -> None:
        say({"assigned": sorted(part.partition for part in who.assignment())})

    def assigned(who: Any, partitions: Any) -> None:
        who.assign(partitions)
        told(who, partitions)

    consumer.subscribe([topic], on_assign=assigned)
    while not stop.is_set():
        message = consumer.poll(0.1)
        if message is None:
            continue
        if message.error():
            raise KafkaException(message.error())
        headers = {name: value.decode() for name, value in message.headers() or []}
        key, value = message.key().decode(), message.value().decode()
        consumer.commit(message, asynchronous=False)
        say({"p": message.partition(), "o": message.offset(), "k": key, "v": value, "h": headers})
    consumer.close()


{"create": create, "produce": produce, "member": member}[sys.argv[1]](*sys.argv[2:])
