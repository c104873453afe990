"""The command line: which commands there are, and calling one. Each command is a module of its own, imported only when it is run.

A command module offers `add_arguments(parser)` and `run(options) -> int`, and may offer `EXAMPLES` for its help.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from desktop_broker.cli.output import complain
from desktop_broker.common.version import program_version

COMMANDS: dict[str, str] = {
    "serve": "run the engine: a Kafka cluster in the foreground",
    "broker": "list, stop, start or kill the brokers of a running cluster",
    "topics": "list, describe, create, grow, configure and delete topics",
    "groups": "list, describe, reset and delete consumer groups",
    "produce": "write messages to a topic, a line each",
    "consume": "read messages of a topic",
    "doctor": "check this machine and a cluster, step by step",
}
"""Command to one line of help. The module is `desktop_broker.cli.<command>`."""

_EXAMPLES = """examples:
  desktop-broker                            open the window (starts a cluster or attaches to the running one)
  desktop-broker serve                      three brokers on 127.0.0.1:9092, 9093, 9094
  desktop-broker serve --brokers 1 --ephemeral --port 0
  desktop-broker serve --help
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 done, 1 could not be done, 2 not understood."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser(words[0] if words else "")
    if not words:
        parser.print_help()
        return 2
    options = parser.parse_args(words)
    run = import_module(f"desktop_broker.cli.{options.command}").run
    try:
        return int(run(options))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if not _is_sentence(error):
            raise
        return complain(str(error))


def _is_sentence(error: Exception) -> bool:
    """Whether an error is made for people. Its module is loaded if it was raised, so nothing is imported for the question."""
    names = (("desktop_broker.kafka.errors", "ClusterError"), ("desktop_broker.control.client", "ControlError"))
    kinds = [getattr(sys.modules[module], name) for module, name in names if module in sys.modules]
    return isinstance(error, tuple(kinds))


def is_command(words: Sequence[str]) -> bool:
    """Whether these words are for the command line and not for the window."""
    return bool(words) and (words[0] in COMMANDS or words[0] in ("--version", "--help", "-h"))


class _ShowVersion(argparse.Action):
    """Like argparse's own, but looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        parser.exit(message=f"desktop-broker {program_version()}\n")


def _parser(chosen: str) -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="desktop-broker",
        description="A real Kafka cluster on this machine. Without a command: the window.",
        epilog=_EXAMPLES,
        formatter_class=raw,
    )
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, line in COMMANDS.items():
        command = commands.add_parser(name, help=line, description=f"{line[0].upper()}{line[1:]}.", formatter_class=raw)
        if name == chosen:
            module = import_module(f"desktop_broker.cli.{name}")
            module.add_arguments(command)
            command.epilog = getattr(module, "EXAMPLES", None)
    return parser
