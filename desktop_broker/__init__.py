"""Desktop Broker: a real Kafka cluster on one machine. `from desktop_broker import Engine` runs one inside a test or a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_broker.broker.engine import Engine

__all__ = ["Engine"]


def __getattr__(name: str) -> object:
    """Import the engine when it is first asked for: the window and the command line start without it."""
    if name == "Engine":
        from desktop_broker.broker.engine import Engine

        return Engine
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
