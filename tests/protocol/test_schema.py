"""What a declared message is: plain data whose annotations, defaults and versions agree with its fields."""

from __future__ import annotations

import typing
from uuid import UUID

import pytest

from desktop_broker.protocol.messages.api_versions import ApiVersionsRequest
from desktop_broker.protocol.messages.fetch import FetchRequest, FetchTopic
from desktop_broker.protocol.messages.metadata import MetadataRequest
from desktop_broker.protocol.schema import MAX_VERSION, NEVER, Buffer, Field, Message
from tests.protocol.strategies import all_classes, version_id

TYPES = {
    "int8": int, "int16": int, "uint16": int, "int32": int, "uint32": int, "int64": int, "float64": float, "bool": bool,
    "string": str, "bytes": bytes, "records": Buffer, "uuid": UUID,
}  # fmt: skip


def expected_annotation(field: Field) -> object:
    item = field.item
    if field.kind == "struct":
        expected: object = item
    elif field.kind == "array":
        expected = list[item if isinstance(item, type) else TYPES[str(item)]]  # type: ignore[misc]
    else:
        expected = TYPES[field.kind]
    nullable = field.nullable != NEVER or field.default is None
    return expected | None if nullable else expected


@pytest.mark.parametrize("cls", all_classes(), ids=version_id)
def test_annotations_say_what_the_fields_are(cls: type[Message]) -> None:
    """The specifiers return `Any`, so the type checker believes the annotation: it has to be right."""
    # A field named as its specifier (`records`, `uuid`) hides nothing else in annotations.
    hints = typing.get_type_hints(cls)
    assert {f.name: hints[f.name] for f in cls.FIELDS} == {f.name: expected_annotation(f) for f in cls.FIELDS}


@pytest.mark.parametrize("cls", all_classes(), ids=version_id)
def test_tags_are_numbered_once_and_stand_in_flexible_versions(cls: type[Message]) -> None:
    tags = [field.tag for field in cls.FIELDS if field.tag is not None]
    assert len(tags) == len(set(tags))
    for field in cls.FIELDS:
        assert field.since <= field.until <= MAX_VERSION
        if field.tag is not None and cls.FLEXIBLE != NEVER:
            assert field.since >= cls.FLEXIBLE


def test_a_message_is_plain_data() -> None:
    request = FetchRequest(max_wait_ms=5, topics=[FetchTopic(topic="a")])
    assert request == FetchRequest(max_wait_ms=5, topics=[FetchTopic(topic="a")])
    assert request != FetchRequest(max_wait_ms=6, topics=[FetchTopic(topic="a")])
    assert request != FetchTopic()
    assert repr(ApiVersionsRequest(client_software_name="x")) == (
        "ApiVersionsRequest(client_software_name='x', client_software_version='')"
    )
    with pytest.raises(TypeError, match="no_such_field"):
        MetadataRequest(no_such_field=1)  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        request.no_such_field = 1  # type: ignore[attr-defined]


def test_defaults_are_not_shared() -> None:
    first, second = FetchRequest(), FetchRequest()
    first.topics.append(FetchTopic())
    first.replica_state.replica_id = 7
    assert second.topics == []
    assert second.replica_state.replica_id == -1
