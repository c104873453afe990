"""Every served API, in every version, can say that a whole request failed."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_broker.broker.error_replies import error_reply
from desktop_broker.common.errors import ErrorCode
from desktop_broker.protocol.apis import SERVED_APIS, Api, ApiKey
from desktop_broker.protocol.codec import decode, encode
from desktop_broker.protocol.schema import Field, Message

CASES = [
    (api, version)
    for api in SERVED_APIS
    if api.key not in (ApiKey.PRODUCE, ApiKey.FETCH)  # their handlers answer for each partition
    for version in range(api.min_version, api.max_version + 1)
]


def filled(cls: type[Message], version: int) -> Any:
    """A message with one item in each list that the version has."""
    made = cls()
    for field in cls.FIELDS:
        if field.kind == "array" and field.since <= version <= field.until:
            setattr(made, field.name, [item_of(field, version)])
        elif field.kind == "string" and field.since <= version <= field.until:
            setattr(made, field.name, "named")
    return made


def item_of(field: Field, version: int) -> object:
    if isinstance(field.item, type):
        return filled(field.item, version)
    return "named" if field.item == "string" else 3


def codes(message: Message, version: int) -> list[int]:
    """All error codes that the version has, at any depth."""
    found = []
    for field in message.FIELDS:
        value = getattr(message, field.name)
        if not field.since <= version <= field.until:
            continue
        if field.name == "error_code":
            found.append(value)
        elif field.kind == "array" and isinstance(field.item, type):
            found += [code for item in value or [] for code in codes(item, version)]
    return found


@pytest.mark.parametrize(("api", "version"), CASES, ids=[f"{api.name}-{version}" for api, version in CASES])
def test_an_error_reaches_the_client(api: Api, version: int) -> None:
    request = filled(api.request, version)
    reply = error_reply(api, request, version, ErrorCode.UNKNOWN_SERVER_ERROR, "what happened")
    assert set(codes(decode(api.response, encode(reply, version), version), version)) == {
        ErrorCode.UNKNOWN_SERVER_ERROR
    }
