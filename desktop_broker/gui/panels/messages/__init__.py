"""Messages."""

from desktop_broker.gui.panels.messages.panel import MessagesPanel

__all__ = ["MessagesPanel"]
