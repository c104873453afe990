"""kafka-python. See README.md of this folder."""

from __future__ import annotations

import json
import sys
import threading
import warnings
from typing import Any

warnings.simplefilter("ignore")

from kafka import ConsumerRebalanceListener, KafkaAdminClient, KafkaConsumer, KafkaProducer  # noqa: E402 - it warns on import
from kafka.admin import NewTopic  # noqa: E402


def say(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)


def create(bootstrap: str, topic: str, partitions: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=bootstrap.split(","))
    admin.create_topics([NewTopic(topic, int(partitions), 3)])
    admin.close()


def produce(bootstrap: str, topic: str, codec: str, count: str, prefix: str) -> None:
    producer = KafkaProducer(
        bootstrap_servers=bootstrap.split(","),
        compression_type=None if codec == "none" else codec,
        acks="all",
        linger_ms=5,
    )
    sent = [
        producer.send(topic, f"{prefix}-{i}".encode(), f"k{i}".encode(), headers=[("codec", codec.encode())])
        for i in range(int(count))
    ]
    for future in sent:
        future.get(60)
    producer.close()


class Told(ConsumerRebalanceListener):  # type: ignore[misc]  # kafka-python has no types
    """Prints each assignment."""

    def on_partitions_revoked(self, revoked: Any) -> None:
        pass

    def on_partitions_assigned(self, assigned: Any) -> None:
        say({"assigned": sorted(part.partition for part in assigned)})


def member(bootstrap: str, topic: str, group: str) -> None:
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    consumer = KafkaConsumer(
        bootstrap_servers=bootstrap.split(","),
        group_id=group,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        session_timeout_ms=10_000,
        heartbeat_interval_ms=500,
    )
    consumer.subscribe([topic], listener=Told())
    while not stop.is_set():
        batch = [record for records in consumer.poll(200, max_records=50).values() for record in records]
        if batch:
            consumer.commit()
        for record in batch:
            headers = {name: value.decode() for name, value in record.headers}
            say(
                {
                    "p": record.partition,
                    "o": record.offset,
                    "k": record.key.decode(),
                    "v": record.value.decode(),
                    "h": headers,
                }
            )
    consumer.close()


{"create": create, "produce": produce, "member": member}[sys.argv[1]](*sys.argv[2:])
