"""The small text files, as Kafka writes and reads them."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from desktop_broker.common.types import TopicPartition, uuid_to_text
from desktop_broker.storage import checkpoints
from desktop_broker.storage.errors import StorageError
from desktop_broker.storage.files import FileLayer

FILES = FileLayer()
ID = uuid.UUID("0b6f1e9c-3c1f-4c55-9d3e-5b3f6d0a7c11")


def test_offset_checkpoints(tmp_path: Path) -> None:
    path = tmp_path / checkpoints.RECOVERY_POINTS
    assert checkpoints.read_offsets(path) == {}
    offsets = {TopicPartition("a.b-c", 0): 5, TopicPartition("a.b-c", 11): 2**40}
    checkpoints.write_offsets(FILES, path, offsets)
    assert path.read_text() == f"0\n2\na.b-c 0 5\na.b-c 11 {2**40}\n"
    assert checkpoints.read_offsets(path) == offsets
    assert [left.name for left in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("text", ["1\n0\n", "0\n1\n", "0\n1\na 0\n", "0\n1\na b c\n", "0\nx\n", "\xff\xfe"])
def test_damaged_offset_checkpoints_are_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "checkpoint"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(StorageError, match="checkpoint"):
        checkpoints.read_offsets(path)


def test_partition_metadata(tmp_path: Path) -> None:
    assert checkpoints.read_topic_id(tmp_path) is None
    checkpoints.write_topic_id(FILES, tmp_path, ID)
    assert (tmp_path / "partition.metadata").read_text() == f"version: 0\ntopic_id: {uuid_to_text(ID)}\n"
    assert checkpoints.read_topic_id(tmp_path) == ID


@pytest.mark.parametrize(
    "text", ["version: 1\ntopic_id: x\n", "version: 0\n", "nonsense", "version: 0\ntopic_id: abc\n"]
)
def test_damaged_partition_metadata_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "partition.metadata").write_text(text)
    with pytest.raises(StorageError, match=r"partition\.metadata"):
        checkpoints.read_topic_id(tmp_path)


def test_meta_properties(tmp_path: Path) -> None:
    assert checkpoints.read_meta_properties(tmp_path) is None
    properties = checkpoints.MetaProperties("cluster", 3, ID)
    checkpoints.write_meta_properties(FILES, tmp_path, properties)
    assert checkpoints.read_meta_properties(tmp_path) == properties
    lines = (tmp_path / "meta.properties").read_text().splitlines()
    assert {"version=1", "cluster.id=cluster", "node.id=3", f"directory.id={uuid_to_text(ID)}"} <= set(lines)


@pytest.mark.parametrize(
    "text",
    ["version=0\nbroker.id=1\n", "version=1\nnode.id=1\n", "version=1\ncluster.id=a\nnode.id=x\ndirectory.id=y\n", ""],
)
def test_meta_properties_of_another_kind_are_refused_in_words(text: str, tmp_path: Path) -> None:
    (tmp_path / "meta.properties").write_text(text)
    with pytest.raises(StorageError, match=r"meta\.properties"):
        checkpoints.read_meta_properties(tmp_path)


def test_the_clean_shutdown_mark(tmp_path: Path) -> None:
    assert not checkpoints.was_shut_down_cleanly(tmp_path)
    checkpoints.mark_clean_shutdown(FILES, tmp_path, 17)
    assert checkpoints.was_shut_down_cleanly(tmp_path)
    assert json.loads((tmp_path / ".kafka_cleanshutdown").read_text()) == {"version": 0, "brokerEpoch": 17}
    checkpoints.clear_clean_shutdown(FILES, tmp_path)
    assert not checkpoints.was_shut_down_cleanly(tmp_path)
