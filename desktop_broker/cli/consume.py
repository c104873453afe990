"""`desktop-broker consume`: read messages of a topic, once through, the newest, live, or as a member of a group."""

from __future__ import annotations

import argparse
import base64
import queue
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desktop_broker.cli.output import complain, say, say_json
from desktop_broker.cli.target import add_json, add_target, connect

if TYPE_CHECKING:
    from desktop_broker.kafka.connection import ClusterConnection
    from desktop_broker.kafka.model import Message
    from desktop_broker.kafka.scan_request import ScanProgress, ScanRequest, ScanStart

EXAMPLES = """examples:
  desktop-broker consume orders                      everything from the oldest to the end
  desktop-broker consume orders --last 10
  desktop-broker consume orders --live               what comes from now on, until Ctrl-C
  desktop-broker consume orders --from-time 2026-01-31T09:00:00 --contains PAID
  desktop-broker consume orders --key o-10482 --json
  desktop-broker consume orders --group billing      as a member of a group, which commits what it printed
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `consume` takes."""
    parser.add_argument("topic", metavar="TOPIC")
    start = parser.add_mutually_exclusive_group()
    start.add_argument("--last", type=int, metavar="N", help="the newest N")
    start.add_argument("--from-offset", type=int, metavar="O", help="from this offset in each partition")
    start.add_argument("--from-time", metavar="TIME", help="from this time, such as 2026-01-31T09:00:00")
    start.add_argument("--live", action="store_true", help="what comes from now on")
    start.add_argument("--group", metavar="GROUP", help="as a member of this group; goes on until Ctrl-C or --limit")
    parser.add_argument("--partition", type=int, action="append", metavar="P", help="only this one (may be repeated)")
    parser.add_argument("--limit", type=int, metavar="N", help="stop after so many")
    parser.add_argument(
        "--contains", default="", metavar="TEXT", help="only messages with this text in key, value or headers"
    )
    parser.add_argument("--key", metavar="TEXT", help="only messages with exactly this key")
    add_target(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print message after message; Ctrl-C ends it."""
    if options.group is not None and (options.partition or options.contains or options.key is not None):
        return complain("--group goes with --limit only: the group decides which partitions are read.")
    start = _start(options)
    if start is None:
        return complain(f"'{options.from_time}' is not a time: write it like 2026-01-31T09:00:00.")
    with connect(options) as connection:
        messages = (
            _from_group(connection, options) if options.group is not None else _from_scan(connection, options, start)
        )
        try:
            for message in messages:
                _print(message, as_json=options.json)
        except KeyboardInterrupt:
            return 0
    return 0


def _start(options: argparse.Namespace) -> ScanStart | None:
    from desktop_broker.kafka.scan_request import AtOffset, AtTime, FromOldest, Live, Newest

    if options.last is not None:
        return Newest(options.last)
    if options.from_offset is not None:
        return AtOffset(options.from_offset)
    if options.live:
        return Live()
    if options.from_time is not None:
        try:
            return AtTime(int(datetime.fromisoformat(options.from_time).timestamp() * 1000))
        except ValueError:
            return None
    return FromOldest()


def _from_scan(connection: ClusterConnection, options: argparse.Namespace, start: ScanStart) -> Iterator[Message]:
    from desktop_broker.kafka.reader import MessageScan
    from desktop_broker.kafka.scan_request import ScanRequest

    request: ScanRequest = ScanRequest(
        topic=options.topic,
        start=start,
        partitions=tuple(options.partition) if options.partition else None,
        limit=options.limit,
        text=options.contains,
        key=None if options.key is None else options.key.encode(),
    )
    # Bounded: a slow terminal holds the scan up instead of filling the memory.
    news: queue.Queue[list[Message] | ScanProgress] = queue.Queue(maxsize=16)

    def progress(step: ScanProgress) -> None:
        if step.finished:
            news.put(step)

    scan = MessageScan(connection, request, news.put, progress).start()
    try:
        while True:
            item = news.get()
            if isinstance(item, list):
                yield from item
            elif item.error is not None:
                raise item.error
            else:
                return
    finally:
        scan.cancel()
        while not scan.join(0.05):
            while not news.empty():
                news.get_nowait()


def _from_group(connection: ClusterConnection, options: argparse.Namespace) -> Iterator[Message]:
    from confluent_kafka import Consumer

    from desktop_broker.kafka.errors import from_librdkafka
    from desktop_broker.kafka.group_less_reader import to_message

    connection.topic(options.topic)
    settings = {"group.id": options.group, "auto.offset.reset": "earliest", "enable.auto.offset.store": False}
    consumer = Consumer({**connection.admin.config(), **settings})
    try:
        consumer.subscribe([options.topic])
        seen = 0
        while options.limit is None or seen < options.limit:
            message = consumer.poll(0.2)
            if message is None:
                continue
            error = message.error()
            if error is not None:
                raise from_librdkafka(error, topic=options.topic, group=options.group)
            yield to_message(message)
            consumer.store_offsets(message)
            seen += 1
    finally:
        consumer.close()


def _print(message: Message, *, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "topic": message.topic,
                "partition": message.partition,
                "offset": message.offset,
                "timestamp_ms": message.timestamp_ms,
                "key": _plain(message.key),
                "value": _plain(message.value),
                "headers": [[name, _plain(value)] for name, value in message.headers],
            }
        )
        return
    stamp = (
        "-"
        if message.timestamp_ms is None
        else datetime.fromtimestamp(message.timestamp_ms / 1000, UTC).astimezone().isoformat(" ", "milliseconds")
    )
    key = "" if message.key is None else f"  {_plain(message.key)}"
    value = "(no value)" if message.value is None else _plain(message.value)
    say(f"{message.partition}:{message.offset}  {stamp}{key}  {value}")


def _plain(data: bytes | None) -> str | None:
    """Text where it is text; what is not stands as Base64 after `base64:`."""
    if data is None:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "base64:" + base64.b64encode(data).decode()
