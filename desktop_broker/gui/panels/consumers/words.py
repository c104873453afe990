"""The words for groups: verdicts with their reasons, kinds of groups."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_broker.gui.feeds.model import GroupSummary, LagTrend
from desktop_broker.gui.i18n import format_count, format_duration, format_rate
from desktop_broker.gui.panels.consumers.verdict import Verdict, judge
from desktop_broker.gui.widgets import State


def verdict_look(group: GroupSummary) -> tuple[State, str, str]:
    """State, word and icon."""
    match judge(group).verdict:
        case Verdict.OK:
            return "ok", QCoreApplication.translate("ConsumerWords", "OK"), "circle-check"
        case Verdict.CATCHING_UP:
            return "info", QCoreApplication.translate("ConsumerWords", "Catching up"), "fast-forward"
        case Verdict.REBALANCING:
            return "info", QCoreApplication.translate("ConsumerWords", "Rebalancing"), "refresh-cw"
        case Verdict.SLOW:
            return "warn", QCoreApplication.translate("ConsumerWords", "Slow"), "snail"
        case Verdict.STALLED:
            return "err", QCoreApplication.translate("ConsumerWords", "Stalled"), "circle-x"
        case Verdict.STOPPED:
            return "idle", QCoreApplication.translate("ConsumerWords", "Stopped"), "circle-stop"
        case _:
            return "idle", QCoreApplication.translate("ConsumerWords", "Unknown"), "info"


def verdict_reason(group: GroupSummary) -> str:
    """Why, in a few words."""
    judgement = judge(group)
    match judgement.verdict:
        case Verdict.OK if not group.lag:
            return QCoreApplication.translate("ConsumerWords", "Nothing left to read")
        case Verdict.OK:
            return QCoreApplication.translate("ConsumerWords", "Keeps up")
        case Verdict.CATCHING_UP if judgement.seconds_left is not None:
            left = format_duration(max(1.0, judgement.seconds_left) * 1000)
            return QCoreApplication.translate("ConsumerWords", "Done in about {time}").format(time=left)
        case Verdict.CATCHING_UP:
            return QCoreApplication.translate("ConsumerWords", "{n} to go").format(n=format_count(group.lag))
        case Verdict.REBALANCING:
            return QCoreApplication.translate("ConsumerWords", "Its members are sharing the partitions anew")
        case Verdict.SLOW:
            rate = format_rate(judgement.rate)
            if group.trend is LagTrend.STEADY:
                return QCoreApplication.translate("ConsumerWords", "Reads {rate}, gets no nearer").format(rate=rate)
            return QCoreApplication.translate("ConsumerWords", "Reads {rate}, more comes in").format(rate=rate)
        case Verdict.STALLED:
            return QCoreApplication.translate("ConsumerWords", "Members are there, but nothing is committed")
        case Verdict.STOPPED:
            return QCoreApplication.translate("ConsumerWords", "No member is connected")
        case _:
            return group.error or QCoreApplication.translate("ConsumerWords", "Its offsets cannot be read now")


def kind_words(kind: str) -> str:
    """Which protocol the group speaks."""
    match kind:
        case "classic":
            return QCoreApplication.translate("ConsumerWords", "classic protocol")
        case "consumer":
            return QCoreApplication.translate("ConsumerWords", "KIP-848 protocol")
        case "share":
            return QCoreApplication.translate("ConsumerWords", "share group")
        case _:
            return QCoreApplication.translate("ConsumerWords", "unknown protocol")
