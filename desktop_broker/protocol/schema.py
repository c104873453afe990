"""How a Kafka message is declared: one class per message, each field carrying the versions that it exists in.

Counterpart: Kafka's message JSON files and their generator (`org.apache.kafka.message.FieldSpec`, KIP-482 for tagged fields).
A message is plain data: slots, keyword arguments with defaults, `==` and `repr`. Reading and writing it is the business of
`codec`, whose functions `compiler` makes from these declarations at first use.

    class HeartbeatResponse(Message, api_key=12, versions=(0, 4), flexible=4):
        throttle_time_ms: int = int32(default=0, since=1, ignorable=True)
        error_code: int = int16(default=0)

Messages belong to the thread that made them; the field tables are written once, when the class is made.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final, TypeAlias, dataclass_transform
from uuid import UUID

from desktop_broker.common.types import ZERO_UUID

Buffer: TypeAlias = bytes | bytearray | memoryview
"""What a `records` field may hold; decoding gives a memoryview slice."""

MAX_VERSION: Final = 32767
NEVER: Final = MAX_VERSION + 1
"""A first version that no message reaches."""


class Field:
    """What one field is and in which versions: the declaration that the compiler reads.

    Attributes:
        kind: `int8` ... `int64`, `uint16`, `uint32`, `float64`, `bool`, `string`, `bytes`, `records`, `uuid`, `struct`, `array`.
        item: for an array the kind of its items, or the class of them; for a struct its class.
        since, until: first and last version that has the field.
        nullable: first version that allows null; `nullable_until` the last.
        tag: number of the tagged field, from version `tagged` on.
        ignorable: whether a value is dropped, rather than an error raised, in a version without the field.
    """

    __slots__ = (
        "default", "ignorable", "item", "kind", "name", "nullable", "nullable_until", "since", "tag", "tagged", "until",
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        default: object,
        *,
        item: str | type[Message] | None = None,
        since: int = 0,
        until: int = MAX_VERSION,
        nullable: int = NEVER,
        nullable_until: int = MAX_VERSION,
        tag: int | None = None,
        ignorable: bool = False,
    ) -> None:
        self.name = ""
        self.kind = kind
        self.default = default
        self.item = item
        self.since = since
        self.until = until
        self.nullable = nullable
        self.nullable_until = nullable_until
        self.tag = tag
        self.tagged = NEVER if tag is None else since
        self.ignorable = ignorable

    def make_default(self) -> Any:
        """A value of its own for a new message."""
        if self.default is list:
            return []
        if self.kind == "struct" and self.default is not None:
            assert isinstance(self.item, type)
            return self.item()
        return self.default


def int8(*, default: int, **options: Any) -> Any:
    """A signed integer of 1 byte."""
    return Field("int8", default, **options)


def int16(*, default: int, **options: Any) -> Any:
    """A signed integer of 2 bytes."""
    return Field("int16", default, **options)


def uint16(*, default: int, **options: Any) -> Any:
    """An unsigned integer of 2 bytes."""
    return Field("uint16", default, **options)


def int32(*, default: int, **options: Any) -> Any:
    """A signed integer of 4 bytes."""
    return Field("int32", default, **options)


def uint32(*, default: int, **options: Any) -> Any:
    """An unsigned integer of 4 bytes."""
    return Field("uint32", default, **options)


def int64(*, default: int, **options: Any) -> Any:
    """A signed integer of 8 bytes."""
    return Field("int64", default, **options)


def float64(*, default: float, **options: Any) -> Any:
    """An IEEE 754 double."""
    return Field("float64", default, **options)


def boolean(*, default: bool, **options: Any) -> Any:
    """One byte, 0 or 1."""
    return Field("bool", default, **options)


def string(*, default: str | None, **options: Any) -> Any:
    """UTF-8 text."""
    return Field("string", default, **options)


def binary(*, default: bytes | None, **options: Any) -> Any:
    """Bytes, copied out of the buffer when read."""
    return Field("bytes", default, **options)


def records(*, default: None, **options: Any) -> Any:
    """Record batches: a slice of the buffer when read, not a copy."""
    return Field("records", default, **options)


def uuid(*, default: UUID = ZERO_UUID, **options: Any) -> Any:
    """An id of 16 bytes."""
    return Field("uuid", default, **options)


def struct(item: type[Message], *, default: type[Message] | None, **options: Any) -> Any:
    """One nested message; its own defaults when the default is the class."""
    return Field("struct", default, item=item, **options)


def array(item: str | type[Message], *, default: type[list[Any]] | None, **options: Any) -> Any:
    """A list of nested messages (their class) or of values of one kind (its name)."""
    return Field("array", default, item=item, **options)


@dataclass_transform(
    kw_only_default=True,
    field_specifiers=(
        int8, int16, uint16, int32, uint32, int64, float64, boolean, string, binary, records, uuid, struct, array,
    ),
)  # fmt: skip
class MessageType(type):
    """Turns the declared fields into slots and keeps them for the compiler."""

    FIELDS: tuple[Field, ...]
    API_KEY: int
    VERSIONS: tuple[int, int]
    FLEXIBLE: int

    def __new__(
        mcs,
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        *,
        api_key: int = -1,
        versions: tuple[int, int] = (0, MAX_VERSION),
        flexible: int = NEVER,
    ) -> MessageType:
        declared = {key: value for key, value in namespace.items() if isinstance(value, Field)}
        for key, field in declared.items():
            field.name = key
            del namespace[key]
        namespace["__slots__"] = tuple(declared)
        made = super().__new__(mcs, name, bases, namespace)
        made.FIELDS = tuple(declared.values())
        made.API_KEY = api_key
        made.VERSIONS = versions
        made.FLEXIBLE = flexible
        return made


class Message(metaclass=MessageType):
    """Plain data with declared fields. Subclasses add `api_key`, `versions` (first, last) and `flexible` (first flexible version).

    A nested message has no versions of its own: it is read and written in those of the message around it.
    """

    FIELDS: ClassVar[tuple[Field, ...]]
    API_KEY: ClassVar[int]
    VERSIONS: ClassVar[tuple[int, int]]
    FLEXIBLE: ClassVar[int]
    __hash__ = None  # type: ignore[assignment]  # mutable, like a list

    def __init__(self, **values: Any) -> None:
        """The first message of a class makes the real constructor, so that importing a module stays cheap."""
        cls = type(self)
        cls.__init__ = _make_init(cls)  # type: ignore[method-assign]  # that is the point
        cls.__init__(self, **values)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, field.name) == getattr(other, field.name) for field in self.FIELDS)

    def __repr__(self) -> str:
        values = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in self.FIELDS)
        return f"{type(self).__name__}({values})"


def _make_init(cls: type[Message]) -> Any:
    """Compile the constructor of one class: keyword arguments only, each with its default."""
    names: dict[str, object] = {}
    parameters, body = ["self"], []
    if cls.FIELDS:
        parameters.append("*")
    for number, field in enumerate(cls.FIELDS):
        name = field.name
        if field.default is list or field.kind == "struct":
            # None may be a value, so "not given" needs a mark of its own.
            names["missing"] = _MISSING
            names[f"make{number}"] = field.make_default
            parameters.append(f"{name}=missing")
            body.append(f"self.{name} = make{number}() if {name} is missing else {name}")
        else:
            names[f"default{number}"] = field.default
            parameters.append(f"{name}=default{number}")
            body.append(f"self.{name} = {name}")
    lines = "\n    ".join(body or ["pass"])
    exec(f"def __init__({', '.join(parameters)}):\n    {lines}\n", names)
    made: Any = names["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


_MISSING: Final = object()
