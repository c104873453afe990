"""Rows as text, CSV or JSON, to the clipboard or a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from desktop_broker.gui.widgets.table.column import Column

Format = Literal["text", "csv", "json"]


def export_rows(columns: Sequence[Column], rows: Iterable[Any], form: Format) -> str:
    """`text` has tabs between columns and a head, `csv` follows RFC 4180, `json` is a list of objects with exact numbers."""
    if form == "json":
        items = [{column.key: column.plain_of(row) for column in columns} for row in rows]
        return json.dumps(items, ensure_ascii=False, indent=2)
    out = io.StringIO()
    if form == "csv":
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.title for column in columns])
        for row in rows:
            writer.writerow(["" if (plain := column.plain_of(row)) is None else plain for column in columns])
        return out.getvalue()
    lines = ["\t".join(column.title for column in columns)]
    lines += ["\t".join(" ".join(column.text_of(row).split()) for column in columns) for row in rows]
    return "\n".join(lines)
