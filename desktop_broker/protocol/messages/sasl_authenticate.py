"""SaslAuthenticate (API key 36): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, binary, int16, int64, string


class SaslAuthenticateRequest(Message, api_key=36, versions=(0, 2), flexible=2):
    """API key 36, request, versions 0 to 2, flexible from 2."""

    auth_bytes: bytes = binary(default=b"")


class SaslAuthenticateResponse(Message, api_key=36, versions=(0, 2), flexible=2):
    """API key 36, response, versions 0 to 2, flexible from 2."""

    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)
    auth_bytes: bytes = binary(default=b"")
    session_lifetime_ms: int = int64(default=0, since=1, ignorable=True)
