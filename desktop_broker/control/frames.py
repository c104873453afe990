"""Frames of the control socket: four bytes of length, then JSON. Shared by server and client.

A frame that is too long, cut short or no JSON object ends the connection; nothing is allocated before its length was judged.
"""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

MAX_REQUEST_BYTES = 256 * 1024
MAX_RESPONSE_BYTES = 64 * 1024 * 1024
_LENGTH = struct.Struct(">I")
_STEP = 64 * 1024


class FrameError(Exception):
    """What came is no frame of ours."""


def send_frame(connection: socket.socket, message: dict[str, Any]) -> None:
    """Send one message.

    Raises:
        OSError: the other side is gone or does not read.
    """
    body = json.dumps(message, separators=(",", ":")).encode()
    connection.sendall(_LENGTH.pack(len(body)) + body)


def receive_frame(connection: socket.socket, limit: int) -> dict[str, Any] | None:
    """The next message; None at the end of the connection.

    Raises:
        FrameError: too long, cut short or no JSON object.
        OSError: the connection broke or its time-out passed.
    """
    head = _receive_exactly(connection, _LENGTH.size)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > limit:
        raise FrameError(f"a frame of {length} bytes; at most {limit} are taken")
    body = _receive_exactly(connection, length)
    if body is None:
        raise FrameError("a frame without its body")
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FrameError("a frame that is no JSON") from error
    if not isinstance(message, dict):
        raise FrameError("a frame that is no JSON object")
    return message


def _receive_exactly(connection: socket.socket, count: int) -> bytes | None:
    """Exactly so many bytes; None when the connection ends before the first. Memory grows with what came, not with what was announced."""
    received = bytearray()
    while len(received) < count:
        piece = connection.recv(min(count - len(received), _STEP))
        if not piece:
            if received:
                raise FrameError("a frame that was cut short")
            return None
        received += piece
    return bytes(received)
