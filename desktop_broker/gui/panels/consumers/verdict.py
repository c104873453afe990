"""How a group is doing, in a word and its reason, from its lag, its members and where they are going. No widgets here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_broker.gui.feeds.model import GroupSummary, LagTrend

_STALLED_LOOKS = 30


class Verdict(StrEnum):
    """From fine to worst; lists put the worst first."""

    OK = "ok"
    CATCHING_UP = "catching-up"
    REBALANCING = "rebalancing"
    SLOW = "slow"
    STALLED = "stalled"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


SEVERITY = {
    Verdict.STOPPED: 0,
    Verdict.STALLED: 1,
    Verdict.SLOW: 2,
    Verdict.UNKNOWN: 3,
    Verdict.REBALANCING: 4,
    Verdict.CATCHING_UP: 5,
    Verdict.OK: 6,
}
NEEDS_ATTENTION = frozenset({Verdict.STOPPED, Verdict.STALLED, Verdict.SLOW})


@dataclass(frozen=True, slots=True)
class Judgement:
    """`seconds_left` only while catching up: lag over the rate at which it shrinks."""

    verdict: Verdict
    seconds_left: float | None = None


def judge(group: GroupSummary) -> Judgement:
    """The verdict on a group as it is now.

    Stopped: messages wait and nobody is there to read them. Stalled: members are there, messages wait, and nothing was
    committed for the last looks. Slow: the lag grows although it commits.
    """
    if group.error is not None or group.lag is None:
        return Judgement(Verdict.OK if not group.error and not group.offsets else Verdict.UNKNOWN)
    if group.lag == 0:
        return Judgement(Verdict.OK)
    if not group.members:
        return Judgement(Verdict.STOPPED)
    if group.state in ("PreparingRebalance", "CompletingRebalance", "Assigning", "Reconciling"):
        return Judgement(Verdict.REBALANCING)
    if _stands_still(group):
        return Judgement(Verdict.STALLED)
    if group.trend is LagTrend.GROWING:
        return Judgement(Verdict.SLOW)
    if group.trend is LagTrend.SHRINKING:
        return Judgement(Verdict.CATCHING_UP, _seconds_left(group))
    return Judgement(Verdict.OK)


def _stands_still(group: GroupSummary) -> bool:
    recent = group.committed_history[-_STALLED_LOOKS:]
    return len(recent) == _STALLED_LOOKS and recent[0][1] == recent[-1][1]


def _seconds_left(group: GroupSummary) -> float | None:
    recent = group.lag_history[-10:]
    if len(recent) < 2 or group.lag is None:
        return None
    (began_ms, before), (now_ms, now) = recent[0], recent[-1]
    if now >= before or now_ms <= began_ms:
        return None
    return group.lag / ((before - now) * 1000 / (now_ms - began_ms))
