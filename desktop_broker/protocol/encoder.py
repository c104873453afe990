"""Makes the function that writes one message class in one version. Counterpart: `decoder`.

A compiled encoder hands byte pieces to a function (`list.append`), so that a large `records` field is joined once or sent as it is.
A value that the version cannot carry is dropped when its field is ignorable and refused otherwise, as in Kafka.
"""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct, pack
from typing import Any, NoReturn, TypeAlias, cast

from desktop_broker.protocol.errors import EncodeError
from desktop_broker.protocol.primitives import SMALL_UVARINTS, uvarint
from desktop_broker.protocol.schema import Buffer, Field, Message
from desktop_broker.protocol.source import FIXED, Source, is_nullable, item_class, plain_fields, present, tagged_fields

Encoder: TypeAlias = Callable[[Any, Callable[[Buffer], None]], None]
"""(message, sink of byte pieces)."""

_encoders: dict[tuple[type[Message], int, bool], Encoder] = {}


def encoder_for(cls: type[Message], version: int, flexible: bool) -> Encoder:
    """The writer of this class and version; made once. Two threads may make the same one, which does no harm."""
    found = _encoders.get((cls, version, flexible))
    if found is None:
        found = _encoders[cls, version, flexible] = _EncoderSource(cls, version, flexible).compile()
    return found


class _EncoderSource(Source):
    """Writes the source of one encoder."""

    def __init__(self, cls: type[Message], version: int, flexible: bool) -> None:
        super().__init__()
        self._cls = cls
        self._version = version
        self._flexible = flexible
        self._pending: list[tuple[str, str]] = []  # letter in struct, expression
        self.names.update(small=SMALL_UVARINTS, uvarint=uvarint, pack=pack, refuse_value=self._make_refusal())

    def _make_refusal(self) -> Callable[[str], NoReturn]:
        name, version = self._cls.__name__, self._version

        def refuse_value(field: str) -> NoReturn:
            raise EncodeError(f"{name} version {version} cannot carry {field}")

        return refuse_value

    def compile(self) -> Encoder:
        for field in self._cls.FIELDS:
            if not present(field, self._version) and not field.ignorable:
                self.line(f"if {self._differs(field)}: refuse_value({field.name!r})")
        for field in plain_fields(self._cls, self._version):
            self._write(field, f"msg.{field.name}", "w")
        self._flush("w")
        if self._flexible:
            self._write_tags()
        if not self.lines:
            self.line("pass")
        name = f"<encode {self._cls.__name__} v{self._version}>"
        return cast(Encoder, self.build("encode(msg, w)", name))

    def _differs(self, field: Field) -> str:
        """An expression: whether the value is not the default."""
        value = f"msg.{field.name}"
        if field.default is None:
            return f"{value} is not None"
        if field.default is list:
            return f"{value} is None or len({value}) > 0"
        return f"{value} != {self.bind('default', field.make_default())}"

    def _flush(self, sink: str) -> None:
        """Write the pending run of fixed-size values with one call."""
        if self._pending:
            layout = Struct(">" + "".join(letter for letter, _ in self._pending))
            values = ", ".join(expression for _, expression in self._pending)
            self.line(f"{sink}({self.bind('pack', layout.pack)}({values}))")
            self._pending.clear()

    def _write(self, field: Field, value: str, sink: str) -> None:
        if field.kind in FIXED:
            self._write_fixed(field.kind, value)
        elif field.kind == "struct":
            self._write_struct(field, value, sink)
        elif field.kind == "array":
            self._write_array(field, value, sink)
        else:
            self._write_sized(field.kind, value, sink, null=is_nullable(field, self._version))

    def _write_fixed(self, kind: str, value: str) -> None:
        self._pending.append((FIXED[kind], f"{value}.bytes" if kind == "uuid" else value))

    def _write_length(self, letter: str, length: str, sink: str) -> None:
        if self._flexible:
            self._flush(sink)
            self.line(f"{sink}(small[{length} + 1] if {length} < 127 else uvarint({length} + 1))")
        else:
            self._pending.append((letter, length))
            self._flush(sink)

    def _write_sized(self, kind: str, value: str, sink: str, *, null: bool) -> None:
        """A string, bytes or records field."""
        body, length = self.fresh("body"), self.fresh("n")
        encoded = f"{value}.encode()" if kind == "string" else value
        if null:
            self.line(f"if {value} is None: {body} = b''; {length} = -1")
            self.line(f"else: {body} = {encoded}; {length} = len({body})")
        else:
            self.line(f"{body} = {encoded}")
            self.line(f"{length} = len({body})")
        self._write_length("h" if kind == "string" else "i", length, sink)
        self.line(f"{sink}({body})")

    def _write_struct(self, field: Field, value: str, sink: str) -> None:
        self._flush(sink)
        encode = self.bind("encode", encoder_for(item_class(field), self._version, self._flexible))
        if is_nullable(field, self._version):
            self.line(f"if {value} is None: {sink}(b'\\xff')")
            self.line(f"else: {sink}(b'\\x01'); {encode}({value}, {sink})")
        else:
            self.line(f"{encode}({value}, {sink})")

    def _write_array(self, field: Field, value: str, sink: str) -> None:
        items, length = self.fresh("items"), self.fresh("n")
        if is_nullable(field, self._version):
            self.line(f"if {value} is None: {items} = (); {length} = -1")
            self.line(f"else: {items} = {value}; {length} = len({items})")
        else:
            self.line(f"{items} = {value}")
            self.line(f"{length} = len({items})")
        self._write_length("i", length, sink)
        item = field.item
        if isinstance(item, str) and item in FIXED and item != "uuid":
            self.line(f"if {items}: {sink}(pack('>%d{FIXED[item]}' % {length}, *{items}))")
            return
        self.line(f"for item in {items}:")
        self.indent()
        if not isinstance(item, str):
            encode = self.bind("encode", encoder_for(item_class(field), self._version, self._flexible))
            self.line(f"{encode}(item, {sink})")
        elif item == "uuid":
            self.line(f"{sink}(item.bytes)")
        else:
            self._write_sized(item, "item", sink, null=False)
        self.dedent()

    def _write_tags(self) -> None:
        fields = tagged_fields(self._cls, self._version)
        if not fields:
            self.line("w(b'\\x00')")
            return
        self.line("tags = []")
        for field in fields:
            self.line(f"if {self._differs(field)}:")
            self.indent()
            self.line("part = []")
            self.line("add = part.append")
            self._write(field, f"msg.{field.name}", "add")
            self._flush("add")
            self.line(f"tags.append(({uvarint(field.tag or 0)!r}, b''.join(part)))")
            self.dedent()
        self.line("w(uvarint(len(tags)))")
        self.line("for number, body in tags: w(number); w(uvarint(len(body))); w(body)")
