"""The sentences for errors: what happened, what to do. Data only; `errors.py` chooses and fills them.

Places in braces are filled with names ({topic}, {group}, {bootstrap}, {partition}) or with what the broker itself said ({said}).
"""

from __future__ import annotations

from typing import NamedTuple

from desktop_broker.common.errors import ErrorCode


class Sentence(NamedTuple):
    """Two templates."""

    what: str
    todo: str


PLACES: dict[str, object] = {"topic": "it", "group": "it", "bootstrap": "the cluster", "partition": "it"}

CLOSED = Sentence("The connection to this cluster was closed.", "Connect again.")
BROKER_REFUSED = Sentence("The broker refused: {said}.", "Look at the details; they carry Kafka's name of the error.")
CLIENT_FAILED = Sentence("The Kafka client could not do this: {said}.", "Look at the details, then try again.")
TIMED_OUT = Sentence(
    "The cluster at {bootstrap} did not answer in time.",
    "See whether its brokers are up and can be reached from this machine, then try again.",
)
UNREACHABLE = Sentence(
    "No broker could be reached at {bootstrap}.",
    "Check the address and port, and that the cluster is running.",
)
UNKNOWN_TOPIC = Sentence(
    "There is no topic '{topic}', or not that partition of it.", "Refresh the list; it may have been deleted."
)
NOT_ALLOWED = Sentence(
    "This user is not allowed to do that: {said}.",
    "Ask whoever runs the cluster for an ACL, or connect as another user.",
)
NO_LEADER = Sentence(
    "A partition of '{topic}' has no leader at the moment.",
    "Start its brokers; with a replica in sync up again, a leader is elected at once.",
)
COORDINATOR_MOVING = Sentence(
    "The coordinator of the group is not ready.",
    "It is moving to another broker or still loading: try again in a moment.",
)
GROUP_BUSY = Sentence(
    "The group '{group}' has running members.", "Stop its consumers first; their offsets would be overwritten at once."
)
TOO_FEW_REPLICAS = Sentence(
    "Too few replicas of '{topic}' are in sync for acks=all.",
    "Start the stopped brokers, lower the topic's min.insync.replicas, or send with acks=1.",
)
TOO_LARGE = Sentence(
    "The message is larger than the cluster accepts.", "Make it smaller, or raise max.message.bytes of the topic."
)

BY_CODE: dict[int, Sentence] = {
    # librdkafka's own
    -198: Sentence(
        "The message could not be unpacked: {said}.", "Its data is damaged or its compression is unknown here."
    ),
    -197: Sentence("This client was closed.", "Connect again."),
    -195: UNREACHABLE,
    -194: Sentence(
        "Something broke inside the Kafka client: {said}.", "Connect again; keep the details if it comes back."
    ),
    -193: Sentence(
        "The name of a broker could not be found: {said}.",
        "Check the host name, or the advertised address of the broker.",
    ),
    -192: Sentence(
        "The message was not acknowledged in time.",
        "See whether the leader of the partition is up; the message may or may not have been stored.",
    ),
    -190: UNKNOWN_TOPIC,
    -188: UNKNOWN_TOPIC,
    -187: UNREACHABLE,
    -186: Sentence("A value is not accepted: {said}.", "Correct it and try again."),
    -185: TIMED_OUT,
    -184: Sentence(
        "Too many messages are waiting to be sent.", "Wait until the brokers have taken some, or send more slowly."
    ),
    -181: Sentence("TLS failed: {said}.", "Check certificates, and that this port speaks TLS."),
    -180: COORDINATOR_MOVING,
    -172: Sentence("That cannot be done in this state: {said}.", "Wait for what is under way, then try again."),
    -169: Sentence("Signing in failed: {said}.", "Check user name, password and mechanism."),
    -168: Sentence("The group has no offset for this.", "Choose where to start."),
    -166: TIMED_OUT,
    -165: Sentence("The cluster is too old for this: {said}.", "Use a newer Kafka, or leave this out."),
    -164: TIMED_OUT,
    -171: Sentence(
        "The server does not speak this protocol: {said}.", "Check that the address is that of a Kafka broker."
    ),
    -170: Sentence("This client cannot do that: {said}.", "Leave it out."),
    -152: Sentence("Sending was given up and what waited was dropped.", "Send those messages again."),
    -151: Sentence(
        "Sending was given up before the broker had answered.",
        "Some of those messages may have been stored: look before sending again.",
    ),
    -150: Sentence("The client cannot go on after an error: {said}.", "Connect again."),
    -144: Sentence("Another producer with the same transactional id took over.", "Use another transactional id."),
    -140: Sentence(
        "The offset is outside of what '{topic}' still holds.",
        "Choose an offset between the log start and the log end.",
    ),
    # Kafka's
    ErrorCode.OFFSET_OUT_OF_RANGE: Sentence(
        "The offset is outside of what '{topic}' still holds.",
        "Choose an offset between the log start and the log end.",
    ),
    ErrorCode.CORRUPT_MESSAGE: Sentence(
        "The broker found the batch damaged or not fit for '{topic}': {said}.",
        "A compacted topic needs a key on every message.",
    ),
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION: UNKNOWN_TOPIC,
    ErrorCode.UNKNOWN_TOPIC_ID: UNKNOWN_TOPIC,
    ErrorCode.LEADER_NOT_AVAILABLE: NO_LEADER,
    ErrorCode.NOT_LEADER_OR_FOLLOWER: NO_LEADER,
    ErrorCode.REQUEST_TIMED_OUT: TIMED_OUT,
    ErrorCode.BROKER_NOT_AVAILABLE: Sentence("The broker is not available.", "Start it, or wait until it is up."),
    ErrorCode.MESSAGE_TOO_LARGE: TOO_LARGE,
    ErrorCode.RECORD_LIST_TOO_LARGE: TOO_LARGE,
    ErrorCode.COORDINATOR_LOAD_IN_PROGRESS: COORDINATOR_MOVING,
    ErrorCode.COORDINATOR_NOT_AVAILABLE: COORDINATOR_MOVING,
    ErrorCode.NOT_COORDINATOR: COORDINATOR_MOVING,
    ErrorCode.INVALID_TOPIC_EXCEPTION: Sentence(
        "'{topic}' is not a name for a topic.",
        "Use 1 to 249 letters, digits, dots, underscores and dashes, and not just '.' or '..'.",
    ),
    ErrorCode.NOT_ENOUGH_REPLICAS: TOO_FEW_REPLICAS,
    ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND: TOO_FEW_REPLICAS,
    ErrorCode.INVALID_GROUP_ID: Sentence(
        "'{group}' is not a name for a group.", "Write a name of at least one character."
    ),
    ErrorCode.UNKNOWN_MEMBER_ID: GROUP_BUSY,
    ErrorCode.REBALANCE_IN_PROGRESS: GROUP_BUSY,
    ErrorCode.NON_EMPTY_GROUP: GROUP_BUSY,
    ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC: GROUP_BUSY,
    ErrorCode.GROUP_ID_NOT_FOUND: Sentence("There is no group '{group}' (any more).", "Refresh the list."),
    ErrorCode.TOPIC_AUTHORIZATION_FAILED: NOT_ALLOWED,
    ErrorCode.GROUP_AUTHORIZATION_FAILED: NOT_ALLOWED,
    ErrorCode.CLUSTER_AUTHORIZATION_FAILED: NOT_ALLOWED,
    ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED: NOT_ALLOWED,
    ErrorCode.SASL_AUTHENTICATION_FAILED: Sentence(
        "Signing in failed: {said}.", "Check user name, password and mechanism."
    ),
    ErrorCode.UNSUPPORTED_SASL_MECHANISM: Sentence(
        "The cluster does not know this way to sign in.", "Choose one of the mechanisms that the details name."
    ),
    ErrorCode.INVALID_TIMESTAMP: Sentence(
        "The timestamp is too far from the broker's clock.",
        "Send with the current time, or widen the topic's message.timestamp limits.",
    ),
    ErrorCode.UNSUPPORTED_VERSION: Sentence(
        "The cluster is too old for this.", "Use a newer Kafka, or leave this out."
    ),
    ErrorCode.TOPIC_ALREADY_EXISTS: Sentence("There is a topic '{topic}' already.", "Choose another name."),
    ErrorCode.INVALID_PARTITIONS: Sentence(
        "The number of partitions is not accepted: {said}.",
        "Write at least 1; partitions can be added to a topic, never removed.",
    ),
    ErrorCode.INVALID_REPLICATION_FACTOR: Sentence(
        "There are not enough brokers for that many replicas: {said}.",
        "Choose at most as many replicas as brokers are up.",
    ),
    ErrorCode.INVALID_REPLICA_ASSIGNMENT: Sentence(
        "The placement of replicas is not accepted: {said}.", "Name brokers that exist, each once per partition."
    ),
    ErrorCode.INVALID_CONFIG: Sentence("A config is not accepted: {said}.", "Correct its value."),
    ErrorCode.NOT_CONTROLLER: Sentence(
        "The cluster has no controller at the moment.", "Wait until one is elected, then try again."
    ),
    ErrorCode.INVALID_REQUEST: Sentence("The broker does not accept this: {said}.", "Correct it and try again."),
    ErrorCode.POLICY_VIOLATION: Sentence(
        "A rule of this cluster forbids it: {said}.", "Change it to fit, or ask whoever runs the cluster."
    ),
    ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER: Sentence(
        "Messages would have been stored out of order.", "Send again; the producer starts a new sequence."
    ),
    ErrorCode.KAFKA_STORAGE_ERROR: Sentence(
        "The broker could not write to or read from its disk.", "See whether the disk is full or its folder went away."
    ),
    ErrorCode.TOPIC_DELETION_DISABLED: Sentence(
        "This cluster does not allow to delete topics.", "Set delete.topic.enable on its brokers."
    ),
    ErrorCode.INVALID_RECORD: Sentence(
        "The topic '{topic}' does not accept this record: {said}.", "A compacted topic needs a key on every message."
    ),
    ErrorCode.THROTTLING_QUOTA_EXCEEDED: Sentence("The cluster asks to go slower.", "Wait a moment, then try again."),
    ErrorCode.UNSUPPORTED_COMPRESSION_TYPE: Sentence(
        "The broker does not know this compression.", "Choose another one."
    ),
    ErrorCode.ELECTION_NOT_NEEDED: Sentence("The partition has this leader already.", "Nothing needs to be done."),
    ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE: Sentence(
        "The preferred leader is not in sync or not up.", "Start its broker and wait until it has caught up."
    ),
    ErrorCode.UNKNOWN_SERVER_ERROR: Sentence(
        "Something went wrong inside the broker: {said}.", "Look into the broker's log; keep the details."
    ),
}
