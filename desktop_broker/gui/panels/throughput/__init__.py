"""Throughput."""

from desktop_broker.gui.panels.throughput.panel import ThroughputPanel

__all__ = ["ThroughputPanel"]
