"""The engine facade over a loopback socket: what window and command line use to steer an engine in another process."""
