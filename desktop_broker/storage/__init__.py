"""One broker's logs on disk, in Apache Kafka's own files. Knows nothing of leaders, replicas or sockets."""
