"""Typed values to plain JSON values and back: frozen dataclasses, enums, tuples, mappings.

Counterpart on the other side of the socket is this module too. Types are read from the dataclass annotations once and kept.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Converter = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """A value that `json` can write."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return value.value if isinstance(value, Enum) else value
    if is_dataclass(value):
        return {name: to_plain(getattr(value, name)) for name in _field_names(value.__class__)}
    if isinstance(value, dict):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [to_plain(item) for item in value]
    return str(value)


def from_plain(cls: type[T], plain: Any) -> T:
    """The typed value for what `to_plain` made. Unknown names are skipped, so that an older program can read a newer one's.

    Raises:
        ValueError: the shape is another.
    """
    try:
        hint: Any = cls
        made: T = _converter(hint)(plain)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"this is no {getattr(cls, '__name__', cls)}: {error}") from error
    return made


@cache
def _field_names(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls))


@cache
def _converter(hint: Any) -> Converter:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = [_converter(arg) for arg in get_args(hint) if arg is not types.NoneType]
        return lambda plain: None if plain is None else inner[0](plain)
    if origin in (tuple, list):
        item = _converter(get_args(hint)[0])
        return lambda plain: origin(map(item, plain))
    if is_dataclass(hint):
        return _dataclass_converter(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return lambda plain: plain


def _dataclass_converter(cls: Any) -> Converter:
    hints = get_type_hints(cls)
    converters = {field.name: _converter(hints[field.name]) for field in fields(cls)}

    def convert(plain: dict[str, Any]) -> Any:
        return cls(**{name: converters[name](value) for name, value in plain.items() if name in converters})

    return convert
