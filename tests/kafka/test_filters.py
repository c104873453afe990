"""Filters keep what a person would say matches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.kafka.filters import contains_text, predicate

ASCII = st.text(st.characters(max_codepoint=127), min_size=1, max_size=5)


@given(ASCII, st.binary(max_size=40))
def test_ascii_is_found_as_in_lowered_bytes(needle: str, data: bytes) -> None:
    assert contains_text(needle)(data) == (needle.lower().encode() in data.lower())


@given(st.text(min_size=1, max_size=4), st.text(max_size=10), st.text(max_size=10))
def test_a_text_is_found_within_another(needle: str, before: str, after: str) -> None:
    try:
        data = (before + needle + after).encode()
    except UnicodeEncodeError:
        return
    assert contains_text(needle)(data)


@pytest.mark.parametrize(
    ("needle", "text"),
    [("ORDER", "an order"), ("grüße", "GRÜßE"), ("ДОМ", "дом"), ("안녕 A", "안녕 a"), ("주문", "새 주문")],
)
def test_case_does_not_matter(needle: str, text: str) -> None:
    assert contains_text(needle)(text.encode())


def test_bytes_that_are_no_text_do_not_disturb() -> None:
    assert not contains_text("Ü")(b"\xff\xfe\x00")
    assert contains_text("ü")(b"\xff" + "Ü".encode() + b"\xfe")


def test_nothing_to_filter_is_no_filter() -> None:
    assert predicate("", None) is None


@pytest.mark.parametrize(
    ("key", "value", "headers"),
    [
        (b"an Order", None, []),
        (None, b"the order", []),
        (None, b"", [("order-id", None)]),
        (None, None, [("id", b"ORDER 7")]),
    ],
)
def test_text_is_looked_for_everywhere(
    key: bytes | None, value: bytes | None, headers: list[tuple[str, bytes | None]]
) -> None:
    keep = predicate("order", None)
    assert keep is not None
    assert keep(key, value, lambda: headers)
    assert not keep(b"k", b"v", lambda: [("h", b"x")])


def test_headers_are_built_only_when_needed() -> None:
    keep = predicate("order", None)
    assert keep is not None
    asked: list[int] = []
    assert keep(None, b"order", lambda: asked.append(1))
    assert asked == []


def test_key_is_exact_and_goes_with_text() -> None:
    by_key, both = predicate("", b"17"), predicate("red", b"17")
    assert by_key is not None
    assert both is not None
    assert by_key(b"17", None, lambda: None)
    assert not by_key(b"170", None, lambda: None)
    assert not by_key(None, b"17", lambda: None)
    assert both(b"17", b"RED", lambda: None)
    assert not both(b"17", b"blue", lambda: None)
    assert not both(b"18", b"red", lambda: None)


def test_empty_key_is_not_null() -> None:
    keep = predicate("", b"")
    assert keep is not None
    assert keep(b"", None, lambda: None)
    assert not keep(None, None, lambda: None)
