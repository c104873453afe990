"""Every served API in every version that is advertised, over a socket: an answer that can be read, and the connection stays open.

What this is for: a response with a value that its version has no place for cannot be written, and ends the connection.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop_broker.broker.engine import Engine
from desktop_broker.common.errors import ErrorCode
from desktop_broker.common.events import EventKind
from desktop_broker.protocol.apis import SERVED_APIS, Api, ApiKey
from desktop_broker.protocol.messages.api_versions import ApiVersionsRequest
from desktop_broker.protocol.schema import Message
from tests.broker.asks import ASKS, fit
from tests.broker.conftest import address
from tests.broker.test_error_replies import codes
from tests.broker.wire import Wire
from tests.broker.world import World

pytestmark = pytest.mark.keeps_threads("the module's engine owns its brokers' threads")

CASES = [(api, version) for api in SERVED_APIS for version in range(api.min_version, api.max_version + 1)]
# What only says that it cannot be done here.
REFUSED = {
    ApiKey.DESCRIBE_ACLS: ErrorCode.SECURITY_DISABLED,
    ApiKey.ALTER_REPLICA_LOG_DIRS: ErrorCode.LOG_DIR_NOT_FOUND,
}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    configs = {"offsets.topic.num.partitions": "1", "group.initial.rebalance.delay.ms": "0"}
    with Engine(brokers=3, port=0, ephemeral=True, configs=configs) as engine:
        yield World(engine)


def ask_all(world: World, request: Message, version: int) -> list[Message]:
    """The answers of the three brokers, each on a connection that then still serves."""
    answers = []
    for broker in (1, 2, 3):
        with Wire(address(world.engine, broker)) as one:
            answers.append(one.ask(request, version))
            assert one.ask(ApiVersionsRequest(), 0).error_code == ErrorCode.NONE
    return answers


@pytest.mark.parametrize(("api", "version"), CASES, ids=[f"{api.name}-{version}" for api, version in CASES])
def test_an_answer_in_every_version(world: World, api: Api, version: int) -> None:
    good, bad = (fit(request, version) for request in ASKS[api.key](world, version))
    answers = ask_all(world, good, version)
    expected = {REFUSED.get(api.key, ErrorCode.NONE)}
    assert any(set(codes(answer, version)) == expected for answer in answers), answers
    refusals = ask_all(world, bad, version)
    for answer in [*answers, *refusals]:
        assert ErrorCode.UNKNOWN_SERVER_ERROR not in codes(answer, version), answer
    crashes = [event for event in world.engine.events.after(0) if event.kind is EventKind.THREAD_CRASHED]
    assert not crashes, crashes[0].details


def test_every_served_api_is_asked() -> None:
    assert {api.key for api in SERVED_APIS} <= set(ASKS)
