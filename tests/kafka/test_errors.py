"""Every error of librdkafka's and every code of Kafka's has two sentences without empty places."""

from __future__ import annotations

import re
import string

import pytest
from confluent_kafka import KafkaError

from desktop_broker.common.errors import ErrorCode
from desktop_broker.kafka import error_sentences
from desktop_broker.kafka.errors import ClusterError, from_code, from_librdkafka

ALL_CODES = sorted(
    {
        getattr(KafkaError, name)
        for name in dir(KafkaError)
        if name.isupper() and isinstance(getattr(KafkaError, name), int)
    }
    | set(ErrorCode)
)


@pytest.mark.parametrize("code", [code for code in ALL_CODES if code != 0])
def test_every_code_has_words(code: int) -> None:
    error = from_librdkafka(KafkaError(code, "it broke."), topic="orders")
    for sentence in (error.what, error.todo):
        assert re.fullmatch(r"[A-Z'].*[^.]\.", sentence), sentence
        assert "{" not in sentence
    assert str(code) in error.details
    assert error.code


@pytest.mark.parametrize("code", sorted(error_sentences.BY_CODE))
def test_sentences_name_only_known_places(code: int) -> None:
    for template in error_sentences.BY_CODE[code]:
        places = {place for _, place, _, _ in string.Formatter().parse(template) if place}
        assert places <= {*error_sentences.PLACES, "said"}


def test_sentences_carry_the_names() -> None:
    error = from_code(ErrorCode.TOPIC_ALREADY_EXISTS, topic="orders")
    assert error.what == "There is a topic 'orders' already."
    assert error.what_template.format(**error.arguments) == error.what
    assert error.code == "TOPIC_ALREADY_EXISTS"
    assert str(error) == "There is a topic 'orders' already. Choose another name."


def test_names_are_kafkas_even_where_librdkafka_shortens_them() -> None:
    assert from_librdkafka(KafkaError(KafkaError.UNKNOWN_TOPIC_OR_PART)).code == "UNKNOWN_TOPIC_OR_PARTITION"


def test_braces_in_what_a_broker_said_do_no_harm() -> None:
    assert from_code(-1, "", "a {strange} answer").what == "Something went wrong inside the broker: a {strange} answer."


def test_a_sentence_without_places_is_left_alone() -> None:
    assert ClusterError("Set {x}.").what == "Set {x}."
