"""InitProducerId: a number of its own for each idempotent producer (KIP-98). Counterpart: `RPCProducerIdManager`."""

from __future__ import annotations

from desktop_broker.broker.context import RequestContext
from desktop_broker.common.errors import ErrorCode, KafkaError
from desktop_broker.protocol.apis import ApiKey
from desktop_broker.protocol.messages.init_producer_id import InitProducerIdRequest, InitProducerIdResponse


def init(context: RequestContext, request: InitProducerIdRequest) -> InitProducerIdResponse:
    """Give out the next id. A producer that wants transactions is refused: this cluster has none."""
    if request.transactional_id is not None:
        raise KafkaError(ErrorCode.INVALID_REQUEST, "This cluster does not take part in transactions.")
    return InitProducerIdResponse(producer_id=context.services.producer_ids.next(), producer_epoch=0)


HANDLERS = {ApiKey.INIT_PRODUCER_ID: init}
