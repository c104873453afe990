"""SaslHandshake (API key 17): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int16, string


class SaslHandshakeRequest(Message, api_key=17, versions=(0, 1)):
    """API key 17, request, versions 0 to 1, none of them flexible."""

    mechanism: str = string(default="")


class SaslHandshakeResponse(Message, api_key=17, versions=(0, 1)):
    """API key 17, response, versions 0 to 1, none of them flexible."""

    error_code: int = int16(default=0)
    mechanisms: list[str] = array("string", default=list)
