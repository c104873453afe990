"""The small text files around the logs: offset checkpoints, leader epochs, partition.metadata, meta.properties, the clean-shutdown mark.

Counterpart: Kafka's `storage.internals.checkpoint` and `MetaProperties`. All are written whole and renamed into place.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from desktop_broker.common.types import TopicPartition, uuid_from_text, uuid_to_text
from desktop_broker.storage.errors import StorageError
from desktop_broker.storage.files import FileLayer

RECOVERY_POINTS = "recovery-point-offset-checkpoint"
LOG_START_OFFSETS = "log-start-offset-checkpoint"
HIGH_WATERMARKS = "replication-offset-checkpoint"
LEADER_EPOCHS = "leader-epoch-checkpoint"
PARTITION_METADATA = "partition.metadata"
META_PROPERTIES = "meta.properties"
CLEAN_SHUTDOWN = ".kafka_cleanshutdown"


class MetaProperties(NamedTuple):
    """What a broker's folder says about whose it is."""

    cluster_id: str
    node_id: int
    directory_id: uuid.UUID


def _rows(path: Path) -> list[list[str]]:
    """The rows of a checkpoint: version 0, their number, then the rows, split at blanks. A missing or empty file has none.

    Raises:
        StorageError: the file says something else.
    """
    try:
        lines = path.read_text().splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(f"{path} cannot be read: {error}.") from error
    if not lines:
        return []
    rows = [line.split() for line in lines[2:]]
    if lines[0] != "0" or len(lines) < 2 or lines[1] != str(len(rows)):
        raise StorageError(f"{path} is no checkpoint file of version 0 with the number of rows it says.")
    return rows


def _text(rows: Iterable[str]) -> str:
    lines = list(rows)
    return "\n".join(["0", str(len(lines)), *lines, ""])


def read_offsets(path: Path) -> dict[TopicPartition, int]:
    """A checkpoint of one offset per partition.

    Raises:
        StorageError: it cannot be read.
    """
    try:
        return {TopicPartition(topic, int(index)): int(offset) for topic, index, offset in _rows(path)}
    except ValueError:
        raise StorageError(f"{path} has a row that is not 'topic partition offset'.") from None


def write_offsets(files: FileLayer, path: Path, offsets: Mapping[TopicPartition, int]) -> None:
    """Write such a checkpoint through to the disk."""
    rows = (f"{tp.topic} {tp.partition} {offset}" for tp, offset in offsets.items())
    files.replace_text(str(path), _text(rows), sync=True)


def read_epochs(path: Path) -> list[tuple[int, int]]:
    """Leader epochs with their start offsets.

    Raises:
        StorageError: the file cannot be read.
    """
    try:
        return [(int(epoch), int(start)) for epoch, start in _rows(path)]
    except ValueError:
        raise StorageError(f"{path} has a row that is not 'epoch offset'.") from None


def write_epochs(files: FileLayer, path: Path, epochs: Iterable[tuple[int, int]], *, sync: bool) -> None:
    """Write the leader epochs of one log."""
    files.replace_text(str(path), _text(f"{epoch} {start}" for epoch, start in epochs), sync=sync)


def read_topic_id(folder: Path) -> uuid.UUID | None:
    """The topic id in a log's `partition.metadata`; None when there is no such file.

    Raises:
        StorageError: it says something else.
    """
    path = folder / PARTITION_METADATA
    try:
        entries = dict(line.split(": ", 1) for line in path.read_text().splitlines() if line)
        if entries["version"] != "0":
            raise StorageError(f"{path} has version {entries['version']}; this program knows version 0.")
        return uuid_from_text(entries["topic_id"])
    except FileNotFoundError:
        return None
    except (KeyError, ValueError) as error:
        raise StorageError(f"{path} is damaged: it must hold a version and a topic_id.") from error


def write_topic_id(files: FileLayer, folder: Path, topic_id: uuid.UUID) -> None:
    """Write a log's `partition.metadata`."""
    text = f"version: 0\ntopic_id: {uuid_to_text(topic_id)}\n"
    files.replace_text(str(folder / PARTITION_METADATA), text, sync=False)


def read_meta_properties(folder: Path) -> MetaProperties | None:
    """Whose folder this is; None when it is new.

    Raises:
        StorageError: the file is damaged, or of a version not known.
    """
    path = folder / META_PROPERTIES
    try:
        lines = path.read_text().splitlines()
    except FileNotFoundError:
        return None
    entries = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    version = entries.get("version")
    if version != "1":
        raise StorageError(f"{path} has version {version}; this program reads version 1 (Kafka 3.0 and later, KRaft).")
    try:
        return MetaProperties(entries["cluster.id"], int(entries["node.id"]), uuid_from_text(entries["directory.id"]))
    except (KeyError, ValueError) as error:
        raise StorageError(f"{path} is damaged: cluster.id, node.id and directory.id must stand in it.") from error


def write_meta_properties(files: FileLayer, folder: Path, properties: MetaProperties) -> None:
    """Write whose folder this is, in Kafka's order."""
    text = (
        "#\n"
        f"cluster.id={properties.cluster_id}\n"
        f"directory.id={uuid_to_text(properties.directory_id)}\n"
        f"node.id={properties.node_id}\n"
        "version=1\n"
    )
    files.replace_text(str(folder / META_PROPERTIES), text, sync=True)


def was_shut_down_cleanly(folder: Path) -> bool:
    """Whether the last owner of this folder wrote everything down before it went."""
    return (folder / CLEAN_SHUTDOWN).exists()


def mark_clean_shutdown(files: FileLayer, folder: Path, broker_epoch: int) -> None:
    """The last thing that a clean shutdown writes."""
    content = json.dumps({"version": 0, "brokerEpoch": broker_epoch}, separators=(",", ":"))
    files.replace_text(str(folder / CLEAN_SHUTDOWN), content, sync=True)


def clear_clean_shutdown(files: FileLayer, folder: Path) -> None:
    """From now on, a crash is a crash."""
    files.remove(str(folder / CLEAN_SHUTDOWN))
    with suppress(OSError):  # a lost directory sync costs at most a recovery that finds nothing to do
        files.sync_folder(str(folder))
