"""A small blocking client over `protocol/`, for what librdkafka's binding lacks: DescribeLogDirs, OffsetDelete, DescribeTopicPartitions.

One socket to one broker, one request at a time. Speaks plaintext and TLS; a cluster that wants SASL is told apart in words.
Counterpart: `log_dirs.py` and `group_deletion.py` ask through it; any broker answers.
"""

from __future__ import annotations

import contextlib
import socket
import struct
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from desktop_broker.common.errors import ErrorCode
from desktop_broker.common.types import Endpoint
from desktop_broker.kafka import error_sentences
from desktop_broker.kafka.admin import CLIENT_ID
from desktop_broker.kafka.errors import ClusterError
from desktop_broker.protocol.apis import APIS, ApiKey
from desktop_broker.protocol.codec import decode_from
from desktop_broker.protocol.errors import ProtocolError
from desktop_broker.protocol.frames import encode_request, parse_response_header
from desktop_broker.protocol.messages.api_versions import ApiVersionsRequest, ApiVersionsResponse
from desktop_broker.protocol.schema import Message

if TYPE_CHECKING:
    from ssl import SSLContext

_MAX_RESPONSE_BYTES = 100 * 1024 * 1024
_ANY_VERSION = 0

Response = TypeVar("Response", bound=Message)


class WireClient:
    """One connection to one broker. Not thread-safe: whoever opened it uses it; `close` may come from any thread and ends a wait.

    Args:
        properties: librdkafka's names: `security.protocol`, `ssl.ca.location`, `ssl.certificate.location`, ...

    Raises:
        ClusterError: the broker cannot be reached, or wants a way to sign in that this client does not have.
    """

    def __init__(self, endpoint: Endpoint, properties: Mapping[str, str], *, timeout_s: float = 10.0) -> None:
        self._endpoint = endpoint
        self._correlation_id = 0
        self._versions: dict[int, tuple[int, int]] | None = None
        protocol = properties.get("security.protocol", "plaintext").lower()
        if protocol.startswith("sasl"):
            raise ClusterError(
                *error_sentences.NO_SASL_HERE,
                code="SASL_NOT_SUPPORTED",
            )
        try:
            self._socket = socket.create_connection((endpoint.host, endpoint.port), timeout=timeout_s)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if protocol == "ssl":
                self._socket = _tls(properties).wrap_socket(self._socket, server_hostname=endpoint.host)
        except OSError as error:
            raise self._unreachable(error) from error

    def ask(self, request: Message, answer: type[Response], *, most: int | None = None) -> Response:
        """Send a request in the highest version that both sides know (and not above `most`), and wait for its response."""
        return self._round_trip(request, self.version_of(ApiKey(type(request).API_KEY), most), answer)

    def version_of(self, key: ApiKey, most: int | None = None) -> int:
        """The version that `ask` would choose.

        Raises:
            ClusterError: the broker does not offer the API in a version known here.
        """
        api = APIS[key]
        low, high = self._offered().get(api.key, (0, -1))
        version = min(high, api.max_version if most is None else most)
        if version < max(low, api.min_version):
            raise ClusterError(
                *error_sentences.NOT_OFFERED,
                code="UNSUPPORTED_VERSION",
                api=api.name,
            )
        return version

    def offers(self, key: ApiKey) -> bool:
        """Whether the broker has this API at all."""
        return key in self._offered()

    def close(self) -> None:
        """End the connection, and a wait on it."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def __enter__(self) -> WireClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _offered(self) -> dict[int, tuple[int, int]]:
        """API key -> the lowest and highest version of the broker."""
        if self._versions is None:
            known = self._round_trip(ApiVersionsRequest(), _ANY_VERSION, ApiVersionsResponse)
            self._versions = {row.api_key: (row.min_version, row.max_version) for row in known.api_keys}
        return self._versions

    def _round_trip(self, request: Message, version: int, answer: type[Response]) -> Response:
        self._correlation_id += 1
        api_key = type(request).API_KEY
        try:
            self._socket.sendall(encode_request(request, version, self._correlation_id, CLIENT_ID))
            frame = self._receive_frame()
            correlation_id, start = parse_response_header(frame, api_key, version)
            if correlation_id != self._correlation_id:
                raise ProtocolError(f"response {correlation_id} came for request {self._correlation_id}")
            response, _ = decode_from(answer, frame, version, start)
        except ProtocolError as error:
            raise ClusterError(
                *error_sentences.NOT_KAFKA,
                str(error),
                endpoint=self._endpoint,
            ) from error
        except OSError as error:
            raise self._unreachable(error) from error
        return cast(Any, response)  # type: ignore[no-any-return]  # decode_from answers Message

    def _receive_frame(self) -> bytes:
        (size,) = struct.unpack(">i", self._receive(4))
        if not 0 <= size <= _MAX_RESPONSE_BYTES:
            raise ProtocolError(f"a response claims {size} bytes")
        return self._receive(size)

    def _receive(self, size: int) -> bytes:
        buffer = bytearray(size)
        view, filled = memoryview(buffer), 0
        while filled < size:
            count = self._socket.recv_into(view[filled:])
            if count == 0:
                raise ConnectionResetError("the broker closed the connection")
            filled += count
        return bytes(buffer)

    def _unreachable(self, error: OSError) -> ClusterError:
        sentence = error_sentences.TIMED_OUT if isinstance(error, TimeoutError) else error_sentences.UNREACHABLE
        return ClusterError(*sentence, str(error), code=ErrorCode.NETWORK_EXCEPTION.name, bootstrap=self._endpoint)


def _tls(properties: Mapping[str, str]) -> SSLContext:
    import ssl  # only where TLS is asked for

    context = ssl.create_default_context(cafile=properties.get("ssl.ca.location"))
    if properties.get("ssl.endpoint.identification.algorithm", "https").lower() == "none":
        context.check_hostname = False
    if properties.get("enable.ssl.certificate.verification", "true").lower() == "false":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    certificate = properties.get("ssl.certificate.location")
    if certificate:
        context.load_cert_chain(certificate, properties.get("ssl.key.location"), properties.get("ssl.key.password"))
    return context
