"""What can go wrong in a log, beyond the plain `KafkaError`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop_broker.common.errors import ErrorCode, KafkaError


class StorageError(KafkaError):
    """A file could not be read or written, or holds something that cannot be served. Always KAFKA_STORAGE_ERROR."""

    def __init__(self, message: str) -> None:
        super().__init__(ErrorCode.KAFKA_STORAGE_ERROR, message)


class DamagedBatchError(StorageError):
    """Bytes in a segment that are no record batch; `path` and `position` say where."""

    def __init__(self, path: str, position: int, reason: str) -> None:
        super().__init__(f"{path} is damaged at byte {position}: {reason}.")
        self.path = path
        self.position = position
        self.reason = reason


class RecordError(NamedTuple):
    """One record of a refused batch: its index in the batch and what is wrong with it."""

    batch_index: int
    message: str


class RecordErrors(KafkaError):  # noqa: N818 - it carries several
    """A batch refused because of some of its records (KIP-467); Produce v8 and later send them along."""

    def __init__(self, code: ErrorCode, message: str, record_errors: Sequence[RecordError]) -> None:
        super().__init__(code, message)
        self.record_errors = tuple(record_errors)
