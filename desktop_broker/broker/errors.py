"""The one error of the engine facade: a sentence for people, or two."""

from __future__ import annotations


class EngineError(Exception):
    """The engine cannot do what it was asked to. The message says what is wrong and what to do; nothing was lost."""


class PortTakenError(EngineError):
    """A broker's port is in use by another program.

    Attributes:
        port: the taken one.
        alternatives: first ports of runs that are free now.
    """

    def __init__(self, message: str, port: int, alternatives: tuple[int, ...]) -> None:
        super().__init__(message)
        self.port = port
        self.alternatives = alternatives
