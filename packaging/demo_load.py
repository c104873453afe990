"""A small shop that uses a cluster: `python packaging/demo_load.py BOOTSTRAP`. Makes topics, writes, reads; ends when its standard input does.

Counterpart: `screenshots.py` runs it so that the pictures show a cluster at work. Prints READY when the topics are there.
"""

from __future__ import annotations

import json
import math
import random
import select
import sys
import time

from confluent_kafka import Consumer, Producer
from confluent_kafka.admin import AdminClient, NewTopic

TOPICS = (
    # name, partitions, replicas, messages per second, configs
    ("orders", 6, 3, 480, {}),
    ("page-views", 12, 3, 1900, {"retention.ms": "86400000"}),
    ("payments", 6, 3, 310, {"min.insync.replicas": "2"}),
    ("sensor.readings", 6, 2, 760, {}),
    ("customers", 3, 3, 12, {"cleanup.policy": "compact"}),
    ("shipments", 6, 3, 90, {}),
    ("inventory.changes", 3, 3, 60, {}),
    ("email.outbox", 3, 2, 25, {}),
    ("audit.log", 1, 3, 8, {}),
    ("payments.dlq", 1, 3, 0, {}),
)
GROUPS = (
    # group, topics, members, messages per second that a member manages
    ("warehouse", ("orders", "shipments"), 2, None),
    ("billing", ("payments",), 1, None),
    ("analytics", ("page-views",), 2, 800),
    ("fraud-check", ("payments", "orders"), 1, 720),
)
_STATES = ("NEW", "PAID", "PAID", "PAID", "SHIPPED", "CANCELLED")
_TICK_S = 0.05


def make_topics(bootstrap: str) -> None:
    admin = AdminClient({"bootstrap.servers": bootstrap})
    wanted = [NewTopic(name, partitions, replicas, config=configs) for name, partitions, replicas, _, configs in TOPICS]
    for future in admin.create_topics(wanted, operation_timeout=20).values():
        future.result(30)


class Shop:
    """Writes what each topic's rate asks for, a tick at a time."""

    def __init__(self, bootstrap: str) -> None:
        self._random = random.Random(7)
        self._producer = Producer(
            {"bootstrap.servers": bootstrap, "client.id": "shop", "linger.ms": 5, "acks": "all", "log_level": 0}
        )
        self._owed = dict.fromkeys((name for name, *_ in TOPICS), 0.0)
        self._number = 10_000
        for _ in range(3):
            self._producer.produce("payments.dlq", b'{"error":"card declined","attempts":5}', key=b"p-7731")

    def tick(self, seconds: float, passed: float) -> None:
        for place, (name, _, _, rate, _) in enumerate(TOPICS):
            wave = 1 + 0.12 * math.sin(passed / 23 + place) + self._random.uniform(-0.06, 0.06)
            self._owed[name] += rate * wave * seconds
            while self._owed[name] >= 1:
                self._owed[name] -= 1
                self._send(name)
        self._producer.poll(0)

    def _send(self, topic: str) -> None:
        self._number += 1
        number, rand = self._number, self._random
        if topic == "sensor.readings":
            key, value = (
                f"sensor-{rand.randrange(40):02d}",
                {"celsius": round(rand.gauss(21, 2), 2), "battery": rand.randrange(100)},
            )
        elif topic == "page-views":
            key, value = (
                f"u-{rand.randrange(900)}",
                {"path": f"/product/{rand.randrange(400)}", "ms": rand.randrange(20, 900)},
            )
        else:
            key = f"{topic[0]}-{number}"
            value = {
                "id": number,
                "customer": f"c-{rand.randrange(500)}",
                "status": rand.choice(_STATES),
                "amount": round(rand.expovariate(1 / 60) + 5, 2),
                "items": [
                    {"sku": f"A{rand.randrange(1000):04d}", "count": rand.randrange(1, 4)}
                    for _ in range(rand.randrange(1, 3))
                ],
            }
        headers = (
            [("source", b"shop"), ("trace", f"{rand.getrandbits(64):016x}".encode())] if topic == "orders" else None
        )
        try:
            self._producer.produce(
                topic, json.dumps(value, separators=(",", ":")).encode(), key=key.encode(), headers=headers
            )
        except BufferError:
            self._producer.poll(0.05)

    def close(self) -> None:
        self._producer.flush(10)


class Reader:
    """One member of a group; with a limit it falls behind, as a slow program does."""

    def __init__(self, bootstrap: str, group: str, topics: tuple[str, ...], member: int, limit: float | None) -> None:
        self._limit = limit
        self._consumer = Consumer(
            {
                "bootstrap.servers": bootstrap,
                "group.id": group,
                "client.id": f"{group}-{member}",
                "log_level": 0,
                "auto.offset.reset": "earliest",
                "auto.commit.interval.ms": 1000,
                "topic.metadata.refresh.interval.ms": 10_000,
            }
        )
        self._consumer.subscribe(list(topics))

    def tick(self, seconds: float) -> None:
        most = 2_000 if self._limit is None else max(1, round(self._limit * seconds))
        self._consumer.consume(most, 0)

    def close(self) -> None:
        self._consumer.close()


def main() -> int:
    bootstrap = sys.argv[1]
    make_topics(bootstrap)
    shop = Shop(bootstrap)
    readers = [
        Reader(bootstrap, group, topics, member + 1, limit)
        for group, topics, members, limit in GROUPS
        for member in range(members)
    ]
    print("READY", flush=True)
    began = last = time.monotonic()
    while not select.select([sys.stdin], [], [], _TICK_S)[0]:  # the end of standard input ends the shop
        now = time.monotonic()
        shop.tick(min(now - last, 0.5), now - began)
        for reader in readers:
            reader.tick(min(now - last, 0.5))
        last = now
    for reader in readers:
        reader.close()
    shop.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
