"""Ports of this machine: taking one, finding out who holds a taken one, and which are free.

No counterpart in Kafka: there a taken port is a stack trace.
"""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import sys
from pathlib import Path

from desktop_broker.broker.errors import EngineError, PortTakenError

_LISTENING = "0A"  # the state column of /proc/net/tcp


def bind(host: str, port: int, *, brokers: int = 1) -> socket.socket:
    """A TCP socket bound to the address, not yet listening. Port 0 lets the system choose.

    Raises:
        PortTakenError: another program has the port; names it where the system tells, and offers runs of `brokers` free ports.
        EngineError: the address cannot be bound for another reason.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        _allow_quick_reuse(made)
        made.bind((host, port))
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRINUSE:
            raise port_taken(host, port, brokers) from None
        if error.errno == errno.EACCES:
            raise EngineError(f"Port {port} may not be used without special rights: choose one above 1023.") from None
        raise EngineError(f"Cannot listen on {host}:{port}: {os.strerror(error.errno or 0)}.") from None
    return made


def port_taken(host: str, port: int, brokers: int) -> PortTakenError:
    """The error for a port that is in use, with what can be found out about it."""
    holder = holder_of(port)
    alternatives = tuple(free_runs(host, port, brokers))
    by = f"by {holder}" if holder else "by another program"
    if alternatives:
        free = f"choose another, such as {' or '.join(str(start) for start in alternatives)}"
    else:
        free = "end that program or choose another port"
    return PortTakenError(f"Port {port} is in use {by}: {free}.", port, alternatives)


def holder_of(port: int) -> str | None:
    """Who listens on a TCP port, as `name (process 123)`; None where the system does not tell (not Linux, or another user's)."""
    inodes = _listening_inodes(port)
    if not inodes:
        return None
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and _has_socket(process, inodes):
            name = (process / "comm").read_text(errors="replace").strip()
            return f"{name} (process {process.name})"
    return None


def free_runs(host: str, near: int, length: int, count: int = 2) -> list[int]:
    """The first ports of up to `count` runs of `length` free ports, upwards from `near`."""
    found: list[int] = []
    start = near + 1
    while len(found) < count and start + length <= 65536 and start < near + 2000:
        taken = next((port for port in range(start + length - 1, start - 1, -1) if not _is_free(host, port)), None)
        if taken is None:
            found.append(start)
            start = (start // 1000 + 1) * 1000 + near % 1000 if len(found) == 1 else start + length
        else:
            start = taken + 1
    return found


def _allow_quick_reuse(made: socket.socket) -> None:
    """Let a restart take its port back at once; on Windows that option would let two programs share it."""
    if sys.platform == "win32":
        made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        _allow_quick_reuse(probe)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _listening_inodes(port: int) -> set[str]:
    inodes: set[str] = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with contextlib.suppress(OSError):
            for row in Path(table).read_text().splitlines()[1:]:
                columns = row.split()
                if columns[3] == _LISTENING and int(columns[1].rpartition(":")[2], 16) == port:
                    inodes.add(columns[9])
    return inodes


def _has_socket(process: Path, inodes: set[str]) -> bool:
    try:
        handles = list((process / "fd").iterdir())
    except OSError:  # another user's process, or one that just ended
        return False
    for handle in handles:
        with contextlib.suppress(OSError):
            if os.readlink(handle).removeprefix("socket:[").removesuffix("]") in inodes:
                return True
    return False
