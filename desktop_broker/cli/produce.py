"""`desktop-broker produce`: write messages to a topic, one from the command line or one per line of standard input."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from desktop_broker.cli.output import complain, say, say_json
from desktop_broker.cli.target import add_json, add_target, connect, pairs

if TYPE_CHECKING:
    from confluent_kafka import Producer

EXAMPLES = """examples:
  desktop-broker produce orders --value '{"status": "PAID"}' --key o-10482
  seq 1 1000 | desktop-broker produce numbers
  desktop-broker produce orders --key-separator : < orders.txt
  desktop-broker produce orders --value paid --header source=shop --compression zstd
"""

_COMPRESSIONS = ("none", "gzip", "snappy", "lz4", "zstd")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `produce` takes."""
    parser.add_argument("topic", metavar="TOPIC")
    parser.add_argument("--value", metavar="TEXT", help="one message (else a message per line of standard input)")
    parser.add_argument("--key", metavar="TEXT", help="the key of every message")
    parser.add_argument("--key-separator", metavar="TEXT", help="a line is KEY, this text, VALUE")
    parser.add_argument("--header", action="append", default=[], metavar="NAME=VALUE", help="a header of every message")
    parser.add_argument("--partition", type=int, metavar="P", help="write to this one (else by key, or spread)")
    parser.add_argument("--compression", choices=_COMPRESSIONS, default="none")
    parser.add_argument("--acks", choices=("all", "1", "0"), default="all", help="who must have a message (all)")
    add_target(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write, and say how many were acknowledged; 1 when some were not."""
    from confluent_kafka import Producer

    headers: list[tuple[str, str | bytes | None]] = list(pairs(options.header, "--header source=shop").items())
    with connect(options) as connection:
        connection.topic(options.topic)  # an unknown topic is said in words, before anything is read
        settings = {
            "acks": options.acks,
            "compression.type": options.compression,
            "enable.idempotence": options.acks == "all",
            "linger.ms": 5,
            "partitioner": "murmur2_random",
        }
        producer = Producer({**connection.admin.config(), **settings})
        return _Writing(producer, options, headers).run()


class _Writing:
    """One run: sends every message and counts what became of it. Used on the main thread only."""

    def __init__(
        self, producer: Producer, options: argparse.Namespace, headers: list[tuple[str, str | bytes | None]]
    ) -> None:
        self._producer = producer
        self._options = options
        self._headers = headers
        self._stored = 0
        self._refused: list[str] = []

    def run(self) -> int:
        count = 0
        for key, value in _messages(self._options):
            self._send(key, value)
            count += 1
        self._producer.flush()
        if self._options.json:
            say_json({"sent": count, "acknowledged": self._stored, "failed": len(self._refused)})
        else:
            say(f"{self._stored:,} of {count:,} message(s) written to {self._options.topic}.")
        if self._refused:
            return complain(f"{len(self._refused):,} were not written: {self._refused[0]}")
        return 0

    def _send(self, key: str | None, value: str) -> None:
        from confluent_kafka import KafkaException

        more: dict[str, Any] = {} if self._options.partition is None else {"partition": self._options.partition}
        while True:
            try:
                self._producer.produce(
                    self._options.topic, value, key, headers=self._headers, on_delivery=self._delivered, **more
                )
            except BufferError:
                self._producer.poll(0.1)
                continue
            except KafkaException as error:
                self._refused.append(str(error.args[0].str()))
            self._producer.poll(0)
            return

    def _delivered(self, error: Any, _message: Any) -> None:
        if error is None:
            self._stored += 1
        else:
            self._refused.append(str(error.str()))


def _messages(options: argparse.Namespace) -> Iterator[tuple[str | None, str]]:
    if options.value is not None:
        yield options.key, options.value
        return
    for line in sys.stdin:
        text = line.rstrip("\r\n")
        if options.key_separator and options.key_separator in text:
            key, _, value = text.partition(options.key_separator)
            yield key, value
        else:
            yield options.key, text
