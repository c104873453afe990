"""Overview."""

from desktop_broker.gui.panels.overview.panel import OverviewPanel

__all__ = ["OverviewPanel"]
