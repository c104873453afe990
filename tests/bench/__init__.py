"""Benchmarks: `python -m tests.bench`. Ratios to other clusters, measured in one run with the same client. Nothing is asserted."""
