"""Ids and addresses."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.common.types import (
    Endpoint,
    TopicPartition,
    new_uuid,
    parse_endpoint,
    uuid_from_text,
    uuid_to_text,
)


@given(st.uuids())
def test_an_id_survives_its_text(value: uuid.UUID) -> None:
    assert uuid_from_text(uuid_to_text(value)) == value
    assert len(uuid_to_text(value)) == 22


def test_new_ids_never_look_like_an_option() -> None:
    assert not any(uuid_to_text(new_uuid()).startswith("-") for _ in range(200))


def test_a_short_id_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        uuid_from_text("AAAA")


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [("127.0.0.1:9092", Endpoint("127.0.0.1", 9092)), ("[::1]:1", Endpoint("::1", 1)), ("box:0", Endpoint("box", 0))],
)
def test_addresses(text: str, endpoint: Endpoint) -> None:
    assert parse_endpoint(text) == endpoint
    assert str(endpoint) == text


@pytest.mark.parametrize("text", ["", "host", ":9092", "host:", "host:x", "host:70000", "host:-1", "host:²"])
def test_a_wrong_address_is_explained(text: str) -> None:
    with pytest.raises(ValueError, match="HOST:PORT"):
        parse_endpoint(text)


def test_a_missing_port_takes_the_default() -> None:
    assert parse_endpoint("box", 9092) == Endpoint("box", 9092)


def test_a_partition_is_written_as_its_folder() -> None:
    assert str(TopicPartition("orders", 3)) == "orders-3"
