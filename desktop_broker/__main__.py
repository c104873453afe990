"""The program's entry: the window, or a command when the first word is one. Decided before anything heavy is imported."""

from __future__ import annotations

import sys


def main() -> int:
    """Run what the words on the command line ask for; returns the exit code."""
    words = sys.argv[1:]
    from desktop_broker.cli.main import is_command
    from desktop_broker.cli.main import main as run_command

    if not words or (words[0].startswith("-") and not is_command(words)):
        from desktop_broker.app import main as open_window

        return open_window(words)
    return run_command(words)


if __name__ == "__main__":
    sys.exit(main())
