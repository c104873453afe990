"""Coordinators: state machines that replay from, and append to, an internal topic through an interface. No file and no socket.

Counterpart: Kafka's `group-coordinator` module. A consumer group lives in one partition of `__consumer_offsets`; whichever broker leads
that partition replays it into a `Shard` and answers for its groups, so killing a coordinator moves it (DESIGN.md, decision 7).

    groups.GroupCoordinator      one per broker: finds the shard, answers requests, waits
    shard.Shard                  one partition's groups and offsets behind one lock
    append_queue.AppendQueue     the order of a shard's appends, made without its lock
    classic_requests             what each request means for a classic group
    classic_machine              every state change of a classic group (sans-IO: time comes in, effects go out)
    classic_group, member        the data that these change
    offsets, records             committed offsets, and everything as Kafka's records

A group of the protocol of KIP-848 gets a machine beside `classic_machine` and a place in the same `Shard.groups`; pending
transactional offsets get a second `OffsetStore` per producer in the shard.
"""
