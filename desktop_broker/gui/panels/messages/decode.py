"""Bytes as people read them: one line for the table, JSON, text and hex for the detail. No Qt here; only what is shown is decoded."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

PREVIEW_BYTES = 400
HEX_BYTES = 16 * 4096
TEXT_CHARACTERS = 128 * 1024
JSON_BYTES = 4 * 1024 * 1024
_PRETTY_BYTES = 256 * 1024
_HEX_WIDTH = 16
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s"\[\]{},:]+')
_BOTH_ENDS = {"[": "]", "{": "}"}


class Number(str):
    """A number's own digits: int64 and long fractions stay exact."""

    __slots__ = ()


def text_of(data: bytes | None) -> str | None:
    """The text when the bytes are UTF-8 without control characters; None when they are not text (or null)."""
    if data is None:
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return None if _NOT_TEXT.search(text) else text


def preview(data: bytes | None) -> str:
    """One line of at most `PREVIEW_BYTES`; what is not text is shown as hex. Empty for null."""
    if data is None:
        return ""
    head = data[:PREVIEW_BYTES]
    if len(data) > PREVIEW_BYTES:
        head = _whole_characters(head)
    text = text_of(head)
    if text is None:
        return head[:64].hex(" ")
    return " ".join(text.split())


def json_of(data: bytes | None) -> Any:
    """The value when the bytes are a JSON object or array worth a tree, numbers as `Number`; else None.

    None also for what is nested deeper than Python reads and for more than `JSON_BYTES`.
    """
    if data is None or len(data) > JSON_BYTES or data[:64].lstrip()[:1] not in (b"{", b"["):
        return None
    try:
        return json.loads(data.decode(), parse_float=Number, parse_int=Number)
    except (ValueError, RecursionError):
        return None


def children_of(value: Any) -> Sequence[tuple[str, Any]]:
    """Name and value of what stands in a JSON object or array; nothing for others."""
    if isinstance(value, dict):
        return list(value.items())
    if isinstance(value, list):
        return [(str(number), item) for number, item in enumerate(value)]
    return ()


def scalar_of(value: Any) -> tuple[str, str]:
    """How a JSON scalar is written, and its kind: number, string or keyword."""
    if isinstance(value, Number):
        return str(value), "number"
    if isinstance(value, str):
        return _readable(json.dumps(value, ensure_ascii=False)), "string"
    return json.dumps(value), "keyword"


def pretty(data: bytes) -> str:
    """Valid JSON with an indent of two, every number as it was written; as it came when it is long.

    Works on the tokens, not on the value: nothing is lost, and any depth will do.
    """
    text = data.decode()
    if len(data) > _PRETTY_BYTES:
        return text
    parts: list[str] = []
    depth, before = 0, ""
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in ("]", "}"):
            depth -= 1
            if before != ("[" if token == "]" else "{"):
                parts.append("\n" + "  " * depth)
        elif before in ("[", "{", ","):
            parts.append("\n" + "  " * depth)
        if token in _BOTH_ENDS:
            depth += 1
        parts.append(": " if token == ":" else _unescaped(token))
        before = token
    return "".join(parts)


def hex_of(data: bytes) -> str:
    """Offset, sixteen bytes and their characters a line, as `hexdump -C` writes them; at most `HEX_BYTES`."""
    lines = []
    for start in range(0, min(len(data), HEX_BYTES), _HEX_WIDTH):
        part = data[start : start + _HEX_WIDTH]
        characters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
        lines.append(f"{start:08x}  {part.hex(' '):<47}  {characters}")
    return "\n".join(lines)


def _unescaped(token: str) -> str:
    """A string token with its letters instead of their numbers (`\\uac00`)."""
    if "\\u" not in token:
        return token
    return _readable(json.dumps(json.loads(token), ensure_ascii=False))


def _readable(text: str) -> str:
    """Half of a surrogate pair is no character: written as its number, as it must have been in the message."""
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text) if _has_half(text) else text


def _has_half(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _whole_characters(head: bytes) -> bytes:
    for cut in range(4):
        try:
            head[: len(head) - cut].decode()
        except UnicodeDecodeError:
            continue
        return head[: len(head) - cut]
    return head
