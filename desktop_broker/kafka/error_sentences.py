"""The sentences for errors: what happened, what to do. Data only; `errors.py` chooses and fills them, and
`gui/error_words.py` translates them.

Places in braces are filled with names ({topic}, {group}, {bootstrap}, {partition}) or with what the broker itself said ({said}).
"""

from __future__ import annotations

from typing import NamedTuple

from desktop_broker.common.errors import ErrorCode


class Sentence(NamedTuple):
    """Two templates."""

    what: str
    todo: str


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802 - the name that Qt's lupdate looks for
    """The text as it is; `gui/error_words.py` translates it when it is shown."""
    return text


PLACES: dict[str, object] = {"topic": "it", "group": "it", "bootstrap": "the cluster", "partition": "it"}

CLOSED = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "The connection to this cluster was closed."),
    QT_TRANSLATE_NOOP("ClusterError", "Connect again."),
)
BROKER_REFUSED = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "The broker refused: {said}."),
    QT_TRANSLATE_NOOP("ClusterError", "Look at the details; they carry Kafka's name of the error."),
)
CLIENT_FAILED = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "The Kafka client could not do this: {said}."),
    QT_TRANSLATE_NOOP("ClusterError", "Look at the details, then try again."),
)
TIMED_OUT = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "The cluster at {bootstrap} did not answer in time."),
    QT_TRANSLATE_NOOP(
        "ClusterError", "See whether its brokers are up and can be reached from this machine, then try again."
    ),
)
UNREACHABLE = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "No broker could be reached at {bootstrap}."),
    QT_TRANSLATE_NOOP("ClusterError", "Check the address and port, and that the cluster is running."),
)
UNKNOWN_TOPIC = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "There is no topic '{topic}', or not that partition of it."),
    QT_TRANSLATE_NOOP("ClusterError", "Refresh the list; it may have been deleted."),
)
NOT_ALLOWED = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "This user is not allowed to do that: {said}."),
    QT_TRANSLATE_NOOP("ClusterError", "Ask whoever runs the cluster for an ACL, or connect as another user."),
)
NO_LEADER = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "A partition of '{topic}' has no leader at the moment."),
    QT_TRANSLATE_NOOP(
        "ClusterError", "Start its brokers; with a replica in sync up again, a leader is elected at once."
    ),
)
COORDINATOR_MOVING = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "The coordinator of the group is not ready."),
    QT_TRANSLATE_NOOP("ClusterError", "It is moving to another broker or still loading: try again in a moment."),
)
GROUP_BUSY = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "The group '{group}' has running members."),
    QT_TRANSLATE_NOOP("ClusterError", "Stop its consumers first; their offsets would be overwritten at once."),
)
TOO_FEW_REPLICAS = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "Too few replicas of '{topic}' are in sync for acks=all."),
    QT_TRANSLATE_NOOP(
        "ClusterError", "Start the stopped brokers, lower the topic's min.insync.replicas, or send with acks=1."
    ),
)
TOO_LARGE = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "The message is larger than the cluster accepts."),
    QT_TRANSLATE_NOOP("ClusterError", "Make it smaller, or raise max.message.bytes of the topic."),
)
BAD_SETTINGS = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "The connection settings are not accepted: {said}."),
    QT_TRANSLATE_NOOP("ClusterError", "Correct them and connect again."),
)
BAD_VALUE = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "A value is not accepted: {said}."),
    QT_TRANSLATE_NOOP("ClusterError", "Correct it and try again."),
)
GROUPS_NOT_LISTED = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "The groups could not be listed: {said}."),
    QT_TRANSLATE_NOOP("ClusterError", "Try again in a moment."),
)
NO_SUCH_ACKS = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "acks is all, 1 or 0, not '{acks}'."),
    QT_TRANSLATE_NOOP("ClusterError", "Choose one of them."),
)
NO_SUCH_COMPRESSION = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "There is no compression '{name}'."),
    QT_TRANSLATE_NOOP("ClusterError", "Choose none, gzip, snappy, lz4 or zstd."),
)
IDEMPOTENCE_NEEDS_ACKS = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "An idempotent producer needs acks=all."),
    QT_TRANSLATE_NOOP("ClusterError", "Choose acks=all, or switch idempotence off."),
)
NOT_MADE = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "The messages could not be made: {said}."),
    QT_TRANSLATE_NOOP("ClusterError", "Correct them and send again."),
)
NO_PARTITION = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "The topic '{topic}' has no partition {partition}."),
    QT_TRANSLATE_NOOP("ClusterError", "It has {count}, numbered from 0: choose among those."),
)
NO_SASL_HERE = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "Sizes on disk and single offsets cannot be asked of a cluster that wants SASL."),
    QT_TRANSLATE_NOOP("ClusterError", "Everything else works; use the cluster's own tools for these."),
)
NOT_OFFERED = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "This cluster does not offer {api}."),
    QT_TRANSLATE_NOOP("ClusterError", "Use a newer Kafka, or leave this out."),
)
NOT_KAFKA = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "The server at {endpoint} answered in a way that Kafka does not."),
    QT_TRANSLATE_NOOP("ClusterError", "Check that the address is that of a Kafka broker."),
)
NO_BOOTSTRAP = Sentence(
    QT_TRANSLATE_NOOP("ClusterError", "No bootstrap server is named."),
    QT_TRANSLATE_NOOP("ClusterError", "Write HOST:PORT, such as 127.0.0.1:9092."),
)

BY_CODE: dict[int, Sentence] = {
    # librdkafka's own
    -198: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The message could not be unpacked: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Its data is damaged or its compression is unknown here."),
    ),
    -197: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "This client was closed."),
        QT_TRANSLATE_NOOP("ClusterError", "Connect again."),
    ),
    -195: UNREACHABLE,
    -194: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "Something broke inside the Kafka client: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Connect again; keep the details if it comes back."),
    ),
    -193: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The name of a broker could not be found: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Check the host name, or the advertised address of the broker."),
    ),
    -192: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The message was not acknowledged in time."),
        QT_TRANSLATE_NOOP(
            "ClusterError",
            "See whether the leader of the partition is up; the message may or may not have been stored.",
        ),
    ),
    -190: UNKNOWN_TOPIC,
    -188: UNKNOWN_TOPIC,
    -187: UNREACHABLE,
    -186: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "A value is not accepted: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Correct it and try again."),
    ),
    -185: TIMED_OUT,
    -184: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "Too many messages are waiting to be sent."),
        QT_TRANSLATE_NOOP("ClusterError", "Wait until the brokers have taken some, or send more slowly."),
    ),
    -181: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "TLS failed: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Check certificates, and that this port speaks TLS."),
    ),
    -180: COORDINATOR_MOVING,
    -172: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "That cannot be done in this state: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Wait for what is under way, then try again."),
    ),
    -169: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "Signing in failed: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Check user name, password and mechanism."),
    ),
    -168: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The group has no offset for this."),
        QT_TRANSLATE_NOOP("ClusterError", "Choose where to start."),
    ),
    -166: TIMED_OUT,
    -165: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The cluster is too old for this: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Use a newer Kafka, or leave this out."),
    ),
    -164: TIMED_OUT,
    -171: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The server does not speak this protocol: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Check that the address is that of a Kafka broker."),
    ),
    -170: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "This client cannot do that: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Leave it out."),
    ),
    -152: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "Sending was given up and what waited was dropped."),
        QT_TRANSLATE_NOOP("ClusterError", "Send those messages again."),
    ),
    -151: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "Sending was given up before the broker had answered."),
        QT_TRANSLATE_NOOP("ClusterError", "Some of those messages may have been stored: look before sending again."),
    ),
    -150: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The client cannot go on after an error: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Connect again."),
    ),
    -144: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "Another producer with the same transactional id took over."),
        QT_TRANSLATE_NOOP("ClusterError", "Use another transactional id."),
    ),
    -140: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The offset is outside of what '{topic}' still holds."),
        QT_TRANSLATE_NOOP("ClusterError", "Choose an offset between the log start and the log end."),
    ),
    # Kafka's
    ErrorCode.OFFSET_OUT_OF_RANGE: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The offset is outside of what '{topic}' still holds."),
        QT_TRANSLATE_NOOP("ClusterError", "Choose an offset between the log start and the log end."),
    ),
    ErrorCode.CORRUPT_MESSAGE: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The broker found the batch damaged or not fit for '{topic}': {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "A compacted topic needs a key on every message."),
    ),
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION: UNKNOWN_TOPIC,
    ErrorCode.UNKNOWN_TOPIC_ID: UNKNOWN_TOPIC,
    ErrorCode.LEADER_NOT_AVAILABLE: NO_LEADER,
    ErrorCode.NOT_LEADER_OR_FOLLOWER: NO_LEADER,
    ErrorCode.REQUEST_TIMED_OUT: TIMED_OUT,
    ErrorCode.BROKER_NOT_AVAILABLE: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The broker is not available."),
        QT_TRANSLATE_NOOP("ClusterError", "Start it, or wait until it is up."),
    ),
    ErrorCode.MESSAGE_TOO_LARGE: TOO_LARGE,
    ErrorCode.RECORD_LIST_TOO_LARGE: TOO_LARGE,
    ErrorCode.COORDINATOR_LOAD_IN_PROGRESS: COORDINATOR_MOVING,
    ErrorCode.COORDINATOR_NOT_AVAILABLE: COORDINATOR_MOVING,
    ErrorCode.NOT_COORDINATOR: COORDINATOR_MOVING,
    ErrorCode.INVALID_TOPIC_EXCEPTION: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "'{topic}' is not a name for a topic."),
        QT_TRANSLATE_NOOP(
            "ClusterError", "Use 1 to 249 letters, digits, dots, underscores and dashes, and not just '.' or '..'."
        ),
    ),
    ErrorCode.NOT_ENOUGH_REPLICAS: TOO_FEW_REPLICAS,
    ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND: TOO_FEW_REPLICAS,
    ErrorCode.INVALID_GROUP_ID: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "'{group}' is not a name for a group."),
        QT_TRANSLATE_NOOP("ClusterError", "Write a name of at least one character."),
    ),
    ErrorCode.UNKNOWN_MEMBER_ID: GROUP_BUSY,
    ErrorCode.REBALANCE_IN_PROGRESS: GROUP_BUSY,
    ErrorCode.NON_EMPTY_GROUP: GROUP_BUSY,
    ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC: GROUP_BUSY,
    ErrorCode.GROUP_ID_NOT_FOUND: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "There is no group '{group}' (any more)."),
        QT_TRANSLATE_NOOP("ClusterError", "Refresh the list."),
    ),
    ErrorCode.TOPIC_AUTHORIZATION_FAILED: NOT_ALLOWED,
    ErrorCode.GROUP_AUTHORIZATION_FAILED: NOT_ALLOWED,
    ErrorCode.CLUSTER_AUTHORIZATION_FAILED: NOT_ALLOWED,
    ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED: NOT_ALLOWED,
    ErrorCode.SASL_AUTHENTICATION_FAILED: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "Signing in failed: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Check user name, password and mechanism."),
    ),
    ErrorCode.UNSUPPORTED_SASL_MECHANISM: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The cluster does not know this way to sign in."),
        QT_TRANSLATE_NOOP("ClusterError", "Choose one of the mechanisms that the details name."),
    ),
    ErrorCode.INVALID_TIMESTAMP: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The timestamp is too far from the broker's clock."),
        QT_TRANSLATE_NOOP("ClusterError", "Send with the current time, or widen the topic's message.timestamp limits."),
    ),
    ErrorCode.UNSUPPORTED_VERSION: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The cluster is too old for this."),
        QT_TRANSLATE_NOOP("ClusterError", "Use a newer Kafka, or leave this out."),
    ),
    ErrorCode.TOPIC_ALREADY_EXISTS: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "There is a topic '{topic}' already."),
        QT_TRANSLATE_NOOP("ClusterError", "Choose another name."),
    ),
    ErrorCode.INVALID_PARTITIONS: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The number of partitions is not accepted: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Write at least 1; partitions can be added to a topic, never removed."),
    ),
    ErrorCode.INVALID_REPLICATION_FACTOR: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "There are not enough brokers for that many replicas: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Choose at most as many replicas as brokers are up."),
    ),
    ErrorCode.INVALID_REPLICA_ASSIGNMENT: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The placement of replicas is not accepted: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Name brokers that exist, each once per partition."),
    ),
    ErrorCode.INVALID_CONFIG: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "A config is not accepted: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Correct its value."),
    ),
    ErrorCode.NOT_CONTROLLER: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The cluster has no controller at the moment."),
        QT_TRANSLATE_NOOP("ClusterError", "Wait until one is elected, then try again."),
    ),
    ErrorCode.INVALID_REQUEST: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The broker does not accept this: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Correct it and try again."),
    ),
    ErrorCode.POLICY_VIOLATION: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "A rule of this cluster forbids it: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Change it to fit, or ask whoever runs the cluster."),
    ),
    ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "Messages would have been stored out of order."),
        QT_TRANSLATE_NOOP("ClusterError", "Send again; the producer starts a new sequence."),
    ),
    ErrorCode.KAFKA_STORAGE_ERROR: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The broker could not write to or read from its disk."),
        QT_TRANSLATE_NOOP("ClusterError", "See whether the disk is full or its folder went away."),
    ),
    ErrorCode.TOPIC_DELETION_DISABLED: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "This cluster does not allow to delete topics."),
        QT_TRANSLATE_NOOP("ClusterError", "Set delete.topic.enable on its brokers."),
    ),
    ErrorCode.INVALID_RECORD: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The topic '{topic}' does not accept this record: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "A compacted topic needs a key on every message."),
    ),
    ErrorCode.THROTTLING_QUOTA_EXCEEDED: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The cluster asks to go slower."),
        QT_TRANSLATE_NOOP("ClusterError", "Wait a moment, then try again."),
    ),
    ErrorCode.UNSUPPORTED_COMPRESSION_TYPE: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The broker does not know this compression."),
        QT_TRANSLATE_NOOP("ClusterError", "Choose another one."),
    ),
    ErrorCode.ELECTION_NOT_NEEDED: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The partition has this leader already."),
        QT_TRANSLATE_NOOP("ClusterError", "Nothing needs to be done."),
    ),
    ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "The preferred leader is not in sync or not up."),
        QT_TRANSLATE_NOOP("ClusterError", "Start its broker and wait until it has caught up."),
    ),
    ErrorCode.UNKNOWN_SERVER_ERROR: Sentence(
        QT_TRANSLATE_NOOP("ClusterError", "Something went wrong inside the broker: {said}."),
        QT_TRANSLATE_NOOP("ClusterError", "Look into the broker's log; keep the details."),
    ),
}
