"""What commands print: tables for people, JSON for scripts, one sentence for what went wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence


def say(line: str = "") -> None:
    """One line on standard output."""
    print(line)  # noqa: T201 - the command line talks through standard output


def complain(sentence: str) -> int:
    """What went wrong, on standard error; the exit code for it."""
    print(sentence, file=sys.stderr)  # noqa: T201 - errors belong to standard error
    return 1


def say_json(value: object) -> None:
    """One JSON document on one line. Dataclasses are given as dictionaries by the caller."""
    say(json.dumps(value, ensure_ascii=False))


def say_table(titles: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Columns as wide as they need to be; whole numbers are grouped and stand right, None is a dash."""
    cells = [[_text(cell) for cell in row] for row in rows]
    widths = [
        max(len(title), *(len(row[i]) for row in cells)) if cells else len(title) for i, title in enumerate(titles)
    ]
    right = [bool(rows) and all(isinstance(row[i], int) or row[i] is None for row in rows) for i in range(len(titles))]
    for line in [list(titles), *cells]:
        padded = [
            cell.rjust(width) if is_right else cell.ljust(width)
            for cell, width, is_right in zip(line, widths, right, strict=True)
        ]
        say("  ".join(padded).rstrip())


def _text(cell: object) -> str:
    if cell is None:
        return "-"
    return f"{cell:,}" if isinstance(cell, int) and not isinstance(cell, bool) else str(cell)
