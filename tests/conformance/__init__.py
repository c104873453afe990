"""Other people's judgement: kcat and librdkafka's own tests against a cluster. `python -m tests.conformance --help`."""
