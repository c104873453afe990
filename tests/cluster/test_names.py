import pytest

from desktop_broker.cluster.names import check_collision, check_name, is_internal
from desktop_broker.common.errors import ErrorCode, KafkaError


@pytest.mark.parametrize("name", ["a", "A.b_c-9", "x" * 249, "__consumer_offsets", "..."])
def test_good_names(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "needs a name"),
        (".", r"cannot be named '\.'"),
        ("..", r"cannot be named '\.\.'"),
        ("x" * 250, "at most 249 characters; this one has 250"),
        ("a b", "' ' in it"),
        ("ä", "'ä' in it"),
        ("a\n", "cannot be shown"),
        ("__cluster_metadata", "own metadata log"),
    ],
)
def test_bad_names_say_why(name: str, words: str) -> None:
    with pytest.raises(KafkaError, match=words) as refused:
        check_name(name)
    assert refused.value.code is ErrorCode.INVALID_TOPIC_EXCEPTION


def test_dots_and_underscores_collide() -> None:
    check_collision("a.b", ["a-b", "ab", "a.b"])
    with pytest.raises(KafkaError, match=r"'a\.b' collides with the existing topic 'a_b'"):
        check_collision("a.b", ["x", "a_b"])


def test_internal_topics() -> None:
    assert is_internal("__consumer_offsets")
    assert not is_internal("consumer_offsets")
