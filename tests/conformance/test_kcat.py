"""kcat against the engine: the short form of `python -m tests.conformance`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from desktop_broker import Engine
from tests.conformance.kcat import CHECKS, Kcat, fresh_topic
from tests.support import tools

pytestmark = pytest.mark.keeps_threads("the module's engine owns its brokers' threads")


@pytest.fixture(scope="module")
def kcat() -> Iterator[Kcat]:
    program = tools.kcat()
    with Engine(brokers=3, port=0, ephemeral=True, configs={"num.partitions": "4"}) as engine:
        yield Kcat(program, engine.bootstrap_servers)


@pytest.mark.parametrize("check", CHECKS, ids=[check.__name__ for check in CHECKS])
def test_kcat(kcat: Kcat, check: Callable[[Kcat, str], None]) -> None:
    check(kcat, fresh_topic())
