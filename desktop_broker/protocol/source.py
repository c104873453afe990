"""What both halves of the compiler share: the layout of a field in one version, and a list of source lines.

A run of fixed-size fields is collected and read or written by one `struct.Struct`, lengths of legacy strings and arrays included.
"""

from __future__ import annotations

from struct import Struct
from typing import Final

from desktop_broker.protocol.schema import Field, Message

FIXED: Final = {
    "int8": "b",
    "int16": "h",
    "uint16": "H",
    "int32": "i",
    "uint32": "I",
    "int64": "q",
    "float64": "d",
    "bool": "?",
    "uuid": "16s",
}
"""Kinds of a fixed size, with their letters in `struct`."""

SIZES: Final = {kind: Struct(">" + letter).size for kind, letter in FIXED.items()}


def present(field: Field, version: int) -> bool:
    """Whether this version of the message has the field."""
    return field.since <= version <= field.until


def is_tagged(field: Field, version: int) -> bool:
    """Whether this version carries the field in the tagged section."""
    return present(field, version) and version >= field.tagged


def is_nullable(field: Field, version: int) -> bool:
    """Whether this version can say null."""
    return field.nullable <= version <= field.nullable_until


def plain_fields(cls: type[Message], version: int) -> list[Field]:
    """The fields in their order on the wire, without tagged ones."""
    return [field for field in cls.FIELDS if present(field, version) and not is_tagged(field, version)]


def tagged_fields(cls: type[Message], version: int) -> list[Field]:
    """The tagged fields by tag number, which is the order they are written in."""
    found = [field for field in cls.FIELDS if is_tagged(field, version)]
    return sorted(found, key=lambda field: field.tag or 0)


def item_class(field: Field) -> type[Message]:
    """The class of a struct, or of the items of an array of structs."""
    assert isinstance(field.item, type)
    return field.item


def minimum_size(cls: type[Message], version: int, flexible: bool) -> int:
    """The least number of bytes that one message takes: bounds a hostile array count before anything is allocated."""
    total = 1 if flexible else 0
    for field in plain_fields(cls, version):
        if field.kind in SIZES:
            total += SIZES[field.kind]
        elif field.kind == "struct":
            null = is_nullable(field, version)
            total += 1 if null else minimum_size(item_class(field), version, flexible)
        else:
            total += 1 if flexible else 2 if field.kind == "string" else 4
    return total


class Source:
    """Lines of a function body, and the names that it uses."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.names: dict[str, object] = {}
        self._indent = 1
        self._counter = 0

    def line(self, text: str) -> None:
        self.lines.append("    " * self._indent + text)

    def indent(self) -> None:
        self._indent += 1

    def dedent(self) -> None:
        self._indent -= 1

    def fresh(self, stem: str) -> str:
        """A name not used before."""
        self._counter += 1
        return f"{stem}{self._counter}"

    def bind(self, stem: str, value: object) -> str:
        """Make a value known to the function under a new name."""
        name = self.fresh(stem)
        self.names[name] = value
        return name

    def build(self, signature: str, filename: str) -> object:
        """Compile the function; `filename` shows in tracebacks."""
        name = signature[: signature.index("(")]
        text = f"def {signature}:\n" + "\n".join(self.lines) + "\n"
        exec(compile(text, filename, "exec"), self.names)
        return self.names[name]
