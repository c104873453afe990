"""Feeds batches of a log to its producer states; control batches must be looked into for that.

Counterpart: Kafka's `EndTransactionMarker` and `ProducerAppendInfo.append`.
"""

from __future__ import annotations

from struct import Struct

from desktop_broker.protocol.batch import decode_records
from desktop_broker.protocol.batch_header import RecordBatchHeader
from desktop_broker.protocol.errors import ProtocolError
from desktop_broker.storage.files import Buffer
from desktop_broker.storage.producer_state import EndMarker, ProducerStates
from desktop_broker.storage.transaction_index import AbortedTransaction

_KEY = Struct(">hh")
_VALUE = Struct(">hi")
_ABORT, _COMMIT = 0, 1


def end_marker_of(batch: Buffer) -> EndMarker | None:
    """What a control batch says about a transaction; None when it is about something else, or has been emptied by compaction."""
    try:
        records = decode_records(batch)
    except ProtocolError:
        return None
    if not records or len(records[0].key or b"") < _KEY.size or len(records[0].value or b"") < _VALUE.size:
        return None
    _, kind = _KEY.unpack_from(records[0].key or b"")
    _, coordinator_epoch = _VALUE.unpack_from(records[0].value or b"")
    return EndMarker(kind == _ABORT, coordinator_epoch) if kind in (_ABORT, _COMMIT) else None


def take_in(
    producers: ProducerStates, header: RecordBatchHeader, first_offset: int, batch: Buffer
) -> AbortedTransaction | None:
    """A batch of some producer stands in the log at this offset; returns what the transaction index must hold for it, if anything."""
    if not header.is_control:
        producers.append(header, first_offset)
        return None
    marker = end_marker_of(batch)
    return producers.append_marker(header, first_offset, marker) if marker is not None else None
