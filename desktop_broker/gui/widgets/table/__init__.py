"""The table of every list and its models."""

from desktop_broker.gui.widgets.table.column import Column, number_text
from desktop_broker.gui.widgets.table.lazy_model import LazyModel
from desktop_broker.gui.widgets.table.model import RowsModel, TableModel
from desktop_broker.gui.widgets.table.ring_model import RingModel
from desktop_broker.gui.widgets.table.view import Table

__all__ = ["Column", "LazyModel", "RingModel", "RowsModel", "Table", "TableModel", "number_text"]
