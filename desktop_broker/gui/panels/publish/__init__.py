"""Publish."""

from desktop_broker.gui.panels.publish.panel import PublishPanel

__all__ = ["PublishPanel"]
