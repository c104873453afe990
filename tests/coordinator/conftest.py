"""A coordinator for each test, ended with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.coordinator.harness import Harness


@pytest.fixture
def make_harness() -> Iterator[Callable[..., Harness]]:
    made: list[Harness] = []

    def make(*args: object, **options: object) -> Harness:
        made.append(Harness(*args, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def harness(make_harness: Callable[..., Harness]) -> Harness:
    return make_harness()
