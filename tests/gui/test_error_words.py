"""Errors are told in the window's language, with every name in its place."""

from __future__ import annotations

import re

import pytest

from desktop_broker.gui.error_words import words
from desktop_broker.kafka import error_sentences
from desktop_broker.kafka.errors import ClusterError, from_code
from tests.support.window import WindowKit

HANGUL = re.compile(r"[가-힣]")


@pytest.mark.parametrize("code", sorted(error_sentences.BY_CODE))
def test_every_sentence_has_a_korean_one_with_the_same_places(window_kit: WindowKit, code: int) -> None:
    window_kit.languages.set_language("ko")
    error = from_code(code, "", "<said>", topic="<topic>", group="<group>", bootstrap="<bootstrap>")
    for english, korean in zip((error.what, error.todo), words(error), strict=True):
        assert HANGUL.search(korean), english
        assert sorted(re.findall(r"<\w+>", korean)) == sorted(re.findall(r"<\w+>", english))


def test_english_stays_as_it_is(window_kit: WindowKit) -> None:
    error = from_code(36, topic="orders")
    assert words(error) == (error.what, error.todo)


def test_a_sentence_of_the_engine_passes_unchanged(window_kit: WindowKit) -> None:
    window_kit.languages.set_language("ko")
    assert words(ClusterError("Port 9092 is taken by {somebody}.")) == ("Port 9092 is taken by {somebody}.", "")
