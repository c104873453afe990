"""Bytes as people read them: one line for the table, JSON, text and hex for the detail. No Qt here; only what is shown is decoded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

PREVIEW_BYTES = 400
HEX_BYTES = 16 * 4096
_MAX_NODES = 20_000
_HEX_WIDTH = 16


@dataclass(frozen=True, slots=True)
class Node:
    """One line of a JSON tree. `kind` is object, array, string, number, keyword; a container's `value` counts what is in it."""

    name: str
    kind: str
    value: str
    children: tuple[Node, ...] = ()


def text_of(data: bytes | None) -> str | None:
    """The text when the bytes are UTF-8 without control characters; None when they are not text (or null)."""
    if data is None:
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return text if all(character.isprintable() or character in "\t\n\r" for character in text) else None


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
    """The value when the bytes are JSON.

    Raises:
        ValueError: they are not.
    """
    if data is None:
        raise ValueError("there is no value")
    return json.loads(data, parse_float=_Number, parse_int=_Number)


def looks_like_json(data: bytes | None) -> bool:
    """Whether it is worth showing as a tree: an object or an array."""
    if data is None or data.lstrip()[:1] not in (b"{", b"["):
        return False
    try:
        json_of(data)
    except (ValueError, RecursionError):
        return False
    return True


def tree_of(value: Any) -> tuple[Node, ...]:
    """The lines below the root of a JSON value; a very large one is cut, and the last line says so."""
    left = [_MAX_NODES]
    return _children(value, left)


def pretty(data: bytes) -> str:
    """JSON with an indent of two, every number as it was written."""
    return "\n".join(_lines(json_of(data), ""))


def hex_of(data: bytes | None) -> str:
    """Offset, sixteen bytes and their characters a line, as `hexdump -C` writes them; at most `HEX_BYTES`."""
    if not data:
        return ""
    lines = []
    for start in range(0, min(len(data), HEX_BYTES), _HEX_WIDTH):
        part = data[start : start + _HEX_WIDTH]
        characters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
        lines.append(f"{start:08x}  {part.hex(' '):<47}  {characters}")
    if len(data) > HEX_BYTES:
        lines.append(f"\N{HORIZONTAL ELLIPSIS} {len(data) - HEX_BYTES:,} more bytes")
    return "\n".join(lines)


class _Number(str):
    """A number's own digits: int64 and long fractions stay exact."""

    __slots__ = ()


def _whole_characters(head: bytes) -> bytes:
    for cut in range(4):
        try:
            head[: len(head) - cut].decode()
        except UnicodeDecodeError:
            continue
        return head[: len(head) - cut]
    return head


def _children(value: Any, left: list[int]) -> tuple[Node, ...]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else [("", value)]
    nodes: list[Node] = []
    for name, item in items:
        if left[0] <= 0:
            nodes.append(Node("\N{HORIZONTAL ELLIPSIS}", "keyword", ""))
            break
        left[0] -= 1
        nodes.append(_node(str(name), item, left))
    return tuple(nodes)


def _node(name: str, value: Any, left: list[int]) -> Node:
    match value:
        case dict():
            return Node(name, "object", str(len(value)), _children(value, left))
        case list():
            return Node(name, "array", str(len(value)), _children(value, left))
        case bool():
            return Node(name, "keyword", "true" if value else "false")
        case None:
            return Node(name, "keyword", "null")
        case _:
            return Node(name, "number" if isinstance(value, _Number) else "string", _scalar(value))


def _lines(value: Any, indent: str) -> Iterator[str]:
    deeper = indent + "  "
    if isinstance(value, dict) and value:
        items, brackets = [(f"{json.dumps(name, ensure_ascii=False)}: ", item) for name, item in value.items()], "{}"
    elif isinstance(value, list) and value:
        items, brackets = [("", item) for item in value], "[]"
    else:
        yield indent + _scalar(value)
        return
    yield indent + brackets[0]
    for number, (name, item) in enumerate(items, start=1):
        comma = "," if number < len(items) else ""
        *before, last = _lines(item, deeper)
        lines = [*before, last + comma]
        yield deeper + name + lines[0].removeprefix(deeper)
        yield from lines[1:]
    yield indent + brackets[1]


def _scalar(value: Any) -> str:
    return str(value) if isinstance(value, _Number) else json.dumps(value, ensure_ascii=False)
