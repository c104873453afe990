"""Hypothesis strategies for any declared message, made from its declaration."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from types import ModuleType

from hypothesis import strategies as st

import desktop_broker.protocol.messages
import desktop_broker.protocol.records
from desktop_broker.common.errors import ErrorCode
from desktop_broker.protocol.schema import Field, Message
from desktop_broker.protocol.source import is_nullable, present

_BITS = {"int8": 8, "int16": 16, "int32": 32, "int64": 64}
# kio turns times into datetimes, which reach neither all of int64 nor, exactly, far from now.
_TIME = st.just(-1) | st.integers(0, 2**42)
# Where compact lengths (which count one more) and counts take a second or third byte.
_EDGES = st.sampled_from([126, 127, 128, 129, 255, 16382, 16383])
_TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=6) | _EDGES.map("a".__mul__)
_BYTES = st.binary(max_size=6) | _EDGES.map(b"a".__mul__)


def declared_modules() -> list[ModuleType]:
    """Every module of declarations."""
    packages = (desktop_broker.protocol.messages, desktop_broker.protocol.records)
    return [
        importlib.import_module(f"{package.__name__}.{module.name}")
        for package in packages
        for module in pkgutil.iter_modules(package.__path__)
    ]


def is_declared(value: object, module: ModuleType) -> bool:
    return isinstance(value, type) and issubclass(value, Message) and value.__module__ == module.__name__


@functools.cache
def all_classes() -> tuple[type[Message], ...]:
    """Every declared class, nested ones too."""
    return tuple(
        value for module in declared_modules() for value in vars(module).values() if is_declared(value, module)
    )


@functools.cache
def top_level_classes() -> tuple[type[Message], ...]:
    """The messages that have versions of their own."""
    return tuple(cls for cls in all_classes() if cls.VERSIONS[1] < 1000)


def class_versions() -> list[tuple[type[Message], int]]:
    return [(cls, version) for cls in top_level_classes() for version in range(cls.VERSIONS[0], cls.VERSIONS[1] + 1)]


def version_id(value: object) -> str:
    return value.__name__ if isinstance(value, type) else f"v{value}"


def _scalar(kind: str, name: str) -> st.SearchStrategy[object]:
    if kind == "int16" and name.endswith("error_code"):
        return st.sampled_from([int(code) for code in ErrorCode if code < 120])
    if kind == "int64" and ("time" in name or name.endswith("_ms")):
        return _TIME
    if kind in _BITS:
        half = 1 << (_BITS[kind] - 1)
        return st.integers(-half, half - 1)
    return {
        "uint16": st.integers(0, 0xFFFF),
        "uint32": st.integers(0, 0xFFFFFFFF),
        "float64": st.floats(allow_nan=False, allow_infinity=False),
        "bool": st.booleans(),
        "uuid": st.uuids(),
        "string": _TEXT,
        "bytes": _BYTES,
        "records": _BYTES,
    }[kind]


def _values(field: Field, version: int) -> st.SearchStrategy[object]:
    item = field.item
    if field.kind == "struct":
        assert isinstance(item, type)
        values: st.SearchStrategy[object] = messages(item, version)
    elif field.kind == "array":
        of_item = messages(item, version) if isinstance(item, type) else _scalar(str(item), field.name)
        values = st.lists(of_item, max_size=2)
    else:
        values = _scalar(field.kind, field.name)
    if is_nullable(field, version):
        values = st.none() | values
    return values


@functools.cache
def messages(cls: type[Message], version: int) -> st.SearchStrategy[Message]:
    """Messages with any values in the fields that this version has, and defaults in the others."""
    fields = {field.name: _values(field, version) for field in cls.FIELDS if present(field, version)}
    return st.builds(cls, **fields)
