"""DescribeUserScramCredentials (API key 50): its request and response."""

from __future__ import annotations

from desktop_broker.protocol.schema import Message, array, int8, int16, int32, string


class UserName(Message):
    """Nested in `DescribeUserScramCredentialsRequest` as `users`."""

    name: str = string(default="")


class DescribeUserScramCredentialsRequest(Message, api_key=50, versions=(0, 0), flexible=0):
    """API key 50, request, version 0, flexible."""

    users: list[UserName] | None = array(UserName, default=list, nullable=0)


class CredentialInfo(Message):
    """Nested in `DescribeUserScramCredentialsResult` as `credential_infos`."""

    mechanism: int = int8(default=0)
    iterations: int = int32(default=0)


class DescribeUserScramCredentialsResult(Message):
    """Nested in `DescribeUserScramCredentialsResponse` as `results`."""

    user: str = string(default="")
    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)
    credential_infos: list[CredentialInfo] = array(CredentialInfo, default=list)


class DescribeUserScramCredentialsResponse(Message, api_key=50, versions=(0, 0), flexible=0):
    """API key 50, response, version 0, flexible."""

    throttle_time_ms: int = int32(default=0)
    error_code: int = int16(default=0)
    error_message: str | None = string(default="", nullable=0)
    results: list[DescribeUserScramCredentialsResult] = array(DescribeUserScramCredentialsResult, default=list)
