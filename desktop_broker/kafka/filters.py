"""Which messages a scan keeps. Tests run on raw bytes where that is exact, because a scan looks at every record of a topic.

Counterpart: `kafka/reader.py` calls the predicate once per record in the scan's own thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Headers = list[tuple[str, bytes | None]] | None


class RawRecord(Protocol):
    """The part of a librdkafka message that filters look at."""

    def key(self) -> bytes | None: ...
    def value(self) -> bytes | None: ...
    def headers(self) -> Headers: ...


Predicate = Callable[[RawRecord], bool]


def contains_text(needle: str) -> Callable[[bytes], bool]:
    """A test for bytes that hold this text in UTF-8, whatever the case of its letters (`str.lower`)."""
    others = "".join(letter for letter in needle if not letter.isascii())
    if others == others.lower() == others.upper():
        # Only ASCII letters of the needle have a case, and bytes.lower() changes nothing else: no decoding.
        raw = needle.lower().encode("utf-8", "surrogatepass")
        return lambda data: raw in data.lower()
    lowered = needle.lower()
    return lambda data: lowered in data.decode("utf-8", "replace").lower()


def predicate(text: str, key: bytes | None) -> Predicate | None:
    """One test for both filters; None when everything passes."""
    if not text:
        return None if key is None else lambda record: record.key() == key
    found = contains_text(text)

    def in_record(record: RawRecord) -> bool:
        value, record_key = record.value(), record.key()
        if (value and found(value)) or (record_key and found(record_key)):
            return True
        return any(found(name.encode()) or (data is not None and found(data)) for name, data in record.headers() or ())

    if key is None:
        return in_record
    return lambda record: record.key() == key and in_record(record)
