"""One broker as a card: what it is, what it holds, what goes in and out now, and stopping and starting it."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop_broker.common.statistics import BrokerStatistics
from desktop_broker.gui.feeds.model import Rates
from desktop_broker.gui.i18n import format_bytes, format_rate
from desktop_broker.gui.theme import Text
from desktop_broker.gui.widgets.badge import Badge
from desktop_broker.gui.widgets.button import IconButton
from desktop_broker.gui.widgets.card import Card
from desktop_broker.gui.widgets.drawings import Sparkline
from desktop_broker.gui.widgets.label import ElidedLabel, IconLabel, Label
from desktop_broker.gui.widgets.layout import column, row

_TREND = 60


class _Fact(QVBoxLayout):
    """A small label over a strong value, with a remark beside it where something is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(1)
        self.label = Label("", Text.SMALL)
        self.value = Label("", Text.STRONG)
        self.remark = Label("", Text.SMALL, colour="warn")
        self.addWidget(self.label)
        self.addLayout(row(self.value, self.remark, None, gap=6))


class BrokerCard(Card):
    """Signals: `stop_requested(id)`, `start_requested(id)`, `kill_requested(id)`."""

    stop_requested = Signal(int)
    start_requested = Signal(int)
    kill_requested = Signal(int)

    def __init__(self, broker: int, *, embedded: bool, parent: QWidget | None = None) -> None:
        super().__init__(gap=10, parent=parent)
        self.broker = broker
        self._look: BrokerStatistics | None = None
        self._rates = Rates()
        self._trend: deque[float] = deque(maxlen=_TREND)
        self._name = Label("", Text.STRONG)
        self._address = ElidedLabel("", Text.MONO_MUTED)
        self._controller = Badge("info", "", "crown")
        self._state = Badge("idle", "")
        self._menu_button = IconButton("ellipsis", "")
        self._menu_button.setVisible(embedded)
        self._menu_button.clicked.connect(self._open_menu)
        self.menu = QMenu(self)
        self._stop = self.menu.addAction("", lambda: self.stop_requested.emit(self.broker))
        self._start = self.menu.addAction("", lambda: self.start_requested.emit(self.broker))
        self._kill = self.menu.addAction("", lambda: self.kill_requested.emit(self.broker))
        self._leaders, self._replicas, self._disk, self._in, self._out = (_Fact() for _ in range(5))
        self._spark = Sparkline(name="")
        self._spark.setMinimumWidth(40)
        self.add(
            row(
                IconLabel("server", "muted", 18),
                self._name,
                (self._address, 1),
                self._controller,
                self._state,
                self._menu_button,
                gap=8,
            ),
            _thirds(self._leaders, self._replicas, self._disk),
            _thirds(self._in, self._out, column(None, self._spark)),
        )
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def set_broker(self, look: BrokerStatistics, rates: Rates) -> None:
        """Show how the broker is now."""
        self._look, self._rates = look, rates
        self._trend.append(rates.messages_in or 0.0)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Texts that do not change with the numbers."""
        self._name.set_text(self.tr("Broker {id}").format(id=self.broker))
        self.setAccessibleName(self._name.plain_text)
        self._controller.set_badge("info", self.tr("Controller"), "crown")
        self._controller.setToolTip(self.tr("Keeps the cluster's metadata and elects leaders."))
        self._menu_button.set_name(self.tr("Actions for broker {id}").format(id=self.broker))
        self._stop.setText(self.tr("Stop"))
        self._start.setText(self.tr("Start"))
        self._kill.setText(self.tr("Kill (as by a crash)"))
        for fact, label in (
            (self._leaders, self.tr("Leaders")),
            (self._replicas, self.tr("Replicas")),
            (self._disk, self.tr("Disk")),
            (self._in, self.tr("In")),
            (self._out, self.tr("Out")),
        ):
            fact.label.set_text(label)
        self._spark.setAccessibleName(self.tr("Messages in, last minute"))
        self._refresh()

    def _refresh(self) -> None:
        look = self._look
        if look is None:
            return
        self._address.set_text(f":{look.advertised_port}")
        self._address.setToolTip(
            f"{look.advertised_host}:{look.advertised_port}" + (f", {look.rack}" if look.rack else "")
        )
        self._controller.setVisible(look.is_controller)
        self._show_state(look)
        self._leaders.value.set_text(f"{look.leaders:,}")
        self._replicas.value.set_text(f"{look.replicas:,}")
        self._replicas.remark.set_text(self.tr("{n} behind").format(n=f"{look.behind:,}") if look.behind else "")
        # A broker that does not run has its data still; nobody counts it.
        self._disk.value.set_text(format_bytes(look.disk_bytes if look.state == "running" else None))
        self._in.value.set_text(format_rate(self._rates.messages_in))
        self._out.value.set_text(format_rate(self._rates.messages_out))
        self._spark.set_values(tuple(self._trend))
        running = look.state == "running"
        self._stop.setEnabled(running)
        self._kill.setEnabled(running)
        self._start.setEnabled(look.state in ("stopped", "failed"))

    def _show_state(self, look: BrokerStatistics) -> None:
        match look.state:
            case "running" if look.behind:
                self._state.set_badge("warn", self.tr("Catching up"))
            case "running":
                self._state.set_badge("ok", self.tr("Up"))
            case "starting":
                self._state.set_badge("info", self.tr("Starting"))
            case "stopping":
                self._state.set_badge("warn", self.tr("Stopping"))
            case "failed":
                self._state.set_badge("err", self.tr("Failed"))
            case _:
                self._state.set_badge("idle", self.tr("Stopped"))
        self._state.setToolTip(look.error or "")

    def _open_menu(self) -> None:
        self.menu.popup(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))


def _thirds(*parts: QVBoxLayout) -> QHBoxLayout:
    return row(*((part, 1) for part in parts), gap=12)
