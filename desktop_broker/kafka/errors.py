"""What went wrong with a cluster, in words: what happened, what to do, and the details to copy.

Every error of librdkafka and every code of Kafka's becomes a `ClusterError` here. The sentences are templates with named
places, so the window can translate the template and fill in the names; `error_sentences.py` holds them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_broker.common.errors import ErrorCode
from desktop_broker.kafka import error_sentences as sentences

if TYPE_CHECKING:
    from confluent_kafka import KafkaError


class ClusterError(Exception):
    """Something asked of a cluster that could not be done.

    Args:
        what: one sentence on what happened.
        todo: one sentence on what to do.
        details: what the client library or the broker said, to copy.
        code: Kafka's name of the error (`TOPIC_ALREADY_EXISTS`) or librdkafka's (`_TRANSPORT`); "" when it has none.

    `what_template`, `todo_template` and `arguments` are the same sentences before their places were filled.
    """

    def __init__(self, what: str, todo: str = "", details: str = "", *, code: str = "", **arguments: object) -> None:
        self.what_template = what
        self.todo_template = todo
        self.arguments = arguments
        self.what = what.format(**arguments) if arguments else what
        self.todo = todo.format(**arguments) if arguments else todo
        self.details = details
        self.code = code
        super().__init__(f"{self.what} {self.todo}".strip())


class ConnectionClosedError(ClusterError):
    """The connection was closed while (or before) something was asked."""

    def __init__(self) -> None:
        super().__init__(sentences.CLOSED.what, sentences.CLOSED.todo, code="CLOSED")


def from_librdkafka(error: KafkaError, **arguments: object) -> ClusterError:
    """The sentences for an error of librdkafka's or a broker's.

    Args:
        arguments: names for the sentence: topic, group, bootstrap, partition ... ; what is missing is filled with "it".
    """
    return from_code(error.code(), error.name(), error.str(), **arguments)


def from_code(code: int, name: str = "", said: str = "", **arguments: object) -> ClusterError:
    """The sentences for one of Kafka's codes (>= -1) or librdkafka's own (<= -2, e.g. -195)."""
    if code in ErrorCode._value2member_map_:
        name = ErrorCode(code).name  # librdkafka shortens some names
    name = name or f"ERROR_{code}"
    sentence = sentences.BY_CODE.get(code, sentences.BROKER_REFUSED if code >= -1 else sentences.CLIENT_FAILED)
    known = {**sentences.PLACES, **{key: value for key, value in arguments.items() if value is not None}}
    known["said"] = said.rstrip(".") or name
    details = f"{name} ({code}): {said}" if said else f"{name} ({code})"
    return ClusterError(sentence.what, sentence.todo, details, code=name, **known)
