"""`.txnindex`: the aborted transactions that end in a segment, so that read_committed consumers can skip them.

Counterpart: Kafka's `TransactionIndex` and `AbortedTxn`, entries of 34 bytes. Most segments have none, and then no file.
"""

from __future__ import annotations

from collections.abc import Iterable
from struct import Struct
from typing import NamedTuple

from desktop_broker.storage.files import FileLayer

_ENTRY = Struct(">hqqqq")
_VERSION = 0


class AbortedTransaction(NamedTuple):
    """First and last offset (that of the marker), and the last stable offset when the marker was written."""

    producer_id: int
    first_offset: int
    last_offset: int
    last_stable_offset: int


def encode_aborted(transaction: AbortedTransaction) -> bytes:
    """One entry."""
    return _ENTRY.pack(_VERSION, *transaction)


def decode_aborted(content: bytes) -> list[AbortedTransaction]:
    """All whole entries of a file."""
    whole = len(content) // _ENTRY.size * _ENTRY.size
    return [AbortedTransaction._make(fields[1:]) for fields in _ENTRY.iter_unpack(content[:whole])]


def read_aborted(path: str) -> list[AbortedTransaction]:
    """What a file holds; nothing when there is none. Raises OSError."""
    try:
        with open(path, "rb") as file:
            return decode_aborted(file.read())
    except FileNotFoundError:
        return []


def write_aborted(files: FileLayer, path: str, transactions: Iterable[AbortedTransaction]) -> None:
    """Write a file whole, or remove it when nothing is left for it. Raises OSError."""
    content = b"".join([encode_aborted(transaction) for transaction in transactions])
    if content:
        files.replace_bytes(path, content, sync=False)
    else:
        files.remove(path)
