"""What a topic may be called (Kafka's `Topic`, rule 9 of the protocol), with a sentence for each way to get it wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop_broker.common.errors import ErrorCode, KafkaError

CONSUMER_OFFSETS = "__consumer_offsets"
TRANSACTION_STATE = "__transaction_state"
CLUSTER_METADATA = "__cluster_metadata"
INTERNAL_TOPICS = frozenset({CONSUMER_OFFSETS, TRANSACTION_STATE})
MAX_NAME_LENGTH = 249

_LEGAL = re.compile(r"[a-zA-Z0-9._-]+")
_ILLEGAL = re.compile(r"[^a-zA-Z0-9._-]")


def is_internal(name: str) -> bool:
    """Whether the cluster keeps its own state in this topic."""
    return name in INTERNAL_TOPICS


def check_name(name: str) -> None:
    """Refuse what no topic may be called.

    Raises:
        KafkaError: INVALID_TOPIC_EXCEPTION, with what is wrong and what would do.
    """
    if not name:
        problem = "A topic needs a name."
    elif name in (".", ".."):
        problem = f"A topic cannot be named '{name}'."
    elif len(name) > MAX_NAME_LENGTH:
        problem = f"A topic name has at most {MAX_NAME_LENGTH} characters; this one has {len(name)}."
    elif not _LEGAL.fullmatch(name):
        bad = _ILLEGAL.search(name)
        shown = bad.group() if bad and bad.group().isprintable() else "a character that cannot be shown"
        problem = (
            f"Topic name '{name}' has {_quote(shown)} in it; letters a to z, digits, '.', '_' and '-' are allowed."
        )
    elif name == CLUSTER_METADATA:
        problem = f"'{CLUSTER_METADATA}' is the name of the cluster's own metadata log."
    else:
        return
    raise KafkaError(ErrorCode.INVALID_TOPIC_EXCEPTION, problem)


def collision_key(name: str) -> str:
    """Equal for names that collide: metrics write '.' and '_' alike (`Topic.unifyCollisionChars`)."""
    return name.replace(".", "_")


def check_collision(name: str, existing: Iterable[str]) -> None:
    """Refuse a name that differs from an existing one only in '.' and '_'.

    Raises:
        KafkaError: INVALID_TOPIC_EXCEPTION, naming the other topic.
    """
    if "." not in name and "_" not in name:
        return
    key = collision_key(name)
    for other in existing:
        if other != name and collision_key(other) == key:
            raise KafkaError(
                ErrorCode.INVALID_TOPIC_EXCEPTION,
                f"Topic name '{name}' collides with the existing topic '{other}': '.' and '_' count as the same. Choose another name.",
            )


def _quote(text: str) -> str:
    return f"'{text}'" if len(text) == 1 else text
