"""Topics."""

from desktop_broker.gui.panels.topics.panel import TopicsPanel

__all__ = ["TopicsPanel"]
