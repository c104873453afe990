"""Which columns fit, and how wide they are: narrow windows drop columns by priority."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from desktop_broker.gui.theme import scaled
from desktop_broker.gui.widgets.table.column import Column


def fit_columns(columns: Sequence[Column], room: int, widths: Mapping[str, int], hidden: Collection[str]) -> list[int]:
    """The width of each column in px, 0 for those that are not shown.

    `widths` are the user's own by column key, `hidden` the columns switched off. The first column always stays.
    """
    wanted = [widths.get(column.key, scaled(column.width)) for column in columns]
    shown = [number for number, column in enumerate(columns) if number == 0 or column.key not in hidden]
    while sum(wanted[number] for number in shown) > room:
        can_go = [number for number in shown if columns[number].priority]
        if not can_go:
            break
        shown.remove(max(can_go, key=lambda number: (columns[number].priority, number)))
    left = room - sum(wanted[number] for number in shown)
    stretching = [number for number in shown if columns[number].stretch] or shown[:1]
    result = [0] * len(columns)
    for number in shown:
        result[number] = wanted[number]
    for place, number in enumerate(stretching):
        share = left // len(stretching) + (1 if place < left % len(stretching) else 0)
        result[number] = max(scaled(48), result[number] + share)
    return result
