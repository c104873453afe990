"""Keeps librdkafka's in-memory mock cluster (C) alive until its standard input ends. Prints where it listens."""

from __future__ import annotations

import sys

from confluent_kafka import Producer


def main() -> None:
    """Serve three mock brokers, each topic with four partitions (librdkafka's default)."""
    owner = Producer({"bootstrap.servers": "", "test.mock.num.brokers": 3, "log_level": 0})
    brokers = owner.list_topics(timeout=30).brokers.values()
    print("BOOTSTRAP=" + ",".join(f"{broker.host}:{broker.port}" for broker in brokers), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
