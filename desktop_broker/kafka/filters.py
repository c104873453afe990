"""Which messages a scan keeps. Tests run on raw bytes where that is exact, because a scan looks at every record of a topic.

Counterpart: `kafka/reader.py` calls the predicate once per record in the scan's own thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Headers = Iterable[tuple[str, str | bytes | None]] | dict[str, str | bytes | None] | None
Predicate = Callable[[bytes | None, bytes | None, Callable[[], Headers]], bool]
"""Key, value, and a way to get the headers (asked only when needed: librdkafka builds them at each call)."""


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
        return None if key is None else lambda record_key, _value, _headers: record_key == key
    found = contains_text(text)

    def in_record(record_key: bytes | None, value: bytes | None, headers: Callable[[], Headers]) -> bool:
        if (value and found(value)) or (record_key and found(record_key)):
            return True
        return any(found(name.encode()) or _in_header(data, found) for name, data in pairs(headers()))

    if key is None:
        return in_record
    return lambda record_key, value, headers: record_key == key and in_record(record_key, value, headers)


def pairs(headers: Headers) -> Iterable[tuple[str, str | bytes | None]]:
    """Headers in any of the forms that librdkafka's binding declares, one by one."""
    return headers.items() if isinstance(headers, dict) else headers or ()


def _in_header(data: str | bytes | None, found: Callable[[bytes], bool]) -> bool:
    return data is not None and found(data.encode() if isinstance(data, str) else data)
