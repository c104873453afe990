"""Error codes."""

from __future__ import annotations

from kafka import errors as kafka_python

from desktop_broker.common.errors import ErrorCode, KafkaError

# kafka-python keeps the names of older releases for these.
_OLDER_NAMES = {
    ErrorCode.UNKNOWN_SERVER_ERROR: "UNKNOWN",
    ErrorCode.NONE: "NO_ERROR",
    ErrorCode.NOT_LEADER_OR_FOLLOWER: "NOT_LEADER_FOR_PARTITION",
    ErrorCode.MESSAGE_TOO_LARGE: "MESSAGE_SIZE_TOO_LARGE",
    ErrorCode.INVALID_TOPIC_EXCEPTION: "INVALID_TOPIC",
    ErrorCode.INVALID_REPLICA_ASSIGNMENT: "INVALID_REPLICATION_ASSIGNMENT",
}


def test_codes_agree_with_kafka_python() -> None:
    known = {
        value.errno: value
        for value in vars(kafka_python).values()
        if isinstance(value, type) and issubclass(value, kafka_python.BrokerResponseError) and value.errno is not None
    }
    shared = [code for code in ErrorCode if code in known]
    assert len(shared) > 80
    for code in shared:
        assert known[code].message == _OLDER_NAMES.get(code, code.name)


def test_an_error_without_words_still_says_its_name() -> None:
    assert str(KafkaError(ErrorCode.NOT_COORDINATOR)) == "NOT_COORDINATOR"
    assert KafkaError(ErrorCode.NOT_COORDINATOR, "Ask broker 2.").message == "Ask broker 2."


def test_retriable_is_kafkas_own_list() -> None:
    assert ErrorCode.NOT_LEADER_OR_FOLLOWER.retriable
    assert not ErrorCode.MESSAGE_TOO_LARGE.retriable
