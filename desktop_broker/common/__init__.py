"""What every layer shares: types, error codes, config keys, clock, threads, events and statistics. Knows nothing above it."""
