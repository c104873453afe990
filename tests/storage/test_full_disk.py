"""Whenever the disk fills up, in whichever of the files: what was acknowledged is there afterwards, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_broker.common.config import TopicConfig
from desktop_broker.storage.errors import StorageError
from desktop_broker.storage.log import Log
from tests.storage.helpers import Broker, SmallDisk, batch, read_values

CONFIG = TopicConfig(segment_bytes=1_000, index_interval_bytes=150, flush_messages=4)


def write_until_full(log: Log, acknowledged: list[tuple[int, bytes]]) -> None:
    for number in range(100):
        value = b"%03d" % number * 20
        result = log.append_as_leader(batch(value, producer=1, sequence=number), number // 7)
        acknowledged.append((result.first_offset, value))


@given(free=st.integers(0, 6_000), by=st.sampled_from(["reopen", "clean", "crash"]))
def test_every_acknowledged_record_survives(free: int, by: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    disk = SmallDisk()
    broker = Broker(tmp_path_factory.mktemp("disk"), CONFIG, disk)
    log = broker.log()
    disk.free = free
    acknowledged: list[tuple[int, bytes]] = []
    with pytest.raises(StorageError, match="No space left"):
        write_until_full(log, acknowledged)
    disk.free = None
    if by == "reopen":
        log.reopen()
    else:
        log = broker.restart(clean=by == "clean")
        assert not broker.report.clean
    found = read_values(log)
    # The flush may fail after the write: such a record is there though its producer was told that it may not be.
    assert found[: len(acknowledged)] == acknowledged
    assert len(found) <= len(acknowledged) + 1
    after = log.append_as_leader(batch(b"next", producer=1, sequence=len(found)), 50)
    assert after.first_offset == len(found)
