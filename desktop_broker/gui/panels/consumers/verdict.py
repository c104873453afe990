"""How a group is doing, in a word and its reason, from its lag, its members and where they are going. No widgets here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_broker.gui.feeds.model import GroupSummary, LagTrend

_STALLED_LOOKS = 30
_RATE_LOOKS = 10
_KEEPS_UP_S = 10.0


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
    """`seconds_left` only while catching up: lag over the rate at which it shrinks. `rate`: offsets committed per second."""

    verdict: Verdict
    seconds_left: float | None = None
    rate: float | None = None


def judge(group: GroupSummary) -> Judgement:
    """The verdict on a group as it is now.

    Stopped: messages wait and nobody is there to read them. Stalled: members are there, messages wait, and nothing was
    committed for the last looks. Slow: it commits, but is more than ten seconds of its own pace behind and gets no nearer.
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
    rate = _pace(group.committed_history)
    if rate is not None and rate > 0 and group.lag <= rate * _KEEPS_UP_S:
        return Judgement(Verdict.OK, rate=rate)
    if group.trend is LagTrend.SHRINKING:
        return Judgement(Verdict.CATCHING_UP, _seconds_left(group), rate)
    if group.trend in (LagTrend.GROWING, LagTrend.STEADY):
        return Judgement(Verdict.SLOW, rate=rate)
    return Judgement(Verdict.OK, rate=rate)


def _stands_still(group: GroupSummary) -> bool:
    recent = group.committed_history[-_STALLED_LOOKS:]
    waiting = all(lag > 0 for _, lag in group.lag_history[-_STALLED_LOOKS:])
    return waiting and len(recent) == _STALLED_LOOKS and recent[0][1] == recent[-1][1]


def _pace(history: tuple[tuple[int, int], ...]) -> float | None:
    """Per second, over the last looks: one commit between two looks says little."""
    recent = history[-_RATE_LOOKS:]
    if len(recent) < 2 or recent[-1][0] <= recent[0][0]:
        return None
    return max(0.0, (recent[-1][1] - recent[0][1]) * 1000 / (recent[-1][0] - recent[0][0]))


def _seconds_left(group: GroupSummary) -> float | None:
    recent = group.lag_history[-10:]
    if len(recent) < 2 or group.lag is None:
        return None
    (began_ms, before), (now_ms, now) = recent[0], recent[-1]
    if now >= before or now_ms <= began_ms:
        return None
    return group.lag / ((before - now) * 1000 / (now_ms - began_ms))
