"""`desktop-broker broker`: stop, start or kill one broker of a running cluster."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_broker.cli.output import say, say_json, say_table
from desktop_broker.cli.target import add_json, data_dir, pairs

EXAMPLES = """examples:
  desktop-broker broker list
  desktop-broker broker stop 2          its leaders move to other brokers first
  desktop-broker broker start 2         it catches up and joins the in-sync replicas again
  desktop-broker broker kill 2          a crash: nothing is written any more
  desktop-broker broker set auto.create.topics.enable=false num.partitions=4
  desktop-broker broker set num.partitions=       back to the default
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `broker` takes."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, line in (("stop", "stop a broker"), ("start", "start a stopped broker"), ("kill", "crash a broker")):
        action = actions.add_parser(name, help=line)
        action.add_argument("id", type=int, metavar="ID", help="the broker's number")
        _add_folder(action)
    change = actions.add_parser(
        "set", help="change settings of all brokers while they run; KEY= goes back to the default"
    )
    change.add_argument("configs", nargs="+", metavar="KEY=VALUE")
    _add_folder(change)
    listing = actions.add_parser("list", help="show the brokers")
    _add_folder(listing)
    add_json(listing)


def run(options: argparse.Namespace) -> int:
    """Do it on the engine that serves the folder."""
    from desktop_broker.control.client import EngineClient

    with EngineClient.connect(data_dir(options)) as engine:
        if options.action == "list":
            _list(engine.statistics().brokers, as_json=options.json)
            return 0
        if options.action == "set":
            for name, value in pairs(options.configs, "num.partitions=4").items():
                engine.set_config(name, value or None)
            say("Changed for all brokers, and kept over a restart.")
            return 0
        act = {"stop": engine.stop_broker, "start": engine.start_broker, "kill": engine.kill_broker}[options.action]
        act(options.id)
        done = {"stop": "stopped", "start": "serves again", "kill": "was killed"}[options.action]
        say(f"Broker {options.id} {done}.")
    return 0


def _list(brokers: tuple[object, ...], *, as_json: bool) -> None:
    from dataclasses import asdict

    found = [asdict(broker) for broker in brokers]  # type: ignore[call-overload]  # BrokerStatistics, a dataclass
    if as_json:
        say_json(found)
        return
    titles = ("id", "state", "address", "rack", "leaders", "replicas", "disk bytes", "connections")
    rows = [
        (
            broker["id"],
            broker["state"] + (" (controller)" if broker["is_controller"] else ""),
            f"{broker['advertised_host']}:{broker['advertised_port']}",
            broker["rack"],
            broker["leaders"],
            broker["replicas"],
            broker["disk_bytes"],
            broker["connections"],
        )
        for broker in found
    ]
    say_table(titles, rows)


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data-dir", type=Path, metavar="D", help="the cluster's data folder (your user data folder)")
