"""Sizes in logical pixels at a text scale of 1; `current.scaled()` turns them into today's."""

from __future__ import annotations

from enum import StrEnum

SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, SPACE_6 = 4, 8, 12, 16, 20, 24
RADIUS_TAG, RADIUS_CONTROL, RADIUS_CARD, RADIUS_DIALOG = 5, 6, 8, 12
ROW, ROW_DENSE, ROW_TWO_LINES, TABLE_HEAD = 34, 28, 50, 32
CONTROL, CONTROL_SMALL, CARD_HEAD = 32, 28, 44
NAVIGATION, NAVIGATION_RAIL, RAIL_BELOW = 208, 56, 1200
HEADER, STATUS_BAR, NAVIGATION_ITEM = 52, 28, 34


class Text(StrEnum):
    """The kinds of text; each has one size, weight and colour (stylesheet.py)."""

    H1 = "h1"
    TITLE = "title"
    H2 = "h2"
    KPI = "kpi"
    BODY = "body"
    STRONG = "strong"
    MUTED = "muted"
    SMALL = "small"
    SMALL_TEXT = "smalltext"
    OVER = "over"
    MONO = "mono"
    MONO_MUTED = "monomuted"


# kind -> (size in px, weight)
TYPE: dict[Text, tuple[int, int]] = {
    Text.H1: (20, 600),
    Text.TITLE: (16, 600),
    Text.H2: (13, 600),
    Text.KPI: (20, 600),
    Text.BODY: (13, 400),
    Text.STRONG: (13, 600),
    Text.MUTED: (13, 400),
    Text.SMALL: (12, 400),
    Text.SMALL_TEXT: (12, 400),
    Text.OVER: (11, 600),
    Text.MONO: (12, 400),
    Text.MONO_MUTED: (12, 400),
}
