"""What a cluster was created with: number of brokers, ports, advertised addresses, racks. Kept as `cluster.json` in the data folder.

Everything else about the cluster lives in its metadata log; this is only what must be known before that log can be opened.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop_broker.broker.errors import EngineError
from desktop_broker.common.types import Endpoint, new_uuid, parse_endpoint, uuid_to_text

FILE_NAME = "cluster.json"
LAYOUT_VERSION = 1
DEFAULT_BROKERS = 3
MAX_BROKERS = 9
DEFAULT_PORT = 9092


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerSpec:
    """One broker. `port` 0 means that none was chosen yet; `advertised` None that clients are told where it listens."""

    id: int
    port: int
    advertised: Endpoint | None
    rack: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSpec:
    """The whole file. `free_ports`: the ports were left to the system, so others will do when they are taken next time."""

    cluster_id: str
    free_ports: bool
    brokers: tuple[BrokerSpec, ...]

    def with_ports(self, ports: Mapping[int, int]) -> ClusterSpec:
        """The same cluster on these ports (by broker id)."""
        return replace(self, brokers=tuple(replace(broker, port=ports[broker.id]) for broker in self.brokers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the caller asked for; None where it leaves the choice to the folder or the default."""

    brokers: int | None = None
    port: int | None = None
    advertise: Endpoint | None = None
    racks: Mapping[int, str] | None = None


def resolve(data_dir: Path, wishes: Wishes) -> ClusterSpec:
    """The cluster in this folder with the wishes applied, or a new one made of them. Writes nothing.

    Raises:
        EngineError: the folder's cluster has another number of brokers, its file is damaged or of another layout, or a wish makes no sense.
    """
    _check(wishes)
    known = load(data_dir)
    if known is None:
        return _create(wishes)
    if wishes.brokers is not None and wishes.brokers != len(known.brokers):
        raise EngineError(
            f"The cluster in {data_dir} was created with {_count(len(known.brokers))}, not {wishes.brokers}: "
            f"leave out the number of brokers, or choose another data folder."
        )
    return _apply(known, wishes)


def load(data_dir: Path) -> ClusterSpec | None:
    """The cluster of a folder; None when it holds none yet.

    Raises:
        EngineError: there is one that this version cannot work with. Nothing was changed.
    """
    path = data_dir / FILE_NAME
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if any(data_dir.glob("broker-*/meta.properties")):
            raise EngineError(
                f"{data_dir} holds brokers' data but no {FILE_NAME}: put the file back, or choose another data folder."
            ) from None
        return None
    except OSError as error:
        raise EngineError(f"Cannot read {path}: {error.strerror}.") from None
    except ValueError:
        raise EngineError(f"{path} is damaged: put a good copy back, or choose another data folder.") from None
    return _from_plain(path, plain)


def save(data_dir: Path, spec: ClusterSpec) -> None:
    """Write the file; whoever reads sees the old or the new one, also after a power cut.

    Raises:
        OSError: the folder cannot be written.
    """
    target = data_dir / FILE_NAME
    draft = target.with_suffix(".json.new")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(_to_plain(spec), file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
    if os.name == "posix":
        handle = os.open(data_dir, os.O_RDONLY)
        with contextlib.suppress(OSError):
            os.fsync(handle)
        os.close(handle)


def _check(wishes: Wishes) -> None:
    if wishes.brokers is not None and not 1 <= wishes.brokers <= MAX_BROKERS:
        raise EngineError(f"A cluster has 1 to {MAX_BROKERS} brokers, not {wishes.brokers}.")
    for port in (wishes.port, wishes.advertise.port if wishes.advertise else None):
        if port is not None and not 0 <= port <= 65535 - MAX_BROKERS:
            raise EngineError(f"{port} is no port for a cluster: choose one between 1 and {65535 - MAX_BROKERS}, or 0.")


def _create(wishes: Wishes) -> ClusterSpec:
    count = DEFAULT_BROKERS if wishes.brokers is None else wishes.brokers
    base = DEFAULT_PORT if wishes.port is None else wishes.port
    brokers = tuple(
        BrokerSpec(id=number, port=base + number - 1 if base else 0, advertised=None, rack=f"RACK{number}")
        for number in range(1, count + 1)
    )
    spec = ClusterSpec(cluster_id=uuid_to_text(new_uuid()), free_ports=base == 0, brokers=brokers)
    return _apply(spec, replace(wishes, port=None))


def _apply(spec: ClusterSpec, wishes: Wishes) -> ClusterSpec:
    racks = wishes.racks or {}
    unknown = sorted(set(racks) - {broker.id for broker in spec.brokers})
    if unknown:
        raise EngineError(f"There is no broker {unknown[0]} to give a rack: ids are 1 to {len(spec.brokers)}.")
    brokers = []
    for broker in spec.brokers:
        port = broker.port
        if wishes.port is not None and not (wishes.port == 0 and spec.free_ports):
            port = wishes.port + broker.id - 1 if wishes.port else 0
        brokers.append(
            replace(
                broker,
                port=port,
                advertised=_advertised(broker, wishes.advertise),
                rack=racks.get(broker.id, broker.rack),
            )
        )
    free_ports = spec.free_ports if wishes.port is None else wishes.port == 0
    return replace(spec, free_ports=free_ports, brokers=tuple(brokers))


def _advertised(broker: BrokerSpec, first: Endpoint | None) -> Endpoint | None:
    if first is None:
        return broker.advertised
    return Endpoint(first.host, first.port + broker.id - 1 if first.port else 0)


def _to_plain(spec: ClusterSpec) -> dict[str, Any]:
    return {
        "version": LAYOUT_VERSION,
        "cluster_id": spec.cluster_id,
        "free_ports": spec.free_ports,
        "brokers": [
            {
                "id": broker.id,
                "port": broker.port,
                "advertised": str(broker.advertised) if broker.advertised else None,
                "rack": broker.rack,
            }
            for broker in spec.brokers
        ],
    }


def _from_plain(path: Path, plain: Any) -> ClusterSpec:
    version = plain.get("version") if isinstance(plain, dict) else None
    if isinstance(version, int) and version > LAYOUT_VERSION:
        raise EngineError(
            f"{path.parent} was written by a newer version of this program: update it, or choose another data folder."
        )
    if isinstance(version, int) and version < LAYOUT_VERSION:
        raise EngineError(
            f"{path.parent} has the layout of an older version that this one cannot read: choose another data folder."
        )
    try:
        brokers = tuple(
            BrokerSpec(
                id=int(row["id"]),
                port=int(row["port"]),
                advertised=parse_endpoint(row["advertised"]) if row["advertised"] else None,
                rack=row["rack"],
            )
            for row in plain["brokers"]
        )
        if [broker.id for broker in brokers] != list(range(1, len(brokers) + 1)) or not brokers:
            raise ValueError("broker ids must count up from 1")
        return ClusterSpec(cluster_id=str(plain["cluster_id"]), free_ports=bool(plain["free_ports"]), brokers=brokers)
    except (KeyError, TypeError, ValueError):
        raise EngineError(f"{path} is damaged: put a good copy back, or choose another data folder.") from None


def _count(brokers: int) -> str:
    return "1 broker" if brokers == 1 else f"{brokers} brokers"
