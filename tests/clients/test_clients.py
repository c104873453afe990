"""Each real client does on our cluster what its users do: every codec, a group of two, commits, and a restart in between."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.clients.agent import Agent, Member, agent_file, python_agent
from tests.clients.serving import Serving
from tests.support import apache_kafka, tools

_PARTITIONS = 4
_EACH = 40


def _confluent() -> Agent:
    return python_agent("confluent-kafka", "confluent.py")


def _kafka_python() -> Agent:
    return python_agent("kafka-python", "kafka_python.py")


def _aiokafka() -> Agent:
    return python_agent("aiokafka", "aio.py")


def _kafkajs() -> Agent:
    modules = tools.node_modules()
    return Agent(name="kafkajs", command=("node", agent_file("kafkajs.js")), environment={"NODE_PATH": str(modules)})


def _kcat() -> Agent:
    return python_agent("kcat", "kcat.py", KCAT=tools.kcat())


def _java() -> Agent:
    libs = apache_kafka.libraries()
    return Agent(name="Java client", command=("java", "-Xmx256m", "-cp", f"{libs}/*", agent_file("Agent.java")))


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "make", [_confluent, _kafka_python, _aiokafka, _kafkajs, _kcat, _java], ids=lambda make: make.__name__[1:]
)
def test_a_client_creates_produces_consumes_in_a_group_and_resumes_after_a_restart(make, serving: Serving) -> None:  # type: ignore[no-untyped-def]
    agent: Agent = make()
    topic, group = "orders", "billing"
    agent.run("create", serving.bootstrap, topic, str(_PARTITIONS))
    for codec in agent.codecs:
        agent.run("produce", serving.bootstrap, topic, codec, str(_EACH), codec)
    written = Counter(f"{codec}-{i}" for codec in agent.codecs for i in range(_EACH))

    with _member(agent, serving, topic, group) as first:
        first.wait(lambda member: len(member.records) >= written.total(), "the first member reads everything")
        assert Counter(record["v"] for record in first.records) == written
        for record in first.records:
            codec, number = record["v"].split("-")
            assert record["k"] == f"k{number}"
            assert record["h"] == {"codec": codec}
        _offsets_are_gapless_and_in_order(first.records)
        assert first.assigned == list(range(_PARTITIONS))

        with _member(agent, serving, topic, group) as second:
            second.wait(lambda member: bool(member.assigned), "the second member gets its share")
            first.wait(lambda member: _disjoint(member, second), "the two share the partitions")
            agent.run("produce", serving.bootstrap, topic, "none", str(_EACH), "shared")
            more = Counter(f"shared-{i}" for i in range(_EACH))
            first.wait(lambda member: _values([member, second], "shared") >= more, "the two read what came after")
        first.wait(lambda member: len(member.assigned or []) == _PARTITIONS, "the first takes all back")

    serving.stop()
    serving.start()
    agent.run("produce", serving.bootstrap, topic, "none", str(_EACH), "later")
    with _member(agent, serving, topic, group) as resumed:
        resumed.wait(lambda member: _values([member], "later").total() >= _EACH, "a new member resumes")
        assert Counter(record["v"] for record in resumed.records) == Counter(f"later-{i}" for i in range(_EACH))


@contextlib.contextmanager
def _member(agent: Agent, serving: Serving, topic: str, group: str) -> Iterator[Member]:
    member = agent.member(serving.bootstrap, topic, group)
    try:
        yield member
        member.leave()
    finally:
        member.kill()


def _disjoint(one: Member, other: Member) -> bool:
    mine, theirs = one.assigned or [], other.assigned or []
    return sorted(mine + theirs) == list(range(_PARTITIONS))


def _values(members: list[Member], prefix: str) -> Counter[str]:
    return Counter(record["v"] for member in members for record in member.records if record["v"].startswith(prefix))


def _offsets_are_gapless_and_in_order(records: list[dict[str, int]]) -> None:
    by_partition: dict[int, list[int]] = {}
    for record in records:
        by_partition.setdefault(record["p"], []).append(record["o"])
    for offsets in by_partition.values():
        assert offsets == list(range(len(offsets)))
