"""The system's limit on open files: connections and segments need more than the usual 1,024."""

from __future__ import annotations

import contextlib
import sys


def raise_file_limit() -> None:
    """Lift the soft limit to the hard one. What the system does not allow stays as it is."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, 1_048_576) if hard != resource.RLIM_INFINITY else 65_536
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
