"""`desktop-broker groups`: list, describe, reset and delete consumer groups."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from desktop_broker.cli.output import complain, say, say_json, say_table
from desktop_broker.cli.target import add_json, add_target, connect
from desktop_broker.common.types import TopicPartition

if TYPE_CHECKING:
    from desktop_broker.kafka.connection import ClusterConnection

EXAMPLES = """examples:
  desktop-broker groups list
  desktop-broker groups describe billing
  desktop-broker groups reset billing --topic orders --to earliest --dry-run
  desktop-broker groups reset billing --topic orders --to 2026-01-31T09:00:00
  desktop-broker groups reset billing --topic orders --partition 2 --to 1500
  desktop-broker groups delete billing
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `groups` takes."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="every group")
    describe = actions.add_parser("describe", help="members and lag of a group")
    reset = actions.add_parser("reset", help="move a group's committed offsets; its members must be stopped")
    delete = actions.add_parser("delete", help="delete a group without members, and its offsets")
    for action in (describe, reset, delete):
        action.add_argument("group", metavar="GROUP")
    reset.add_argument("--topic", required=True, metavar="TOPIC")
    reset.add_argument("--partition", type=int, action="append", metavar="P", help="only this one (may be repeated)")
    reset.add_argument(
        "--to",
        required=True,
        metavar="WHERE",
        help="earliest, latest, an offset, or a time such as 2026-01-31T09:00:00",
    )
    reset.add_argument("--dry-run", action="store_true", help="only show what would change")
    for action in (listing, describe, reset, delete):
        add_target(action)
    for action in (listing, describe, reset):
        add_json(action)


def run(options: argparse.Namespace) -> int:
    """Do it on the chosen cluster."""
    actions = {"list": _list, "describe": _describe, "reset": _reset, "delete": _delete}
    with connect(options) as connection:
        return actions[options.action](connection, options)


def _list(connection: ClusterConnection, options: argparse.Namespace) -> int:
    groups = connection.groups()
    if options.json:
        say_json([asdict(group) for group in groups])
    elif groups:
        say_table(
            ("group", "state", "kind", "members"),
            [(group.id, group.state, group.kind, len(group.members)) for group in groups],
        )
    else:
        say("There are no consumer groups: one appears when a consumer with a group.id connects.")
    return 0


def _describe(connection: ClusterConnection, options: argparse.Namespace) -> int:
    group = connection.group(options.group)
    offsets = connection.group_offsets(options.group)
    if group.state == "Dead" and not offsets:
        return complain(f"There is no group named '{options.group}': desktop-broker groups list shows those there are.")
    if options.json:
        say_json({"group": asdict(group), "offsets": [{**asdict(offset), "lag": offset.lag} for offset in offsets]})
        return 0
    say(f"{group.id}: {group.state}, {len(group.members)} member(s)")
    owners = {tp: member.client_id for member in group.members for tp in member.assignment}
    rows = [
        (offset.topic, offset.partition, offset.committed, offset.latest, offset.lag,
         owners.get(TopicPartition(offset.topic, offset.partition)))
        for offset in offsets
    ]  # fmt: skip
    say_table(("topic", "partition", "committed", "end", "lag", "client"), rows)
    return 0


def _reset(connection: ClusterConnection, options: argparse.Namespace) -> int:
    topic = connection.topic(options.topic)
    known = [part.index for part in topic.partitions]
    chosen = options.partition or known
    for number in chosen:
        if number not in known:
            return complain(f"{topic.name} has no partition {number}: it has 0 to {known[-1]}.")
    targets = _targets(connection, [TopicPartition(topic.name, number) for number in chosen], options.to)
    if targets is None:
        return complain(
            f"'{options.to}' is not a place: use earliest, latest, an offset, or a time such as 2026-01-31T09:00:00."
        )
    before = {
        TopicPartition(offset.topic, offset.partition): offset.committed
        for offset in connection.group_offsets(options.group)
    }
    if not options.dry_run:
        connection.set_group_offsets(options.group, targets)
    rows = [(tp.topic, tp.partition, before.get(tp), target) for tp, target in sorted(targets.items())]
    if options.json:
        say_json([dict(zip(("topic", "partition", "before", "after"), row, strict=True)) for row in rows])
        return 0
    say_table(("topic", "partition", "before", "after"), rows)
    say("Nothing was changed (--dry-run)." if options.dry_run else f"{options.group} goes on from there.")
    return 0


def _targets(
    connection: ClusterConnection, partitions: list[TopicPartition], where: str
) -> dict[TopicPartition, int] | None:
    bounds = connection.offsets(partitions)
    if where in ("earliest", "latest"):
        return {tp: bound[where == "latest"] for tp, bound in bounds.items()}
    if where.isascii() and where.isdigit():
        return {tp: min(max(int(where), bound[0]), bound[1]) for tp, bound in bounds.items()}
    try:
        moment_ms = int(datetime.fromisoformat(where).timestamp() * 1000)
    except ValueError:
        return None
    found = connection.offsets_for_time(partitions, moment_ms)
    targets = {}
    for tp, bound in bounds.items():
        offset = found.get(tp)
        targets[tp] = bound[1] if offset is None else offset
    return targets


def _delete(connection: ClusterConnection, options: argparse.Namespace) -> int:
    connection.delete_group(options.group)
    say(f"{options.group} was deleted.")
    return 0
