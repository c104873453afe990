"""What librdkafka's test runner writes, and what is made of it."""

from __future__ import annotations

import pytest

from tests.conformance.librdkafka import judge

TABLE = """
#==================================================================#
| <MAIN>                                   |     PASSED |   2.000s |
| 0001_multiobj                            |     {0} |   2.000s | {1}
| 0001_multiobj_mock                       |    SKIPPED |   0.000s | Filtered due to negative test flags
| 0011_produce_batch                       |     FAILED |   0.000s |
"""
FAILURE = '\x1b[31m### Test "0001_multiobj" failed at test.c:1:main() at noon: ###\x1b[0m\nExpected 1, not 2\n'


def test_the_table_decides() -> None:
    assert judge("0001", 0, TABLE.format("PASSED", "")).passed


@pytest.mark.parametrize(
    ("code", "output", "reason"),
    [
        (0, FAILURE + TABLE.format("FAILED", ""), "Expected 1, not 2"),
        (1, TABLE.format("PASSED", ""), "ended with 1"),
        (0, TABLE.format("SKIPPED", "no such broker"), "SKIPPED"),
        (-6, "", "ended with -6"),
    ],
)
def test_anything_else_fails_with_its_reason(code: int, output: str, reason: str) -> None:
    verdict = judge("0001", code, output)
    assert not verdict.passed
    assert reason in verdict.reason
