"""What was typed into the editor, and the messages that come of it: `{{counter}}` becomes the number of each, from 1. No Qt here."""

from __future__ import annotations

import json
from dataclasses import dataclass

from desktop_broker.kafka.model import OutgoingMessage

COUNTER = "{{counter}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One message as it stands in the editor.

    Args:
        kind: json, text, hex or tombstone.
        partition: None leaves it to the key (or spreads messages without one).
    """

    key: str
    value: str
    kind: str
    headers: tuple[tuple[str, str], ...] = ()
    partition: int | None = None

    def message(self, number: int) -> OutgoingMessage:
        """The message of a number, from 0."""
        counter = str(number + 1)
        return OutgoingMessage(
            key=_fill(self.key, counter).encode() if self.key else None,
            value=self._value(counter),
            headers=tuple((name, _fill(value, counter).encode()) for name, value in self.headers),
            partition=self.partition,
        )

    def key_text(self, number: int) -> str:
        """The key of a message of a number, from 0, as it is shown."""
        return _fill(self.key, str(number + 1))

    def _value(self, counter: str) -> bytes | None:
        if self.kind == "tombstone":
            return None
        text = _fill(self.value, counter)
        return bytes.fromhex(text) if self.kind == "hex" else text.encode()


@dataclass(frozen=True, slots=True)
class JsonProblem:
    """Where a text stops being JSON; line and column count from 1."""

    line: int
    column: int


def json_problem(text: str) -> JsonProblem | None:
    """Where, or None when the text (with the counter filled in) is JSON."""
    try:
        json.loads(_fill(text, "1"))
    except json.JSONDecodeError as error:
        return JsonProblem(error.lineno, error.colno)
    return None


def is_hex(text: str) -> bool:
    """Whether a text is bytes written as pairs of hex digits; spaces between them do not count."""
    try:
        bytes.fromhex(text)
    except ValueError:
        return False
    return True


def _fill(text: str, counter: str) -> str:
    return text.replace(COUNTER, counter)
