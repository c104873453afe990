"""What a column of a table shows: where its value comes from, how it is written, painted, sorted and copied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

# What `Column.value` returns for each kind:
#   text strong muted mono   anything; written by `text`, or str
#   number                   int, float or None; grouped, right-aligned; zero and None are faint
#   id                       int or None: a number that names something (a partition, an offset), so zero is as good as any
#   badge status             (state, word) or (state, word, icon name) or None; status has no background
#   two                      (first line, second line); the first may be a (state, word[, icon])
#   tagged                   (text, tag); an empty tag is none
#   spark                    samples, oldest first
#   rate                     (number, samples)
#   bar                      (share 0 to 1, text, colour)
#   replicas                 [(broker id, state)], states as in drawings.paint_replica
Kind = Literal[
    "text",
    "strong",
    "muted",
    "mono",
    "number",
    "id",
    "badge",
    "status",
    "two",
    "tagged",
    "spark",
    "rate",
    "bar",
    "replicas",
]
NONE = "\N{EN DASH}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. A row is whatever the owner of the table keeps: a tuple or a frozen dataclass, never changed in place.

    key       names the column in settings and JSON; title is translated
    value     row -> value, in the shape that `kind` wants (above)
    width     px at text scale 1; `stretch` takes what is left over
    priority  0 stays; the column with the highest number goes first when the window is narrow
    text      value -> str, for showing (text kinds, numbers), filtering and copying
    sort      row -> sort key; by default the value. `sortable=False` for none at all
    colour    row -> a token's name; empty is the kind's own
    paint     (painter, rect, row, selected) paints the cell instead of `kind`
    """

    key: str
    title: str
    value: Callable[[Any], Any]
    kind: Kind = "text"
    width: int = 100
    stretch: bool = False
    priority: int = 0
    right: bool | None = None
    text: Callable[[Any], str] | None = None
    sort: Callable[[Any], Any] | None = None
    sortable: bool = True
    colour: Callable[[Any], str] | None = None
    tip: str = ""
    hidden: bool = False
    paint: Callable[[QPainter, QRect, Any, bool], None] | None = None

    @property
    def aligned_right(self) -> bool:
        return self.kind in ("number", "id", "rate") if self.right is None else self.right

    def text_of(self, row: Any) -> str:
        """The cell as text: what a screen reader says, what a filter searches and what is copied."""
        return self.write(self.value(row))

    def write(self, value: Any) -> str:
        if self.text is not None and self.kind not in ("rate",):
            return self.text(value)
        if value is None:
            return NONE
        match self.kind:
            case "badge" | "status":
                return str(value[1])
            case "two":
                first = value[0][1] if isinstance(value[0], tuple) else value[0]
                return f"{first} {value[1]}".strip()
            case "tagged":
                return f"{value[0]} {value[1]}".strip()
            case "rate":
                return self.text(value[0]) if self.text is not None else number_text(value[0])
            case "spark":
                return number_text(value[-1]) if value else NONE
            case "bar":
                return str(value[1])
            case "replicas":
                return ", ".join(f"{broker} {state}" for broker, state in value)
            case _:
                return number_text(value) if isinstance(value, int | float) else str(value)

    def plain_of(self, row: Any) -> object:
        """The cell for JSON: exact numbers stay numbers, everything else is its text."""
        value = self.value(row)
        if self.kind == "rate":
            value = value[0]
        return value if value is None or isinstance(value, bool | int | float | str) else self.write(value)

    def sort_key(self, row: Any) -> tuple[int, Any]:
        """Rows without a value come last; texts are sorted without regard to case."""
        value = self.sort(row) if self.sort is not None else self.value(row)
        if self.sort is None:
            if self.kind in ("rate", "two", "tagged", "bar") and value is not None:
                value = value[0]
            elif self.kind in ("badge", "status", "replicas", "spark"):
                value = self.write(value)
        if value is None:
            return (1, 0)
        return (0, value.casefold() if isinstance(value, str) else value)


def number_text(value: float | int | None) -> str:
    """Grouped, exact for whole numbers; one decimal below ten for others."""
    if value is None:
        return NONE
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.1f}".removesuffix(".0") if abs(value) < 9.95 else f"{value:,.0f}"
