"""What stands inside record batches of Kafka's own: the metadata log, the internal topics, and control batches."""
