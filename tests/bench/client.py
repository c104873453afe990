"""The client of every figure, in a process of its own: librdkafka with the same settings whatever cluster it talks to.

Called as `python -m tests.bench.client JOB OPTIONS-AS-JSON`; prints one JSON object. Counterpart: `tests/bench/figures.py`.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

_CHUNK = 1_000


def create_topic(bootstrap: str, topic: str, partitions: int, replication: int) -> dict[str, Any]:
    """Make a topic and wait until every partition has a leader."""
    admin = AdminClient({"bootstrap.servers": bootstrap})
    for future in admin.create_topics([NewTopic(topic, partitions, replication)], operation_timeout=30).values():
        future.result(60)
    while True:
        found = admin.list_topics(topic, timeout=30).topics[topic]
        if len(found.partitions) == partitions and all(part.leader >= 0 for part in found.partitions.values()):
            return {}


def delete_topic(bootstrap: str, topic: str) -> dict[str, Any]:
    """Delete a topic."""
    admin = AdminClient({"bootstrap.servers": bootstrap})
    for future in admin.delete_topics([topic], operation_timeout=30).values():
        future.result(60)
    return {}


def produce(bootstrap: str, topic: str, size: int, count: int, acks: str, warm: int) -> dict[str, Any]:
    """Write as fast as the client can; the seconds cover the counted messages up to their last acknowledgement."""
    producer = _producer(bootstrap, acks, linger_ms=5)
    chunk = [{"value": b"x" * size} for _ in range(_CHUNK)]
    _send(producer, topic, chunk, warm)
    began = time.perf_counter()
    _send(producer, topic, chunk, count)
    seconds = time.perf_counter() - began
    producer.close()
    return {"seconds": seconds, "messages": count, "bytes": count * size}


def one_at_a_time(bootstrap: str, topic: str, count: int, acks: str, warm: int) -> dict[str, Any]:
    """Write one message, wait for its acknowledgement, write the next. Latencies in microseconds."""
    producer = _producer(bootstrap, acks, linger_ms=0)
    latencies: list[float] = []
    for _ in range(warm + count):
        began = time.perf_counter_ns()
        producer.produce(topic, b"x" * 100, partition=0)
        producer.flush()
        latencies.append((time.perf_counter_ns() - began) / 1_000)
    producer.close()
    ordered = sorted(latencies[warm:])
    return {"p50": ordered[len(ordered) // 2], "p99": ordered[len(ordered) * 99 // 100]}


def one_record_requests(bootstrap: str, topic: str, count: int, acks: str, warm: int) -> dict[str, Any]:
    """Write with one record in each request, many requests in flight."""
    producer = _producer(bootstrap, acks, linger_ms=0, **{"batch.num.messages": 1})
    chunk = [{"value": b"x" * 100} for _ in range(_CHUNK)]
    _send(producer, topic, chunk, warm, partition=0)
    began = time.perf_counter()
    _send(producer, topic, chunk, count, partition=0)
    seconds = time.perf_counter() - began
    producer.close()
    return {"seconds": seconds, "messages": count}


def consume(bootstrap: str, topic: str, count: int) -> dict[str, Any]:
    """Read a topic from its beginning; the clock starts at the first message."""
    consumer = Consumer(
        {"bootstrap.servers": bootstrap, "group.id": "bench", "enable.auto.commit": False, "fetch.wait.max.ms": 10}
    )
    partitions = consumer.list_topics(topic, timeout=30).topics[topic].partitions
    consumer.assign([TopicPartition(topic, number, OFFSET_BEGINNING) for number in partitions])
    seen = size = 0
    began = 0.0
    while seen < count:
        messages = consumer.consume(_CHUNK, 10)
        if not messages:
            raise RuntimeError(f"{seen} of {count} messages came, then none for 10 s")
        for message in messages:
            if message.error():
                raise KafkaException(message.error())
            size += len(message.value() or b"")
            seen += 1
        began = began or time.perf_counter()
    seconds = time.perf_counter() - began
    consumer.close()
    return {"seconds": seconds, "messages": seen, "bytes": size}


def first_write(bootstrap: str, topic: str) -> dict[str, Any]:
    """One acknowledged write to a topic that makes itself."""
    producer = _producer(bootstrap, "all", linger_ms=0, **{"topic.metadata.refresh.fast.interval.ms": 10})
    failed: list[object] = []
    producer.produce(topic, b"first", on_delivery=lambda error, _message: failed.append(error) if error else None)
    if producer.flush(120) or failed:
        raise RuntimeError(f"the first write was not acknowledged: {failed}")
    producer.close()
    return {}


def _producer(bootstrap: str, acks: str, linger_ms: int, **more: Any) -> Producer:
    return Producer(
        {
            "bootstrap.servers": bootstrap,
            "acks": acks,
            "linger.ms": linger_ms,
            "batch.size": 1_000_000,
            "batch.num.messages": 1_000_000,
            "queue.buffering.max.messages": 1_000_000,
            "queue.buffering.max.kbytes": 1_000_000,
            "delivery.report.only.error": True,
            **more,
        }
    )


def _send(producer: Producer, topic: str, chunk: list[dict[str, Any]], count: int, **more: Any) -> None:
    failed: list[object] = []

    def delivered(error: object, _message: object) -> None:
        failed.append(error)

    left = count
    while left > 0:
        part = chunk if left >= len(chunk) else chunk[:left]
        taken = producer.produce_batch(topic, part, on_delivery=delivered, **more)
        left -= taken
        producer.poll(0 if taken == len(part) else 0.01)
    if producer.flush(300) or failed:
        raise RuntimeError(f"not every message was acknowledged: {failed[:3]}")


_JOBS = {
    job.__name__: job
    for job in (create_topic, delete_topic, produce, one_at_a_time, one_record_requests, consume, first_write)
}

if __name__ == "__main__":
    print(json.dumps(_JOBS[sys.argv[1]](**json.loads(sys.argv[2]))))
