"""Makes the function that reads one message class in one version. Counterpart: `encoder`.

The source it writes for `HeartbeatRequest` version 3 is what one would write by hand:

    def decode(buf, pos, size):
        obj = new(cls)
        n1, = unpack2(buf, pos)
        pos += 2
        end = pos + n1
        ...

Every length is compared with what is left before anything is allocated. A read past the end raises `IndexError` or
`struct.error`, which `codec.decode` names.
"""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct, unpack_from
from typing import Any, NoReturn, TypeAlias, cast

from desktop_broker.protocol.errors import BadLengthError, NullError
from desktop_broker.protocol.primitives import read_uvarint, uuid_of
from desktop_broker.protocol.schema import Field, Message
from desktop_broker.protocol.source import (
    FIXED,
    SIZES,
    Source,
    is_nullable,
    item_class,
    minimum_size,
    plain_fields,
    present,
    tagged_fields,
)

Decoder: TypeAlias = Callable[[memoryview, int, int], tuple[Any, int]]
"""(buffer, position, size of the buffer) to (message, position after it)."""

_decoders: dict[tuple[type[Message], int, bool], Decoder] = {}


def decoder_for(cls: type[Message], version: int, flexible: bool) -> Decoder:
    """The reader of this class and version; made once. Two threads may make the same one, which does no harm."""
    found = _decoders.get((cls, version, flexible))
    if found is None:
        found = _decoders[cls, version, flexible] = _DecoderSource(cls, version, flexible).compile()
    return found


def _refuse_length(name: str, length: int, left: int) -> NoReturn:
    raise BadLengthError(f"{name} has length {length}, but {max(left, 0)} bytes are left")


def _refuse_null(name: str) -> NoReturn:
    raise NullError(f"{name} is null")


def _skip_tags(buffer: memoryview, position: int, count: int, size: int) -> int:
    for _ in range(count):
        _, position = read_uvarint(buffer, position)
        length, position = read_uvarint(buffer, position)
        if length > size - position:
            _refuse_length("a tagged field", length, size - position)
        position += length
    return position


class _DecoderSource(Source):
    """Writes the source of one decoder."""

    def __init__(self, cls: type[Message], version: int, flexible: bool) -> None:
        super().__init__()
        self._cls = cls
        self._version = version
        self._flexible = flexible
        self._pending: list[tuple[str, str]] = []  # letter in struct, assignment target
        self._after: list[str] = []  # lines that need the pending values
        self.names.update(
            cls=cls, new=cls.__new__, unpack_from=unpack_from, read_uvarint=read_uvarint, uuid_of=uuid_of,
            refuse_length=_refuse_length, refuse_null=_refuse_null, skip_tags=_skip_tags,
        )  # fmt: skip

    def compile(self) -> Decoder:
        self.line("obj = new(cls)")
        for field in self._cls.FIELDS:
            if field in plain_fields(self._cls, self._version):
                self._read(field, f"obj.{field.name}")
            else:
                self._assign_default(field)
        self._flush()
        if self._flexible:
            self._read_tags()
        self.line("return obj, pos")
        name = f"<decode {self._cls.__name__} v{self._version}>"
        return cast(Decoder, self.build("decode(buf, pos, size)", name))

    def _assign_default(self, field: Field) -> None:
        if field.default is list:
            self.line(f"obj.{field.name} = []")
        elif field.kind == "struct" and field.default is not None:
            self.line(f"obj.{field.name} = {self.bind('make', field.make_default)}()")
        else:
            self.line(f"obj.{field.name} = {self.bind('default', field.default)}")

    def _flush(self) -> None:
        """Read the pending run of fixed-size values with one call."""
        if self._pending:
            layout = Struct(">" + "".join(letter for letter, _ in self._pending))
            targets = "".join(f"{target}, " for _, target in self._pending)
            self.line(f"{targets.strip()} = {self.bind('unpack', layout.unpack_from)}(buf, pos)")
            self.line(f"pos += {layout.size}")
            for line in self._after:
                self.line(line)
            self._pending.clear()
            self._after.clear()

    def _read(self, field: Field, target: str) -> None:
        if field.kind in FIXED:
            self._read_fixed(field.kind, target)
        elif field.kind == "struct":
            self._read_struct(field, target)
        elif field.kind == "array":
            self._read_array(field, target)
        else:
            count = self._read_length("h" if field.kind == "string" else "i")
            self._read_sized(field.kind, field.name, count, target, null=is_nullable(field, self._version))

    def _read_fixed(self, kind: str, target: str) -> None:
        if kind == "uuid":
            raw = self.fresh("raw")
            self._pending.append(("16s", raw))
            self._after.append(f"{target} = uuid_of({raw})")
        else:
            self._pending.append((FIXED[kind], target))

    def _read_uvarint(self, name: str) -> None:
        self.line(f"{name} = buf[pos]")
        self.line("pos += 1")
        self.line(f"if {name} > 127: {name}, pos = read_uvarint(buf, pos - 1)")

    def _read_length(self, letter: str) -> str:
        """A length or count; negative for null."""
        count = self.fresh("n")
        if self._flexible:
            self._flush()
            self._read_uvarint(count)
            self.line(f"{count} -= 1")
        else:
            self._pending.append((letter, count))
            self._flush()
        return count

    def _null_branch(self, name: str, count: str, target: str, null: bool) -> None:
        self.line(f"if {count} < 0:")
        self.indent()
        self.line(f"{target} = None" if null else f"refuse_null({name!r})")
        self.dedent()
        self.line("else:")
        self.indent()

    def _read_sized(self, kind: str, name: str, count: str, target: str, *, null: bool) -> None:
        """The body of a string, bytes or records field whose length is known."""
        self._null_branch(name, count, target, null)
        self.line(f"end = pos + {count}")
        self.line(f"if end > size: refuse_length({name!r}, {count}, size - pos)")
        make = {"string": "str(buf[pos:end], 'utf-8')", "bytes": "bytes(buf[pos:end])", "records": "buf[pos:end]"}[kind]
        self.line(f"{target} = {make}")
        self.line("pos = end")
        self.dedent()

    def _read_struct(self, field: Field, target: str) -> None:
        self._flush()
        decode = self.bind("decode", decoder_for(item_class(field), self._version, self._flexible))
        read = f"{target}, pos = {decode}(buf, pos, size)"
        if is_nullable(field, self._version):
            self.line("pos += 1")
            self.line(f"if buf[pos - 1] > 127: {target} = None")
            self.line(f"else: {read}")
        else:
            self.line(read)

    def _read_array(self, field: Field, target: str) -> None:
        count = self._read_length("i")
        self._null_branch(field.name, count, target, is_nullable(field, self._version))
        item = field.item
        if isinstance(item, str):
            least = SIZES.get(item, 1 if self._flexible else 2 if item == "string" else 4)
        else:
            least = minimum_size(item_class(field), self._version, self._flexible)
        least_size = f"{count} * {least}" if least > 1 else count
        self.line(f"if {least_size} > size - pos: refuse_length({field.name!r}, {count}, size - pos)")
        if isinstance(item, str) and item in FIXED and item != "uuid":
            self.line(f"{target} = list(unpack_from('>%d{FIXED[item]}' % {count}, buf, pos))")
            self.line(f"pos += {least_size}")
        else:
            self._read_items(field, item, count, target)
        self.dedent()

    def _read_items(self, field: Field, item: object, count: str, target: str) -> None:
        self.line("items = []")
        self.line(f"for _ in range({count}):")
        self.indent()
        if not isinstance(item, str):
            decode = self.bind("decode", decoder_for(item_class(field), self._version, self._flexible))
            self.line(f"item, pos = {decode}(buf, pos, size)")
        elif item == "uuid":
            self._read_fixed("uuid", "item")
            self._flush()
        else:
            self._read_sized(item, field.name, self._read_length("h" if item == "string" else "i"), "item", null=False)
        self.line("items.append(item)")
        self.dedent()
        self.line(f"{target} = items")

    def _read_tags(self) -> None:
        fields = tagged_fields(self._cls, self._version)
        self._read_uvarint("tags")
        if not fields:
            self.line("if tags: pos = skip_tags(buf, pos, tags, size)")
            return
        self.line("for _ in range(tags):")
        self.indent()
        self._read_uvarint("tag")
        self._read_uvarint("length")
        self.line("tag_end = pos + length")
        self.line("if tag_end > size: refuse_length('a tagged field', length, size - pos)")
        for field in fields:
            assert present(field, self._version)
            self.line(f"if tag == {field.tag}:")
            self.indent()
            self._read(field, f"obj.{field.name}")
            self._flush()
            self.line(f"if pos != tag_end: refuse_length({field.name!r}, length, tag_end - pos)")
            self.dedent()
        self.line("pos = tag_end")
        self.dedent()
