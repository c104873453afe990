"""Languages, and how numbers and times are written."""

from desktop_broker.gui.i18n.formats import (
    as_time,
    format_ago,
    format_byte_rate,
    format_bytes,
    format_count,
    format_duration,
    format_rate,
    format_time,
    format_zone,
    use_utc,
    uses_utc,
)
from desktop_broker.gui.i18n.languages import LANGUAGES, Languages, system_language

__all__ = [
    "LANGUAGES",
    "Languages",
    "as_time",
    "format_ago",
    "format_byte_rate",
    "format_bytes",
    "format_count",
    "format_duration",
    "format_rate",
    "format_time",
    "format_zone",
    "system_language",
    "use_utc",
    "uses_utc",
]
