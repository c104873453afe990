"""A producer under load that keeps book of what was acknowledged, and the check that all of it can be read back."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any, Self

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic


def create_topic(bootstrap: str, topic: str, partitions: int, **configs: str) -> None:
    """Make a topic with three replicas."""
    admin = AdminClient({"bootstrap.servers": bootstrap})
    for future in admin.create_topics([NewTopic(topic, partitions, 3, config=configs)], operation_timeout=30).values():
        future.result(60)


class Load:
    """An idempotent acks=all producer on a thread of its own, from entering to leaving the `with`.

    `acknowledged` maps each value to its partition; it and `failed` are guarded by `_condition`. The queue of unsent
    messages is short, so the producer waits while the cluster is away instead of running ahead.
    """

    def __init__(self, bootstrap: str, topic: str) -> None:
        self._topic = topic
        self._condition = threading.Condition()
        self._stop = threading.Event()
        self.acknowledged: dict[int, int] = {}
        self.failed: list[str] = []
        self._producer = Producer(
            {
                "bootstrap.servers": bootstrap,
                "enable.idempotence": True,
                "linger.ms": 2,
                "queue.buffering.max.messages": 2_000,
                "message.timeout.ms": 120_000,
                "reconnect.backoff.max.ms": 200,
                "retry.backoff.ms": 50,
                "log_level": 0,
            }
        )
        self._thread = threading.Thread(target=self._run, name="load")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        assert self._producer.flush(120) == 0
        self._producer.close()

    def wait_for_more(self, count: int) -> None:
        """Wait until so many more messages are acknowledged."""
        with self._condition:
            wanted = len(self.acknowledged) + count
            assert self._condition.wait_for(lambda: len(self.acknowledged) >= wanted or self.failed, 60), (
                "nothing more is acknowledged"
            )
            assert not self.failed

    def _run(self) -> None:
        value = 0
        while not self._stop.is_set():
            try:
                self._producer.produce(self._topic, str(value), key=str(value % 97), on_delivery=self._delivered)
                value += 1
                self._producer.poll(0)
            except BufferError:
                self._producer.poll(0.05)

    def _delivered(self, error: KafkaError | None, message: Any) -> None:
        with self._condition:
            if error is None:
                self.acknowledged[int(message.value())] = message.partition()
            else:
                self.failed.append(str(error))
            self._condition.notify_all()


def read_everything(bootstrap: str, topic: str) -> dict[int, list[int]]:
    """All values by partition, in the order of their offsets."""
    consumer = Consumer(
        {"bootstrap.servers": bootstrap, "group.id": "check", "enable.auto.commit": False, "enable.partition.eof": True}
    )
    partitions = list(consumer.list_topics(topic, timeout=30).topics[topic].partitions)
    consumer.assign([TopicPartition(topic, number, OFFSET_BEGINNING) for number in partitions])
    values: dict[int, list[int]] = {number: [] for number in partitions}
    ended: set[int] = set()
    while len(ended) < len(partitions):
        for message in consumer.consume(1_000, 10):
            error = message.error()
            if error is not None:
                assert error.code() == KafkaError._PARTITION_EOF, error
                ended.add(message.partition())
            else:
                values[message.partition()].append(int(message.value()))
    consumer.close()
    return values


def assert_nothing_lost(load: Load, bootstrap: str, topic: str) -> None:
    """Every acknowledged message is read back once, where it was acknowledged, and each partition is in order."""
    assert load.failed == []
    found = read_everything(bootstrap, topic)
    counts = Counter(value for values in found.values() for value in values)
    assert [value for value, count in counts.items() if count > 1] == []
    assert sorted(set(load.acknowledged) - set(counts)) == []
    for partition, values in found.items():
        assert values == sorted(values)
        assert {value for value, where in load.acknowledged.items() if where == partition} <= set(values)
