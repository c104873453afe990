"""Apache Kafka's own dump-log reads every file that is written here, and finds nothing to complain about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_broker.common.config import TopicConfig
from desktop_broker.protocol.batch import Compression
from desktop_broker.protocol.batch_header import NO_PRODUCER_ID
from tests.storage.helpers import TP, Broker, batch
from tests.support.apache_kafka import libraries, run_tool

CONFIG = TopicConfig(segment_bytes=6_000, index_interval_bytes=300)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of several segments, all codecs, an idempotent producer, two leader epochs, and a restart in the middle."""
    libraries()
    data = tmp_path_factory.mktemp("broker")
    broker = Broker(data, CONFIG)
    log = broker.log()
    for number in range(120):
        producer = 42 if number % 2 else NO_PRODUCER_ID
        values = [b"%d" % number * (10 + number % 90)] * (1 + number % 4)
        sequence = _sequence(number) if number % 2 else -1
        data_batch = batch(
            *values,
            timestamp=1_700_000_000_000 + number * 10 - number % 7 * 15,
            producer=producer,
            sequence=sequence,
            compression=Compression(number % 5),
        )
        log.append_as_leader(data_batch, 1 if number < 50 else 3)
        if number == 70:
            log = broker.restart(clean=True)
        if number == 90:
            log = broker.restart(clean=False)
    broker.manager.shutdown(True)
    return data / str(TP)


def _sequence(number: int) -> int:
    return sum(1 + earlier % 4 for earlier in range(1, number, 2))


def test_it_reads_logs_and_finds_the_indexes_sane(folder: Path) -> None:
    files = sorted(path for path in folder.iterdir() if path.suffix in (".log", ".index", ".timeindex"))
    assert len(files) >= 9
    logs = ",".join(str(path) for path in files if path.suffix == ".log")
    text = run_tool("dump-log", "--files", logs, "--print-data-log", "--deep-iteration")
    offsets = [int(found) for found in re.findall(r"^\| offset: (\d+)", text, re.MULTILINE)]
    assert offsets == list(range(sum(1 + number % 4 for number in range(120))))
    assert "isvalid: false" not in text
    _assert_no_complaint(text)
    indexes = ",".join(str(path) for path in files if path.suffix != ".log")
    checked = run_tool("dump-log", "--files", indexes, "--index-sanity-check")
    sound = len(re.findall(r"passed sanity check\.|is empty\.", checked))
    assert sound == sum(path.suffix != ".log" for path in files), checked
    _assert_no_complaint(checked)


def test_its_indexes_point_at_batches(folder: Path) -> None:
    indexes = ",".join(str(path) for path in sorted(folder.iterdir()) if path.suffix in (".index", ".timeindex"))
    text = run_tool("dump-log", "--files", indexes, "--verify-index-only")
    _assert_no_complaint(text)
    listed = run_tool("dump-log", "--files", indexes)
    assert listed.count("position: ") > 20
    assert listed.count("timestamp: ") > 15
    _assert_no_complaint(listed)


def test_it_reads_producer_snapshots(folder: Path) -> None:
    snapshots = sorted(folder.glob("*.snapshot"))
    text = run_tool("dump-log", "--files", ",".join(str(path) for path in snapshots))
    assert text.count("producerId: 42 producerEpoch: 0") == len(snapshots) > 2
    assert f"lastSequence: {_sequence(121) - 1}" in text


def _assert_no_complaint(text: str) -> None:
    assert not re.search(r"(?i)mismatch|corrupt|exception|out of order|non-?monotonic|error", text), text
