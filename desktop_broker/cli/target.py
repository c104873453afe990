"""Which cluster a command is for: the one on a data folder, or any other by its bootstrap servers."""

from __future__ import annotations

import argparse
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_broker.kafka.connection import ClusterConnection


def add_target(parser: argparse.ArgumentParser) -> None:
    """Declare the options that name a cluster."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--bootstrap-server", metavar="HOST:PORT,...", help="any Kafka cluster")
    group.add_argument(
        "--data-dir", type=Path, metavar="D", help="the cluster that serves this folder (your user data folder)"
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Declare `--json`."""
    parser.add_argument("--json", action="store_true", help="print JSON, for scripts")


def data_dir(options: argparse.Namespace) -> Path:
    """The chosen data folder, or the user's own."""
    from desktop_broker.common.paths import default_data_dir

    return options.data_dir or default_data_dir()


def bootstrap(options: argparse.Namespace) -> str:
    """The addresses to ask first.

    Raises:
        ControlError: when no engine serves the folder.
        ClusterError: when the text is no address.
    """
    if options.bootstrap_server is None:
        from desktop_broker.control.client import EngineClient

        with EngineClient.connect(data_dir(options)) as engine:
            return engine.describe().bootstrap
    from desktop_broker.common.types import parse_endpoint
    from desktop_broker.kafka.errors import ClusterError

    text: str = options.bootstrap_server
    try:
        for part in text.split(","):
            parse_endpoint(part)
    except ValueError as error:
        raise ClusterError(str(error)) from None
    return text


def connect(options: argparse.Namespace) -> AbstractContextManager[ClusterConnection]:
    """A connection to the chosen cluster, for a `with`. Fails at once, in words, when nobody answers there."""
    from desktop_broker.kafka.connection import ClusterConnection

    connection = ClusterConnection(bootstrap(options))
    connection.check()
    return closing(connection)


def pairs(texts: list[str], example: str) -> dict[str, str]:
    """`NAME=VALUE` words as a dictionary.

    Raises:
        ClusterError: when a word has no `=`.
    """
    from desktop_broker.kafka.errors import ClusterError

    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise ClusterError(f"'{text}' is not understood: write it like {example}.")
        found[name.strip()] = value
    return found
