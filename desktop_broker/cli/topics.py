"""`desktop-broker topics`: list, describe, create, grow, configure and delete topics."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from desktop_broker.cli.output import complain, say, say_json, say_table
from desktop_broker.cli.target import add_json, add_target, connect, pairs
from desktop_broker.common.types import TopicPartition

if TYPE_CHECKING:
    from desktop_broker.kafka.connection import ClusterConnection

EXAMPLES = """examples:
  desktop-broker topics list
  desktop-broker topics create orders --partitions 6 --config retention.ms=86400000
  desktop-broker topics describe orders --json
  desktop-broker topics grow orders 12
  desktop-broker topics set orders min.insync.replicas=2 retention.ms=
  desktop-broker topics delete orders
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `topics` takes."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="every topic")
    listing.add_argument("--internal", action="store_true", help="internal topics too")
    describe = actions.add_parser("describe", help="partitions, replicas, offsets and configs of a topic")
    create = actions.add_parser("create", help="make a topic")
    create.add_argument(
        "--partitions", type=int, default=-1, metavar="N", help="number of partitions (the cluster's default)"
    )
    create.add_argument(
        "--replication", type=int, default=-1, metavar="N", help="replicas of each (the cluster's default)"
    )
    create.add_argument(
        "--config", action="append", default=[], metavar="KEY=VALUE", help="a topic config, Kafka's name"
    )
    create.add_argument("--check", action="store_true", help="only say whether it could be made")
    grow = actions.add_parser("grow", help="add partitions (there is no way to remove any: keys would move)")
    change = actions.add_parser("set", help="change configs; KEY= goes back to the default")
    delete = actions.add_parser("delete", help="delete a topic and all its messages")
    for action in (describe, create, grow, change, delete):
        action.add_argument("topic", metavar="TOPIC")
    grow.add_argument("total", type=int, metavar="N", help="partitions it shall have in all")
    change.add_argument("configs", nargs="+", metavar="KEY=VALUE")
    delete.add_argument("--yes", action="store_true", help="do not ask")
    for action in (listing, describe, create, grow, change, delete):
        add_target(action)
    add_json(listing)
    add_json(describe)


def run(options: argparse.Namespace) -> int:
    """Do it on the chosen cluster."""
    actions = {"list": _list, "describe": _describe, "create": _create, "grow": _grow, "set": _set, "delete": _delete}
    with connect(options) as connection:
        return actions[options.action](connection, options)


def _list(connection: ClusterConnection, options: argparse.Namespace) -> int:
    topics = connection.topics(include_internal=options.internal)
    bounds = connection.offsets(
        [TopicPartition(topic.name, part.index) for topic in topics for part in topic.partitions]
    )
    rows = []
    for topic in topics:
        known = [bounds.get(TopicPartition(topic.name, part.index)) for part in topic.partitions]
        messages = sum(bound[1] - bound[0] for bound in known if bound)
        in_sync = all(len(part.isr) == len(part.replicas) for part in topic.partitions)
        rows.append((topic.name, len(topic.partitions), topic.replication_factor, messages, "yes" if in_sync else "no"))
    names = ("name", "partitions", "replication", "messages", "in sync")
    if options.json:
        say_json([dict(zip((name.replace(" ", "_") for name in names), row, strict=True)) for row in rows])
    elif rows:
        say_table(names, rows)
    else:
        say("There are no topics yet: desktop-broker topics create NAME makes one.")
    return 0


def _describe(connection: ClusterConnection, options: argparse.Namespace) -> int:
    topic = connection.topic(options.topic)
    configs = connection.topic_configs(options.topic)
    bounds = connection.offsets([TopicPartition(topic.name, part.index) for part in topic.partitions])
    if options.json:
        ends = {tp.partition: {"earliest": bound[0], "latest": bound[1]} for tp, bound in bounds.items()}
        say_json({"topic": asdict(topic), "offsets": ends, "configs": {entry.name: entry.value for entry in configs}})
        return 0
    say(f"{topic.name}: {len(topic.partitions)} partition(s), replication factor {topic.replication_factor}")
    rows = []
    for part in topic.partitions:
        earliest, latest = bounds.get(TopicPartition(topic.name, part.index), (None, None))
        replicas, isr = (",".join(map(str, ids)) for ids in (part.replicas, part.isr))
        rows.append((part.index, "none" if part.leader is None else str(part.leader), replicas, isr, earliest, latest))
    say_table(("partition", "leader", "replicas", "in sync", "earliest", "latest"), rows)
    own = [entry for entry in configs if not entry.is_default]
    say("Configs of its own: " + (", ".join(f"{entry.name}={entry.value}" for entry in own) or "none"))
    return 0


def _create(connection: ClusterConnection, options: argparse.Namespace) -> int:
    configs = pairs(options.config, "--config retention.ms=86400000")
    connection.create_topic(
        options.topic, options.partitions, options.replication, configs, validate_only=options.check
    )
    say(f"{options.topic} could be made." if options.check else f"{options.topic} was made.")
    return 0


def _grow(connection: ClusterConnection, options: argparse.Namespace) -> int:
    connection.create_partitions(options.topic, options.total)
    say(f"{options.topic} has {options.total} partitions now. New keys may go to other partitions than before.")
    return 0


def _set(connection: ClusterConnection, options: argparse.Namespace) -> int:
    wanted = pairs(options.configs, "retention.ms=86400000")
    connection.set_topic_configs(options.topic, {name: value or None for name, value in wanted.items()})
    say(f"{options.topic} was changed.")
    return 0


def _delete(connection: ClusterConnection, options: argparse.Namespace) -> int:
    topic = connection.topic(options.topic)
    if not options.yes:
        if not sys.stdin.isatty():
            return complain(f"Deleting {topic.name} loses all its messages: add --yes to do it from a script.")
        answer = input(f"Delete {topic.name} and all its messages? Type its name to confirm: ")
        if answer.strip() != topic.name:
            return complain("Nothing was deleted.")
    connection.delete_topics([topic.name])
    say(f"{topic.name} was deleted.")
    return 0
