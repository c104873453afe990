"""From a frame to the handler of its API, and from what the handler says or raises to the response.

Counterpart: Kafka's `KafkaApis.handle`, `RequestContext.parseRequest` and `Errors.forException`. This is the one place where domain
errors become error codes.
"""

from __future__ import annotations

import threading
import traceback
from typing import TYPE_CHECKING

from desktop_broker.broker.context import RequestContext, Services
from desktop_broker.broker.error_replies import error_reply
from desktop_broker.broker.handlers import handler_for
from desktop_broker.broker.handlers.api_versions import unsupported_version
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.common.events import EventKind, Severity
from desktop_broker.protocol.apis import APIS, Api, ApiKey
from desktop_broker.protocol.codec import decode_from
from desktop_broker.protocol.errors import ProtocolError, UnsupportedVersionError
from desktop_broker.protocol.frames import RequestHeader, encode_response, parse_request_header
from desktop_broker.protocol.produce_fast import read_produce_request
from desktop_broker.protocol.schema import Message

if TYPE_CHECKING:
    from desktop_broker.broker.connection import Connection

_MAX_REFUSALS = 1_000


class Dispatcher:
    """One broker's dispatcher, shared by its connections' threads. `_lock` guards the set of refused addresses."""

    def __init__(self, services: Services) -> None:
        from desktop_broker.broker.handlers.fetch import FetchHandler
        from desktop_broker.broker.handlers.produce import ProduceHandler

        self._services = services
        self._produce = ProduceHandler(services)
        self._fetch = FetchHandler(services)
        self._lock = threading.Lock()
        self._refused: set[tuple[str, str]] = set()

    def process(self, connection: Connection, frame: memoryview) -> None:
        """Handle one request. What it answers is queued on the connection, or sent.

        Raises:
            ProtocolError: it cannot be understood; the connection must end.
            ConnectionClosedError: it must end for another reason.
        """
        repeated = connection.repeats.match(frame)
        if repeated is not None:
            self._produce.receive(connection, *repeated)
            return
        header, position = parse_request_header(frame)
        api = APIS[header.api_key]
        if not api.served or not api.supports(header.api_version):
            self._answer_unsupported(connection, api, header)
        elif header.api_key == ApiKey.PRODUCE:
            request = read_produce_request(frame, header.api_version, position)
            connection.repeats.remember(frame, header, request)
            self._produce.receive(connection, header, request)
        else:
            # Order of answers: what was produced before this request is answered before it.
            if connection.produces:
                self._produce.finish(connection)
            if header.api_key == ApiKey.FETCH:
                self._fetch.handle(connection, header, frame, position)
            else:
                self._handle(connection, api, header, frame, position)

    def finish(self, connection: Connection) -> None:
        """Answer the produce requests that were taken together."""
        self._produce.finish(connection)

    def refused(self, connection: Connection, reason: str) -> None:
        """A connection was closed for what it sent: an event, once per address and reason."""
        key = (connection.peer, reason)
        with self._lock:
            if key in self._refused or len(self._refused) >= _MAX_REFUSALS:
                return
            self._refused.add(key)
        self._services.events.publish(
            EventKind.CONNECTION_REFUSED,
            Severity.WARNING,
            broker=self._services.broker_id,
            address=connection.peer,
            reason=reason,
        )

    def _answer_unsupported(self, connection: Connection, api: Api, header: RequestHeader) -> None:
        if api.key != ApiKey.API_VERSIONS:  # rule 4
            raise UnsupportedVersionError(f"{api.name} version {header.api_version} is not served")
        if connection.produces:
            self._produce.finish(connection)
        connection.send(encode_response(header, unsupported_version(), version=0))  # rule 1

    def _handle(
        self, connection: Connection, api: Api, header: RequestHeader, frame: memoryview, position: int
    ) -> None:
        request, _ = decode_from(api.request, frame, header.api_version, position)
        connection.flush()  # the handler may wait, and earlier answers must not wait with it
        response = self._call(RequestContext(self._services, connection, header), api, request)
        if response is not None:
            connection.send(encode_response(header, response))

    def _call(self, context: RequestContext, api: Api, request: Message) -> Message | None:
        try:
            return handler_for(api.key)(context, request)
        except KafkaError as error:
            return error_reply(api, request, context.api_version, error.code, error.message)
        except ProtocolError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours must reach the client as an error and people as an event
            self._report(api.name, error)
            sentence = f"{api.name} failed inside the broker."
            return error_reply(api, request, context.api_version, ErrorCode.UNKNOWN_SERVER_ERROR, sentence)

    def _report(self, api: str, error: Exception) -> None:
        self._services.events.publish(
            EventKind.THREAD_CRASHED,
            Severity.ERROR,
            broker=self._services.broker_id,
            thread=threading.current_thread().name,
            error=f"{api}: {''.join(traceback.format_exception(error))}",
        )
