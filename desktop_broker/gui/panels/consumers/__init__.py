"""Consumers."""

from desktop_broker.gui.panels.consumers.panel import ConsumersPanel

__all__ = ["ConsumersPanel"]
