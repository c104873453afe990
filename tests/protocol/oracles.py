"""Two other implementations of Kafka's messages, each as one function: bytes in, read and written anew, bytes out.

Both are in general right; what is known to be wrong in them is listed here with the reason, and only that is left out.
"""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Callable

import kafka.protocol.api_message
from kio.schema.index import schema_name_map
from kio.serial import entity_reader, entity_writer
from kio.serial.errors import OutOfBoundValue
from kio.static.constants import EntityType

from desktop_broker.protocol.schema import Message
from desktop_broker.protocol.source import plain_fields, tagged_fields

Oracle = Callable[[bytes], bytes | None]
"""Gives None where it cannot say."""

_KAFKA_PYTHON_MODULES = ("admin", "consumer", "consumer.metadata", "metadata", "producer", "sasl")


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def kio_class(cls: type[Message], version: int) -> type | None:
    """kio's class for a message, or None where it has none."""
    name = cls.__name__
    kinds = {"Request": EntityType.request, "Response": EntityType.response}
    kind = next((value for suffix, value in kinds.items() if name.endswith(suffix)), EntityType.data)
    base = re.sub("(Request|Response)$", "", name)
    by_version = schema_name_map.get(snake(base), {})
    path = by_version.get(version, {}).get(kind)
    if path is None:
        return None
    module, _, attribute = path.partition(":")
    return getattr(importlib.import_module(module), attribute)


def kio_oracle(cls: type[Message], version: int) -> Oracle | None:
    theirs = kio_class(cls, version)
    if theirs is None:
        return None
    read, write = entity_reader(theirs), entity_writer(theirs)

    def again(data: bytes) -> bytes | None:
        try:
            entity, size = read(data, 0)
        except OutOfBoundValue:
            return None  # it makes datetimes of times and has none for -1 where Kafka's JSON does not name that a null
        assert size == len(data)
        out = io.BytesIO()
        write(out, entity)
        return out.getvalue()

    return again


def kafka_python_class(cls: type[Message], version: int) -> type | None:
    """kafka-python's class for a message, or None where it has none for this version."""
    for module in _KAFKA_PYTHON_MODULES:
        found = getattr(importlib.import_module(f"kafka.protocol.{module}"), cls.__name__, None)
        if isinstance(found, kafka.protocol.api_message.VersionSubscriptable) and version <= found.max_version:
            return found
    return None


def values_of(theirs: object, ours: Message, version: int) -> dict[str, tuple[object, object]]:
    """Fields of a kafka-python message whose values differ from ours: name to (theirs, ours)."""
    differing: dict[str, tuple[object, object]] = {}
    for field in plain_fields(type(ours), version) + tagged_fields(type(ours), version):
        if field.name.endswith("authorized_operations"):
            continue  # a set of names with kafka-python, which rewrites these fields
        value, mine = getattr(theirs, field.name), getattr(ours, field.name)
        if not _same(value, mine, version):
            differing[field.name] = (value, mine)
    return differing


def _same(theirs: object, ours: object, version: int) -> bool:
    if isinstance(ours, Message):
        return not values_of(theirs, ours, version)
    if isinstance(ours, list):
        assert isinstance(theirs, list | tuple)
        return len(theirs) == len(ours) and all(_same(a, b, version) for a, b in zip(theirs, ours, strict=True))
    return theirs == ours


def kafka_python_oracle(cls: type[Message], version: int) -> Oracle | None:
    theirs = kafka_python_class(cls, version)
    if theirs is None:
        return None

    def again(data: bytes) -> bytes | None:
        if theirs.__name__ == "ApiVersionsResponse" and data[:2] != b"\x00\x00":
            return None  # it reads any error as version 0 (KIP-511), which is a client's business and not the message's
        message = theirs.decode(data, version=version)
        message._header = None  # its compiled decoder forgets to, and its encoder looks
        return bytes(message.encode(version=version))

    return again
