"""The line at the bottom: health, bootstrap servers, what flows in and out, disk, and the zone of all times."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_broker.gui.feeds.model import ClusterView, Health, HealthKind
from desktop_broker.gui.i18n import format_bytes, format_rate, format_zone
from desktop_broker.gui.theme import STATE_ICONS, Text
from desktop_broker.gui.theme.measures import STATUS_BAR
from desktop_broker.gui.widgets.label import ElidedLabel, IconLabel, Label
from desktop_broker.gui.widgets.layout import ScaledFrame, row, vertical_rule

_STATES = {HealthKind.OK: "ok", HealthKind.WARNING: "warn", HealthKind.ERROR: "err", HealthKind.UNKNOWN: "idle"}


class StatusBar(ScaledFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(STATUS_BAR, parent)
        self.setObjectName("status")
        self._icon = IconLabel(STATE_ICONS["idle"], "idle", 14)
        self._bootstrap = ElidedLabel("", Text.MONO_MUTED)
        self._into, self._out, self._disk = Label("", Text.SMALL), Label("", Text.SMALL), Label("", Text.SMALL)
        self._rules = [vertical_rule(12) for _ in range(3)]
        self._zone = Label("", Text.SMALL)
        self._health: Health | None = None
        self._view: ClusterView | None = None
        items = (self._into, self._rules[0], self._out, self._rules[1], self._disk, self._rules[2], self._zone)
        self.setLayout(row(self._icon, (self._bootstrap, 1), *items, gap=10, margins=(20, 0, 16, 0)))
        self.retranslate()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is said, from left to right."""
        labels = (self._bootstrap, self._into, self._out, self._disk, self._zone)
        return tuple(label.plain_text for label in labels if label.isVisibleTo(self))

    def set_bootstrap(self, bootstrap: str) -> None:
        """Servers on one host are written once: 127.0.0.1:9092, 9093, 9094."""
        self._bootstrap.set_text(shorten_bootstrap(bootstrap))

    def set_health(self, health: Health | None) -> None:
        self._health = health
        state = _STATES[health.kind] if health is not None else "idle"
        self._icon.set_icon(STATE_ICONS[state], state)
        words = {
            "ok": self.tr("The cluster is healthy"),
            "warn": self.tr("The cluster needs attention"),
            "err": self.tr("Some partitions cannot be used"),
            "idle": self.tr("The cluster's health is not known"),
        }
        self._icon.setToolTip(words[state])
        self._icon.setAccessibleName(words[state])

    def set_view(self, view: ClusterView | None) -> None:
        self._view = view
        shown = view is not None and view.totals.messages_in is not None
        for widget in (self._into, self._out, self._disk, *self._rules):
            widget.setVisible(shown)
        if view is not None and shown:
            self._into.set_text(self.tr("In {rate}").format(rate=format_rate(view.totals.messages_in)))
            self._out.set_text(self.tr("Out {rate}").format(rate=format_rate(view.totals.messages_out)))
            sizes = [topic.size_bytes for topic in view.topics if topic.size_bytes is not None]
            self._disk.set_text(self.tr("Disk {size}").format(size=format_bytes(sum(sizes))))

    def retranslate(self) -> None:
        self._zone.set_text(format_zone())
        self.set_health(self._health)
        self.set_view(self._view)


def shorten_bootstrap(bootstrap: str) -> str:
    """`127.0.0.1:9092,127.0.0.1:9093` -> `127.0.0.1:9092, 9093`; another host is written out."""
    parts: list[str] = []
    before = ""
    for server in bootstrap.split(","):
        host, _, port = server.strip().rpartition(":")
        parts.append(port if host == before and before else server.strip())
        before = host
    return ", ".join(parts)
