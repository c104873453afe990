"""aiokafka. See README.md of this folder."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRebalanceListener
from aiokafka.admin import AIOKafkaAdminClient, NewTopic


def say(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)


async def create(bootstrap: str, topic: str, partitions: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(topic, int(partitions), 3)])
    await admin.close()


async def produce(bootstrap: str, topic: str, codec: str, count: str, prefix: str) -> None:
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap, compression_type=None if codec == "none" else codec, enable_idempotence=True
    )
    await producer.start()
    sent = [
        await producer.send(topic, f"{prefix}-{i}".encode(), f"k{i}".encode(), headers=[("codec", codec.encode())])
        for i in range(int(count))
    ]
    await asyncio.gather(*sent)
    await producer.stop()


class Told(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka has no types
    """Prints each assignment."""

    async def on_partitions_revoked(self, revoked: Any) -> None:
        pass

    async def on_partitions_assigned(self, assigned: Any) -> None:
        say({"assigned": sorted(part.partition for part in assigned)})


async def member(bootstrap: str, topic: str, group: str) -> None:
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    consumer = AIOKafkaConsumer(
        bootstrap_servers=bootstrap,
        group_id=group,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        session_timeout_ms=10_000,
        heartbeat_interval_ms=500,
    )
    consumer.subscribe([topic], listener=Told())
    await consumer.start()
    while not stop.is_set():
        polled = await consumer.getmany(timeout_ms=200, max_records=50)
        batch = [record for records in polled.values() for record in records]
        if batch:
            await consumer.commit()
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
    await consumer.stop()


asyncio.run({"create": create, "produce": produce, "member": member}[sys.argv[1]](*sys.argv[2:]))
