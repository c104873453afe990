"""AlterUserScramCredentials (API key 51): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, binary, int8, int16, int32, string


class ScramCredentialDeletion(Message):
    """Nested in `AlterUserScramCredentialsRequest` as `deletions`."""

    name: str = string(default="")
    mechanism: int = int8(default=0)


class ScramCredentialUpsertion(Message):
    """Nested in `AlterUserScramCredentialsRequest` as `upsertions`."""

    name: str = string(default="")
    mechanism: int = int8(default=0)
    iterations: int = int32(default=0)
    salt: bytes = binary(default=b"")
    salted_password: bytes = binary(default=b"")


class AlterUserScramCredentialsRequest(Message, api_key=51, versions=(0, 0), flexible=0):
    """API key 51, request, version 0, flexible."""

    deletions: list[ScramCredentialDeletion] = array(ScramCredentialDeletion, default=list)
    upsertions: list[ScramCredentialUpsertion] = array(ScramCredentialUpsertion, default=list)


class AlterUserScramCredentialsResult(Message):
    """Nested in `AlterUserScramCredentialsResponse` as `results`."""

    user: str = string(default="")
    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)


class AlterUserScramCredentialsResponse(Message, api_key=51, versions=(0, 0), flexible=0):
    """API key 51, response, version 0, flexible."""

    throttle_time_ms: int = int32(default=0)
    results: list[AlterUserScramCredentialsResult] = array(AlterUserScramCredentialsResult, default=list)
