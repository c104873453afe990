"""The panels of the window, in the order of the navigation. Their modules are imported at their first show."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import QCoreApplication

from desktop_broker.gui.context import PanelContext
from desktop_broker.gui.panels.base import Panel
from desktop_broker.gui.shell.choices import Choices
from desktop_broker.gui.shell.panel_spec import PanelSpec


def _lazy(module: str, name: str) -> Callable[[PanelContext], Panel]:
    def build(context: PanelContext) -> Panel:
        made = getattr(import_module(f"desktop_broker.gui.panels.{module}"), name)(context)
        assert isinstance(made, Panel)
        return made

    return build


def _settings(context: PanelContext, choices: Choices) -> Panel:
    from desktop_broker.gui.panels.settings import SettingsPanel

    return SettingsPanel(context, choices)


def window_panels(choices: Choices) -> tuple[PanelSpec, ...]:
    """Every panel that the window has; the settings are about its `choices`."""
    return (
        PanelSpec(
            id="overview",
            title=lambda: QCoreApplication.translate("Navigation", "Overview"),
            icon="layout-dashboard",
            section="main",
            factory=_lazy("overview", "OverviewPanel"),
        ),
        PanelSpec(
            id="topics",
            title=lambda: QCoreApplication.translate("Navigation", "Topics"),
            icon="layers",
            section="main",
            factory=_lazy("topics", "TopicsPanel"),
        ),
        PanelSpec(
            id="messages",
            title=lambda: QCoreApplication.translate("Navigation", "Messages"),
            icon="message-square-text",
            section="main",
            factory=_lazy("messages", "MessagesPanel"),
        ),
        PanelSpec(
            id="publish",
            title=lambda: QCoreApplication.translate("Navigation", "Publish"),
            icon="send",
            section="main",
            factory=_lazy("publish", "PublishPanel"),
        ),
        PanelSpec(
            id="consumers",
            title=lambda: QCoreApplication.translate("Navigation", "Consumers"),
            icon="users",
            section="main",
            factory=_lazy("consumers", "ConsumersPanel"),
        ),
        PanelSpec(
            id="throughput",
            title=lambda: QCoreApplication.translate("Navigation", "Throughput"),
            icon="activity",
            section="watch",
            factory=_lazy("throughput", "ThroughputPanel"),
        ),
        PanelSpec(
            id="settings",
            title=lambda: QCoreApplication.translate("Navigation", "Settings"),
            icon="settings",
            section="foot",
            factory=lambda context: _settings(context, choices),
        ),
    )
