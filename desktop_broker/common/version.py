"""The program's own version."""

from __future__ import annotations


def program_version() -> str:
    """The installed version, such as `0.1.0`; `unknown` when run from a tree that was never installed."""
    from importlib.metadata import PackageNotFoundError, version  # 20 ms that only who asks should pay

    try:
        return version("desktop-broker")
    except PackageNotFoundError:
        return "unknown"
