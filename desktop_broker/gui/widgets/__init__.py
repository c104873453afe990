"""The widgets that every panel is built from."""

from desktop_broker.gui.widgets.badge import Badge, Flag, State, StatusDot
from desktop_broker.gui.widgets.button import Button, IconButton
from desktop_broker.gui.widgets.callout import Callout
from desktop_broker.gui.widgets.card import Card
from desktop_broker.gui.widgets.chip import Chip
from desktop_broker.gui.widgets.code_block import CodeBlock
from desktop_broker.gui.widgets.dialog import ConfirmDialog, Sheet
from desktop_broker.gui.widgets.drawings import Legend, Sparkline, paint_replica, paint_sparkline
from desktop_broker.gui.widgets.empty_state import EmptyState
from desktop_broker.gui.widgets.field import Field
from desktop_broker.gui.widgets.inputs import ComboBox, LineEdit, SearchField, TextEditor
from desktop_broker.gui.widgets.label import ElidedLabel, IconLabel, Label, para
from desktop_broker.gui.widgets.layout import (
    PAGE_MARGINS,
    box,
    column,
    equal_width,
    footer,
    horizontal_rule,
    put,
    row,
    scroll_body,
    scroll_page,
    splitter,
    vertical_rule,
)
from desktop_broker.gui.widgets.meter import Meter, ProgressRow, Spinner
from desktop_broker.gui.widgets.number_field import NumberField
from desktop_broker.gui.widgets.page import PageHeader
from desktop_broker.gui.widgets.plot import PlotData, PlotEvent, Series, TimePlot
from desktop_broker.gui.widgets.segmented import Segmented
from desktop_broker.gui.widgets.switch import Check, Switch
from desktop_broker.gui.widgets.table import Column, LazyModel, RingModel, RowsModel, Table
from desktop_broker.gui.widgets.tabs import Tabs
from desktop_broker.gui.widgets.toast import Toast, Toaster

__all__ = [
    "PAGE_MARGINS",
    "Badge",
    "Button",
    "Callout",
    "Card",
    "Check",
    "Chip",
    "CodeBlock",
    "Column",
    "ComboBox",
    "ConfirmDialog",
    "ElidedLabel",
    "EmptyState",
    "Field",
    "Flag",
    "IconButton",
    "IconLabel",
    "Label",
    "LazyModel",
    "Legend",
    "LineEdit",
    "Meter",
    "NumberField",
    "PageHeader",
    "PlotData",
    "PlotEvent",
    "ProgressRow",
    "RingModel",
    "RowsModel",
    "SearchField",
    "Segmented",
    "Series",
    "Sheet",
    "Sparkline",
    "Spinner",
    "State",
    "StatusDot",
    "Switch",
    "Table",
    "Tabs",
    "TextEditor",
    "TimePlot",
    "Toast",
    "Toaster",
    "box",
    "column",
    "equal_width",
    "footer",
    "horizontal_rule",
    "paint_replica",
    "paint_sparkline",
    "para",
    "put",
    "row",
    "scroll_body",
    "scroll_page",
    "splitter",
    "vertical_rule",
]
