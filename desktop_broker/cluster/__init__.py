"""The metadata log and its image, the controller, and replication: partitions, replica managers, links between brokers."""
