"""Named threads."""

from __future__ import annotations

from desktop_broker.common.threads import start_thread


def test_an_uncaught_error_is_reported_under_the_threads_name() -> None:
    seen: list[tuple[str, str]] = []

    def crash() -> None:
        raise KeyError("gone")

    start_thread("worker", crash, lambda name, error: seen.append((name, repr(error)))).join(10)
    assert seen == [("worker", "KeyError('gone')")]


def test_a_thread_carries_its_name() -> None:
    thread = start_thread("broker-1/conn-17", lambda: None, lambda _name, _error: None)
    thread.join(10)
    assert thread.name == "broker-1/conn-17"
