"""The messages of Kafka's protocol, one module per API, as Apache Kafka 4.3 declares them. `apis` lists the APIs."""
